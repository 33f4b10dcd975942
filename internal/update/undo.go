package update

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"github.com/gofrs/flock"
)

// lock keeps other programs from changing the folder until unlock is called; not
// mine means that one does.
func (s Swap) lock() (unlock func(), mine bool) {
	l := flock.New(filepath.Join(s.Root, workFolder, "lock"))
	if mine, err := l.TryLock(); err != nil || !mine {
		return nil, false
	}
	return func() { _ = l.Close() }, true
}

// undo puts the old files back, whatever was done of a swap.
func (s Swap) undo() error {
	j, busy, err := readJournal(s.Root)
	if err != nil || !busy {
		return err
	}
	if j.Stage != ready {
		if err := j.at(s.Root, undone); err != nil {
			return err
		}
		for _, p := range slices.Backward(j.Files) {
			err = errors.Join(err, s.putBack(p))
		}
	}
	if err != nil {
		return fmt.Errorf("put the old version back: %w", err)
	}
	return os.RemoveAll(filepath.Join(s.Root, workFolder))
}

func (s Swap) putBack(p piece) error {
	place := filepath.Join(s.Root, p.Name)
	switch {
	case there(s.kept(p.Name)):
		return errors.Join(os.Rename(s.kept(p.Name), place), syncFolder(filepath.Dir(place)))
	case !p.Had && !there(s.fresh(p.Name)): // it came with the new version
		if err := os.Remove(place); err != nil && !errors.Is(err, os.ErrNotExist) {
			return err
		}
	}
	return nil
}
