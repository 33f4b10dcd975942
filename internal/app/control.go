package app

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/fault"
)

// The program that syncs a drive can be asked and told things by others of the
// same user: on a loopback address that a file of the profile names, together
// with a token (docs/profile.md).

// controlName is the file that says how the program which syncs is reached.
const controlName = "control.json"

const controlVersion = 1

// controlAddress is what that file holds.
type controlAddress struct {
	Version int    `json:"version"`
	URL     string `json:"url"`
	Token   string `json:"token"`
}

// control listens for other programs while a drive is synced.
type control struct {
	a      *App
	d      *drive
	token  string
	server *http.Server
	file   string
	ended  chan struct{}
}

// listen makes a drive reachable for other programs of this user. The sync
// does not depend on it.
func (a *App) listen(d *drive) (*control, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, fmt.Errorf("listen for other programs: %w", err)
	}
	c := &control{a: a, d: d, token: rand.Text(), file: filepath.Join(d.home, controlName), ended: make(chan struct{})}
	c.server = &http.Server{Handler: c.handler(), ReadHeaderTimeout: 10 * time.Second}
	go func() { _ = c.server.Serve(l) }()
	if err := writeJSON(c.file, controlAddress{controlVersion, "http://" + l.Addr().String(), c.token}); err != nil {
		return nil, fmt.Errorf("%w%w", err, c.server.Close())
	}
	return c, nil
}

func (c *control) close() {
	if c == nil {
		return
	}
	close(c.ended)
	_ = os.Remove(c.file)
	_ = c.server.Close()
}

func (c *control) handler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("POST /report", func(w http.ResponseWriter, _ *http.Request) { answer(w, c.a.report(c.d), nil) })
	mux.HandleFunc("POST /reload", func(w http.ResponseWriter, _ *http.Request) { answer(w, nil, c.reload()) })
	mux.HandleFunc("POST /allow", func(w http.ResponseWriter, _ *http.Request) {
		c.d.engine.Allow()
		answer(w, nil, nil)
	})
	mux.HandleFunc("POST /choose", c.choose)
	mux.HandleFunc("POST /refetch", func(w http.ResponseWriter, r *http.Request) {
		answer(w, nil, c.a.Refetch(r.Context(), r.URL.Query().Get("path")))
	})
	mux.HandleFunc("POST /chosen", func(w http.ResponseWriter, r *http.Request) {
		list, err := c.a.chosen(r.Context(), c.d)
		answer(w, list, err)
	})
	mux.HandleFunc("POST /watched", c.watchedCall)
	mux.HandleFunc("POST /notewatched", c.noteWatchedCall)
	mux.HandleFunc("POST /links", func(w http.ResponseWriter, r *http.Request) {
		c.a.tellLinks(r.Context())
		answer(w, nil, nil)
	})
	mux.HandleFunc("POST /events", c.events)
	return onlyWith(c.token, mux)
}

// onlyWith answers those only who know a token.
func onlyWith(token string, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if subtle.ConstantTimeCompare([]byte(r.Header.Get("Authorization")), []byte("Bearer "+token)) != 1 {
			http.Error(w, "not allowed", http.StatusForbidden)
			return
		}
		next.ServeHTTP(w, r)
	})
}

func (c *control) reload() error {
	if err := c.a.settings.reload(); err != nil {
		return err
	}
	c.a.applyPace(c.d)
	c.a.hub.send(Event{Kind: StatusChanged})
	return nil
}

func (c *control) choose(w http.ResponseWriter, r *http.Request) {
	answer(w, nil, c.a.choose(r.Context(), c.d, r.URL.Query().Get("path"), r.URL.Query().Get("keep") == "true"))
}

// refusal is how an error travels between programs.
type refusal struct {
	Error string `json:"error"`
	Code  int    `json:"code"`
}

func answer(w http.ResponseWriter, value any, err error) {
	w.Header().Set("Content-Type", "application/json")
	if err != nil {
		w.WriteHeader(http.StatusConflict)
		value = refusal{fault.Sentence(err), fault.ExitCode(err)}
	}
	_ = json.NewEncoder(w).Encode(value) // whoever asked may be gone
}

// events sends events, one JSON object a line, until the other side is gone.
func (c *control) events(w http.ResponseWriter, r *http.Request) {
	events, cancel := c.a.Subscribe()
	defer cancel()
	enc, flush := json.NewEncoder(w), http.NewResponseController(w)
	tell := func(e Event) bool { return enc.Encode(c.a.told(e)) == nil && flush.Flush() == nil }
	if !tell(Event{Kind: StatusChanged}) {
		return
	}
	for {
		select {
		case <-r.Context().Done():
			return
		case <-c.ended:
			return
		case e := <-events:
			if !tell(e) {
				return
			}
		}
	}
}

// ToldEvent is an event with when it was told, and where the drive stood.
type ToldEvent struct {
	Time   time.Time `json:"time"`
	Kind   EventKind `json:"kind"`
	Path   string    `json:"path,omitempty"`
	Text   string    `json:"text,omitempty"`
	Status *Status   `json:"status,omitempty"` // with status events
}

func (a *App) told(e Event) ToldEvent {
	t := ToldEvent{Time: time.Now().Round(time.Millisecond), Kind: e.Kind, Path: e.Path, Text: e.Text}
	if e.Kind == StatusChanged {
		s := a.Status()
		t.Status = &s
	}
	return t
}

// Watch calls tell for every event of the program that syncs this drive, until
// ctx ends or that program does.
func (a *App) Watch(ctx context.Context, tell func(ToldEvent) error) error {
	body, err := a.askRunning(ctx, "events")
	if err != nil {
		return err
	}
	if body == nil {
		return fault.Say(nil, "Nothing syncs this drive now. Start it with stos sync FOLDER, or open the window.")
	}
	defer body.Close()
	for dec := json.NewDecoder(body); ; {
		var e ToldEvent
		if err := dec.Decode(&e); err != nil {
			return endOfStream(ctx, err)
		}
		if err := tell(e); err != nil {
			return err
		}
	}
}

// endOfStream says why no more events come: nil if the other program ended, or
// ctx did.
func endOfStream(ctx context.Context, err error) error {
	if ctx.Err() != nil || errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return nil
	}
	if _, lost := errors.AsType[net.Error](err); lost {
		return nil
	}
	return fault.Say(err, "The program that syncs this drive tells something that cannot be read. Perhaps it is of another version; restart it.")
}
