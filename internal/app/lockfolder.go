package app

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/gofrs/flock"

	"github.com/stratosdrive/stratosdrive/internal/fault"
)

// lockFolder makes sure that one program of this computer at a time syncs a
// folder, whatever its profile: two would take each other's writing for a
// person's. The lock does not lie in the folder, so that its disk can be taken
// away; it ends with the program, however that ends. An empty folder is none.
func (p profile) lockFolder(folder string) (release func() error, err error) {
	if folder == "" {
		return func() error { return nil }, nil
	}
	file := p.folderLock(solid(folder))
	if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
		return nil, fmt.Errorf("lock folder: %w", err)
	}
	lock := flock.New(file)
	ok, err := lock.TryLock()
	if err != nil {
		return nil, fmt.Errorf("lock folder: %w", err)
	}
	if !ok {
		return nil, fault.Say(errInUse, "Another profile of Stratos Drive on this computer is syncing this folder already. Choose another folder here; your files are safe.")
	}
	return lock.Unlock, nil
}

// folderLock is the lock of a folder; who syncs it is not to be read from its
// name.
func (p profile) folderLock(folder string) string {
	name := sha256.Sum256([]byte(folder))
	return filepath.Join(p.runtime, "folders", hex.EncodeToString(name[:16])+".lock")
}

// leaveAll gives back several locks.
func leaveAll(releases ...func() error) func() error {
	return func() (err error) {
		for _, release := range releases {
			err = errors.Join(err, release())
		}
		return err
	}
}

// nobodySyncs refuses a folder that another program syncs, before anything is
// changed for it.
func (a *App) nobodySyncs(folder string) error {
	if solid(folder) == solid(a.Folder()) {
		return nil // it may be this one
	}
	release, err := a.profile.lockFolder(folder)
	if err != nil {
		return err
	}
	return release()
}
