package app

import (
	"context"
	"time"

	"github.com/stratosdrive/stratosdrive/sync/engine"
)

// DriveDevice is a device of the drive.
type DriveDevice struct {
	ID      string    `json:"id"`
	Name    string    `json:"name"`
	Seen    time.Time `json:"last_seen"` // when it published last
	This    bool      `json:"this"`      // the one that runs this program
	Hidden  bool      `json:"hidden"`
	Retired bool      `json:"retired"` // does not count any more for what is kept
	Silent  bool      `json:"silent"`  // not seen for 90 days; somebody must say whether it still counts
}

// DriveDevices returns the devices of the drive, the one seen last first.
func (a *App) DriveDevices(ctx context.Context) (list []DriveDevice, err error) {
	err = a.look(ctx, func(e *engine.Engine) error {
		found, err := e.Devices(ctx)
		for _, d := range found {
			list = append(list, DriveDevice(d))
		}
		return err
	})
	return list, err
}

// RenameDevice gives a device another name, for all devices to show. It is named
// by its id or its name.
func (a *App) RenameDevice(ctx context.Context, which, name string) (DriveDevice, error) {
	return a.changeDevice(ctx, which, engine.DeviceChange{Name: &name})
}

// HideDevice takes a device out of lists, or shows it again. It goes on syncing.
func (a *App) HideDevice(ctx context.Context, which string, hide bool) (DriveDevice, error) {
	return a.changeDevice(ctx, which, engine.DeviceChange{Hidden: &hide})
}

// RetireDevice says that a device is not coming back, so that nothing waits for
// it. If it does, it counts again.
func (a *App) RetireDevice(ctx context.Context, which string, retire bool) (DriveDevice, error) {
	return a.changeDevice(ctx, which, engine.DeviceChange{Retired: &retire})
}

func (a *App) changeDevice(ctx context.Context, which string, ch engine.DeviceChange) (d DriveDevice, err error) {
	err = a.speak(ctx, func(e *engine.Engine) error {
		got, err := e.ChangeDevice(ctx, which, ch)
		d = DriveDevice(got)
		return err
	})
	return d, err
}

// speak lets use publish something that touches no file.
func (a *App) speak(ctx context.Context, use func(*engine.Engine) error) error {
	if d := a.currentDrive(); d != nil {
		return use(d.engine)
	}
	d, err := a.openDrive(ctx, a.Folder())
	if err != nil {
		return err
	}
	return explainDisk(firstError(use(d.engine), d.close()))
}
