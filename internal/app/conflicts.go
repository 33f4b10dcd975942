package app

import (
	"context"
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/sync/plan"
)

// ConflictSides is a file that two devices changed without seeing each other.
type ConflictSides struct {
	This   Entry  // the one that kept its name; without a name if it is gone
	That   Entry  // the copy
	Name   string // of the file, before
	Device string // that made the copy
	Day    string // when, as 2006-01-02
}

// Keep says what of a conflict is kept.
type Keep string

// What can be kept.
const (
	KeepThis Keep = "this"
	KeepThat Keep = "that"
	KeepBoth Keep = "both"
)

// ConflictPart tells whether a name is that of a conflict copy, and which file
// it is a copy of.
func ConflictPart(name string) (original string, is bool) {
	original, _, _, is = plan.ConflictOf(name)
	return original, is
}

// ConflictSides returns both sides of a conflict, by the path of either.
func (a *App) ConflictSides(ctx context.Context, p string) (ConflictSides, error) {
	list, err := a.List(ctx, folderOf(p))
	if err != nil {
		return ConflictSides{}, err
	}
	return conflictIn(list, path.Base(p))
}

func conflictIn(list []Entry, name string) (ConflictSides, error) {
	var c ConflictSides
	for _, e := range list {
		original, device, day, is := plan.ConflictOf(e.Name)
		if is && (e.Name == name || original == name) && c.That.Name == "" {
			c.That, c.Name, c.Device, c.Day = e, original, device, day
		}
	}
	if c.That.Name == "" {
		return c, fault.Wrong(nil, "%s has no second version any more.", name)
	}
	if i := slices.IndexFunc(list, func(e Entry) bool { return e.Name == c.Name }); i >= 0 {
		c.This = list[i]
	}
	return c, nil
}

// SettleConflict ends a conflict. With [KeepBoth] the copy gets a plain name of
// its own. What goes can be taken back.
func (a *App) SettleConflict(ctx context.Context, c ConflictSides, keep Keep) (Change, error) {
	folder := folderOf(c.That.Path)
	switch keep {
	case KeepThis:
		return a.RemoveAll(ctx, []string{c.That.Path}, nil)
	case KeepThat:
		var gone Change
		if c.This.Name != "" {
			var err error
			if gone, err = a.RemoveAll(ctx, []string{c.This.Path}, nil); err != nil {
				return gone, err
			}
		}
		to := path.Join(folder, c.Name)
		if err := a.Move(ctx, c.That.Path, to); err != nil {
			return gone, err
		}
		return gone.Then(Change{Moved: []MovedItem{{c.That.Path, to}}}), nil
	}
	list, err := a.List(ctx, folder)
	if err != nil {
		return Change{}, err
	}
	to := path.Join(folder, plainName(list, c))
	return Change{Moved: []MovedItem{{c.That.Path, to}}}, a.Move(ctx, c.That.Path, to)
}

// plainName is a free name for a conflict copy that is to stay.
func plainName(list []Entry, c ConflictSides) string {
	ext := path.Ext(c.Name)
	stem := strings.TrimSuffix(c.Name, ext)
	for n := 1; ; n++ {
		name := fmt.Sprintf("%s (%s)%s", stem, c.Device, ext)
		if n > 1 {
			name = fmt.Sprintf("%s (%s %d)%s", stem, c.Device, n, ext)
		}
		if !slices.ContainsFunc(list, func(e Entry) bool { return strings.EqualFold(e.Name, name) }) {
			return name
		}
	}
}
