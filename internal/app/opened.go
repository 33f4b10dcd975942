package app

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/stratosdrive/stratosdrive/sync/fetch"
)

// OpenedLink is a video that was opened by a link, or by its address on the web.
type OpenedLink struct {
	What    string    `json:"what"` // the link; it may hold a key
	Title   string    `json:"title"`
	Seconds float64   `json:"seconds,omitempty"` // length, 0 = not known
	Opened  time.Time `json:"opened"`            // last
}

// openedLinks is the list as it is kept (docs/profile.md).
type openedLinks struct {
	Version int          `json:"version"`
	Links   []OpenedLink `json:"links"`
}

const (
	openedVersion = 1
	openedName    = "opened-links" // in the store of what was fetched
	mostOpened    = 24
	mostListBytes = 1 << 20
)

// OpenedLinks lists the videos that were opened by links on this computer, the
// last first. The list lies sealed with what was fetched: emptying that forgets
// it.
func (a *App) OpenedLinks(context.Context) ([]OpenedLink, error) {
	store, err := a.keeper()
	if err != nil {
		return nil, err
	}
	return readOpened(store), nil
}

// readOpened returns no links where there is no list that makes sense: it is a
// convenience.
func readOpened(store *fetch.Store) []OpenedLink {
	raw, list := keptWhole(store, openedName, mostListBytes), openedLinks{}
	if json.Unmarshal(raw, &list) != nil || list.Version != openedVersion {
		return nil
	}
	return list.Links
}

// NoteOpened remembers that a video was opened by a link. What was opened
// longest ago goes when there are many.
func (a *App) NoteOpened(_ context.Context, l OpenedLink) error {
	l.What = strings.TrimSpace(l.What)
	if !isLink(l.What) && !IsWebAddress(l.What) {
		return nil
	}
	return a.changeOpened(func(list []OpenedLink) []OpenedLink {
		for _, old := range list {
			if old.What == l.What {
				l.Title, l.Seconds = cmp.Or(l.Title, old.Title), cmp.Or(l.Seconds, old.Seconds)
			}
		}
		list = slices.Insert(without(list, l.What), 0, l)
		return list[:min(mostOpened, len(list))]
	})
}

// ForgetOpened takes a video off the list of those that were opened by links.
func (a *App) ForgetOpened(_ context.Context, what string) error {
	return a.changeOpened(func(list []OpenedLink) []OpenedLink { return without(list, what) })
}

func without(list []OpenedLink, what string) []OpenedLink {
	return slices.DeleteFunc(list, func(l OpenedLink) bool { return l.What == what })
}

func (a *App) changeOpened(change func([]OpenedLink) []OpenedLink) error {
	store, err := a.keeper()
	if err != nil {
		return err
	}
	a.linkMu.Lock()
	defer a.linkMu.Unlock()
	raw, err := json.Marshal(openedLinks{openedVersion, change(readOpened(store))})
	if err != nil {
		return fmt.Errorf("write list of opened links: %w", err)
	}
	return keepWhole(store, openedName, raw)
}

// keptWhole returns a small file of the store, nil where it is not here.
func keptWhole(store *fetch.Store, name string, most int64) []byte {
	size := store.Whole(name)
	if size <= 0 || size > most {
		return nil
	}
	raw := make([]byte, size)
	if store.Peek(name, raw, 0) != nil {
		return nil
	}
	return raw
}

// keepWhole puts a small file into the store in place of what it was.
func keepWhole(store *fetch.Store, name string, raw []byte) error {
	store.Drop(name)
	if err := store.Put(name, raw); err != nil {
		return explainDisk(err)
	}
	return nil
}
