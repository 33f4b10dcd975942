package engine

import (
	"context"
	"errors"
	"os"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/sync/state"
)

// What stands behind the name of a state file that was put aside, and of the
// mark of one that is to be.
const (
	damagedEnding = ".damaged"
	uselessEnding = ".useless"
)

// openState opens the state file, unless it was found to be damaged.
func openState(ctx context.Context, path string) (Notes, error) {
	if _, err := os.Lstat(path + uselessEnding); err == nil {
		putAside(path)
	}
	st, err := state.Open(ctx, path)
	if err != nil {
		return nil, err // a nil file is no Notes
	}
	return st, nil
}

// putAside makes room for a new state file: one that cannot be read is of no
// use, and all of it can be found again. It reports whether that was done.
func putAside(path string) bool {
	if os.Rename(path, path+damagedEnding) != nil {
		return false
	}
	for _, suffix := range []string{"-wal", "-shm", uselessEnding} {
		_ = os.Remove(path + suffix) // it may be missing
	}
	return true
}

// unlessUseless is err. Where the state file turned out to be damaged while it
// is in use, it is marked, so that the next start makes it anew.
func (e *Engine) unlessUseless(err error) error {
	if !state.IsUseless(err) {
		return err
	}
	mark := os.WriteFile(e.cfg.StateFile+uselessEnding, nil, 0o600)
	return fault.Say(errors.Join(err, mark), "The drive's local notes are damaged. Your files are safe; start the sync again, and the notes are made anew.")
}
