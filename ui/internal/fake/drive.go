package fake

import (
	"context"
	"maps"
	"path"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/internal/playback"
)

// Folder is the synced folder.
func (b *Backend) Folder() string { return b.Dir }

// SuggestedFolder is what the first start offers.
func (b *Backend) SuggestedFolder() string { return "/home/ana/Stratos Drive" }

// ChooseFolder finishes the first start.
func (b *Backend) ChooseFolder(ctx context.Context, dir string) error {
	b.note("folder " + dir)
	if err := b.wait(ctx); err != nil {
		return err
	}
	b.Dir, b.At = dir, app.Ready
	return nil
}

// List returns the entries of a folder.
func (b *Backend) List(_ context.Context, p string) ([]app.Entry, error) {
	return b.Entries[p], b.Err
}

// Listing returns the entries of a folder, as they are now.
func (b *Backend) Listing(_ context.Context, p string) (*app.Listing, error) {
	return app.ListingOf(slices.Clone(b.Entries[p])), b.Err
}

// AddFiles notes what was added.
func (b *Backend) AddFiles(_ context.Context, from []string, into string) error {
	for _, f := range from {
		b.note("add " + f + " to " + into)
	}
	return b.Err
}

// NewFolder adds a folder.
func (b *Backend) NewFolder(_ context.Context, p string) error {
	b.note("new folder " + p)
	return b.Err
}

// LocalPath pretends that everything is here.
func (b *Backend) LocalPath(_ context.Context, p string) (string, error) {
	return path.Join(b.Dir, p), b.Err
}

// ReadFile gives what Files holds, else a text that tells its name.
func (b *Backend) ReadFile(_ context.Context, p string, limit int64, progress func(done, total int64)) ([]byte, error) {
	b.note("read " + p)
	body, there := b.Files[p]
	if !there {
		body = []byte("This is " + p + ".\n")
	}
	if progress != nil {
		progress(1, 2)
	}
	if int64(len(body)) > limit {
		return nil, app.ErrTooBig
	}
	return body, b.Err
}

// Find looks through all sample entries.
func (b *Backend) Find(_ context.Context, words string, most int) ([]app.Entry, error) {
	b.note("find " + words)
	var found []app.Entry
	for _, folder := range slices.Sorted(maps.Keys(b.Entries)) {
		for _, e := range b.Entries[folder] {
			if len(found) < most && strings.Contains(strings.ToLower(e.Name), strings.ToLower(words)) {
				found = append(found, e)
			}
		}
	}
	return found, b.Err
}

// Move notes it.
func (b *Backend) Move(_ context.Context, from, to string) error {
	b.note("move " + from + " to " + to)
	return b.Err
}

// KeepHere notes it.
func (b *Backend) KeepHere(_ context.Context, p string) error { b.note("keep " + p); return b.Err }

// FreeUp notes it.
func (b *Backend) FreeUp(_ context.Context, p string) error { b.note("free " + p); return b.Err }

// Versions are three of any file.
func (b *Backend) Versions(_ context.Context, p string) ([]app.DriveVersion, error) {
	b.note("versions " + p)
	if b.Err != nil || b.Entries == nil {
		return nil, b.Err
	}
	return []app.DriveVersion{
		{ID: "v3", Path: p, Size: 1_100_000, Saved: at(22, 14, 40), Device: Device, Current: true},
		{ID: "v2", Path: p, Size: 1_050_000, Saved: at(20, 9, 12), Device: "Desk"},
		{ID: "v1", Path: p, Size: 900_000, Saved: at(2, 10, 0), Device: Device, Earlier: true},
	}, nil
}

// Restore notes it.
func (b *Backend) Restore(_ context.Context, p string, m app.Moment, asCopy bool) (app.DriveEffect, error) {
	b.note("restore " + p + " " + m.Version + " copy " + strconv.FormatBool(asCopy))
	return app.DriveEffect{Path: p, Done: b.Err == nil}, b.Err
}

// Pause notes it.
func (b *Backend) Pause() { b.note("pause"); b.Now.Phase = app.PhasePaused }

// Resume notes it.
func (b *Backend) Resume() { b.note("resume"); b.Now.Phase = app.PhaseUpToDate }

// Share makes a link.
func (b *Backend) Share(_ context.Context, p string, o app.ShareOptions, progress func(done, total int64)) (app.Link, error) {
	b.note("share " + p + " public " + strconv.FormatBool(o.Public) + " " + o.Duration.String())
	if b.Err != nil {
		return app.Link{}, b.Err
	}
	if progress != nil {
		progress(1, 2)
	}
	l := app.Link{ID: "1", Name: path.Base(p), Path: p, Public: o.Public, Link: "stos://7Fh2kQ9xW3#mXv0b3J1l6TqZpKcR8sNdYgUaEwHiOtL5fBxM2C4n7k", Created: Now}
	if o.Public {
		l.Link = "sds://7Fh2kQ9xW3"
	}
	if o.Duration > 0 {
		l.Expires = Now.Add(o.Duration)
	}
	return l, nil
}

// PlanStream plans what Plan says.
func (b *Backend) PlanStream(_ context.Context, p string) (app.StreamPlan, error) {
	b.note("plan " + p)
	plan := b.Plan
	plan.Path = p
	return plan, b.Err
}

// StreamPoster gives the sample poster.
func (b *Backend) StreamPoster(_ context.Context, p string, second float64) ([]byte, error) {
	b.note("poster " + p + " " + strconv.FormatFloat(second, 'f', 1, 64))
	return b.Files["poster"], b.Err
}

// PublishStream makes a link to a stream.
func (b *Backend) PublishStream(_ context.Context, p string, o app.StreamOptions) (app.Link, error) {
	b.note("publish " + p + " as " + o.Title + " convert " + strconv.FormatBool(o.Convert) + " " + o.Duration.String())
	if b.Err != nil {
		return app.Link{}, b.Err
	}
	o.Progress(app.StageUpload, 1, 2)
	return app.Link{
		ID: "3", Name: o.Title, Path: p, Public: true, Link: "sds://u83Hd72kLs_4f", AppLink: "stos://u83Hd72kLs_4f?card=Qk29Xw71_0a",
		Size: b.Plan.Bytes, Seconds: b.Plan.Seconds, Created: Now,
	}, nil
}

// StopLink notes it.
func (b *Backend) StopLink(_ context.Context, id string) error { b.note("stop " + id); return b.Err }

// SaveLink notes it.
func (b *Backend) SaveLink(_ context.Context, link, into string, _ func(done, total int64)) (string, error) {
	b.note("save " + link + " to " + into)
	return path.Join(into, "Lisbon harbour.mp4"), b.Err
}

// OpenMedia opens anything but nonsense.
func (b *Backend) OpenMedia(_ context.Context, what string) (*app.Media, error) {
	b.note("open " + what)
	if b.Err != nil {
		return nil, b.Err
	}
	if what == "nonsense" {
		return nil, fault.Wrong(nil, "This is not a link.")
	}
	return &app.Media{
		Title: "Lisbon harbour", Detail: "Shared, plays from the network", URL: "http://127.0.0.1:1/x", Closer: closer{b},
		Used:    func() app.MediaUse { return app.MediaUse{Fetched: 420_000_000, Noz: 420_000_000} },
		Problem: func() error { return nil }, Preview: "http://127.0.0.1:1/preview",
		Supply: func(float64) playback.Supply {
			return playback.Supply{Fetched: 420_000_000, Wasted: 1_000_000, Noz: 420_000_000, Need: 600_000, Rate: 5_000_000}
		},
	}, nil
}

// Beside are the videos of the folder that a path lies in.
func (b *Backend) Beside(_ context.Context, what string) ([]app.Entry, error) {
	folder := path.Dir(what)
	if folder == "." {
		folder = ""
	}
	var list []app.Entry
	for _, e := range b.Entries[folder] {
		if e.Video {
			list = append(list, e)
		}
	}
	return list, b.Err
}

// Watched is the place of Places.
func (b *Backend) Watched(_ context.Context, what string) (app.Place, error) {
	return b.Places[what], b.Err
}

// NoteWatched notes it.
func (b *Backend) NoteWatched(_ context.Context, what string, at, length time.Duration, last bool) error {
	b.note("watched " + what + " " + at.String() + " of " + length.String() + " last " + strconv.FormatBool(last))
	return b.Err
}

type closer struct{ b *Backend }

// Close notes it.
func (c closer) Close() error { c.b.note("closed"); return nil }

func at(day, hour, minute int) time.Time {
	return time.Date(2026, 11, day, hour, minute, 0, 0, time.UTC)
}

// Portugal are the entries of the drawing of the drive page.
func Portugal() []app.Entry {
	const in = "Work/Portugal/"
	list := []app.Entry{
		{Name: "Travel 2026", Folder: true, Items: 48, Changed: at(22, 14, 2), Status: app.Synced},
		{Name: "Invoices", Folder: true, Items: 131, Changed: at(12, 9, 0), Status: app.Synced},
		{Name: "Lisbon harbour.mp4", Size: 1_800_000_000, Changed: at(22, 14, 5), Status: app.Uploading, Percent: 64, Video: true},
		{Name: "Interview cut 3.mov", Size: 6_200_000_000, Changed: at(3, 10, 0), Status: app.OnlyOnline, Video: true},
		{Name: "Roof at dawn.jpg", Size: 8_400_000, Changed: at(22, 9, 41), Status: app.Synced},
		{Name: "Budget.xlsx", Size: 212_000, Changed: at(21, 17, 0), Status: app.Conflict},
		{Name: "Contract draft.pdf", Size: 1_100_000, Changed: at(16, 11, 0), Status: app.Synced, Shared: true},
		{Name: "Notes.md", Size: 4_000, Changed: at(16, 8, 0), Status: app.Waiting},
		{Name: "Map scan.png", Size: 22_000_000, Changed: time.Date(2026, 10, 28, 8, 0, 0, 0, time.UTC), Status: app.Synced},
	}
	for i := range list {
		list[i].Path = in + list[i].Name
	}
	return list
}
