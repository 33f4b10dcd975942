package player

import (
	"context"
	"os"
	"path/filepath"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/testvideo"
	"github.com/stratosdrive/stratosdrive/player/mpv"
	"github.com/stratosdrive/stratosdrive/player/source"
)

// halfHere is a file whose beginning lies here.
type halfHere struct {
	data    []byte
	here    int64
	fetched atomic.Int64
	missed  chan struct{} // a message for each time that bytes were not here
}

func (f *halfHere) Title() string { return "half.mp4" }
func (f *halfHere) Size() int64   { return int64(len(f.data)) }

func (f *halfHere) ReadAt(_ context.Context, p []byte, off int64) (int, error) {
	n := copy(p, f.data[off:])
	f.fetched.Add(int64(n))
	return n, nil
}

func (f *halfHere) Peek(p []byte, off int64) (int, error) {
	if off >= f.here {
		select {
		case f.missed <- struct{}{}:
		default:
		}
		return 0, source.ErrNotHere
	}
	return copy(p, f.data[off:f.here]), nil
}

// TestThumbnailsFetchNothing: places that are here have a picture, others have
// none, and those of before are still to be had afterwards.
func TestThumbnailsFetchNothing(t *testing.T) {
	path := filepath.Join(t.TempDir(), "half.mp4")
	if err := testvideo.Make(t.Context(), path, testvideo.Options{Seconds: 20, Width: 320, Height: 180, Rate: 10, BitsPerSecond: 800_000}); err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	file := &halfHere{data: data, here: int64(len(data) / 2), missed: make(chan struct{}, 1)}
	item, err := server(t).AddFile(file)
	if err != nil {
		t.Fatal(err)
	}
	ready := make(chan struct{}, 10)
	thumbs, err := mpv.NewThumbnails(item.Preview(), mpv.ThumbnailOptions{OnReady: func() { ready <- struct{}{} }})
	if err != nil {
		t.Fatal(err)
	}
	defer thumbs.Close()
	want := func(at float64) {
		t.Helper()
		late := time.After(60 * time.Second)
		for thumbs.At(at) == nil {
			thumbs.Want(at)
			select {
			case <-ready:
			case <-time.After(100 * time.Millisecond):
			case <-late:
				t.Fatalf("no picture at %.0f s, which is here", at)
			}
		}
	}
	want(2)
	thumbs.Want(18)
	select {
	case <-file.missed:
	case <-time.After(60 * time.Second):
		t.Fatal("nobody looked at 18 s")
	}
	want(5)
	if thumbs.At(18) != nil {
		t.Error("a picture of a place that is not here")
	}
	if n := file.fetched.Load(); n > 0 {
		t.Errorf("fetched %d bytes", n)
	}
}
