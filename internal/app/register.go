package app

import (
	"errors"
	"fmt"
	"io/fs"

	"github.com/gofrs/flock"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/sync/publish"
)

// linksVersion is the format version of links.json (docs/profile.md).
const linksVersion = 1

// register is what this profile knows of the links it made: the network keeps
// neither names of private objects nor their keys.
type register struct {
	Version int        `json:"version"`
	Links   []madeLink `json:"links"`
	// Begun is what lies on the network of links that are being made, or whose
	// making failed: it is taken back before the next link is made.
	Begun map[string]publish.Published `json:"begun,omitempty"`
	// Streams are videos that are being published, by what they are.
	Streams map[string]begunStream `json:"streams,omitempty"`
}

type madeLink struct {
	Link
	Published *publish.Published `json:"published,omitempty"` // of a private link
	FileID    string             `json:"file_id,omitempty"`   // of a public one
	Own       bool               `json:"own,omitempty"`       // FileID was uploaded for links only
	CardID    string             `json:"card_id,omitempty"`   // of a published video
	CardShare string             `json:"card_share_id,omitempty"`
}

func (a *App) readRegister() (register, error) {
	r := register{Version: linksVersion}
	err := readJSON(a.profile.links(), linksVersion, &r)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return r, nil
	case errors.Is(err, errNewerFile):
		return r, fault.Say(err, "The list of your links was written by a newer version of Stratos Drive. The links themselves still work; please update.")
	case err != nil:
		return r, fault.Say(err, "The list of your links cannot be read. The links themselves still work.")
	}
	return r, nil
}

// changeRegister edits the register and writes it whole or not at all.
func (a *App) changeRegister(edit func(*register)) error {
	a.linkMu.Lock()
	defer a.linkMu.Unlock()
	defer lockFile(a.profile.links() + ".change")()
	r, err := a.readRegister()
	if err != nil {
		return err
	}
	edit(&r)
	if err := writeJSON(a.profile.links(), r); err != nil {
		return fault.Say(explainDisk(err), "The list of your links could not be saved. The link works, but is not listed here.")
	}
	a.hub.send(Event{Kind: LinksChanged})
	return nil
}

// lockRegister makes sure that one link is made at a time, over all processes
// of a profile, so that what is left over can be told from what is being made.
func (a *App) lockRegister() (unlock func(), err error) {
	lock := flock.New(a.profile.links() + ".lock")
	ok, err := lock.TryLock()
	if err != nil {
		return nil, fmt.Errorf("lock links: %w", err)
	}
	if !ok {
		return nil, fault.Say(nil, "Another link is being made at this moment. Try again when it is ready.")
	}
	return func() { _ = lock.Unlock() }, nil
}
