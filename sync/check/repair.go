package check

import (
	"context"
	"slices"

	"github.com/stratosdrive/stratosdrive/sync/pack"
)

// judge says which files are lost, and repairs those that can be if that is
// wanted.
func (c *checker) judge(ctx context.Context) error {
	lost := c.lost()
	if len(lost) == 0 {
		return nil
	}
	if c.o.Repair {
		if err := c.restock(ctx); err != nil {
			return err
		}
	}
	still := c.lost()
	left := map[key]bool{}
	for _, k := range still {
		left[k] = true
	}
	bodies, err := c.bodies(ctx, still)
	if err != nil {
		return err
	}
	fixed := slices.DeleteFunc(slices.Clone(lost), func(k key) bool { return left[k] })
	var blobs []pack.Blob
	for _, k := range still {
		if bodies[k] == nil {
			c.report(k)
			continue
		}
		blobs = append(blobs, pack.Blob{Kind: k.kind, ID: k.id})
		if c.o.Repair {
			fixed = append(fixed, k)
		} else {
			c.note(&c.Repairable, k)
		}
	}
	if c.o.Repair && len(blobs) > 0 {
		err := c.repo.Mend(ctx, blobs, func(b pack.Blob) ([]byte, error) { return bodies[key{b.Kind, b.ID}]() })
		if err != nil {
			return err
		}
	}
	for _, k := range fixed {
		c.note(&c.Repaired, k)
	}
	for _, list := range []*[]string{&c.Repaired, &c.Repairable, &c.Lost, &c.LostOld} {
		slices.Sort(*list)
		*list = slices.Compact(*list)
	}
	return nil
}

// restock uploads packs again whose bytes this device has. A network may think
// that it has them already, so the packs are read once more.
func (c *checker) restock(ctx context.Context) error {
	for _, p := range c.packs {
		if !p.lost {
			continue
		}
		ok, err := c.repo.Restock(ctx, p.Pack)
		if err != nil {
			return err
		}
		if !ok {
			continue
		}
		sound, err := c.repo.Prove(ctx, p.Pack)
		if err != nil {
			return err
		}
		p.lost = !sound
	}
	return nil
}

// bodies returns where the content of lost blobs can be had on this device.
func (c *checker) bodies(ctx context.Context, lost []key) (map[key]func() ([]byte, error), error) {
	out := map[key]func() ([]byte, error){}
	chunks := map[pack.ID]bool{}
	for _, k := range lost {
		if k.kind == pack.Data {
			chunks[k.id] = true
			continue
		}
		if k.kind == pack.Index || k.kind == pack.Record { // new ones take their place
			out[k] = func() ([]byte, error) { return nil, nil }
			continue
		}
		if body, err := c.repo.Object(ctx, k.kind, k.id); err == nil {
			out[k] = func() ([]byte, error) { return body, nil }
		}
	}
	if c.o.Local == nil || len(chunks) == 0 {
		return out, ctx.Err()
	}
	local, err := c.o.Local(ctx, chunks)
	for id, body := range local {
		out[key{pack.Data, id}] = body
	}
	return out, err
}

// report notes something that is lost for good, as far as this device can tell.
func (c *checker) report(k key) {
	if c.want[k].old {
		c.note(&c.LostOld, k)
		return
	}
	c.note(&c.Lost, k)
	c.Notes = c.Notes || k.kind == pack.Root || k.kind == pack.Commit
}

func (c *checker) note(list *[]string, k key) { *list = append(*list, c.want[k].path) }
