package repo

import (
	"context"
	"errors"
	"slices"

	"github.com/stratosdrive/stratosdrive/sync/object"
	"github.com/stratosdrive/stratosdrive/sync/pack"
	"github.com/stratosdrive/stratosdrive/sync/state"
)

const (
	// indexBlobs is how many blobs one index names at most, about 4 MB.
	indexBlobs = 100_000
	// maxIndexes is how many indexes may be in use before small ones are
	// folded together.
	maxIndexes = 6
)

// madeIndex is an index that was stored on the network.
type madeIndex struct {
	ref      object.IndexRef
	packs    []state.Pack // what it names
	replaces []pack.ID
}

// storeMetadata sends the metadata of a commit in a pack of its own, together
// with an index of everything that none names yet.
func (in *Ingest) storeMetadata(ctx context.Context) ([]madeIndex, error) {
	k := in.newPacker(pack.Metadata, func() int { return pack.MaxSize })
	defer k.abandon()
	size := 0
	for _, b := range in.meta {
		if err := k.add(b, "", 0); err != nil {
			return nil, err
		}
		size += b.SealedSize()
	}
	if size > pack.MaxSize/2 { // leave the index a pack of its own
		if err := k.close(); err != nil {
			return nil, err
		}
		if err := in.up.wait(ctx); err != nil {
			return nil, err
		}
	}
	made, err := in.addIndexes(ctx, k)
	if err != nil {
		return nil, err
	}
	return in.sendIndexes(ctx, k, made)
}

// addIndexes puts indexes into the open pack: of what is in it, of all packs
// that no index names, and of what small indexes name, if those are many.
func (in *Ingest) addIndexes(ctx context.Context, k *packer) ([]madeIndex, error) {
	packs, err := in.repo.unindexed(ctx)
	if err != nil {
		return nil, err
	}
	folded, replaces, err := in.repo.fold(ctx, in.refold)
	if err != nil {
		return nil, err
	}
	self := object.Pack{Use: pack.Metadata}
	if k.open != nil {
		self.Blobs = slices.Clone(k.open.w.Blobs())
	}
	made := []madeIndex{}
	for part := range split(append(packs, folded...)) {
		x := object.Index{Packs: describe(part)}
		if len(made) == 0 {
			x.Replaces, x.Packs = replaces, append(x.Packs, self)
		}
		encoded := x.Encode()
		id := in.repo.keys.ID(pack.Index, encoded)
		if err := k.put(in.repo.zip.Prepare(pack.Index, id, encoded)); err != nil {
			return nil, err
		}
		made = append(made, madeIndex{packs: part, replaces: x.Replaces, ref: object.IndexRef{ID: id}})
	}
	return made, nil
}

// sendIndexes sends the pack that holds the indexes and notes where they lie.
func (in *Ingest) sendIndexes(ctx context.Context, k *packer, made []madeIndex) ([]madeIndex, error) {
	name, blobs := k.open.name, k.open.w.Blobs()
	if err := k.close(); err != nil {
		return nil, err
	}
	if err := in.up.wait(ctx); err != nil {
		return nil, err
	}
	sent, err := in.repo.st.Packs(ctx, state.Sent)
	if err != nil {
		return nil, err
	}
	i := slices.IndexFunc(sent, func(p state.Pack) bool { return p.Name == name })
	if i < 0 {
		return nil, errors.New("index was sent but is not noted")
	}
	blobs = blobs[len(blobs)-len(made):]
	for j := range made {
		b := blobs[j]
		made[j].ref = object.IndexRef{ID: b.ID, File: sent[i].File, Size: sent[i].Size, Offset: b.Offset, Length: b.Length}
	}
	made[0].packs = append(made[0].packs, sent[i])
	return made, nil
}

// unindexed returns the packs on the network that no index names.
func (r *Repo) unindexed(ctx context.Context) ([]state.Pack, error) {
	sent, err := r.st.Packs(ctx, state.Sent)
	if err != nil {
		return nil, err
	}
	loose, err := r.st.Loose(ctx)
	if err != nil {
		return nil, err
	}
	return r.withoutGone(ctx, append(sent, loose...))
}

// withoutGone leaves out packs that were deleted, so that no index or head
// names them any more.
func (r *Repo) withoutGone(ctx context.Context, packs []state.Pack) ([]state.Pack, error) {
	doomed, err := r.st.Doomed(ctx)
	if len(doomed) == 0 {
		return packs, err
	}
	return slices.DeleteFunc(packs, func(p state.Pack) bool { return p.File != "" && doomed[p.File] == state.Gone }), err
}

// fold returns what small indexes name, if there are too many of them, and what
// those name that lie where nothing must be relied on, and which those are. It
// can be told to take all.
func (r *Repo) fold(ctx context.Context, always bool) ([]state.Pack, []pack.ID, error) {
	refs, err := r.st.Indexes(ctx)
	if err != nil {
		return nil, nil, err
	}
	doomed, err := r.st.Doomed(ctx)
	if err != nil {
		return nil, nil, err
	}
	var packs []state.Pack
	var ids []pack.ID
	for _, x := range refs {
		small := len(refs) >= maxIndexes && x.Length <= indexBlobs*20
		if _, bad := doomed[x.File]; !always && !small && !bad {
			continue
		}
		in, err := r.st.IndexedBy(ctx, x.ID)
		if err != nil {
			return nil, nil, err
		}
		packs = append(packs, in...)
		ids = append(ids, x.ID)
	}
	packs, err = r.withoutGone(ctx, packs)
	return packs, ids, err
}

// lacksIndex reports whether an index in use lies where nothing must be relied
// on: somebody took this device for gone, and who reads its next head could not
// read the index. So it is stored anew.
func (r *Repo) lacksIndex(ctx context.Context) (bool, error) {
	doomed, err := r.st.Doomed(ctx)
	if len(doomed) == 0 || err != nil {
		return false, err
	}
	refs, err := r.st.Indexes(ctx)
	return slices.ContainsFunc(refs, func(x object.IndexRef) bool {
		_, bad := doomed[x.File]
		return bad
	}), err
}

// split cuts a list of packs into parts that fit one index each; there is at
// least one part.
func split(packs []state.Pack) func(yield func([]state.Pack) bool) {
	return func(yield func([]state.Pack) bool) {
		start, n := 0, 0
		for i, p := range packs {
			if n > 0 && n+len(p.Blobs) > indexBlobs {
				if !yield(slices.Clip(packs[start:i])) {
					return
				}
				start, n = i, 0
			}
			n += len(p.Blobs)
		}
		yield(slices.Clip(packs[start:]))
	}
}

func describe(packs []state.Pack) []object.Pack {
	out := make([]object.Pack, len(packs))
	for i, p := range packs {
		out[i] = object.Pack{File: p.File, Use: p.Use, Size: p.Size, Blobs: p.Blobs}
	}
	return out
}

// recordIndexes notes new indexes, in the same step as the head that names
// them.
func recordIndexes(tx state.Tx, made []madeIndex) error {
	for _, m := range made {
		if err := tx.PutIndex(m.ref); err != nil {
			return err
		}
		for _, id := range m.replaces {
			if err := tx.ReplaceIndex(id); err != nil {
				return err
			}
		}
		for _, p := range m.packs {
			if err := tx.SetIndexed(p.Num, m.ref.ID); err != nil {
				return err
			}
		}
	}
	return nil
}

// indexesAfter returns the indexes in use once those that were made are.
func (r *Repo) indexesAfter(ctx context.Context, made []madeIndex) ([]object.IndexRef, error) {
	refs, err := r.st.Indexes(ctx)
	if err != nil {
		return nil, err
	}
	for _, m := range made {
		refs = slices.DeleteFunc(refs, func(x object.IndexRef) bool { return slices.Contains(m.replaces, x.ID) })
	}
	for _, m := range made {
		refs = append(refs, m.ref)
	}
	return refs, nil
}

// looseAfter returns the packs that a head must list itself.
func (r *Repo) looseAfter(ctx context.Context, made []madeIndex) ([]object.Pack, error) {
	if made != nil {
		return nil, nil
	}
	loose, err := r.st.Loose(ctx)
	if err != nil {
		return nil, err
	}
	loose, err = r.withoutGone(ctx, loose)
	return describe(loose), err
}
