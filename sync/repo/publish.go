package repo

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/stratosdrive/stratosdrive/sync/object"
	"github.com/stratosdrive/stratosdrive/sync/pack"
	"github.com/stratosdrive/stratosdrive/sync/state"
	"github.com/stratosdrive/stratosdrive/sync/tree"
)

// maxLoose is how many packs a head lists itself before an index takes them in.
const maxLoose = 8

// maxLooseBlobs is how many blobs those may hold, 40 bytes each: every head
// says all of it again.
const maxLooseBlobs = 56

// ErrStale is returned when others may have published so much since a view was
// taken that nothing should be said on its ground: a computer was asleep in the
// middle of a sync, or it took very long. What was sent so far need not be sent
// again; take a new view.
var ErrStale = errors.New("the view of the drive is old")

// oldView is when a view is stale. Others may rely on it only that a device
// which was silent for weeks asks what there is before it says anything.
const oldView = time.Hour

// Change is what a commit says.
type Change struct {
	Tree    *tree.Tree
	Parents []pack.ID // commits this one follows
	Merge   bool      // made of its parents alone: all devices make the same commit
	Time    time.Time // ignored for a merge
	View    View      // the heads whose commits are the parents' history
	Late    bool      // publish on the ground of a stale view too
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
	if ch.Late {
		ch.View.At = in.repo.cfg.Now()
	}
	if err := in.publish(ctx, id, ch.Tree, ch.View); err != nil {
		return pack.ID{}, err
	}
	in.repo.keepTree(c.Root, ch.Tree)
	return id, nil
}

// Say publishes a head that names the only tip of a view again, with what else
// this device has to say: settings, condemned packs, or content that was stored
// once more. The ingest can not be used afterwards.
func (in *Ingest) Say(ctx context.Context, v View) error {
	if len(v.Tips) != 1 {
		return fmt.Errorf("say: %d tips", len(v.Tips))
	}
	c, err := in.repo.Commit(ctx, v.Tips[0])
	if err != nil {
		return err
	}
	t, err := in.repo.Tree(ctx, c.Root)
	if err != nil {
		return err
	}
	in.root = c.Root
	// What of it lies only where it must not be relied on is stored once more.
	if _, err := object.SaveTree(t, in.save(ctx)); err != nil {
		return fmt.Errorf("save tree: %w", err)
	}
	if _, err := in.save(ctx)(pack.Commit, c.Encode()); err != nil {
		return err
	}
	return in.publish(ctx, v.Tips[0], t, v)
}

// publish brings everything that was taken in to the network, and then the head
// that names the commit.
func (in *Ingest) publish(ctx context.Context, id pack.ID, t *tree.Tree, v View) error {
	if err := in.rescue(ctx, t); err != nil {
		return err
	}
	index, err := in.storePacks(ctx, t)
	if err != nil {
		return err
	}
	if !v.At.IsZero() && in.repo.cfg.Now().Sub(v.At) > oldView {
		return ErrStale
	}
	if err := in.repo.prepareHead(ctx, in, id, v, index); err != nil {
		return err
	}
	if err := in.repo.finish(ctx, !v.At.IsZero()); err != nil {
		return err
	}
	for _, b := range in.small {
		in.progress(b.owner, b.size)
	}
	return nil
}

func (in *Ingest) makeCommit(ctx context.Context, ch Change) (object.Commit, error) {
	root, err := in.saveTree(ctx, ch.Tree)
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

// saveTree stores a tree: of what the drive has already only what must be
// stored once more.
func (in *Ingest) saveTree(ctx context.Context, t *tree.Tree) (root pack.ID, err error) {
	lost, err := in.repo.lostBlobs(ctx)
	if err != nil {
		return root, err
	}
	in.repo.mu.Lock()
	near := in.repo.newestTree()
	in.repo.mu.Unlock()
	if len(lost) > 0 || near.Tree == nil {
		root, err = object.SaveTree(t, in.save(ctx))
	} else {
		load := &reader{repo: in.repo, ctx: ctx}
		root, err = object.SaveChanged(near, t, load.load, in.save(ctx))
		err = errors.Join(err, load.keep())
	}
	in.root = root
	return root, err
}

// storePacks brings everything to the network that does not travel in the
// head, and returns the index that was made for it, if one was needed.
func (in *Ingest) storePacks(ctx context.Context, t *tree.Tree) ([]madeIndex, error) {
	inline, err := in.fitsInHead(ctx)
	if err != nil || inline {
		return nil, err
	}
	if err := in.spill(); err != nil {
		return nil, err
	}
	if err := in.gatherFolders(ctx); err != nil {
		return nil, err
	}
	if err := in.gatherContent(ctx, t); err != nil {
		return nil, err
	}
	if err := in.shared.close(); err != nil {
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
	if in.refold || in.spilled || size > inlineMax {
		return false, nil
	}
	if bad, err := in.repo.lacksIndex(ctx); bad || err != nil {
		return false, err
	}
	if err := in.up.wait(ctx); err != nil {
		return false, err
	}
	sent, err := in.repo.st.Packs(ctx, state.Sent)
	if err != nil || len(sent) > 0 {
		return false, err
	}
	loose, err := in.repo.st.Loose(ctx)
	blobs := 0
	for _, p := range loose {
		blobs += len(p.Blobs)
	}
	return len(loose) < maxLoose && blobs <= maxLooseBlobs, err
}
