package app

import (
	"context"
	"time"

	"github.com/stratosdrive/stratosdrive/sync/engine"
)

// FileFacts tells what is not in a list about a file of the drive.
type FileFacts struct {
	Versions int
	Since    time.Time // when the drive got the first of them
	Links    []Link    // that were made here and lead to it
	Copies   int       // that the network keeps of each part of it
	Noz      int64     // what storing its versions has cost, at most: parts that are equal are stored once
}

// FileFacts returns what is known of a file besides its entry.
func (a *App) FileFacts(ctx context.Context, p string) (FileFacts, error) {
	f := FileFacts{Copies: a.copies()}
	err := a.withDrive(ctx, func(d *drive) error {
		versions, err := d.engine.Versions(ctx, p)
		for _, v := range versions {
			f.count(v)
		}
		return err
	})
	if err != nil {
		return f, err
	}
	r, err := a.readRegister()
	if err != nil {
		return f, err
	}
	for _, l := range r.Links {
		if l.Path == p && (l.Expires.IsZero() || l.Expires.After(time.Now())) {
			f.Links = append(f.Links, l.Link)
		}
	}
	return f, nil
}

func (f *FileFacts) count(v engine.Version) {
	if v.Earlier {
		return
	}
	f.Versions++
	f.Noz += v.Size * int64(f.Copies)
	if f.Since.IsZero() || v.Saved.Before(f.Since) {
		f.Since = v.Saved
	}
}

// copies is how many copies of a file the network in use keeps.
func (a *App) copies() int {
	if a.Status().Practice {
		return practiceReplicas
	}
	return networkCopies
}
