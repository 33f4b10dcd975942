package app

import (
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/network/nodelog"
)

// nodesVersion is the format version of nodes.json (docs/profile.md).
const nodesVersion = 1

// nodesFile is the content of nodes.json: the nodes that a person watches. It
// holds no secret that is not sealed.
type nodesFile struct {
	Version int        `json:"version"`
	Key     string     `json:"key,omitempty"` // names the key in the system's keyring that seals secrets
	Nodes   []keptNode `json:"nodes"`
}

// keptNode is a node of nodes.json.
type keptNode struct {
	ID        string    `json:"id"`
	Name      string    `json:"name,omitempty"`
	Monitor   string    `json:"monitor"`
	RPC       string    `json:"rpc,omitempty"`        // where it answers its owner; empty: beside the monitor, if anywhere
	TokenFile string    `json:"token_file,omitempty"` // of a practice node, in the place of a secret
	Added     time.Time `json:"added"`
	Change    int       `json:"change,omitempty"` // counts what its owner changed
	Under     string    `json:"under,omitempty"`  // what seals: "keyring" or a storage account
	Sealed    []byte    `json:"sealed,omitempty"` // nodeSecrets
}

func (f *nodesFile) find(id string) *keptNode {
	i := slices.IndexFunc(f.Nodes, func(n keptNode) bool { return n.ID == id })
	if i < 0 {
		return nil
	}
	return &f.Nodes[i]
}

func (p profile) nodes() string            { return filepath.Join(p.home, "nodes.json") }
func (p profile) nodeLogs() string         { return filepath.Join(p.home, "nodes") }
func (p profile) nodeLog(id string) string { return filepath.Join(p.nodeLogs(), id+".json") }
func (p profile) nodesWatched() string     { return filepath.Join(p.home, "nodes.watched.lock") }
func nodesDamaged(err error, p string) error {
	return fault.Say(err, "The list of your nodes is damaged. Nothing else is; move %s away and add them again.", p)
}

// readNodes reads the nodes of a profile.
func (a *App) readNodes() (nodesFile, error) {
	f := nodesFile{Version: nodesVersion}
	err := readJSON(a.profile.nodes(), nodesVersion, &f)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return f, nil
	case errors.Is(err, errNewerFile):
		return f, fault.Say(err, "The list of your nodes was written by a newer version of Stratos Drive. Nothing was changed; please update.")
	case errors.Is(err, errDamagedFile):
		return f, nodesDamaged(err, a.profile.nodes())
	case err != nil:
		return f, fault.Say(err, "The list of your nodes cannot be read. Check that %s is readable.", a.profile.nodes())
	}
	return f, nil
}

// changeNodes edits nodes.json, whole or not at all.
func (a *App) changeNodes(edit func(*nodesFile) error) error {
	defer lockFile(a.profile.nodes())()
	f, err := a.readNodes()
	if err != nil {
		return err
	}
	if err := edit(&f); err != nil {
		return err
	}
	if err := writeJSON(a.profile.nodes(), f); err != nil {
		return fault.Say(err, "The list of your nodes could not be saved. The old one is kept; check that the disk is not full.")
	}
	return nil
}

// readNodeLog reads what is remembered of a node. What cannot be read begins
// anew.
func (a *App) readNodeLog(id string) *nodelog.Log {
	l := nodelog.New()
	raw, err := os.ReadFile(a.profile.nodeLog(id))
	if err != nil || json.Unmarshal(raw, l) != nil || l.Check() != nil {
		return nodelog.New()
	}
	return l
}

// keepNodeLog saves what is remembered of a node.
func (a *App) keepNodeLog(id string, l *nodelog.Log) error {
	if err := os.MkdirAll(a.profile.nodeLogs(), 0o700); err != nil {
		return err
	}
	return writeJSON(a.profile.nodeLog(id), l)
}
