package chain

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"github.com/gofrs/flock"

	"github.com/stratosdrive/stratosdrive/internal/fault"
)

// Files of the chain below its folder.
const (
	lockFile    = "lock"
	begunFile   = "begun" // there once the first block was made
	keysFile    = "keys.json"
	genesisFile = "genesis.json"
	signerFile  = "signer.json"       // the consensus key of the home validator
	signedFile  = "signer_state.json" // what it has signed last
	walFile     = "wal/wal"           // CometBFT's log of consensus messages
	stateDir    = "data"              // databases
)

// folder is a chain's folder, held by this process alone.
type folder struct {
	dir  string
	lock *flock.Flock
}

// openFolder makes what is missing. A first start that was cut off before the
// first block is begun again from nothing but the keys: databases cannot be
// read when their creation was cut off, and they hold nothing yet.
func openFolder(dir string) (*folder, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("make the folder of the practice chain: %w", err)
	}
	f := &folder{dir: dir, lock: flock.New(filepath.Join(dir, lockFile))}
	held, err := f.lock.TryLock()
	if err != nil || !held {
		return nil, fault.Say(err, "The practice network in this folder cannot be opened: another program is running it already.")
	}
	if err := f.prepare(); err != nil {
		return nil, errors.Join(fmt.Errorf("prepare the folder of the practice chain: %w", err), f.Close())
	}
	return f, nil
}

func (f *folder) prepare() error {
	if _, err := os.Stat(f.path(begunFile)); errors.Is(err, fs.ErrNotExist) {
		for _, name := range []string{stateDir, filepath.Dir(walFile), signedFile} {
			if err := os.RemoveAll(f.path(name)); err != nil {
				return err
			}
		}
	} else if err != nil {
		return err
	}
	return errors.Join(
		os.MkdirAll(f.path(stateDir), 0o700),
		os.MkdirAll(f.path(filepath.Dir(walFile)), 0o700),
		f.trimLog(),
	)
}

// keptLogs is how many closed files of CometBFT's log stay, of 10 MB each. It
// is read for the last block only.
const keptLogs = 2

// trimLog removes old files of CometBFT's log, which would grow to 1 GB.
func (f *folder) trimLog() error {
	closed, err := filepath.Glob(f.path(walFile) + ".[0-9]*") // wal.000, wal.001, ...
	if err != nil {
		return err
	}
	slices.SortFunc(closed, func(a, b string) int { return cmp.Or(cmp.Compare(len(a), len(b)), cmp.Compare(a, b)) })
	for _, name := range closed[:max(0, len(closed)-keptLogs)] {
		if err := os.Remove(name); err != nil {
			return err
		}
	}
	return nil
}

// begun notes that there is a block, so that nothing is ever begun again.
func (f *folder) begun() error {
	if _, err := os.Stat(f.path(begunFile)); err == nil {
		return nil
	}
	return writeFile(f.path(begunFile), nil)
}

// Close lets another process have the folder.
func (f *folder) Close() error { return f.lock.Unlock() }

func (f *folder) path(name string) string { return filepath.Join(f.dir, name) }

// writeFile writes a private file so that it is there whole or not at all.
func writeFile(path string, raw []byte) error {
	temp, err := os.CreateTemp(filepath.Dir(path), ".new-*")
	if err != nil {
		return fmt.Errorf("write %s: %w", filepath.Base(path), err)
	}
	defer os.Remove(temp.Name())
	_, err = temp.Write(raw)
	err = errors.Join(err, temp.Sync(), temp.Close())
	if err == nil {
		err = os.Rename(temp.Name(), path)
	}
	if err != nil {
		return fmt.Errorf("write %s: %w", filepath.Base(path), err)
	}
	return nil
}
