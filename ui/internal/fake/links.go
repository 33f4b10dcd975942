package fake

import (
	"context"
	"path"
	"strings"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/internal/fault"
)

// Linked is what is behind links, by link; others are the sample file.
type Linked map[string]app.LinkInfo

// FolderLink leads to the sample folder.
const FolderLink = "stos://7Fh2kQ9xW3#mXv0b3J1l6TqZpKcR8sNdYgUaEwHiOtL5fBxM2C4n7k"

// SampleFolder is a folder behind a link.
func SampleFolder() app.LinkInfo {
	entry := func(name string, files int, size int64) app.LinkEntry {
		return app.LinkEntry{
			Name: name, Path: name, Link: FolderLink + "/" + name, Folder: files > 0, Files: files, Size: size,
			Changed: at(16, 11, 0), Video: strings.HasSuffix(name, ".mp4"),
		}
	}
	return app.LinkInfo{
		Link: FolderLink, Kind: app.LinkToFolder, Name: "Portugal", Size: 1_908_600_000, Files: 51,
		From: Storage, Noz: "1908600000", Have: "30000000000", Way: []app.LinkEntry{{Name: "Portugal", Link: FolderLink, Folder: true}},
		Entries: []app.LinkEntry{
			entry("Travel", 48, 100_000_000), entry("Lisbon harbour.mp4", 0, 1_800_000_000), entry("Roof at dawn.jpg", 0, 8_400_000),
			entry("Notes.md", 0, 200_000),
		},
	}
}

// LookAtLink tells what Behind says.
func (b *Backend) LookAtLink(ctx context.Context, link string) (app.LinkInfo, error) {
	b.note("look at " + link)
	if err := b.wait(ctx); err != nil {
		return app.LinkInfo{}, err
	}
	if info, known := b.Behind[link]; known {
		return info, nil
	}
	return app.LinkInfo{
		Link: link, Kind: app.LinkToFile, Name: "Contract draft.pdf", Size: 1_100_000, From: Storage, Noz: "1100000", Have: "30000000000",
	}, nil
}

// Get notes it.
func (b *Backend) Get(ctx context.Context, what string, o app.GetOptions) (app.FileInfo, error) {
	b.note("get " + what + " to " + o.To)
	o.Progress(1, 2)
	return app.FileInfo{Path: path.Join(o.To, "Contract draft.pdf")}, b.wait(ctx)
}

// LinkFile notes it.
func (b *Backend) LinkFile(ctx context.Context, link string, _ func(done, total int64)) (string, error) {
	b.note("fetch " + link)
	return "/cache/Contract draft.pdf", b.wait(ctx)
}

// OfferOzone is QuoteOzone for 4 STOS.
func (b *Backend) OfferOzone(ctx context.Context, noz string) (app.OzoneQuote, error) {
	b.note("offer " + noz)
	return b.QuoteOzone(ctx, "4")
}

// FreeOzone notes it.
func (b *Backend) FreeOzone(context.Context) error { b.note("free ozone"); return b.Err }

// ShareCost tells what Shares says.
func (b *Backend) ShareCost(_ context.Context, p string) (app.ShareCost, error) {
	c := b.Cost
	if c.Noz == "" {
		c = app.ShareCost{Files: 1, Bytes: 1_100_000, Noz: "5500000", Have: "30000000000"}
	}
	c.Path = p
	return c, b.Err
}

// AllLinks returns the sample links.
func (b *Backend) AllLinks(context.Context) ([]app.Link, error) { return b.LinkList, b.Err }

// ForgetLink notes it.
func (b *Backend) ForgetLink(_ context.Context, id string) error {
	b.note("forget " + id)
	return b.Err
}

// PreviewEpoch is what Epoch says.
func (b *Backend) PreviewEpoch(ctx context.Context, _ app.EpochOptions) (app.NewEpoch, error) {
	b.note("preview epoch")
	return b.Epoch, b.wait(ctx)
}

// NewEpoch notes it.
func (b *Backend) NewEpoch(_ context.Context, o app.EpochOptions) (app.NewEpoch, error) {
	b.note("new epoch")
	b.EpochForced = o.Force
	o.Progress(app.EpochCopying, 1, 2)
	if b.EpochErr != nil {
		return b.Epoch, b.EpochErr
	}
	done := b.Epoch
	done.Done, done.Files, done.Deleted = true, 181, 204
	return done, nil
}

// CancelEpoch notes it.
func (b *Backend) CancelEpoch(context.Context) (app.NewEpoch, error) {
	b.note("cancel epoch")
	return b.Epoch, b.EpochErr
}

// SampleEpoch is a new epoch that was not begun.
func SampleEpoch() app.NewEpoch {
	e := app.NewEpoch{
		From: 1, Epoch: 2, Upload: 2_400_000_000, FromDisk: 2_100_000_000, Download: 300_000_000, UploadNoz: "12000000000",
		DownloadNoz: "300000000", OldNoz: "8000000000", NewNoz: "0",
		Before: []string{"Until now whoever has the device can read the files in its folder, unless its disk is encrypted."},
		After:  []string{"From then on he can read nothing that any of your devices saves."},
	}
	wei(&e.Buy, "1.2")
	return e
}

// ErrNoRoom is an error with a sentence, as a new epoch may end with.
var ErrNoRoom = fault.Say(nil, "The network went away while the drive was stored anew. Nothing is lost.")
