package repo

import (
	"context"
	"errors"
	"maps"
	"slices"

	"github.com/stratosdrive/stratosdrive/sync/object"
	"github.com/stratosdrive/stratosdrive/sync/pack"
	"github.com/stratosdrive/stratosdrive/sync/state"
	"github.com/stratosdrive/stratosdrive/sync/tree"
)

const (
	// spreadFolders is over how many packs the folders of a tree may be spread.
	// A new device must fetch all of them before it can show the tree.
	spreadFolders = 4
	// spreadContent is how many heads may hold content of the tree that lies
	// nowhere else.
	spreadContent = 48
	// smallPack is the size below which a pack is worth gathering from.
	smallPack = 1 << 20
)

// gatherFolders stores folders once more, together, if they are spread over
// many small packs.
func (in *Ingest) gatherFolders(ctx context.Context) error {
	packs := map[int64]bool{}
	var scattered []blobKey
	live, err := in.folders(ctx)
	if err != nil {
		return err
	}
	for _, k := range live {
		l, err := in.repo.st.Find(ctx, k.kind, k.id)
		if err != nil {
			return err
		}
		packs[l.Pack.Num] = true
		if l.Pack.Size < smallPack {
			scattered = append(scattered, k)
		}
	}
	if len(packs) <= spreadFolders {
		return nil
	}
	slices.SortFunc(scattered, func(a, b blobKey) int { return compareIDs(a.id, b.id) })
	load := &reader{repo: in.repo, ctx: ctx}
	for _, k := range slices.Compact(scattered) {
		body, err := load.load(k.kind, k.id)
		if err != nil {
			return err
		}
		in.meta = append(in.meta, in.repo.zip.Prepare(k.kind, k.id, body))
	}
	return load.keep()
}

// folders returns the folders of the tree that is to be published, but for
// those that are stored in this ingest anyway.
func (in *Ingest) folders(ctx context.Context) ([]blobKey, error) {
	fresh := map[pack.ID]pack.Prepared{}
	for _, b := range in.meta {
		fresh[b.ID] = b
	}
	stored := &reader{repo: in.repo, ctx: ctx}
	load := func(kind pack.Kind, id pack.ID) ([]byte, error) {
		if b, ok := fresh[id]; ok {
			return b.Content()
		}
		return stored.load(kind, id)
	}
	var out []blobKey
	err := object.EachFolder(in.root, load, func(id pack.ID) {
		if _, ok := fresh[id]; !ok {
			out = append(out, blobKey{pack.Folder, id})
		}
	})
	return out, errors.Join(err, stored.keep())
}

// gatherContent stores content that travelled in heads once more in a pack, if
// it comes from many heads. Content that no tree needs any more stays behind.
func (in *Ingest) gatherContent(ctx context.Context, t *tree.Tree) error {
	blobs, err := in.repo.st.OnlyInHeads(ctx)
	if err != nil || len(blobs) <= spreadContent {
		return err
	}
	need, err := in.repo.chunksOf(ctx, t, blobs)
	if err != nil {
		return err
	}
	packs := map[int64]bool{}
	for _, l := range need {
		packs[l.Pack.Num] = true
	}
	if len(packs) <= spreadContent {
		return nil
	}
	for _, l := range need {
		body, err := in.repo.blobAt(ctx, l)
		if err != nil {
			return err
		}
		if err := in.shared.add(in.repo.zip.Prepare(pack.Data, l.Blob.ID, body), "", 0); err != nil {
			return err
		}
	}
	return nil
}

// chunksOf returns those of the blobs that files of the tree are made of.
func (r *Repo) chunksOf(ctx context.Context, t *tree.Tree, blobs []state.Location) ([]state.Location, error) {
	at := make(map[pack.ID]state.Location, len(blobs))
	for _, l := range blobs {
		at[l.Blob.ID] = l
	}
	need := map[pack.ID]state.Location{}
	for _, n := range t.Nodes().All() {
		if n.Kind != tree.File {
			continue
		}
		c, err := object.ParseContent(n.Content)
		if err != nil {
			return nil, err
		}
		if c.Depth > 0 {
			continue // large files do not travel in heads
		}
		for _, ref := range c.Refs {
			if l, ok := at[ref.ID]; ok {
				need[ref.ID] = l
			}
		}
	}
	return slices.SortedFunc(maps.Values(need), func(a, b state.Location) int { return compareIDs(a.Blob.ID, b.Blob.ID) }), ctx.Err()
}
