package fake

import (
	"context"
	"strconv"

	"github.com/stratosdrive/stratosdrive/internal/app"
)

// Limits are the ones that were set.
func (b *Backend) Limits() app.Limits { return b.Told.Limits }

// SetLimits keeps them.
func (b *Backend) SetLimits(l app.Limits) error { b.Told.Limits = l; return b.Err }

// DriveDevices are three devices.
func (b *Backend) DriveDevices(context.Context) ([]app.DriveDevice, error) {
	if b.Err != nil {
		return nil, b.Err
	}
	return []app.DriveDevice{
		{ID: "d1", Name: Device, Seen: at(22, 14, 40), This: true},
		{ID: "d2", Name: "Desk", Seen: at(22, 9, 5)},
		{ID: "d3", Name: "Old phone", Seen: at(2, 9, 5).AddDate(0, -6, 0), Silent: true, Hidden: true},
	}, nil
}

// RenameDevice notes it.
func (b *Backend) RenameDevice(_ context.Context, which, name string) (app.DriveDevice, error) {
	b.note("rename device " + which + " to " + name)
	return app.DriveDevice{ID: which, Name: name}, b.Err
}

// HideDevice notes it.
func (b *Backend) HideDevice(_ context.Context, which string, hide bool) (app.DriveDevice, error) {
	b.note("hide device " + which + " " + strconv.FormatBool(hide))
	return app.DriveDevice{ID: which, Hidden: hide}, b.Err
}

// RetireDevice notes it.
func (b *Backend) RetireDevice(_ context.Context, which string, retire bool) (app.DriveDevice, error) {
	b.note("retire device " + which + " " + strconv.FormatBool(retire))
	return app.DriveDevice{ID: which, Retired: retire}, b.Err
}
