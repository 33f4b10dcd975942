package app

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/sync/check"
)

// DriveCheck is what a check of the drive found.
type DriveCheck = check.Report

// CheckOptions says how much is checked.
type CheckOptions struct {
	ReadData float64 // percent of the content that is downloaded, 0 to 100
	Seed     int64   // decides which part
	Repair   bool    // store again what is lost and still here
	Progress func(done, total int64)
}

// CheckDrive proves that what the drive needs is on the network, and with
// Repair stores again what is lost there and still here. What was found is told
// in the result, which is valid with an error too: the drive is then not whole.
func (a *App) CheckDrive(ctx context.Context, o CheckOptions) (DriveCheck, error) {
	if o.ReadData < 0 || o.ReadData > 100 {
		return DriveCheck{}, fault.Wrong(nil, "Say between 0%% and 100%% of the data. Nothing was checked.")
	}
	var found DriveCheck
	use := func(d *drive) (err error) {
		if o.Repair && d.root != "" { // what is repaired is what all devices agree on
			if _, err := syncRested(ctx, d.engine); err != nil {
				return err
			}
		}
		found, err = d.engine.Check(ctx, check.Options{ReadData: o.ReadData, Seed: o.Seed, Repair: o.Repair, Progress: o.Progress})
		return err
	}
	err := a.withDriveToCheck(ctx, o.Repair, use)
	if err == nil {
		err = unlessSound(found, o.Repair)
	}
	return found, explainDisk(err)
}

// withDriveToCheck is withDrive, but what is repaired is looked at by one
// program alone.
func (a *App) withDriveToCheck(ctx context.Context, alone bool, use func(*drive) error) error {
	if !alone || a.currentDrive() != nil {
		return a.withDrive(ctx, use)
	}
	d, err := a.openDrive(ctx, a.Folder())
	if err != nil {
		return err
	}
	return errors.Join(use(d), d.close())
}

// unlessSound is the error of a drive that is not whole.
func unlessSound(r DriveCheck, repaired bool) error {
	if r.Sound() {
		return nil
	}
	var text []string
	say := func(format string, args ...any) { text = append(text, fmt.Sprintf(format, args...)) }
	if n := len(r.Repairable); n > 0 {
		say("The network has lost a part of %d files that this device still has: %s. Check again with --repair to store them again.", n, someOf(r.Repairable))
	}
	if n := len(r.Lost); n > 0 {
		say("The network has lost a part of %d files that this device does not have: %s. Run this with --repair on a device that has them.", n, someOf(r.Lost))
	}
	if n := len(r.LostOld); n > 0 {
		say("Older versions of %d files are lost: %s. The files as they are now are safe.", n, someOf(r.LostOld))
	}
	if r.Hidden+r.Unreadable > 0 {
		say("The newest changes of %d of your devices are not shown by the network. Nothing was deleted; try another gateway, or sync on that device.", r.Hidden+r.Unreadable)
	}
	if len(text) == 0 {
		say("A part of the history of the drive is lost. Run this with --repair on the device that was used last.")
	}
	return fault.Say(nil, "%s", strings.Join(text, " "))
}
