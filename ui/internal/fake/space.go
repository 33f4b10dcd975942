package fake

import (
	"cmp"
	"context"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/app"
)

// Weigh adds up what Folders holds.
func (b *Backend) Weigh(_ context.Context, folder string) (all app.FolderWeight, inside []app.FolderWeight, err error) {
	const gb = 1_000_000_000
	switch folder {
	case "":
		return app.FolderWeight{Files: 120, Bytes: 9 * gb, Kept: 80, KeptBytes: 4 * gb}, []app.FolderWeight{
			{Path: "Films", Files: 30, Bytes: 5 * gb},
			{Path: "Photos", Files: 60, Bytes: 3 * gb, Kept: 60, KeptBytes: 3 * gb},
			{Path: "Work", Files: 29, Bytes: 900_000_000, Kept: 19, KeptBytes: 900_000_000},
		}, b.Err
	case "Work":
		return app.FolderWeight{}, []app.FolderWeight{{Path: "Work/Invoices", Files: 10, Bytes: 300_000_000}, {Path: "Work/Portugal", Files: 19, Bytes: 600_000_000, Kept: 19, KeptBytes: 600_000_000}}, b.Err
	}
	return app.FolderWeight{}, nil, b.Err
}

// Space is a drive with some of everything.
func (b *Backend) Space(context.Context) (app.DriveSpace, error) {
	if b.Entries == nil {
		return app.DriveSpace{}, b.Err
	}
	return app.DriveSpace{Total: 12_400_000_000, Current: 9_000_000_000, Old: 2_100_000_000, Unused: 1_200_000_000, Metadata: 100_000_000, Condemned: 300_000_000, Packs: 410}, b.Err
}

// CleanUp marks what is not needed.
func (b *Backend) CleanUp(ctx context.Context, _ bool) (app.CleanUp, error) {
	b.note("clean up")
	s, err := b.Space(ctx)
	s.Unused, s.Condemned = 0, s.Condemned+s.Unused
	return app.CleanUp{Done: true, Waiting: s.Condemned, Space: s}, err
}

// Cache is half full.
func (b *Backend) Cache() (app.Cache, error) {
	limit := cmp.Or(b.Room, 4<<30)
	if b.Asked("empty cache") {
		return app.Cache{Limit: limit}, b.Err
	}
	return app.Cache{Used: 2_100_000_000, Limit: limit}, b.Err
}

// SetCacheLimit keeps the choice.
func (b *Backend) SetCacheLimit(bytes int64) error { b.Room = bytes; return b.Err }

// EmptyCache empties it.
func (b *Backend) EmptyCache() (app.Cache, error) {
	b.note("empty cache")
	return b.Cache()
}

// Diagnostics is a report of a program that does well.
func (b *Backend) Diagnostics(ctx context.Context, version string) (app.Diagnostics, error) {
	if err := b.wait(ctx); err != nil {
		return app.Diagnostics{}, err
	}
	right := 0.0
	return app.Diagnostics{
		Made: Now, Version: version, System: app.DiagnosedSystem{OS: "linux", Arch: "amd64", CPUs: 8}, Profile: app.DiagnosedUse{Network: "practice", Wallets: 1},
		Gateways: []app.DiagnosedServer{{Works: true, Millis: 14}, {Millis: 20_000, Problem: "The network does not answer."}},
		Chain:    []app.DiagnosedServer{{Works: true, Millis: 31}}, ClockAhead: &right,
		Disk:     app.DiagnosedDisk{Free: 212_000_000_000, CacheUsed: 2_100_000_000, CacheLimit: 4 << 30},
		Drive:    app.DiagnosedDrive{Running: true, Phase: app.PhaseUpToDate, Files: 120, Bytes: 9_000_000_000, Devices: 3, Epoch: 1, LastSync: Now.Add(-time.Minute)},
		Problems: []string{"[file]: The network returned damaged data for a file. Your files are safe; try again later."},
	}, nil
}
