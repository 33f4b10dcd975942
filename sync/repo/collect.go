package repo

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/stratosdrive/stratosdrive/sync/history"
	"github.com/stratosdrive/stratosdrive/sync/object"
	"github.com/stratosdrive/stratosdrive/sync/pack"
	"github.com/stratosdrive/stratosdrive/sync/space"
	"github.com/stratosdrive/stratosdrive/sync/state"
)

// Kept says what of the past a collector keeps.
type Kept struct {
	Commits []pack.ID // whose trees are kept, besides those of the newest heads
	Retired map[object.DeviceID]bool
}

// Heads returns the heads whose trees are kept. That of a device that does not
// count is not among them if others contain it.
func (k Kept) Heads(v View) []state.Head {
	return slices.DeleteFunc(slices.Clone(v.Heads), func(h state.Head) bool {
		return k.Retired[h.Device] && !slices.Contains(v.Tips, h.Commit)
	})
}

// PlanSpace gathers the facts about the space that the drive takes and returns
// what to do. With one listing it is for looking only: then nothing in it may
// be carried out. It changes nothing.
func (r *Repo) PlanSpace(ctx context.Context, v View, log *history.Log, keep Kept, listings int) (space.Plan, error) {
	f := space.Facts{Now: r.cfg.Now(), Self: r.device, Worth: r.cfg.LeastWaste, Unseen: len(v.Hidden) + v.Unreadable}
	var err error
	for i := range f.Listings {
		if i >= listings {
			f.Listings[i] = f.Listings[0]
			continue
		}
		if f.Listings[i], err = r.listPacks(ctx); err != nil {
			return space.Plan{}, err
		}
	}
	if err := r.addPacks(ctx, &f); err != nil {
		return space.Plan{}, err
	}
	if err := r.addHeads(v, keep, &f); err != nil {
		return space.Plan{}, err
	}
	if f.Own, err = r.ownCondemned(ctx); err != nil {
		return space.Plan{}, err
	}
	if err := r.addNeeds(ctx, v, log, keep, &f); err != nil {
		return space.Plan{}, err
	}
	return space.Make(f), nil
}

// listPacks returns all packs of the drive that the network shows.
func (r *Repo) listPacks(ctx context.Context) ([]space.File, error) {
	files, err := r.cfg.Remote.List(ctx)
	if err != nil {
		return nil, fmt.Errorf("list files: %w", err)
	}
	var out []space.File
	for _, x := range files {
		if use, ok := r.keys.UseOf(x.Name); ok && use <= pack.Head {
			out = append(out, space.File{ID: x.ID, Name: x.Name, Use: use, Size: x.Size, Created: x.Created})
		}
	}
	return out, nil
}

func (r *Repo) addPacks(ctx context.Context, f *space.Facts) error {
	f.Flying = map[string]bool{}
	for _, stage := range []state.Stage{state.Spooled, state.Sent} {
		packs, err := r.st.Packs(ctx, stage)
		if err != nil {
			return err
		}
		for _, p := range packs {
			f.Flying[p.File] = true
		}
	}
	packs, err := r.st.Packs(ctx, state.Committed)
	if err != nil {
		return err
	}
	for _, p := range packs {
		x := space.Pack{File: p.File, Use: p.Use, Size: p.Size, Blobs: make([]space.Blob, len(p.Blobs))}
		for i, b := range p.Blobs {
			x.Blobs[i] = space.Blob{Kind: b.Kind, ID: b.ID, Length: int64(b.Length)}
		}
		f.Packs = append(f.Packs, x)
	}
	return r.addNamed(ctx, f)
}

// addNamed notes the files that indexes in use and heads name, and those that
// hold such an index.
func (r *Repo) addNamed(ctx context.Context, f *space.Facts) error {
	f.Named, f.Pinned = map[string]bool{}, map[string]bool{}
	loose, err := r.st.Loose(ctx)
	if err != nil {
		return err
	}
	refs, err := r.st.Indexes(ctx)
	if err != nil {
		return err
	}
	for _, x := range refs {
		f.Pinned[x.File] = true
		packs, err := r.st.IndexedBy(ctx, x.ID)
		if err != nil {
			return err
		}
		loose = append(loose, packs...)
	}
	for _, p := range loose {
		f.Named[p.File] = true
	}
	return nil
}

func (r *Repo) addHeads(v View, keep Kept, f *space.Facts) error {
	for _, h := range v.Heads {
		f.Pinned[h.File] = true
		for _, x := range h.Indexes {
			f.Pinned[x.File] = true
		}
		for _, p := range h.Loose {
			f.Named[p.File] = true
		}
		if h.Device == r.device {
			continue
		}
		said, err := h.Sentence()
		if err != nil {
			return err
		}
		d := space.Device{ID: h.Device, Name: h.Head.Name, Heard: map[object.DeviceID]uint64{}, Time: time.Unix(0, h.Time), Condemned: said.Packs, Retired: keep.Retired[h.Device]}
		for _, x := range said.Heard {
			d.Heard[x.Device] = x.Counter
		}
		f.Devices = append(f.Devices, d)
	}
	return nil
}

func (r *Repo) addNeeds(ctx context.Context, v View, log *history.Log, keep Kept, f *space.Facts) error {
	now, l := r.newNeeds(ctx)
	now.strict = true
	for _, h := range keep.Heads(v) {
		c, err := r.Commit(ctx, h.Commit)
		if err != nil {
			return err
		}
		if err := now.tree(c.Root); err != nil {
			return errors.Join(err, l.keep())
		}
	}
	f.Current = maps.Clone(now.all)
	now.strict = false
	for _, c := range log.Commits {
		now.mark(pack.Commit, c.ID)
	}
	for _, id := range keep.Commits {
		c, ok := log.Get(id)
		if !ok {
			continue
		}
		if err := now.tree(c.Root); err != nil {
			return errors.Join(err, l.keep())
		}
	}
	f.Needed = now.all
	return l.keep()
}

// Carry does what a plan says: it notes what this device condemns, deletes what
// may be deleted and remembers what is missing. The next head must say so; see
// [Ingest.Refold]. It reports whether there is something to say, and how many
// packs and bytes were deleted.
func (r *Repo) Carry(ctx context.Context, p space.Plan) (changed bool, deleted int, err error) {
	if p.Refused != space.Free {
		return false, 0, nil
	}
	if err := r.saveCondemned(ctx, p.Own); err != nil {
		return false, 0, err
	}
	changed = p.Changed
	for _, file := range p.Delete {
		if err := r.cfg.Step("delete"); err != nil {
			return changed, deleted, err
		}
		if err := r.cfg.Remote.Delete(ctx, file); err != nil && !errors.Is(err, ErrNotFound) {
			return changed, deleted, fmt.Errorf("delete pack: %w", err)
		}
		i := slices.IndexFunc(p.Own, func(c object.Condemned) bool { return c.File == file })
		p.Own[i].Gone, p.Own[i].Since = true, r.cfg.Now().UnixNano()
		if err := r.saveCondemned(ctx, p.Own); err != nil {
			return changed, deleted, err
		}
		r.cache.Drop(file)
		changed = true
		deleted++
	}
	if err := r.noteMissing(ctx, p.Absent, p.Missing); err != nil {
		return changed, deleted, err
	}
	return changed, deleted, r.noteDoomed(ctx)
}

func (r *Repo) saveCondemned(ctx context.Context, list condemnedList) error {
	return r.st.Update(ctx, func(tx state.Tx) error { return list.save(tx) })
}

// Refold makes the commit of this ingest write all indexes anew, without packs
// that were deleted.
func (in *Ingest) Refold() { in.refold = true }

// StoreAgain stores what is needed of some packs once more, so that they can be
// deleted later.
func (in *Ingest) StoreAgain(ctx context.Context, files []string, needed func(pack.Kind, pack.ID) bool) error {
	if err := in.spill(); err != nil { // this is too much for a head
		return err
	}
	packs, err := in.repo.st.Packs(ctx, state.Committed)
	if err != nil {
		return err
	}
	done := map[blobKey]bool{}
	for _, p := range packs {
		if !slices.Contains(files, p.File) {
			continue
		}
		for _, b := range p.Blobs {
			k := blobKey{b.Kind, b.ID}
			if done[k] || !needed(b.Kind, b.ID) {
				continue
			}
			done[k] = true
			if err := in.storeOnceMore(ctx, state.Location{Pack: p, Blob: b}); err != nil {
				return err
			}
		}
	}
	return nil
}

func (in *Ingest) storeOnceMore(ctx context.Context, l state.Location) error {
	body, err := in.repo.blobAt(ctx, l)
	if err != nil {
		return err
	}
	b := in.repo.zip.Prepare(l.Blob.Kind, l.Blob.ID, body)
	if l.Blob.Kind == pack.Data {
		return in.shared.add(b, "", 0)
	}
	in.mu.Lock()
	defer in.mu.Unlock()
	in.meta = append(in.meta, b)
	return nil
}
