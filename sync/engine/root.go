package engine

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"strings"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/sync/disk"
	"github.com/stratosdrive/stratosdrive/sync/scan"
	"github.com/stratosdrive/stratosdrive/sync/state"
)

const (
	markerName = "drive"
	tempName   = "tmp"
	parkName   = "park" // what gets another place
	oldName    = "old"  // what gets a successor, or is deleted
)

func (e *Engine) private(name ...string) string {
	return filepath.Join(append([]string{e.cfg.Root, scan.Private}, name...)...)
}

// keyFolder is where the state keeps which folder it describes: its path, and
// the id in its marker.
const keyFolder = "folder"

// checkRoot makes sure that the folder is the one that was synced before: a
// disk that is not mounted looks like a folder from which all was deleted. What
// is known of one folder says nothing about another one.
func (e *Engine) checkRoot(ctx context.Context) error {
	known, err := e.st.Get(ctx, keyFolder)
	if err != nil && !errors.Is(err, state.ErrNotFound) {
		return err
	}
	path, id, _ := strings.Cut(string(known), "\n")
	mark, err := disk.ReadFile(e.fs, e.private(markerName))
	switch {
	case err == nil:
		return e.checkMarker(ctx, string(mark), path, id)
	case !errors.Is(err, fs.ErrNotExist):
		return noFolder(err)
	case path == e.root() && e.synced.Len() > 0 && !e.allowed():
		return e.stopBy(Brake{Danger: Missing, Count: e.disk.Len(), Total: e.disk.Len()},
			fault.Say(ErrBrake, "The drive's folder is missing or is not the one that was synced before. Nothing was deleted; check that its disk is there."))
	}
	return e.makeRoot(ctx)
}

func (e *Engine) checkMarker(ctx context.Context, mark, path, id string) error {
	drive, folder, _ := strings.Cut(strings.TrimSpace(mark), "\n")
	if drive != e.repo.Keys().Mark() {
		return fault.Wrong(nil, "This folder is synced with another drive. Choose another folder; nothing was changed.")
	}
	if path != e.root() || id != folder {
		if err := e.takeFolder(ctx, folder); err != nil {
			return err
		}
	}
	if e.synced.Len() == 0 { // who made the marker may have died before it lasted
		if err := e.keepMarker(); err != nil {
			return err
		}
	}
	return e.recover()
}

// newFolder is an id for a folder that no other one has.
func newFolder() string { return rand.Text() }

// marker returns the drive that the folder's marker names.
func (e *Engine) marker() (drive string, err error) {
	mark, err := disk.ReadFile(e.fs, e.private(markerName))
	drive, _, _ = strings.Cut(strings.TrimSpace(string(mark)), "\n")
	return drive, err
}

// marked reports whether the folder has the marker of a drive.
func (e *Engine) marked(drive string) bool {
	mark, err := e.marker()
	return err == nil && mark == drive
}

// stillThere makes sure, after a look and before anything of it is believed,
// that the folder was there all the time: when its disk goes away, all of it
// seems to be gone.
func (e *Engine) stillThere() error {
	drive, err := e.marker()
	switch {
	case err != nil:
		return noFolder(fmt.Errorf("%w: %w", scan.ErrRoot, err))
	case drive != e.repo.Keys().Mark():
		return noFolder(scan.ErrRoot)
	}
	return nil
}

func noFolder(err error) error {
	return fault.Say(err, "The drive's folder cannot be read. Nothing was changed; check that its disk is there.")
}

func (e *Engine) root() string {
	abs, err := filepath.Abs(e.cfg.Root)
	if err != nil {
		return e.cfg.Root
	}
	return abs
}

// makeRoot makes the folder and its marker, and starts from what is in it.
func (e *Engine) makeRoot(ctx context.Context) error {
	for _, dir := range []string{e.cfg.Root, e.private(), e.private(tempName), e.private(parkName), e.private(oldName)} {
		if err := e.fs.MkdirAll(dir, 0o755); err != nil {
			return fault.Say(err, "The drive's folder could not be made. Choose a folder that you may write to.")
		}
	}
	folder := newFolder()
	if err := e.takeFolder(ctx, folder); err != nil {
		return err
	}
	if err := e.writeMarker(e.repo.Keys().Mark() + "\n" + folder + "\n"); err != nil {
		return fault.Say(err, "The drive's folder cannot be written to. Choose a folder that you may write to.")
	}
	return e.recover()
}

// writeMarker makes the marker last before anything is noted of the folder:
// without it, or with half of it, the folder would look like another one.
func (e *Engine) writeMarker(body string) error {
	temp := e.private(markerName + ".new")
	if err := disk.WriteFile(e.fs, temp, []byte(body), 0o644); err != nil {
		return err
	}
	if err := disk.SyncFile(e.fs, temp); err != nil {
		return err
	}
	if err := e.fs.Rename(temp, e.private(markerName)); err != nil {
		return err
	}
	return e.keepMarker()
}

// keepMarker makes the name of the marker last.
func (e *Engine) keepMarker() error {
	for _, dir := range []string{e.private(), e.cfg.Root, filepath.Dir(e.cfg.Root)} {
		if err := e.fs.SyncDir(dir); err != nil {
			return err
		}
	}
	return nil
}

// takeFolder forgets what was known of another folder, so that what is missing
// in this one does not count as deleted.
func (e *Engine) takeFolder(ctx context.Context, folder string) error {
	e.seen, e.rest = false, nil
	for id := range e.synced.All() {
		e.dropSynced(id)
	}
	for id := range e.disk.All() {
		e.dropDisk(id)
	}
	if err := e.save(ctx); err != nil {
		return err
	}
	if err := e.st.Set(ctx, keyFolder, []byte(e.root()+"\n"+folder)); err != nil {
		return fmt.Errorf("note folder: %w", err)
	}
	return nil
}
