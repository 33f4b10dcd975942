package app

import (
	"context"
	"sync"

	"github.com/stratosdrive/stratosdrive/internal/playback"
	"github.com/stratosdrive/stratosdrive/internal/sds/client"
	"github.com/stratosdrive/stratosdrive/internal/span"
)

// wholeFile is an ordinary file of the network that plays while it comes in,
// all of it: the network gives it in no other way, and takes its price at once.
type wholeFile struct {
	*client.Reader

	mu    sync.Mutex
	given span.Set // bytes that a player got
}

// serveReader gives such a file an address.
func (a *App) serveReader(r *client.Reader, title string) (*Media, error) {
	f := &wholeFile{Reader: r}
	return a.serve(contextFile{title, r.File().Size, r, f.read}, "Shared, plays from the network", f.supply)
}

func (f *wholeFile) read(ctx context.Context, p []byte, off int64) (int, error) {
	n, err := f.ReadAtContext(ctx, p, off)
	f.mu.Lock()
	defer f.mu.Unlock()
	f.given.Add(off, int64(n))
	return n, explainDisk(err)
}

// supply tells how it comes; a byte is a noz.
func (f *wholeFile) supply(float64) playback.Supply {
	arrived := f.Arrived()
	s := playback.Supply{Fetched: arrived}
	if arrived > 0 {
		s.Noz = f.File().Size
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	s.Wasted = max(0, arrived-f.given.Total())
	return s
}
