package repo

import (
	"context"
	"errors"
	"maps"
	"slices"
	"strings"

	"github.com/stratosdrive/stratosdrive/sync/object"
	"github.com/stratosdrive/stratosdrive/sync/pack"
	"github.com/stratosdrive/stratosdrive/sync/state"
	"github.com/stratosdrive/stratosdrive/sync/tree"
)

// noteDoomed takes in which packs must not be relied on: those that any device
// wants to delete or has deleted, and those that the network was found to lack.
func (r *Repo) noteDoomed(ctx context.Context) error {
	all, err := r.doomed(ctx)
	if err != nil {
		return err
	}
	known, err := r.st.Doomed(ctx)
	if err != nil {
		return err
	}
	for file, level := range known {
		if level == state.Gone { // that stays so, also when nobody says it any more
			all[file] = state.Gone
		}
	}
	if maps.Equal(all, known) {
		return nil
	}
	r.mu.Lock()
	r.lost = nil
	r.mu.Unlock()
	return r.st.Update(ctx, func(tx state.Tx) error { return tx.SetDoomed(all) })
}

func (r *Repo) doomed(ctx context.Context) (map[string]state.Doom, error) {
	all := map[string]state.Doom{}
	note := func(list []object.Condemned) {
		for _, c := range list {
			level := state.Condemned
			if c.Gone {
				level = state.Gone
			}
			all[c.File] = max(all[c.File], level)
		}
	}
	heads, err := r.st.Heads(ctx)
	if err != nil {
		return nil, err
	}
	for _, h := range newest(heads) {
		said, err := h.Sentence()
		if err != nil {
			return nil, err
		}
		if h.Device != r.device {
			note(said.Packs)
		}
	}
	own, err := r.ownCondemned(ctx)
	if err != nil {
		return nil, err
	}
	note(own)
	missing, err := r.missing(ctx)
	for file := range missing {
		if all[file] != state.Gone {
			all[file] = state.Missing
		}
	}
	return all, err
}

// missing returns the packs that the last complete listings lacked.
func (r *Repo) missing(ctx context.Context) (map[string]bool, error) {
	p, err := r.st.Get(ctx, keyMissing)
	if errors.Is(err, state.ErrNotFound) {
		return nil, nil
	}
	out := map[string]bool{}
	for file := range strings.FieldsSeq(string(p)) {
		out[file] = true
	}
	return out, err
}

// lostBlobs returns the blobs that lie only where they must not be relied on.
// The map must not be changed. It may name blobs that were stored again since.
func (r *Repo) lostBlobs(ctx context.Context) (map[pack.ID]state.Location, error) {
	r.mu.Lock()
	lost := r.lost
	r.mu.Unlock()
	if lost != nil {
		return lost, nil
	}
	all, err := r.st.OnlyDoomed(ctx)
	if err != nil {
		return nil, err
	}
	lost = make(map[pack.ID]state.Location, len(all))
	for _, l := range all {
		lost[l.Blob.ID] = l
	}
	r.mu.Lock()
	r.lost = lost
	r.mu.Unlock()
	return lost, nil
}

// Lost reports whether a part of a content lies nowhere but in packs that must
// not be relied on, so that it must be stored again.
func (r *Repo) Lost(ctx context.Context, content string) (bool, error) {
	lost, err := r.lostBlobs(ctx)
	if err != nil || len(lost) == 0 {
		return false, err
	}
	found := false
	err = r.eachBlob(ctx, content, func(kind pack.Kind, id pack.ID) error {
		if l, ok := lost[id]; !ok || l.Blob.Kind != kind {
			return nil
		}
		has, err := r.st.Has(ctx, kind, id)
		found = found || !has
		return err
	})
	if errors.Is(err, state.ErrNotFound) || errors.Is(err, ErrNotFound) {
		return true, nil // a list of chunks is gone
	}
	return found, err
}

// AnyLost reports whether a content may exist of which Lost is true.
func (r *Repo) AnyLost(ctx context.Context) (bool, error) {
	lost, err := r.lostBlobs(ctx)
	return len(lost) > 0, err
}

// eachBlob calls each with the lists and chunks that a content is made of.
func (r *Repo) eachBlob(ctx context.Context, content string, each func(pack.Kind, pack.ID) error) error {
	c, err := object.ParseContent(content)
	if err != nil {
		return err
	}
	l := &reader{repo: r, ctx: ctx}
	load := func(kind pack.Kind, id pack.ID) ([]byte, error) {
		if err := each(kind, id); err != nil {
			return nil, err
		}
		return l.load(kind, id)
	}
	refs, err := c.Chunks(load)
	if err != nil {
		return err
	}
	for _, ref := range refs {
		if err := each(pack.Data, ref.ID); err != nil {
			return err
		}
	}
	return nil
}

// Kept reports whether every chunk of a content can still be read from
// somewhere.
func (r *Repo) Kept(ctx context.Context, content string) (bool, error) {
	doomed, err := r.st.Doomed(ctx)
	if err != nil {
		return false, err
	}
	err = r.eachBlob(ctx, content, func(kind pack.Kind, id pack.ID) error {
		if kind != pack.Data {
			return nil
		}
		l, err := r.st.Find(ctx, kind, id)
		if err == nil && doomed[l.Pack.File] == state.Missing {
			_, err = r.blobAt(ctx, l) // the list may have been wrong
		}
		return err
	})
	if errors.Is(err, state.ErrNotFound) || errors.Is(err, ErrNotFound) {
		return false, nil
	}
	return err == nil, err
}

// rescue stores once more what a tree needs and what lies only in packs that
// some device wants to delete: from now on nobody may rely on those. Commits are
// needed in any case: who took this device for gone may not have known its own.
func (in *Ingest) rescue(ctx context.Context, t *tree.Tree) error {
	lost, err := in.repo.lostBlobs(ctx)
	if err != nil || len(lost) == 0 {
		return err
	}
	for _, id := range slices.SortedFunc(maps.Keys(lost), compareIDs) {
		if lost[id].Blob.Kind != pack.Commit {
			continue
		}
		if err := in.rescueBlob(ctx, lost[id]); err != nil {
			return err
		}
	}
	for _, n := range t.Nodes().All() {
		if n.Kind != tree.File {
			continue
		}
		if err := in.rescueContent(ctx, n.Content, lost); err != nil {
			return err
		}
	}
	return nil
}

// Rescue stores once more what of a content lies only in packs that some device
// wants to delete. What the network lacks stays so; Complete tells.
func (in *Ingest) Rescue(ctx context.Context, content string) error {
	lost, err := in.repo.lostBlobs(ctx)
	if err != nil || len(lost) == 0 {
		return err
	}
	err = in.rescueContent(ctx, content, lost)
	if errors.Is(err, state.ErrNotFound) || errors.Is(err, ErrNotFound) {
		return nil // a list of chunks is gone
	}
	return err
}

func (in *Ingest) rescueContent(ctx context.Context, content string, lost map[pack.ID]state.Location) error {
	return in.repo.eachBlob(ctx, content, func(kind pack.Kind, id pack.ID) error {
		if l, ok := lost[id]; ok && l.Blob.Kind == kind {
			return in.rescueBlob(ctx, l)
		}
		return nil
	})
}

func (in *Ingest) rescueBlob(ctx context.Context, l state.Location) error {
	fresh, err := in.claim(ctx, l.Blob.Kind, l.Blob.ID)
	if err != nil || !fresh {
		return err
	}
	body, err := in.repo.anyCopy(ctx, l)
	if errors.Is(err, state.ErrNotFound) || errors.Is(err, ErrNotFound) {
		return nil // nobody has it; the file itself brings it back where it lies
	}
	if err != nil {
		return err
	}
	b := in.repo.zip.Prepare(l.Blob.Kind, l.Blob.ID, body)
	if l.Blob.Kind != pack.Data {
		in.mu.Lock()
		defer in.mu.Unlock()
		in.meta = append(in.meta, b)
		return nil
	}
	if in.keepSmall(owned{Prepared: b}) {
		return nil
	}
	if err := in.spill(); err != nil {
		return err
	}
	return in.shared.add(b, "", 0)
}

// anyCopy reads a blob from what is kept here, or from the network.
func (r *Repo) anyCopy(ctx context.Context, l state.Location) ([]byte, error) {
	if body, err := r.st.Object(ctx, l.Blob.Kind, l.Blob.ID); err == nil {
		return body, nil
	}
	at, err := r.st.Find(ctx, l.Blob.Kind, l.Blob.ID)
	if err != nil {
		return nil, err
	}
	return r.blobAt(ctx, at)
}
