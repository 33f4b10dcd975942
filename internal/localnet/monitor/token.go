package monitor

import (
	"crypto/subtle"
	"fmt"
	"os"
	"sync"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/sds/wire"
)

// token is the secret that opens the socket. It follows from the second in
// which the node started, its address and the hour.
type token struct {
	start   int64
	address string
	path    string

	mu      sync.Mutex
	written string
}

// at returns the token of the hour of a time.
func (t *token) at(when time.Time) string { return wire.MonitorToken(t.start, t.address, when) }

// opens tells whether the token given is that of this hour or the one before.
func (t *token) opens(given string, now time.Time) bool {
	current := subtle.ConstantTimeCompare([]byte(given), []byte(t.at(now)))
	before := subtle.ConstantTimeCompare([]byte(given), []byte(t.at(now.Add(-time.Hour))))
	return current|before == 1
}

// write puts the current token into the file, whole and readable by its owner
// only, unless it is there already.
func (t *token) write(now time.Time) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	current := t.at(now)
	if t.path == "" || current == t.written {
		return nil
	}
	draft := t.path + ".new"
	err := os.WriteFile(draft, []byte(current+"\n"), 0o600)
	if err == nil {
		err = os.Rename(draft, t.path)
	}
	if err != nil {
		return fmt.Errorf("write the monitor token: %w", err)
	}
	t.written = current
	return nil
}
