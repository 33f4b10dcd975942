package check

import (
	"context"
	"errors"
	"fmt"
	"path"

	"github.com/stratosdrive/stratosdrive/sync/codec"
	"github.com/stratosdrive/stratosdrive/sync/object"
	"github.com/stratosdrive/stratosdrive/sync/pack"
	"github.com/stratosdrive/stratosdrive/sync/repo"
	"github.com/stratosdrive/stratosdrive/sync/state"
	"github.com/stratosdrive/stratosdrive/sync/tree"
)

// walker goes through commits and notes what they need. Objects that several
// commits share are looked at once.
type walker struct {
	c    *checker
	ctx  context.Context
	seen map[pack.ID]bool
	old  bool
}

// load notes an object and reads it. One that cannot be read is left to the
// packs, which tell what is lost of it; an old one that no pack holds was let
// go on purpose.
func (w *walker) load(kind pack.Kind, id pack.ID, at string) ([]byte, error) {
	if err := w.ctx.Err(); err != nil {
		return nil, err
	}
	body, err := w.c.repo.Object(w.ctx, kind, id)
	if w.old && errors.Is(err, state.ErrNotFound) {
		return nil, nil
	}
	w.c.need(kind, id, at, w.old)
	if errors.Is(err, state.ErrNotFound) || repo.IsLost(err) {
		return nil, nil
	}
	return body, err
}

func (w *walker) commit(id pack.ID) error {
	if w.seen[id] {
		return nil
	}
	w.seen[id] = true
	w.c.Commits++
	body, err := w.load(pack.Commit, id, "/")
	if err != nil || body == nil {
		return err
	}
	c, err := object.DecodeCommit(body)
	if err != nil || w.seen[c.Root] {
		return err
	}
	w.seen[c.Root] = true
	return w.root(c)
}

func (w *walker) root(c object.Commit) error {
	body, err := w.load(pack.Root, c.Root, "/")
	if err != nil || body == nil {
		return err
	}
	r := codec.NewReader(body)
	r.Head('R', 1)
	top := pack.ID(r.Fixed(32))
	if r.Err() != nil {
		return fmt.Errorf("root: %w", r.Err())
	}
	return w.folder(top, "")
}

func (w *walker) folder(id pack.ID, at string) error {
	if w.seen[id] {
		return nil
	}
	w.seen[id] = true
	body, err := w.load(pack.Folder, id, at+"/")
	if err != nil || body == nil {
		return err
	}
	entries, parts, err := object.DecodeFolder(body)
	if err != nil {
		return err
	}
	for _, part := range parts {
		if part == (pack.ID{}) {
			continue
		}
		if err := w.folder(part, at); err != nil {
			return err
		}
	}
	for _, e := range entries {
		if err := w.entry(e, path.Join(at, e.Name)); err != nil {
			return err
		}
	}
	return nil
}

func (w *walker) entry(e object.Entry, at string) error {
	switch e.Kind {
	case tree.Folder:
		return w.folder(e.Sub, at)
	case tree.File:
		c, err := object.ParseContent(e.Content)
		if err != nil {
			return err
		}
		return w.content(c, at)
	}
	return nil
}

func (w *walker) content(c object.Content, at string) error {
	for _, ref := range c.Refs {
		if c.Depth == 0 {
			w.c.need(pack.Data, ref.ID, at, w.old)
			continue
		}
		body, err := w.load(pack.List, ref.ID, at)
		if err != nil {
			return err
		}
		if body == nil {
			continue
		}
		below, err := object.DecodeList(body)
		if err != nil {
			return err
		}
		if err := w.content(below, at); err != nil {
			return err
		}
	}
	return nil
}
