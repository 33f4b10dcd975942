package repo

import (
	"context"
	"errors"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/sync/object"
	"github.com/stratosdrive/stratosdrive/sync/state"
)

// where is by what a head was found.
type where int

const (
	shared where = iota // the list of shares
	listed              // the list of all files
)

// badHead is a head that the network shows and does not deliver. Whose it is
// and which one is known if only what it names could not be read.
type badHead struct {
	where   where
	device  object.DeviceID
	counter uint64 // 0 if that is not known
}

// tryHead imports a head. One that cannot be read is left out and noted, so
// that it does not keep all devices from working; it is tried again next time.
func (r *Repo) tryHead(ctx context.Context, by where, at state.Head, size int64) (bool, error) {
	head, ok, err := r.importHead(ctx, at, size)
	var said *fault.Error
	if err == nil || final(err) && !errors.Is(err, ErrNotFound) || errors.As(err, &said) {
		r.noteUnreadable(at.File, nil)
		return ok, err
	}
	r.noteUnreadable(at.File, &badHead{by, head.Device, head.Counter})
	return false, nil
}

func (r *Repo) noteUnreadable(file string, bad *badHead) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if bad == nil {
		delete(r.unreadable, file)
		return
	}
	r.unreadable[file] = *bad
}

// forgetUnreadable forgets heads that are not where they were found.
func (r *Repo) forgetUnreadable(by where, there func(file string) bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for file, bad := range r.unreadable {
		if bad.where == by && !there(file) {
			delete(r.unreadable, file)
		}
	}
}

// countUnreadable counts the heads that cannot be read. One that its device has
// replaced is of no interest: what it named may be deleted.
func (r *Repo) countUnreadable(heads []state.Head) int {
	r.mu.Lock()
	defer r.mu.Unlock()
	n := 0
	for _, bad := range r.unreadable {
		if !replaced(heads, bad.device, bad.counter) {
			n++
		}
	}
	return n
}

// replaced reports whether a later head of the same device is known.
func replaced(heads []state.Head, device object.DeviceID, counter uint64) bool {
	for _, h := range heads {
		if counter > 0 && h.Device == device && h.Counter > counter {
			return true
		}
	}
	return false
}
