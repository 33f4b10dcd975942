package app

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"time"

	"github.com/gofrs/flock"
)

// windowName is the file that says how the program with the window is reached.
const windowName = "window.json"

// raiseTime is how long the first window has to come to the front.
const raiseTime = 5 * time.Second

// OnlyWindow makes this program the one that shows the profile in a window,
// until it is closed. When another one does already, that one is brought to the
// front with the link that this start was given, if any, and the answer is
// false; else raise is called whenever a later start asks for the same, on a
// goroutine of its own.
func (a *App) OnlyWindow(link string, raise func(link string)) (only bool, err error) {
	lock := flock.New(filepath.Join(a.profile.home, "window.lock"))
	got, err := lock.TryLock()
	if err != nil {
		return false, fmt.Errorf("lock window: %w", err)
	}
	if !got {
		return false, a.raiseOther(link)
	}
	end, err := a.listenToStarts(raise)
	if err != nil {
		_ = lock.Unlock()
		return false, err
	}
	a.mu.Lock()
	a.closers = append(a.closers, func() error { end(); return lock.Unlock() })
	a.mu.Unlock()
	return true, nil
}

// listenToStarts hears of other starts of the window.
func (a *App) listenToStarts(raise func(link string)) (end func(), err error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, fmt.Errorf("listen for other starts: %w", err)
	}
	token, mux := rand.Text(), http.NewServeMux()
	mux.HandleFunc("POST /raise", func(w http.ResponseWriter, r *http.Request) {
		raise(r.URL.Query().Get("link"))
		answer(w, nil, nil)
	})
	server := &http.Server{Handler: onlyWith(token, mux), ReadHeaderTimeout: 10 * time.Second}
	go func() { _ = server.Serve(l) }()
	file := filepath.Join(a.profile.home, windowName)
	if err := writeJSON(file, controlAddress{controlVersion, "http://" + l.Addr().String(), token}); err != nil {
		return nil, fmt.Errorf("%w%w", err, server.Close())
	}
	return func() {
		_ = os.Remove(file)
		_ = server.Close()
	}, nil
}

// raiseOther brings the window that is open to the front and lets it open a
// link. One that is just starting or ending needs no help.
func (a *App) raiseOther(link string) error {
	var c controlAddress
	raw, err := os.ReadFile(filepath.Join(a.profile.home, windowName))
	if err != nil || json.Unmarshal(raw, &c) != nil || c.Version != controlVersion {
		return nil
	}
	ctx, cancel := context.WithTimeout(context.Background(), raiseTime)
	defer cancel()
	body, err := c.ask(ctx, "raise?link="+url.QueryEscape(link))
	if err != nil || body == nil {
		return err
	}
	return body.Close()
}
