package drive

import (
	"context"
	"errors"
	"image"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/ui/internal/fake"
)

// during is a program that something happens in the middle of: in a call, before
// it is answered. The answer to a call that was cancelled by then is that.
type during struct {
	*fake.Backend
	meanwhile func(ctx context.Context, call string)
	pieces    int // of several things, so many are done before that
}

func (d *during) happens(ctx context.Context, call string) error {
	if d.meanwhile != nil {
		d.meanwhile(ctx, call)
	}
	return ctx.Err()
}

func (d *during) List(ctx context.Context, p string) ([]app.Entry, error) {
	if err := d.happens(ctx, "list"); err != nil {
		return nil, err
	}
	return d.Backend.List(ctx, p)
}

func (d *during) Listing(ctx context.Context, p string) (*app.Listing, error) {
	if err := d.happens(ctx, "list"); err != nil {
		return nil, err
	}
	return d.Backend.Listing(ctx, p)
}

func (d *during) AddFiles(ctx context.Context, from []string, into string) error {
	if err := d.happens(ctx, "add"); err != nil {
		return err
	}
	return d.Backend.AddFiles(ctx, from, into)
}

func (d *during) NewFolder(ctx context.Context, p string) error {
	if err := d.happens(ctx, "folder"); err != nil {
		return err
	}
	return d.Backend.NewFolder(ctx, p)
}

func (d *during) Move(ctx context.Context, from, to string) error {
	if err := d.happens(ctx, "rename"); err != nil {
		return err
	}
	return d.Backend.Move(ctx, from, to)
}

func (d *during) KeepHere(ctx context.Context, p string) error {
	if err := d.happens(ctx, "keep"); err != nil {
		return err
	}
	return d.Backend.KeepHere(ctx, p)
}

func (d *during) FreeUp(ctx context.Context, p string) error {
	if err := d.happens(ctx, "free"); err != nil {
		return err
	}
	return d.Backend.FreeUp(ctx, p)
}

func (d *during) Versions(ctx context.Context, p string) ([]app.DriveVersion, error) {
	if err := d.happens(ctx, "versions"); err != nil {
		return nil, err
	}
	return d.Backend.Versions(ctx, p)
}

func (d *during) Restore(ctx context.Context, p string, m app.Moment, asCopy bool) (app.DriveEffect, error) {
	if err := d.happens(ctx, "restore"); err != nil {
		return app.DriveEffect{}, err
	}
	return d.Backend.Restore(ctx, p, m, asCopy)
}

// RemoveAll deletes some, lets something happen, and goes on if it may.
func (d *during) RemoveAll(ctx context.Context, paths []string, progress func(done, total int)) (app.Change, error) {
	first, err := d.Backend.RemoveAll(ctx, paths[:d.pieces], progress)
	if err = errors.Join(err, d.happens(ctx, "remove"), d.Err); err != nil {
		return first, err
	}
	return d.Backend.RemoveAll(ctx, paths, progress)
}

// MoveAll moves some, lets something happen, and goes on if it may.
func (d *during) MoveAll(ctx context.Context, paths []string, into string, progress func(done, total int)) (app.Change, error) {
	first, err := d.Backend.MoveAll(ctx, paths[:d.pieces], into, progress)
	if err = errors.Join(err, d.happens(ctx, "move"), d.Err); err != nil {
		return first, err
	}
	return d.Backend.MoveAll(ctx, paths, into, progress)
}

func (d *during) ConflictSides(ctx context.Context, p string) (app.ConflictSides, error) {
	if err := d.happens(ctx, "sides"); err != nil {
		return app.ConflictSides{}, err
	}
	return d.Backend.ConflictSides(ctx, p)
}

func (d *during) SettleConflict(ctx context.Context, c app.ConflictSides, keep app.Keep) (app.Change, error) {
	if err := d.happens(ctx, "settle"); err != nil {
		return app.Change{}, err
	}
	return d.Backend.SettleConflict(ctx, c, keep)
}

func (d *during) FileFacts(ctx context.Context, p string) (app.FileFacts, error) {
	if err := d.happens(ctx, "facts"); err != nil {
		return app.FileFacts{}, err
	}
	return d.Backend.FileFacts(ctx, p)
}

func (d *during) Thumbnail(ctx context.Context, e app.Entry) (image.Image, error) {
	if err := d.happens(ctx, "thumbnail"); err != nil {
		return nil, err
	}
	return d.Backend.Thumbnail(ctx, e)
}

func (d *during) ShareCost(ctx context.Context, p string) (app.ShareCost, error) {
	if err := d.happens(ctx, "cost"); err != nil {
		return app.ShareCost{}, err
	}
	return d.Backend.ShareCost(ctx, p)
}

func (d *during) Share(ctx context.Context, p string, o app.ShareOptions, progress func(done, total int64)) (app.Link, error) {
	if err := d.happens(ctx, "share"); err != nil {
		return app.Link{}, err
	}
	return d.Backend.Share(ctx, p, o, progress)
}
