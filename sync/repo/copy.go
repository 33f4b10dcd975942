package repo

import (
	"context"
	"errors"
	"fmt"

	"github.com/stratosdrive/stratosdrive/sync/object"
	"github.com/stratosdrive/stratosdrive/sync/pack"
	"github.com/stratosdrive/stratosdrive/sync/state"
	"github.com/stratosdrive/stratosdrive/sync/tree"
)

// Content names a file by its chunks, as [Ingest.Chunks] returned them, now or
// before a crash. It is false if one of them is neither stored nor about to be:
// then the file must be read again.
func (in *Ingest) Content(ctx context.Context, chunks []object.Ref) (string, bool, error) {
	for _, ref := range chunks {
		in.mu.Lock()
		claimed := in.claimed[blobKey{pack.Data, ref.ID}]
		in.mu.Unlock()
		if claimed {
			continue
		}
		if has, err := in.repo.st.Has(ctx, pack.Data, ref.ID); !has || err != nil {
			return "", false, err
		}
	}
	c, err := object.NewContent(chunks, in.save(ctx))
	return c.String(), err == nil, err
}

// AddCommit takes in a commit of a drive's past as it is, with its tree, whose
// files were taken in before. Its parents are commits that were taken in, too;
// the root is filled in. The one that [Ingest.Publish] names is taken in last. It
// returns the commit's id.
func (in *Ingest) AddCommit(ctx context.Context, c object.Commit, t *tree.Tree) (pack.ID, error) {
	root, err := object.SaveTree(t, in.save(ctx))
	if err != nil {
		return pack.ID{}, fmt.Errorf("save tree: %w", err)
	}
	c.Root, in.root = root, root
	return in.save(ctx)(pack.Commit, c.Encode())
}

// Publish ends the ingest with a head that names a commit which was taken in,
// and its tree. When it returns nil, everything that was taken in is safe on
// the network. The ingest can not be used afterwards.
func (in *Ingest) Publish(ctx context.Context, id pack.ID, t *tree.Tree, v View) error {
	return in.publish(ctx, id, t, v)
}

// TakeSettings takes over shared settings of another drive. The next head says
// them.
func (r *Repo) TakeSettings(ctx context.Context, all map[string]object.Setting) error {
	r.setting.Lock()
	defer r.setting.Unlock()
	own, err := r.ownSettings(ctx)
	if err != nil {
		return err
	}
	for _, s := range all {
		own = object.MergeSettings(own, []object.Setting{s})
	}
	return r.st.Set(ctx, keySettings, object.EncodeSettings(own))
}

// The state keeps which chunks the files of another drive have in this one, so
// that a copy that was cut off reads nothing twice.
const (
	keyCopied = "copied/" // before the id of a file's content in the other drive
	keyCopyOf = "copy of"
)

// Copied returns the chunks of a file that [Repo.NoteCopied] noted.
func (r *Repo) Copied(ctx context.Context, file pack.ID) (chunks []object.Ref, ok bool, err error) {
	p, err := r.st.Get(ctx, keyCopied+file.String())
	if errors.Is(err, state.ErrNotFound) {
		return nil, false, nil
	}
	if err != nil {
		return nil, false, err
	}
	c, err := object.ParseContent(string(p))
	return c.Refs, err == nil, err
}

// NoteCopied keeps the chunks of files until [Repo.ForgetCopied].
func (r *Repo) NoteCopied(ctx context.Context, files map[pack.ID][]object.Ref) error {
	return r.st.Update(ctx, func(tx state.Tx) error {
		for id, chunks := range files {
			if err := tx.Set(keyCopied+id.String(), []byte(object.Content{Refs: chunks}.String())); err != nil {
				return err
			}
		}
		return nil
	})
}

// ForgetCopied forgets the chunks of files.
func (r *Repo) ForgetCopied(ctx context.Context, files []pack.ID) error {
	return r.st.Update(ctx, func(tx state.Tx) error {
		for _, id := range files {
			if err := tx.Unset(keyCopied + id.String()); err != nil {
				return err
			}
		}
		return nil
	})
}

// CopyNote returns how far this drive is the copy of another one, as
// [Repo.NoteCopy] noted it, "" if it is none.
func (r *Repo) CopyNote(ctx context.Context) (string, error) {
	p, err := r.st.Get(ctx, keyCopyOf)
	if errors.Is(err, state.ErrNotFound) {
		return "", nil
	}
	return string(p), err
}

// NoteCopy notes how far this drive is the copy of another one.
func (r *Repo) NoteCopy(ctx context.Context, note string) error {
	return r.st.Set(ctx, keyCopyOf, []byte(note))
}
