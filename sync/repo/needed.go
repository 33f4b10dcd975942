package repo

import (
	"context"
	"errors"

	"github.com/stratosdrive/stratosdrive/sync/object"
	"github.com/stratosdrive/stratosdrive/sync/pack"
	"github.com/stratosdrive/stratosdrive/sync/space"
	"github.com/stratosdrive/stratosdrive/sync/state"
	"github.com/stratosdrive/stratosdrive/sync/tree"
)

// needs gathers the blobs that trees are made of. What was let go before is
// passed over; anything else that cannot be read is an error, for nobody may
// say what is not needed without having seen all that is.
type needs struct {
	load   object.Loader
	all    map[space.Key]bool
	strict bool // nothing may have been let go
}

func (r *Repo) newNeeds(ctx context.Context) (*needs, *reader) {
	l := &reader{repo: r, ctx: ctx}
	return &needs{load: l.load, all: map[space.Key]bool{}}, l
}

// mark notes a blob and reports whether it is new.
func (n *needs) mark(kind pack.Kind, id pack.ID) bool {
	k := space.Key{Kind: kind, ID: id}
	was := n.all[k]
	n.all[k] = true
	return !was
}

func (n *needs) tree(root pack.ID) error {
	if !n.mark(pack.Root, root) {
		return nil
	}
	body, err := n.load(pack.Root, root)
	if err != nil {
		return n.letGo(err)
	}
	top, err := object.TopFolder(body)
	if err != nil {
		return err
	}
	return n.folder(top)
}

func (n *needs) folder(id pack.ID) error {
	if !n.mark(pack.Folder, id) {
		return nil
	}
	body, err := n.load(pack.Folder, id)
	if err != nil {
		return n.letGo(err)
	}
	entries, parts, err := object.DecodeFolder(body)
	if err != nil {
		return err
	}
	for _, part := range parts {
		if part == (pack.ID{}) {
			continue
		}
		if err := n.folder(part); err != nil {
			return err
		}
	}
	for _, e := range entries {
		if err := n.entry(e); err != nil {
			return err
		}
	}
	return nil
}

func (n *needs) entry(e object.Entry) error {
	switch e.Kind {
	case tree.Folder:
		return n.folder(e.Sub)
	case tree.File:
		c, err := object.ParseContent(e.Content)
		if err != nil {
			return err
		}
		return n.content(c)
	}
	return nil
}

func (n *needs) content(c object.Content) error {
	for _, ref := range c.Refs {
		if c.Depth == 0 {
			n.mark(pack.Data, ref.ID)
			continue
		}
		if !n.mark(pack.List, ref.ID) {
			continue
		}
		body, err := n.load(pack.List, ref.ID)
		if err != nil {
			if err := n.letGo(err); err != nil {
				return err
			}
			continue
		}
		part, err := object.DecodeList(body)
		if err != nil {
			return err
		}
		if err := n.content(part); err != nil {
			return err
		}
	}
	return nil
}

// letGo is nil for what no pack holds any more.
func (n *needs) letGo(err error) error {
	if !n.strict && errors.Is(err, state.ErrNotFound) {
		return nil
	}
	return err
}
