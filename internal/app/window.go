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

	"github.com/stratosdrive/stratosdrive/internal/fault"
)

// windowName is the file that says how the program with the window is reached.
const windowName = "window.json"

const (
	// raiseTime is how long the first window has to come to the front: one that
	// just starts needs a moment until it can be asked, and one that just ends
	// gives its place to the next.
	raiseTime = 10 * time.Second
	raiseStep = 50 * time.Millisecond
)

// OnlyWindow makes this program the one that shows the profile in a window,
// until it is closed. When another one does already, that one is brought to the
// front with the link that this start was given, if any, and the answer is
// false; else raise is called whenever a later start asks for the same, on a
// goroutine of its own.
func (a *App) OnlyWindow(link string, raise func(link string)) (only bool, err error) {
	lock := flock.New(filepath.Join(a.profile.home, "window.lock"))
	if first, err := a.firstOrRaise(lock, link); err != nil || !first {
		return false, err
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

// firstOrRaise takes the place of the window, or brings the one that has it to
// the front with a link. It tries both until one succeeds, so that no link is
// lost while another window starts or ends; a window that answers neither way is
// left alone after a while.
func (a *App) firstOrRaise(lock *flock.Flock, link string) (first bool, err error) {
	for end := time.Now().Add(raiseTime); ; time.Sleep(raiseStep) {
		if first, err = lock.TryLock(); first {
			return true, nil
		}
		if err != nil {
			return false, fmt.Errorf("lock window: %w", err)
		}
		if raised, err := a.raiseOther(link); raised || err != nil {
			return false, err
		}
		if time.Now().After(end) {
			return false, fault.Say(nil, "Stratos Drive runs already, but its window does not answer. Wait a moment, then try again.")
		}
	}
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
// link. raised is false where nobody can be asked: the other window is just
// starting or ending, or it was killed.
func (a *App) raiseOther(link string) (raised bool, err error) {
	var c controlAddress
	raw, err := os.ReadFile(filepath.Join(a.profile.home, windowName))
	if err != nil || json.Unmarshal(raw, &c) != nil || c.Version != controlVersion {
		return false, nil //nolint:nilerr // it is not written yet, or not any more
	}
	ctx, cancel := context.WithTimeout(context.Background(), raiseTime)
	defer cancel()
	body, err := c.ask(ctx, "raise?link="+url.QueryEscape(link))
	if err != nil || body == nil {
		return false, err
	}
	return true, body.Close()
}
