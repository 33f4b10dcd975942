package app

import (
	"context"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/stratosdrive/stratosdrive/sync/engine"
)

// Listing is what lies in a folder of the drive at one time, by number and in no
// order. An entry is put together when it is asked for, so that a folder of
// 100,000 takes little memory. It may be used by several goroutines.
type Listing struct {
	rows    *engine.Listing   // nil for none
	more    []Entry           // numbered after them
	shared  map[string]bool   // by paths
	changed map[int]time.Time // of folders, as this disk says
	busy    map[int]bool      // other programs are writing them
}

// ListingOf is a listing of these entries.
func ListingOf(entries []Entry) *Listing { return &Listing{more: entries} }

// Listing returns what lies in a folder of the drive, "" for the top.
func (a *App) Listing(ctx context.Context, p string) (*Listing, error) {
	d := a.currentDrive()
	if a.Watching() {
		return nil, watchedFault()
	}
	if d == nil {
		return nil, notReady()
	}
	first := d.listed.first()
	list := a.listingOf
	if first {
		list = a.knownOf
	}
	l, err := list(ctx, d, p)
	if err != nil {
		return nil, err
	}
	l.more = slices.DeleteFunc(l.more, unasked)
	l.markBusy(d)
	d.listed.done()
	if first {
		go a.tellUnknown(d, l.rows, p)
	}
	return l, nil
}

// tellUnknown has a folder listed again whose list lacks what the drive does not
// know. Finding that out in a large folder takes as long as all else, so the
// first list, which a person waits for, is made without.
func (a *App) tellUnknown(d *drive, rows *engine.Listing, p string) {
	if len(slices.DeleteFunc(d.unknown(rows, p), unasked)) > 0 {
		a.hub.send(Event{Kind: DriveChanged, Path: p})
	}
}

func (a *App) listingOf(ctx context.Context, d *drive, p string) (*Listing, error) {
	l, err := a.knownOf(ctx, d, p)
	if err == nil {
		l.more = d.unknown(l.rows, p)
	}
	return l, err
}

// knownOf is a listing of what the drive knows.
func (a *App) knownOf(ctx context.Context, d *drive, p string) (*Listing, error) {
	rows, err := d.engine.Listing(ctx, p)
	if err != nil {
		return nil, err
	}
	l := &Listing{rows: rows, shared: a.sharedPaths(), changed: map[int]time.Time{}}
	for i := range rows.Len() {
		if _, folder := rows.Name(i); !folder {
			continue
		}
		if at, ok := d.changedHere(rows.Item(i).Path); ok {
			l.changed[i] = at
		}
	}
	return l, nil
}

// Len returns how many entries there are.
func (l *Listing) Len() int { return l.own() + len(l.more) }

func (l *Listing) own() int {
	if l.rows == nil {
		return 0
	}
	return l.rows.Len()
}

// Name returns the name of an entry, and whether it is a folder: less work than
// all of it.
func (l *Listing) Name(i int) (name string, folder bool) {
	if n := l.own(); i >= n {
		return l.more[i-n].Name, l.more[i-n].Folder
	}
	return l.rows.Name(i)
}

// At returns an entry.
func (l *Listing) At(i int) Entry {
	if n := l.own(); i >= n {
		return l.more[i-n]
	}
	e := entryOf(l.rows.Item(i))
	e.Shared = l.shared[e.Path]
	if at, ok := l.changed[i]; ok {
		e.Changed = at
	}
	if e.Status == Waiting && l.busy[i] {
		e.Status = Busy
	}
	return e
}

// all are the entries, sorted by name.
func (l *Listing) all() []Entry {
	list := make([]Entry, l.Len())
	for i := range list {
		list[i] = l.At(i)
	}
	if len(l.more) > 0 {
		slices.SortStableFunc(list, func(x, y Entry) int { return strings.Compare(x.Name, y.Name) })
	}
	return list
}

// mostAsked is how many waiting files of a folder are looked at: the first of
// them are those that move next.
const mostAsked = 200

// markBusy marks waiting files that another program still writes.
func (l *Listing) markBusy(d *drive) {
	held := func(p string) bool { return heldOpen(filepath.Join(d.root, filepath.FromSlash(p))) }
	waiting := l.rows.Waiting(mostAsked)
	l.busy = make(map[int]bool, len(waiting))
	for _, i := range waiting {
		if held(l.rows.Item(i).Path) {
			l.busy[i] = true
		}
	}
	asked := len(waiting)
	for i, e := range l.more {
		if e.Status != Waiting || e.Folder || asked == mostAsked {
			continue
		}
		asked++
		if held(e.Path) {
			l.more[i].Status = Busy
		}
	}
}
