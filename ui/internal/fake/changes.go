package fake

import (
	"context"
	"image"
	"image/color"
	"path"
	"strconv"
	"strings"

	"github.com/stratosdrive/stratosdrive/internal/app"
)

// RemoveAll notes what was removed.
func (b *Backend) RemoveAll(_ context.Context, paths []string, progress func(done, total int)) (app.Change, error) {
	var c app.Change
	for i, p := range paths {
		b.note("remove " + p)
		if b.Err != nil {
			return c, b.Err
		}
		c.Removed = append(c.Removed, app.RemovedItem{Path: p})
		if progress != nil {
			progress(i+1, len(paths))
		}
	}
	return c, nil
}

// MoveAll notes what was moved.
func (b *Backend) MoveAll(_ context.Context, paths []string, into string, progress func(done, total int)) (app.Change, error) {
	var c app.Change
	for i, p := range paths {
		to := path.Join(into, path.Base(p))
		b.note("move " + p + " to " + to)
		if b.Err != nil {
			return c, b.Err
		}
		c.Moved = append(c.Moved, app.MovedItem{From: p, To: to})
		if progress != nil {
			progress(i+1, len(paths))
		}
	}
	return c, nil
}

// TakeBack notes it.
func (b *Backend) TakeBack(_ context.Context, c app.Change, _ func(done, total int)) error {
	b.note("take back " + strconv.Itoa(len(c.Removed)) + " removed, " + strconv.Itoa(len(c.Moved)) + " moved")
	return b.Err
}

// ConflictSides are the sample conflict.
func (b *Backend) ConflictSides(_ context.Context, p string) (app.ConflictSides, error) {
	b.note("sides of " + p)
	if b.Err != nil {
		return app.ConflictSides{}, b.Err
	}
	c := app.ConflictSides{Name: "Budget.xlsx", Device: "Desk", Day: "2026-11-21"}
	c.That = app.Entry{Name: "Budget (conflict, Desk, 2026-11-21).xlsx", Size: 214_000, Changed: at(21, 16, 12), Status: app.Conflict}
	c.That.Path = path.Join(path.Dir(p), c.That.Name)
	for _, e := range b.Entries[path.Dir(p)] {
		if e.Name == c.Name {
			c.This = e
		}
	}
	return c, nil
}

// SettleConflict notes it.
func (b *Backend) SettleConflict(_ context.Context, c app.ConflictSides, keep app.Keep) (app.Change, error) {
	b.note("keep " + string(keep) + " of " + c.Name)
	return app.Change{Moved: []app.MovedItem{{From: c.That.Path, To: c.This.Path}}}, b.Err
}

// FileFacts tells the same of any file.
func (b *Backend) FileFacts(_ context.Context, p string) (app.FileFacts, error) {
	if b.Err != nil || b.Entries == nil {
		return app.FileFacts{}, b.Err
	}
	f := app.FileFacts{Versions: 3, Since: at(2, 10, 0), Copies: 5, Noz: 1_900_000_000}
	if strings.HasSuffix(p, ".pdf") {
		f.Links = []app.Link{{Path: p, Expires: at(24, 15, 0)}}
	}
	return f, nil
}

// DriveLook is how the page of the drive was last made to look.
func (b *Backend) DriveLook() app.DriveLook { return b.Drive }

// SetDriveLook keeps it.
func (b *Backend) SetDriveLook(l app.DriveLook) error { b.Drive = l; return nil }

// Thumbnail draws a harbour in the evening, in other colours for each file.
// Documents and what lies only on the network have none.
func (b *Backend) Thumbnail(_ context.Context, e app.Entry) (image.Image, error) {
	b.note("thumbnail " + e.Path)
	if b.Err != nil {
		return nil, b.Err
	}
	if e.Status == app.OnlyOnline || strings.HasSuffix(e.Name, ".pdf") {
		return nil, app.ErrNoThumbnail
	}
	const width, height = 160, 100
	m := image.NewRGBA(image.Rect(0, 0, width, height))
	for y := range height {
		for x := range width {
			warm := uint8((x + y) * 255 / (width + height))
			m.SetRGBA(x, y, color.RGBA{R: 40 + warm/2, G: 60 + uint8(len(e.Name))*3, B: 180 - warm/2, A: 255})
		}
	}
	return m, nil
}
