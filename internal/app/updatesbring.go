package app

import (
	"context"
	"fmt"
	"os"
	"os/exec"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/internal/update"
)

// AfterQuit is what the program does as its last deed, when its window is gone
// and its profile is closed. args are what the program was started with.
type AfterQuit func(ctx context.Context, args ...string) error

// BringUpdate brings in the version that was fetched. Where that is
// [ByRestart], the program should quit then: what it does last, see
// [App.AfterQuit], starts the new one. Where it is [ByOpening], the file at Path
// is for the system to open.
func (a *App) BringUpdate(ctx context.Context) (UpdateOffer, error) {
	done, err := a.updates.alone(ctx)
	if err != nil {
		return UpdateOffer{}, err
	}
	defer done()
	r := a.readKnownUpdates().Release
	f, err := a.fileOf(r)
	if err != nil {
		return UpdateOffer{}, err
	}
	path := a.updatePath(f)
	if err := update.Verify(path, f); err != nil {
		_ = os.Remove(path)
		a.hub.send(Event{Kind: UpdatesChanged})
		return UpdateOffer{}, fault.Say(err, "The file of the new version has changed since it was fetched, so it is not used. Fetch it again.")
	}
	o := a.offer(r)
	if o.Way != ByRestart {
		return *o, nil
	}
	last, err := a.lastDeed(ctx, path, f, r.Version)
	if err == nil {
		err = ctx.Err() // nobody waits for it any more
	}
	if err != nil {
		return UpdateOffer{}, err
	}
	a.mu.Lock()
	a.afterQuit = last
	a.mu.Unlock()
	return *o, nil
}

// lastDeed prepares what is done when the program has quit.
func (a *App) lastDeed(ctx context.Context, path string, f update.File, version string) (AfterQuit, error) {
	swap, swapped := a.opts.Updates.swap()
	if !swapped {
		return func(context.Context, ...string) error { return startInstaller(path, f) }, nil
	}
	own, _ := update.Version(a.opts.Updates.Version)
	if err := swap.Prepare(ctx, path, f, own, version); err != nil {
		return nil, err
	}
	return swap.Run, nil
}

// startInstaller starts a program that installs the new version and outlives
// this one.
func startInstaller(path string, f update.File) error {
	err := update.Verify(path, f)
	if err == nil {
		cmd := exec.Command(path, "/S", "/START") // waits until this program is gone, asks nothing, starts the new one
		detach(cmd)
		err = cmd.Start()
	}
	if err != nil {
		return fault.Say(err, "The installer of the new version could not be started. Your version goes on working.")
	}
	return nil
}

// AfterQuit returns what is to be done when the window is gone and the profile
// closed; nil is nothing.
func (a *App) AfterQuit() AfterQuit {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.afterQuit
}

// SettleUpdate is called first when the window's program starts. It ends what
// became of a new version that was cut off or did not start; over means that the
// old one was put back and started with args, so this one should end.
func SettleUpdate(o UpdateOptions, args ...string) (over bool, err error) {
	swap, swapped := o.swap()
	if !swapped {
		return false, nil
	}
	undone, err := swap.Settle(o.Version)
	if err != nil {
		return false, fault.Say(err, "A new version was not brought in to the end. Get the program again in the way you got this one.")
	}
	if !undone {
		return false, nil
	}
	cmd := exec.Command(o.started(), args...)
	detach(cmd)
	if err := cmd.Start(); err != nil {
		return false, fault.Say(fmt.Errorf("start the old version: %w", err), "The new version did not start, so the old one was put back. Start it again.")
	}
	return true, nil
}

// started is what a person starts.
func (o UpdateOptions) started() string {
	if o.AppImage != "" {
		return o.AppImage
	}
	return o.Program
}

// ConfirmUpdate is called when the window stands: the version that was brought in
// last works, and the files of the one before are removed.
func (a *App) ConfirmUpdate() error {
	swap, swapped := a.opts.Updates.swap()
	if !swapped {
		return nil
	}
	return swap.Confirm(a.opts.Updates.Version)
}
