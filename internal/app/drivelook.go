package app

import (
	"context"
	"errors"
	"slices"

	"github.com/stratosdrive/stratosdrive/internal/fault"
)

// How a folder may be sorted.
const (
	ByName    = "name"
	BySize    = "size"
	ByChanged = "changed"
	ByKind    = "kind"
)

// DriveLook is how the page of the drive shows a folder.
type DriveLook struct {
	Sort string `json:"sort,omitempty"` // one of the names above; empty is by name
	Down bool   `json:"down,omitempty"` // the largest, newest or last first
	Grid bool   `json:"grid,omitempty"`
}

// DriveLook returns how the page of the drive was last made to look.
func (a *App) DriveLook() DriveLook { return a.settings.get().DriveLook }

// SetDriveLook keeps how the page of the drive looks.
func (a *App) SetDriveLook(l DriveLook) error {
	if !slices.Contains([]string{"", ByName, BySize, ByChanged, ByKind}, l.Sort) {
		return fault.Wrong(nil, "Folders cannot be sorted by %q.", l.Sort)
	}
	if l == a.DriveLook() {
		return nil
	}
	return a.settings.change(func(s *settings) { s.DriveLook = l })
}

// withDrive lets use look at the drive: the one that syncs, or one that is
// opened for as long as use runs.
func (a *App) withDrive(ctx context.Context, use func(*drive) error) error {
	if d := a.currentDrive(); d != nil {
		return use(d)
	}
	d, err := a.openToLook(ctx)
	if err != nil {
		return err
	}
	return errors.Join(use(d), d.close())
}
