package fetch

import (
	"bytes"
	"context"
	"errors"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func keyed(t testing.TB, dir string, room *Room) *Store {
	t.Helper()
	s, err := Open(Options{Dir: dir, Room: room, Key: bytes.Repeat([]byte{7}, 32)})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	return s
}

func noise(seed uint64, n int) []byte {
	p := make([]byte, n)
	r := rand.NewChaCha8([32]byte{byte(seed)})
	_, _ = r.Read(p)
	return p
}

// pieces delivers p in pieces of up to most bytes, shuffled.
func pieces(p []byte, most int, rng *rand.Rand) Source {
	return func(_ context.Context, piece func(int64, []byte) error) error {
		var cuts [][2]int
		for at := 0; at < len(p); {
			n := min(1+rng.IntN(most), len(p)-at)
			cuts = append(cuts, [2]int{at, at + n})
			at += n
		}
		rng.Shuffle(len(cuts), func(i, k int) { cuts[i], cuts[k] = cuts[k], cuts[i] })
		for _, c := range cuts {
			if err := piece(int64(c[0]), p[c[0]:c[1]]); err != nil {
				return err
			}
		}
		return nil
	}
}

// TestSealedInAnyOrder: whatever the pieces, what is read is what came, before
// and after a restart, and the disk shows nothing of it.
func TestSealedInAnyOrder(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		dir, err := os.MkdirTemp(t.TempDir(), "")
		if err != nil {
			r.Fatal(err)
		}
		defer os.RemoveAll(dir)
		size := rapid.IntRange(1, 300_000).Draw(r, "size")
		seed := rapid.Uint64().Draw(r, "seed")
		rng := rand.New(rand.NewPCG(seed, 1))
		plain := noise(seed, size)
		room := NewRoom(1 << 20)
		s := keyed(t, dir, room)
		if err := s.Fetch(t.Context(), "film", int64(size), pieces(plain, 100_000, rng), func(int64) {}); err != nil {
			r.Fatal(err)
		}
		for range 2 {
			off := rng.IntN(size)
			p := make([]byte, 1+rng.IntN(size-off))
			if err := s.Peek("film", p, int64(off)); err != nil || !bytes.Equal(p, plain[off:off+len(p)]) {
				r.Fatal("not what came:", err)
			}
			s.Close()
			s = keyed(t, dir, room)
			if s.Here("film") != int64(size) || !s.Has("film") {
				r.Fatal("lost by a restart")
			}
		}
		s.Close()
		checkDisk(r, dir, plain)
	})
}

func checkDisk(r *rapid.T, dir string, plain []byte) {
	entries, err := os.ReadDir(dir)
	if err != nil || len(entries) != 1 {
		r.Fatal(entries, err)
	}
	raw, err := os.ReadFile(filepath.Join(dir, entries[0].Name()))
	if err != nil || entries[0].Name() == "film" || len(plain) > 16 && bytes.Contains(raw, plain[:16]) {
		r.Fatal("the disk shows what is kept", err)
	}
}

func TestAlteredFileIsNotThere(t *testing.T) {
	dir := t.TempDir()
	s := keyed(t, dir, NewRoom(1<<20))
	if err := s.Put("film", noise(1, 200_000)); err != nil {
		t.Fatal(err)
	}
	entries, _ := os.ReadDir(dir)
	path := filepath.Join(dir, entries[0].Name())
	raw, _ := os.ReadFile(path)
	raw[100_000] ^= 1
	if err := os.WriteFile(path, raw, 0o600); err != nil {
		t.Fatal(err)
	}
	p := make([]byte, 10)
	if err := s.Peek("film", p, 0); err != nil {
		t.Fatal("the good block:", err)
	}
	if err := s.Peek("film", p, 99_000); !errors.Is(err, ErrNotHere) || s.Here("film") != 0 {
		t.Fatal("the altered block:", err, s.Here("film"))
	}
	other, err := Open(Options{Dir: dir, Room: NewRoom(1 << 20), Key: bytes.Repeat([]byte{8}, 32)})
	if err != nil || other.Here("film") != 0 {
		t.Fatal("another key finds it", err)
	}
	other.Close()
}

// TestFasterFetchCounts: two fetches of one file, one of which hangs.
func TestFasterFetchCounts(t *testing.T) {
	s := store(t, 1000)
	ctx, stop := context.WithCancel(t.Context())
	hangs := make(chan error)
	begun := make(chan struct{})
	go func() {
		hangs <- s.Fetch(ctx, "a", 10, func(ctx context.Context, piece func(int64, []byte) error) error {
			if err := piece(0, content[:4]); err != nil {
				return err
			}
			close(begun)
			<-ctx.Done()
			return ctx.Err()
		}, func(int64) {})
	}()
	<-begun
	p := make([]byte, 4)
	if err := s.Peek("a", p, 0); err != nil || s.Here("a") != 4 {
		t.Fatal(err, s.Here("a"))
	}
	if err := s.Peek("a", p, 1); !errors.Is(err, ErrNotHere) {
		t.Fatal(err)
	}
	came := int64(0)
	if err := s.Fetch(t.Context(), "a", 10, whole, func(n int64) { came += n }); err != nil || came != 10 {
		t.Fatal(err, came)
	}
	stop()
	if err := <-hangs; err != nil {
		t.Fatal("it is there, whoever brought it:", err)
	}
	if err := s.Peek("a", p, 6); err != nil || string(p) != "6789" {
		t.Fatal(string(p), err)
	}
}

// TestOneRoomForAll: the oldest file goes first, whichever store it lies in,
// and what was used later stays.
func TestOneRoomForAll(t *testing.T) {
	room := NewRoom(100)
	first, second := keyed(t, t.TempDir(), room), keyed(t, t.TempDir(), room)
	for i, s := range []*Store{first, second, first, second, second} {
		if err := s.Put(string(rune('a'+i)), make([]byte, 30)); err != nil {
			t.Fatal(err)
		}
		if err := first.Peek("a", make([]byte, 1), 0); err != nil {
			t.Fatal("what is used goes:", err)
		}
	}
	if !first.Has("a") || second.Has("b") || first.Has("c") || !second.Has("d") || !second.Has("e") || room.Used() != 90 {
		t.Fatal(room.Used())
	}
	room.SetLimit(40)
	if room.Used() != 30 || !first.Has("a") {
		t.Fatal(room.Used(), "left")
	}
}

// TestPartsOfOtherPrograms are left alone while they may be at work on them.
func TestPartsOfOtherPrograms(t *testing.T) {
	dir := t.TempDir()
	fresh, old := filepath.Join(dir, "x.abc.part"), filepath.Join(dir, "y.abc.part")
	for _, path := range []string{fresh, old} {
		if err := os.WriteFile(path, content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	long := time.Now().Add(-2 * leftAfter)
	if err := os.Chtimes(old, long, long); err != nil {
		t.Fatal(err)
	}
	keyed(t, dir, NewRoom(100))
	if _, err := os.Stat(fresh); err != nil {
		t.Error("a part of another program was taken away")
	}
	if _, err := os.Stat(old); err == nil {
		t.Error("a part that nobody writes was left")
	}
}
