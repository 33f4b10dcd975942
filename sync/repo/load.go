package repo

import (
	"context"
	"errors"
	"fmt"

	"github.com/stratosdrive/stratosdrive/sync/fetch"
	"github.com/stratosdrive/stratosdrive/sync/object"
	"github.com/stratosdrive/stratosdrive/sync/pack"
	"github.com/stratosdrive/stratosdrive/sync/state"
	"github.com/stratosdrive/stratosdrive/sync/tree"
)

// source returns how a pack is fetched from the network.
func (r *Repo) source(p state.Pack) fetch.Source {
	return func(ctx context.Context, piece func(int64, []byte) error) error {
		return r.cfg.Remote.Fetch(ctx, p.File, piece)
	}
}

// readPack reads a part of a pack from where it is nearest: the spool, the
// cache, or the network.
func (r *Repo) readPack(ctx context.Context, p state.Pack, buf []byte, off int64) error {
	if p.Name != "" {
		f, err := r.cfg.Disk.Open(r.spoolPath(p.Name))
		if err == nil {
			defer f.Close()
			_, err = f.ReadAt(buf, off)
			return err
		}
	}
	if p.File == "" {
		return fmt.Errorf("pack waits in the spool but is not there: %w", state.ErrNotFound)
	}
	return r.cache.Read(ctx, p.File, p.Size, r.source(p), buf, off)
}

// opener returns what opens the blobs of a pack.
func (r *Repo) opener(ctx context.Context, p state.Pack) (*pack.Opener, error) {
	return r.openerBy(p, func(header []byte) error { return r.readPack(ctx, p, header, 0) })
}

// openerBy is opener with a way to read the header.
func (r *Repo) openerBy(p state.Pack, read func(header []byte) error) (*pack.Opener, error) {
	key := p.Name + "/" + p.File
	r.mu.Lock()
	o := r.openers[key]
	r.mu.Unlock()
	if o != nil {
		return o, nil
	}
	header := make([]byte, pack.HeaderSize)
	if err := read(header); err != nil {
		return nil, err
	}
	o, err := pack.NewOpener(r.keys.ForUse(p.Use), p.Use, header)
	if err != nil {
		return nil, err
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if len(r.openers) >= 4096 {
		clear(r.openers)
	}
	r.openers[key] = o
	return o, nil
}

// blobAt reads one blob. A blob that does not open is fetched once more, for
// the pieces of a transfer are not proved by anything else. If the network has
// lost it there, it is read from another place that has it.
func (r *Repo) blobAt(ctx context.Context, l state.Location) ([]byte, error) {
	p, err := r.tryBlob(ctx, l)
	if errors.Is(err, pack.ErrDamaged) && l.Pack.File != "" {
		r.cache.Drop(l.Pack.File)
		p, err = r.tryBlob(ctx, l)
	}
	if IsLost(err) {
		return r.elsewhere(ctx, l, err)
	}
	return p, err
}

// IsLost reports whether a failure is that of a pack which the network does not
// have as it was stored, not one of the network as a whole.
func IsLost(err error) bool {
	return errors.Is(err, pack.ErrDamaged) || errors.Is(err, ErrNotFound) || errors.Is(err, ErrRefused) || errors.Is(err, fetch.ErrShort)
}

// elsewhere reads a blob from any place but one, whose failure it returns if
// there is no other.
func (r *Repo) elsewhere(ctx context.Context, l state.Location, failed error) ([]byte, error) {
	places, err := r.st.Places(ctx, l.Blob.Kind, l.Blob.ID)
	if err != nil {
		return nil, err
	}
	for _, other := range places {
		if other.Pack.Num == l.Pack.Num {
			continue
		}
		if p, err := r.tryBlob(ctx, other); err == nil || ctx.Err() != nil {
			return p, err
		}
	}
	return nil, failed
}

func (r *Repo) tryBlob(ctx context.Context, l state.Location) ([]byte, error) {
	o, err := r.opener(ctx, l.Pack)
	if err != nil {
		return nil, err
	}
	sealed := make([]byte, l.Blob.Length)
	if err := r.readPack(ctx, l.Pack, sealed, int64(l.Blob.Offset)); err != nil {
		return nil, err
	}
	return o.Open(l.Blob, sealed)
}

func (r *Repo) blob(ctx context.Context, kind pack.Kind, id pack.ID) ([]byte, error) {
	l, err := r.st.Find(ctx, kind, id)
	if err != nil {
		return nil, err
	}
	p, err := r.blobAt(ctx, l)
	if err != nil {
		return nil, fmt.Errorf("read blob: %w", err)
	}
	return p, nil
}

// reader loads metadata and keeps what it had to fetch for the next time.
type reader struct {
	repo  *Repo
	ctx   context.Context
	fresh []kept
}

type kept struct {
	kind pack.Kind
	id   pack.ID
	body []byte
}

func (l *reader) load(kind pack.Kind, id pack.ID) ([]byte, error) {
	body, err := l.repo.st.Object(l.ctx, kind, id)
	if err == nil || !errors.Is(err, state.ErrNotFound) {
		return body, err
	}
	if body, err = l.repo.blob(l.ctx, kind, id); err != nil {
		return nil, err
	}
	l.fresh = append(l.fresh, kept{kind, id, body})
	return body, nil
}

func (l *reader) keep() error {
	if len(l.fresh) == 0 {
		return nil
	}
	return l.repo.st.Update(l.ctx, func(tx state.Tx) error { return putObjects(tx, l.fresh) })
}

func putObjects(tx state.Tx, all []kept) error {
	for _, k := range all {
		if err := tx.PutObject(k.kind, k.id, k.body); err != nil {
			return err
		}
	}
	return nil
}

// Commit returns the commit of that id.
func (r *Repo) Commit(ctx context.Context, id pack.ID) (object.Commit, error) {
	l := &reader{repo: r, ctx: ctx}
	p, err := l.load(pack.Commit, id)
	if err != nil {
		return object.Commit{}, fmt.Errorf("load commit: %w", err)
	}
	c, err := object.DecodeCommit(p)
	return c, errors.Join(err, l.keep())
}

const keptTrees = 4

// Tree returns the tree of that root. It must not be changed.
func (r *Repo) Tree(ctx context.Context, root pack.ID) (*tree.Tree, error) {
	r.mu.Lock()
	t, near := r.trees[root], r.newestTree()
	r.mu.Unlock()
	if t != nil {
		return t, nil
	}
	l := &reader{repo: r, ctx: ctx}
	var err error
	if near.Tree != nil {
		t, err = object.LoadChanged(near, root, l.load)
	}
	if t == nil || err != nil { // the one that is near may be gone from the network
		t, err = object.LoadTree(root, l.load)
	}
	if err = errors.Join(err, l.keep()); err != nil {
		return nil, fmt.Errorf("load tree: %w", err)
	}
	r.keepTree(root, t)
	return t, nil
}

// newestTree returns the tree that was used last, if there is one; r.mu is
// held.
func (r *Repo) newestTree() object.Saved {
	if len(r.recent) == 0 {
		return object.Saved{}
	}
	root := r.recent[len(r.recent)-1]
	return object.Saved{Tree: r.trees[root], Root: root}
}

// Keep gives the tree of a root that was read elsewhere. It must not be changed
// any more.
func (r *Repo) Keep(root pack.ID, t *tree.Tree) { r.keepTree(root, t) }

func (r *Repo) keepTree(root pack.ID, t *tree.Tree) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.trees[root] != nil {
		return
	}
	r.trees[root] = t
	if r.recent = append(r.recent, root); len(r.recent) > keptTrees {
		delete(r.trees, r.recent[0])
		r.recent = r.recent[1:]
	}
}

// Chunks returns the chunks of a content in order.
func (r *Repo) Chunks(ctx context.Context, content string) ([]object.Ref, error) {
	c, err := object.ParseContent(content)
	if err != nil {
		return nil, err
	}
	l := &reader{repo: r, ctx: ctx}
	refs, err := c.Chunks(l.load)
	return refs, errors.Join(err, l.keep())
}

func (r *Repo) complete(ctx context.Context, content string, pending func(pack.Kind, pack.ID) bool) (bool, error) {
	c, err := object.ParseContent(content)
	if err != nil {
		return false, err
	}
	if c.Depth > 0 && pending(pack.List, c.Refs[0].ID) {
		return true, nil
	}
	chunks, err := c.Chunks((&reader{repo: r, ctx: ctx}).load)
	if errors.Is(err, state.ErrNotFound) {
		return false, nil
	}
	for _, ref := range chunks {
		if pending(pack.Data, ref.ID) {
			continue
		}
		if ok, err := r.st.Has(ctx, pack.Data, ref.ID); !ok || err != nil {
			return false, err
		}
	}
	return true, err
}
