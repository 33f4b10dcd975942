package fetch

import (
	"bytes"
	"context"
	"errors"
	"sync/atomic"
	"testing"
	"time"
)

func store(t testing.TB, limit int64) *Store {
	t.Helper()
	s, err := Open(Options{Dir: t.TempDir(), Room: NewRoom(limit)})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	return s
}

var content = []byte("0123456789")

func whole(_ context.Context, piece func(int64, []byte) error) error { return piece(0, content) }

func TestReadBeforeTheEnd(t *testing.T) {
	s := store(t, 1000)
	more := make(chan struct{})
	src := func(_ context.Context, piece func(int64, []byte) error) error {
		if err := piece(5, content[5:]); err != nil {
			return err
		}
		<-more
		return piece(0, content[:5])
	}
	p := make([]byte, 3)
	if err := s.Read(t.Context(), "a", 10, src, p, 6); err != nil || string(p) != "678" {
		t.Fatal(string(p), err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
	defer cancel()
	if err := s.Read(ctx, "a", 10, src, p, 0); !errors.Is(err, context.DeadlineExceeded) {
		t.Fatal(err)
	}
	close(more)
	if err := s.Read(t.Context(), "a", 10, src, p, 0); err != nil || string(p) != "012" {
		t.Fatal(string(p), err)
	}
}

func TestFetchedOnceAndKept(t *testing.T) {
	dir := t.TempDir()
	var calls atomic.Int32
	src := func(ctx context.Context, piece func(int64, []byte) error) error {
		calls.Add(1)
		return whole(ctx, piece)
	}
	for range 2 {
		s, err := Open(Options{Dir: dir, Room: NewRoom(1000)})
		if err != nil {
			t.Fatal(err)
		}
		p := make([]byte, 10)
		for range 3 {
			if err := s.Read(t.Context(), "a", 10, src, p, 0); err != nil || !bytes.Equal(p, content) {
				t.Fatal(err)
			}
		}
		s.Close()
	}
	if calls.Load() != 1 {
		t.Fatal(calls.Load(), "transfers")
	}
}

func TestFailureCanBeTriedAgain(t *testing.T) {
	s := store(t, 1000)
	p := make([]byte, 10)
	bad := errors.New("line cut")
	err := s.Read(t.Context(), "a", 10, func(context.Context, func(int64, []byte) error) error { return bad }, p, 0)
	if !errors.Is(err, bad) {
		t.Fatal(err)
	}
	short := func(_ context.Context, piece func(int64, []byte) error) error { return piece(0, content[:4]) }
	if err := s.Read(t.Context(), "a", 10, short, p, 0); !errors.Is(err, ErrShort) {
		t.Fatal(err)
	}
	long := func(_ context.Context, piece func(int64, []byte) error) error { return piece(9, content) }
	if err := s.Read(t.Context(), "a", 10, long, p, 0); err == nil {
		t.Fatal("piece behind the end accepted")
	}
	if err := s.Read(t.Context(), "a", 10, whole, p, 0); err != nil || !bytes.Equal(p, content) {
		t.Fatal(err)
	}
}

func TestRoomIsLimited(t *testing.T) {
	s := store(t, 25)
	p := make([]byte, 10)
	for _, name := range []string{"a", "b", "c", "d"} {
		if err := s.Read(t.Context(), name, 10, whole, p, 0); err != nil {
			t.Fatal(err)
		}
		deadline := time.Now().Add(5 * time.Second)
		for !s.Has(name) && time.Now().Before(deadline) {
			time.Sleep(time.Millisecond)
		}
	}
	if s.Has("a") || !s.Has("d") || s.used > 30 {
		t.Fatal(s.used)
	}
}
