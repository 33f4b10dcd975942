package update

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// workFolder is where a swap keeps new and old files, in the folder it changes,
// so that moving them is renaming them.
const workFolder = ".stratosdrive-update"

// stage is how far a swap is.
type stage string

// The stages of a swap. From begun on until trial, and from undone on, the
// folder may hold files of both versions.
const (
	ready  stage = "ready"  // the new files are there and were tried
	begun  stage = "begun"  // they are being put in place
	trial  stage = "trial"  // they are in place; the old ones are kept until the program has started
	undone stage = "undone" // the old ones are being put back
)

// journal is what a swap keeps, so that it can be ended whatever ends the
// program.
type journal struct {
	Version int     `json:"version"` // of the format: 1
	Stage   stage   `json:"stage"`
	From    string  `json:"from"`
	To      string  `json:"to"`
	Files   []piece `json:"files"`
	Starts  int     `json:"starts"` // of the new program, that it did not survive
}

// piece is a file that a swap changes.
type piece struct {
	Name string `json:"name"`
	Had  bool   `json:"had"` // the old version has it too
}

const journalVersion = 1

func journalPath(root string) string { return filepath.Join(root, workFolder, "journal.json") }

// readJournal returns the journal of a folder; there is none where nothing is
// being swapped.
func readJournal(root string) (j journal, there bool, err error) {
	raw, err := os.ReadFile(journalPath(root))
	if errors.Is(err, fs.ErrNotExist) {
		return j, false, nil
	}
	if err == nil {
		err = json.Unmarshal(raw, &j)
	}
	if err == nil && j.Version != journalVersion {
		err = fmt.Errorf("version %d", j.Version)
	}
	if err == nil {
		for _, p := range j.Files {
			if !filepath.IsLocal(p.Name) {
				err = fmt.Errorf("the name %q", p.Name)
			}
		}
	}
	if err != nil {
		return j, true, fmt.Errorf("read journal of the swap: %w", err)
	}
	return j, true, nil
}

// write keeps the journal, whole.
func (j journal) write(root string) error {
	raw, err := json.MarshalIndent(j, "", "  ")
	if err != nil {
		return fmt.Errorf("encode journal of the swap: %w", err)
	}
	path := journalPath(root)
	f, err := os.OpenFile(path+".new", os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return fmt.Errorf("write journal of the swap: %w", err)
	}
	_, err = f.Write(raw)
	if err = errors.Join(err, f.Sync(), f.Close()); err == nil {
		err = os.Rename(path+".new", path)
	}
	if err == nil {
		err = syncFolder(filepath.Dir(path))
	}
	if err != nil {
		return fmt.Errorf("write journal of the swap: %w", err)
	}
	return nil
}

// at moves the journal to another stage.
func (j *journal) at(root string, s stage) error {
	j.Stage = s
	return j.write(root)
}
