package repo

import (
	"context"
	"fmt"
	"time"

	"github.com/stratosdrive/stratosdrive/sync/object"
	"github.com/stratosdrive/stratosdrive/sync/pack"
	"github.com/stratosdrive/stratosdrive/sync/state"
	"github.com/stratosdrive/stratosdrive/sync/tree"
)

// maxLoose is how many packs a head lists itself before an index takes them in.
const maxLoose = 8

// Change is what a commit says.
type Change struct {
	Tree    *tree.Tree
	Parents []pack.ID // commits this one follows
	Merge   bool      // made of its parents alone: all devices make the same commit
	Time    time.Time // ignored for a merge
	View    View      // the heads whose commits are the parents' history
}

// Commit stores a tree, publishes it as the newest state of this device and
// returns the id of the commit. When it returns nil, every file that was taken
// in is safe on the network. The ingest can not be used afterwards.
func (in *Ingest) Commit(ctx context.Context, ch Change) (pack.ID, error) {
	c, err := in.makeCommit(ctx, ch)
	if err != nil {
		return pack.ID{}, err
	}
	encoded := c.Encode()
	id, err := in.save(ctx)(pack.Commit, encoded)
	if err != nil {
		return pack.ID{}, err
	}
	index, err := in.storePacks(ctx, ch.Tree)
	if err != nil {
		return pack.ID{}, err
	}
	if err := in.repo.prepareHead(ctx, in, id, ch.View, index); err != nil {
		return pack.ID{}, err
	}
	if err := in.repo.Resume(ctx); err != nil {
		return pack.ID{}, err
	}
	for _, b := range in.small {
		in.progress(b.owner, b.size)
	}
	in.repo.keepTree(c.Root, ch.Tree)
	return id, nil
}

func (in *Ingest) makeCommit(ctx context.Context, ch Change) (object.Commit, error) {
	root, err := object.SaveTree(ch.Tree, in.save(ctx))
	if err != nil {
		return object.Commit{}, fmt.Errorf("save tree: %w", err)
	}
	c := object.Commit{Root: root, Parents: ch.Parents, Generation: 1}
	newest := int64(0)
	for _, p := range ch.Parents {
		parent, err := in.repo.Commit(ctx, p)
		if err != nil {
			return c, err
		}
		c.Generation = max(c.Generation, parent.Generation+1)
		newest = max(newest, parent.Time)
	}
	if ch.Merge {
		c.Time = newest
		return c, nil
	}
	c.Device, c.Name, c.Time = in.repo.device, in.repo.cfg.Device, max(ch.Time.UnixNano(), newest+1)
	return c, nil
}

// storePacks brings everything to the network that does not travel in the
// head, and returns the index that was made for it, if one was needed.
func (in *Ingest) storePacks(ctx context.Context, t *tree.Tree) ([]madeIndex, error) {
	inline, err := in.fitsInHead(ctx)
	if err != nil || inline {
		return nil, err
	}
	if err := in.spill(ctx); err != nil {
		return nil, err
	}
	if err := in.gatherFolders(ctx); err != nil {
		return nil, err
	}
	if err := in.gatherContent(ctx, t); err != nil {
		return nil, err
	}
	if err := in.shared.close(ctx); err != nil {
		return nil, err
	}
	if err := in.up.wait(ctx); err != nil {
		return nil, err
	}
	return in.storeMetadata(ctx)
}

func (in *Ingest) fitsInHead(ctx context.Context) (bool, error) {
	size := in.bytes
	for _, b := range in.meta {
		size += b.SealedSize()
	}
	if in.spilled || size > inlineMax {
		return false, nil
	}
	if err := in.up.wait(ctx); err != nil {
		return false, err
	}
	sent, err := in.repo.st.Packs(ctx, state.Sent)
	if err != nil || len(sent) > 0 {
		return false, err
	}
	loose, err := in.repo.st.Loose(ctx)
	return len(loose) < maxLoose, err
}
