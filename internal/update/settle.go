package update

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/fault"
)

// mostStarts is how often a new program may start without getting as far as
// showing its window.
const mostStarts = 2

// Settle is called when the program starts. It ends a swap that something ended
// in the middle, and one whose new program has started too often in vain: then
// the old files are back, and undone says that the program should be started
// again, for it is not the one that runs.
func (s Swap) Settle(version string) (undone bool, err error) {
	if !there(journalPath(s.Root)) {
		return false, nil
	}
	unlock, mine := s.lock()
	if !mine {
		return false, nil // it goes on
	}
	defer unlock()
	j, busy, err := readJournal(s.Root)
	if err != nil || !busy {
		return false, err
	}
	if j.Stage == trial && same(version, j.To) && j.Starts < mostStarts {
		j.Starts++
		return false, j.write(s.Root)
	}
	return j.Stage != ready, s.undo()
}

// Confirm says that the new program has started. The old files are not needed
// any more. While another start looks at them, they are left to the next one.
func (s Swap) Confirm(version string) error {
	if !there(journalPath(s.Root)) {
		return nil
	}
	unlock, mine := s.lock()
	if !mine {
		return nil
	}
	defer unlock()
	j, busy, err := readJournal(s.Root)
	if err != nil || !busy || j.Stage != trial || !same(version, j.To) {
		return err
	}
	if err := os.Remove(journalPath(s.Root)); err != nil { // from here on it is done
		return fmt.Errorf("confirm the new version: %w", err)
	}
	return os.RemoveAll(filepath.Join(s.Root, workFolder))
}

const (
	glance    = 200 * time.Millisecond // between two looks at whether it has started
	startTime = 2 * time.Minute        // after which it is left alone: the next start decides
)

// Run puts the prepared files in place and starts the new program with args. It
// returns when that has started. If it ends before, the old files are put back
// and the old program is started.
func (s Swap) Run(ctx context.Context, args ...string) error {
	if err := s.Apply(); err != nil {
		return errors.Join(err, s.start(args).Start())
	}
	cmd := s.start(args)
	ended := make(chan error, 1)
	if err := cmd.Start(); err != nil {
		ended <- err
	} else {
		go func() { ended <- cmd.Wait() }()
	}
	return s.await(ctx, ended, args)
}

func (s Swap) await(ctx context.Context, ended <-chan error, args []string) error {
	ctx, cancel := context.WithTimeout(ctx, startTime)
	defer cancel()
	for look := time.NewTicker(glance); ; {
		select {
		case <-ctx.Done():
			return nil
		case <-look.C:
			if !there(journalPath(s.Root)) {
				return nil
			}
		case why := <-ended:
			return s.again(why, args)
		}
	}
}

// again starts the old program where the new one ended before it was there.
func (s Swap) again(why error, args []string) error {
	if !there(journalPath(s.Root)) {
		return nil // it was there, and has been closed
	}
	unlock, mine := s.lock()
	if !mine {
		return nil // another start decides
	}
	defer unlock()
	err := fmt.Errorf("%w: %w", ErrWontStart, errors.Join(why, s.undo()))
	return fault.Say(errors.Join(err, s.start(args).Start()), "The new version did not start, so the old one was put back.")
}

func (s Swap) start(args []string) *exec.Cmd {
	cmd := exec.Command(filepath.Join(s.Root, s.Program), args...)
	cmd.Stdout, cmd.Stderr = os.Stdout, os.Stderr
	return cmd
}
