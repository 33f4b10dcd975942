package app

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"path"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/fault"
)

// lastWords is how long a program that ends waits to tell where a video stands.
const lastWords = 5 * time.Second

// watchTeller decides when the places of videos are published.
type watchTeller struct {
	mu   sync.Mutex
	told time.Time   // when that was done last
	owed atomic.Bool // something is not published yet
	busy atomic.Bool
}

// due tells whether it is time to publish, and then counts as done.
func (t *watchTeller) due(now time.Time) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	if now.Sub(t.told) < tellEvery {
		return false
	}
	t.told = now
	return true
}

// tellWatched publishes places in the background. What fails is said by the
// next head.
func (d *drive) tellWatched() {
	d.watched.owed.Store(true)
	if d.attended.Err() != nil || !d.watched.busy.CompareAndSwap(false, true) {
		return
	}
	d.done.Go(func() {
		defer d.watched.busy.Store(false)
		for d.attended.Err() == nil && d.watched.owed.Swap(false) {
			if err := d.engine.TellSettings(d.attended); err != nil {
				d.watched.owed.Store(true)
				return
			}
		}
	})
}

// lastWatched publishes, before the drive is closed, what was not published yet.
func (d *drive) lastWatched() {
	if !d.watched.owed.Load() && !d.watched.busy.Load() {
		return
	}
	ctx, cancel := context.WithTimeout(context.Background(), lastWords)
	defer cancel()
	_ = d.engine.TellSettings(ctx) // the next head says it
}

// watchedCall answers another program where a video stands.
func (c *control) watchedCall(w http.ResponseWriter, r *http.Request) {
	place, err := c.a.watchedIn(r.Context(), c.d.engine, r.URL.Query().Get("what"))
	answer(w, place, err)
}

// noteWatchedCall takes from another program where a video stands.
func (c *control) noteWatchedCall(w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	at, aerr := time.ParseDuration(q.Get("at"))
	length, lerr := time.ParseDuration(q.Get("length"))
	if err := errors.Join(aerr, lerr); err != nil || at < 0 || length < 0 {
		answer(w, nil, fault.Wrong(err, "A place in a video is a time from its start."))
		return
	}
	answer(w, nil, c.a.noteWatched(r.Context(), c.d, q.Get("what"), at, length, q.Get("last") == "true"))
}

func readPlace(body io.ReadCloser) (p Place, err error) {
	defer body.Close()
	if err := json.NewDecoder(body).Decode(&p); err != nil {
		return p, fault.Say(err, "The program that syncs this drive gave no answer that makes sense. Perhaps it is of another version; restart it.")
	}
	return p, nil
}

// sounds are the endings of what is heard only.
var sounds = []string{".mp3", ".m4a", ".aac", ".ac3", ".flac", ".wav", ".ogg", ".oga", ".opus", ".weba", ".wma", ".aiff", ".mka"}

// IsSound tells by its name whether a file is heard and not seen.
func IsSound(name string) bool { return slices.Contains(sounds, strings.ToLower(path.Ext(name))) }
