package app

import (
	"bytes"
	"context"
	"errors"
	"io"
	"math/rand/v2"
	"testing"

	"pgregory.net/rapid"
)

func TestArrivingGivesEveryByteInAnyOrder(t *testing.T) {
	dir := t.TempDir()
	rapid.Check(t, func(t *rapid.T) {
		content := rapid.SliceOfN(rapid.Byte(), 1, 500).Draw(t, "content")
		step := rapid.IntRange(1, 60).Draw(t, "step")
		a, err := newArriving(dir, int64(len(content)))
		if err != nil {
			t.Fatal(err)
		}
		defer a.Close()
		order := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "order"), 0)).Perm((len(content) + step - 1) / step)
		go func() {
			for _, i := range order {
				_ = a.piece(int64(i*step), content[i*step:min(len(content), (i+1)*step)])
			}
			a.finish(nil)
		}()
		if got := readAll(t, a); !bytes.Equal(got, content) {
			t.Fatalf("read %d bytes, want %d", len(got), len(content))
		}
	})
}

func readAll(t *rapid.T, a *arriving) []byte {
	var got []byte
	buf := make([]byte, 37)
	for {
		n, err := a.ReadAtContext(context.Background(), buf, int64(len(got)))
		got = append(got, buf[:n]...)
		if errors.Is(err, io.EOF) {
			return got
		}
		if err != nil {
			t.Fatal(err)
		}
	}
}

func TestArrivingStops(t *testing.T) {
	a, err := newArriving(t.TempDir(), 10)
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	if err := a.piece(5, make([]byte, 6)); err == nil {
		t.Error("a piece beyond the end was taken")
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := a.ReadAtContext(ctx, make([]byte, 1), 0); !errors.Is(err, context.Canceled) {
		t.Errorf("given up: %v", err)
	}
	a.finish(errLocked)
	if _, err := a.ReadAtContext(context.Background(), make([]byte, 1), 0); !errors.Is(err, errLocked) {
		t.Errorf("failed: %v", err)
	}
}
