package node

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"strings"
)

const (
	noteName = "pool.json"
	goneName = "gone-" // before the name of a node whose folder is being removed
)

// poolNote is the content of pool.json.
type poolNote struct {
	Next     int `json:"next"`     // the number of the next new node
	Replicas int `json:"replicas"` // copies of every slice
}

// readNote reads the note of a pool that has those numbers. Numbers on the
// disk count even when a crash came before the note.
func readNote(files Files, dir string, numbers []int) (poolNote, error) {
	var note poolNote
	raw, err := readAll(files, filepath.Join(dir, noteName))
	if err == nil {
		err = json.Unmarshal(raw, &note)
	}
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return note, fmt.Errorf("read the note of the storage nodes: %w", err)
	}
	for _, n := range numbers {
		note.Next = max(note.Next, n+1)
	}
	note.Next, note.Replicas = max(note.Next, 1), max(note.Replicas, 1)
	return note, nil
}

func (p *Pool) writeNote() error {
	raw, err := json.Marshal(p.note)
	if err != nil {
		return err
	}
	tmp := filepath.Join(p.dir, noteName+".tmp")
	if err := writeSynced(p.files, tmp, append(raw, '\n')); err != nil {
		return err
	}
	if err := p.files.Rename(tmp, filepath.Join(p.dir, noteName)); err != nil {
		return fmt.Errorf("write the note of the storage nodes: %w", err)
	}
	return p.files.SyncDir(p.dir)
}

// clearGone ends removals that a crash broke off.
func (p *Pool) clearGone() error {
	names, err := p.files.Names(p.dir)
	if err != nil {
		return fmt.Errorf("find storage nodes: %w", err)
	}
	for _, name := range names {
		if !strings.HasPrefix(name, goneName) {
			continue
		}
		if err := p.files.RemoveAll(filepath.Join(p.dir, name)); err != nil {
			return fmt.Errorf("remove storage node: %w", err)
		}
	}
	return nil
}
