package repo

import (
	"context"

	"github.com/stratosdrive/stratosdrive/sync/object"
	"github.com/stratosdrive/stratosdrive/sync/pack"
	"github.com/stratosdrive/stratosdrive/sync/state"
)

// State keeps what this device knows about a drive. Package state has it in a
// SQLite file and says what each method promises.
type State interface {
	Get(ctx context.Context, key string) ([]byte, error)
	Set(ctx context.Context, key string, v []byte) error
	Update(ctx context.Context, change func(tx state.Tx) error) error
	Heads(ctx context.Context) ([]state.Head, error)
	Indexes(ctx context.Context) ([]object.IndexRef, error)
	HasIndex(ctx context.Context, id pack.ID) (bool, error)
	Object(ctx context.Context, kind pack.Kind, id pack.ID) ([]byte, error)
	Packs(ctx context.Context, stage state.Stage) ([]state.Pack, error)
	Loose(ctx context.Context) ([]state.Pack, error)
	IndexedBy(ctx context.Context, index pack.ID) ([]state.Pack, error)
	Has(ctx context.Context, kind pack.Kind, id pack.ID) (bool, error)
	HasAny(ctx context.Context) (bool, error)
	Find(ctx context.Context, kind pack.Kind, id pack.ID) (state.Location, error)
	Places(ctx context.Context, kind pack.Kind, id pack.ID) ([]state.Location, error)
	OnlyInHeads(ctx context.Context) ([]state.Location, error)
	Doomed(ctx context.Context) (map[string]state.Doom, error)
	OnlyDoomed(ctx context.Context) ([]state.Location, error)
}
