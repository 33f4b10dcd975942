package repo

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/sync/codec"
	"github.com/stratosdrive/stratosdrive/sync/object"
	"github.com/stratosdrive/stratosdrive/sync/pack"
	"github.com/stratosdrive/stratosdrive/sync/state"
)

// Pull looks for heads of all devices and reads what they name. A head that is
// missing never means that something was deleted: what was seen once stays
// known. It reports whether anything new was found.
func (r *Repo) Pull(ctx context.Context) (changed bool, err error) {
	shares, err := r.cfg.Remote.Shares(ctx)
	if err != nil {
		return false, fmt.Errorf("list shares: %w", err)
	}
	shares = slices.DeleteFunc(shares, func(s RemoteShare) bool { return !r.isHead(s.Name) })
	known, err := r.knownHeads(ctx)
	if err != nil {
		return false, err
	}
	if err := r.afterAbsence(ctx); err != nil {
		return false, err
	}
	fresh, err := r.pullShares(ctx, shares, known)
	if err != nil {
		return false, err
	}
	more, err := r.pullUnshown(ctx, known, len(known)+fresh == 0)
	if err != nil {
		return false, err
	}
	if fresh+more > 0 {
		if err := r.noteDoomed(ctx); err != nil {
			return true, err
		}
	}
	return fresh+more > 0, r.tidyHeads(ctx, shares)
}

const (
	// askListing is how often the listing of all files is asked for heads that
	// should be shown and are not.
	askListing = 10 * time.Minute
	// maxUnshown is how many files of the listing are looked at then.
	maxUnshown = 64
)

// pullUnshown looks in the listing of all files when no share leads to a head,
// or when a head that another device has seen is not among the shares.
func (r *Repo) pullUnshown(ctx context.Context, known map[string]state.Head, none bool) (int, error) {
	limit := maxUnshown
	if none {
		limit = math.MaxInt
	} else {
		v, err := r.View(ctx)
		if err != nil || len(v.Hidden) == 0 || !r.mayList() {
			return 0, err
		}
		if n, err := r.pullElsewhere(ctx); n > 0 || err != nil {
			return n, err
		}
	}
	return r.pullListing(ctx, known, limit)
}

// pullElsewhere asks another gateway, if there is one, for the heads that this
// one does not show.
func (r *Repo) pullElsewhere(ctx context.Context) (int, error) {
	s, ok := r.cfg.Remote.(Several)
	if !ok || !s.TryAnother() {
		return 0, nil
	}
	shares, err := r.cfg.Remote.Shares(ctx)
	if err != nil {
		return 0, fmt.Errorf("list shares: %w", err)
	}
	known, err := r.knownHeads(ctx)
	if err != nil {
		return 0, err
	}
	return r.pullShares(ctx, slices.DeleteFunc(shares, func(s RemoteShare) bool { return !r.isHead(s.Name) }), known)
}

func (r *Repo) mayList() bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	now := r.cfg.Now()
	if now.Sub(r.listed) < askListing {
		return false
	}
	r.listed = now
	return true
}

func (r *Repo) isHead(name string) bool {
	use, ok := r.keys.UseOf(name)
	return ok && use == pack.Head
}

func (r *Repo) knownHeads(ctx context.Context) (map[string]state.Head, error) {
	all, err := r.st.Heads(ctx)
	known := make(map[string]state.Head, len(all))
	for _, h := range all {
		known[h.File] = h
	}
	return known, err
}

func (r *Repo) pullShares(ctx context.Context, shares []RemoteShare, known map[string]state.Head) (int, error) {
	n := 0
	for _, s := range shares {
		if _, ok := known[s.FileID]; ok {
			continue
		}
		ok, err := r.tryHead(ctx, state.Head{File: s.FileID, Name: s.Name, Share: s.ShareID, Expires: s.Expires.Unix()}, s.Size)
		if err != nil {
			return n, err
		}
		if ok {
			n++
		}
	}
	return n, nil
}

// tryHead imports a head. One that cannot be read is left out and noted, so
// that it does not keep all devices from working; it is tried again next time.
func (r *Repo) tryHead(ctx context.Context, at state.Head, size int64) (bool, error) {
	ok, err := r.importHead(ctx, at, size)
	var said *fault.Error
	if err == nil || final(err) || errors.As(err, &said) {
		r.noteUnreadable(at.File, false)
		return ok, err
	}
	r.noteUnreadable(at.File, true)
	return false, nil
}

func (r *Repo) noteUnreadable(file string, is bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if is {
		r.unreadable[file] = true
	} else {
		delete(r.unreadable, file)
	}
}

// pullListing looks for heads among all files of the account, newest first,
// for the case that their shares are gone. It stops when it has a head of
// every device that any of them names, or has looked at so many files.
func (r *Repo) pullListing(ctx context.Context, known map[string]state.Head, limit int) (int, error) {
	files, err := r.cfg.Remote.List(ctx)
	if err != nil {
		return 0, fmt.Errorf("list files: %w", err)
	}
	files = slices.DeleteFunc(files, func(f RemoteFile) bool {
		_, have := known[f.ID]
		return have || !r.isHead(f.Name)
	})
	slices.SortFunc(files, func(a, b RemoteFile) int { return b.Created.Compare(a.Created) })
	n := 0
	for i, f := range files[:min(limit, len(files))] {
		if n > 0 && i > 0 && files[i-1].Created.Sub(f.Created) > 0 {
			v, err := r.View(ctx)
			if err != nil || len(v.Hidden) == 0 {
				return n, err
			}
		}
		ok, err := r.tryHead(ctx, state.Head{File: f.ID, Name: f.Name}, f.Size)
		if err != nil {
			return n, err
		}
		if ok {
			n++
		}
	}
	return n, nil
}

// importHead fetches a head and everything it names that is needed to find
// blobs. It is false for a file that is no head of this drive.
func (r *Repo) importHead(ctx context.Context, at state.Head, size int64) (bool, error) {
	if size <= 0 || size > pack.MaxSize {
		return false, nil
	}
	file := make(memory, size)
	err := r.cfg.Remote.Download(ctx, at.File, size, file)
	if errors.Is(err, ErrNotFound) {
		return false, nil // its device replaced it meanwhile
	}
	if err != nil {
		return false, fmt.Errorf("fetch head: %w", err)
	}
	x, err := r.openHead(file)
	if errors.Is(err, codec.ErrNewer) || errors.Is(err, pack.ErrNewer) {
		return false, fault.Say(err, "Another device uses a newer version of this program. Update it here to go on; nothing was changed.")
	}
	if err != nil {
		return false, err
	}
	at.Head = x.head
	_ = r.cache.Put(at.File, file)
	if err := r.importIndexes(ctx, x.head.Indexes); err != nil {
		return false, err
	}
	if x.head.Device == r.device {
		// This disk is a copy of another one, or an old one come back.
		if err := r.newDevice(ctx); err != nil {
			return false, err
		}
	}
	return true, r.st.Update(ctx, func(tx state.Tx) error { return recordHead(tx, at, x, size) })
}

type memory []byte

// WriteAt writes into memory of fixed size.
func (m memory) WriteAt(p []byte, off int64) (int, error) {
	if off < 0 || off+int64(len(p)) > int64(len(m)) {
		return 0, fmt.Errorf("%d bytes at %d of %d", len(p), off, len(m))
	}
	return copy(m[off:], p), nil
}

// openedHead is what the pack of a head holds.
type openedHead struct {
	head    object.Head
	blobs   []pack.Blob // without the record
	objects []kept      // metadata among them
}

func (r *Repo) openHead(file []byte) (openedHead, error) {
	src := bytes.NewReader(file)
	blobs, o, err := pack.ReadDirectory(src, int64(len(file)), r.keys.Metadata, pack.Head)
	if err != nil {
		return openedHead{}, err
	}
	x := openedHead{blobs: blobs}
	found := false
	for _, b := range blobs {
		if b.Kind == pack.Data {
			continue
		}
		body, err := pack.ReadBlob(src, o, b)
		if err != nil {
			return x, err
		}
		if b.Kind != pack.Record {
			x.objects = append(x.objects, kept{b.Kind, b.ID, body})
			continue
		}
		if x.head, err = object.DecodeHead(body); err != nil {
			return x, err
		}
		if _, err := x.head.Sentence(); err != nil {
			return x, err // it must not be overlooked
		}
		found = true
	}
	if !found {
		return x, fmt.Errorf("%w: head without record", pack.ErrDamaged)
	}
	return x, nil
}

func recordHead(tx state.Tx, at state.Head, x openedHead, size int64) error {
	for _, p := range x.head.Loose {
		if _, err := tx.AddPack(state.Pack{File: p.File, Use: p.Use, Size: p.Size, Stage: state.Committed, Blobs: p.Blobs}); err != nil {
			return err
		}
	}
	if len(x.blobs) > 1 {
		p := state.Pack{File: at.File, Use: pack.Head, Size: size, Stage: state.Committed, Blobs: x.blobs}
		if _, err := tx.AddPack(p); err != nil {
			return err
		}
	}
	if err := putObjects(tx, x.objects); err != nil {
		return err
	}
	return tx.PutHead(at)
}

// importIndexes reads the indexes that are not known yet.
func (r *Repo) importIndexes(ctx context.Context, refs []object.IndexRef) error {
	for _, ref := range refs {
		known, err := r.st.HasIndex(ctx, ref.ID)
		if err != nil {
			return err
		}
		if known {
			continue
		}
		at := state.Location{Pack: state.Pack{File: ref.File, Use: pack.Metadata, Size: ref.Size}, Blob: ref.Blob()}
		body, err := r.blobAt(ctx, at)
		if err != nil {
			return fmt.Errorf("fetch index: %w", err)
		}
		x, err := object.DecodeIndex(body)
		if err != nil {
			return err
		}
		if err := r.recordIndex(ctx, ref, x); err != nil {
			return err
		}
	}
	return nil
}

func (r *Repo) recordIndex(ctx context.Context, ref object.IndexRef, x object.Index) error {
	return r.st.Update(ctx, func(tx state.Tx) error {
		for _, p := range x.Packs {
			if p.File == "" {
				p.File, p.Size = ref.File, ref.Size
			}
			num, err := tx.AddPack(state.Pack{File: p.File, Use: p.Use, Size: p.Size, Stage: state.Committed, Blobs: p.Blobs})
			if err != nil {
				return err
			}
			if err := tx.SetIndexed(num, ref.ID); err != nil {
				return err
			}
		}
		for _, id := range x.Replaces {
			if err := tx.ReplaceIndex(id); err != nil {
				return err
			}
		}
		return tx.PutIndex(ref)
	})
}
