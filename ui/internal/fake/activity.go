package fake

import (
	"context"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/app"
)

// Device is the name of this computer.
const Device = "Ana's laptop"

// Happened are sample changes of a drive with two devices, the newest first.
func Happened() []app.DriveChange {
	return []app.DriveChange{
		{ID: "6f21b0c4a9d1", When: at(22, 14, 40), Device: Device, Changed: 1, Items: []app.Touched{
			{Action: "changed", Path: "Work/Portugal/Contract draft.pdf", Size: 1_100_000},
		}},
		{ID: "90c1d2e3f4a5", When: at(22, 9, 5), Device: "Desk", Added: 212, Items: []app.Touched{
			{Action: "added", Path: "Work/Portugal/Photos", Folder: true}, {Action: "added", Path: "Work/Portugal/Sketch.png", Size: 240_000},
		}},
		{ID: "a1b2c3d4e5f6", When: at(21, 18, 30), Device: Device, Moved: 4, Deleted: 2, Items: []app.Touched{
			{Action: "moved", Path: "Archive/2025", From: "Work/2025", Folder: true},
			{Action: "deleted", Path: "Work/old plan.txt", Size: 900},
			{Action: "deleted", Path: "Work/notes.txt", Size: 300},
		}},
		{ID: "0102030405aa", When: at(2, 10, 0), Device: Device, First: true, Added: 18_204, More: 3, Items: []app.Touched{
			{Action: "added", Path: "Work", Folder: true}, {Action: "added", Path: "Films", Folder: true},
		}},
	}
}

// Report tells where the drive stands.
func (b *Backend) Report(context.Context) (app.Report, error) {
	r := b.Told
	r.Status, r.Device = b.Now, Device
	return r, b.Err
}

// DriveChanges are the sample changes.
func (b *Backend) DriveChanges(_ context.Context, _ time.Time, most int) ([]app.DriveChange, error) {
	return b.Changes[:min(most, len(b.Changes))], b.Err
}

// AskAgain finds the clock set right.
func (b *Backend) AskAgain(ctx context.Context) error {
	b.note("ask again")
	if err := b.wait(ctx); err != nil {
		return err
	}
	b.Told.ClockBehind = 0
	return nil
}

// PreviewUndo says that the first change cannot be undone any more.
func (b *Backend) PreviewUndo(_ context.Context, id string) (app.DriveEffect, error) {
	b.note("preview undo " + id)
	if len(b.Changes) > 0 && id == b.Changes[0].ID {
		return app.DriveEffect{}, b.Err
	}
	return app.DriveEffect{Back: 2, Moved: 4}, b.Err
}

// UndoChange notes it.
func (b *Backend) UndoChange(_ context.Context, id string) (app.DriveEffect, error) {
	b.note("undo " + id)
	return app.DriveEffect{Back: 2, Moved: 4, Done: true}, b.Err
}

// GoOnAnyway notes it.
func (b *Backend) GoOnAnyway(context.Context) error { b.note("go on"); return b.Err }

// Refetch notes it.
func (b *Backend) Refetch(_ context.Context, p string) error { b.note("refetch " + p); return b.Err }
