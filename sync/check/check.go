// Package check proves that everything a drive needs is on the network: what
// its newest commits name, and the versions it keeps. It asks the network, not
// this device's notes, and it can repair what this device still has.
package check

import (
	"context"
	"fmt"
	"math/rand"
	"slices"
	"time"

	"github.com/stratosdrive/stratosdrive/sync/history"
	"github.com/stratosdrive/stratosdrive/sync/pack"
	"github.com/stratosdrive/stratosdrive/sync/repo"
	"github.com/stratosdrive/stratosdrive/sync/state"
)

// Options says how much is read.
type Options struct {
	ReadData float64 // percent of the packs of content that are downloaded, 0 to 100
	Seed     int64   // decides which
	Repair   bool    // store again what is lost and still here
	// Local returns chunks of files from this device's folder, those of the ids
	// that are asked for; nil where nothing is synced.
	Local    func(ctx context.Context, lost map[pack.ID]bool) (map[pack.ID]func() ([]byte, error), error)
	Progress func(done, total int64) // bytes to be read; may be nil
}

// Report says what was found.
type Report struct {
	Newest     time.Time `json:"newest"`
	Heads      int       `json:"heads"`      // devices
	Hidden     int       `json:"hidden"`     // states that a device has seen and the network does not show
	Unreadable int       `json:"unreadable"` // states the network shows and does not deliver
	Commits    int       `json:"commits"`    // kept, the newest included
	Files      int       `json:"files"`      // of the newest state
	Packs      int       `json:"packs"`      // files on the network that are needed
	Bytes      int64     `json:"bytes"`      // their size
	PacksRead  int       `json:"packs_read"` // downloaded and proved
	BytesRead  int64     `json:"bytes_read"` // their size
	PacksLost  int       `json:"packs_lost"` // missing on the network, or not what was stored
	Repaired   []string  `json:"repaired"`   // files that were stored again
	Repairable []string  `json:"repairable"` // files that could be
	Lost       []string  `json:"lost"`       // files the network has lost and this device does not have
	LostOld    []string  `json:"lost_old"`   // of these, what only older versions need
	Notes      bool      `json:"lost_notes"` // what is lost is not only content, but names and history
	Checked    time.Time `json:"checked"`    // when
}

// Sound tells whether all of the drive is on the network.
func (r Report) Sound() bool {
	return len(r.Lost)+len(r.LostOld)+len(r.Repairable)+r.Hidden+r.Unreadable == 0 && !r.Notes
}

// checker is one check.
type checker struct {
	repo *repo.Repo
	o    Options
	Report

	want  map[key]need
	order []key // of want
	packs []*known
	at    map[key][]*known
}

type key struct {
	kind pack.Kind
	id   pack.ID
}

// need is why a blob is needed.
type need struct {
	path string
	old  bool // by older versions only
}

// known is a pack that holds something needed.
type known struct {
	state.Pack
	lost bool // the network does not have it as it was stored
}

// Run checks a drive whose newest heads were pulled. With Repair the drive must
// have one tip.
func Run(ctx context.Context, r *repo.Repo, o Options) (Report, error) {
	if o.Progress == nil {
		o.Progress = func(int64, int64) {}
	}
	c := &checker{repo: r, o: o, want: map[key]need{}, at: map[key][]*known{}}
	c.Checked = time.Now()
	c.Repaired, c.Repairable, c.Lost, c.LostOld = []string{}, []string{}, []string{}, []string{}
	v, err := r.View(ctx)
	if err != nil {
		return c.Report, err
	}
	c.Heads, c.Hidden, c.Unreadable = len(v.Heads), len(v.Hidden), v.Unreadable
	for _, step := range []func(context.Context, repo.View) error{c.wanted, c.place, c.list, c.read} {
		if err := step(ctx, v); err != nil {
			return c.Report, err
		}
	}
	return c.Report, c.judge(ctx)
}

// wanted notes what all kept commits need.
func (c *checker) wanted(ctx context.Context, v repo.View) error {
	w := &walker{c: c, ctx: ctx, seen: map[pack.ID]bool{}}
	for _, id := range v.Tips {
		if err := w.commit(id); err != nil {
			return fmt.Errorf("read the drive: %w", err)
		}
	}
	w.old = true
	return c.repo.Past(ctx, v, func(log *history.Log) error {
		for _, commit := range log.Commits {
			if when := commit.When(); when.After(c.Newest) {
				c.Newest = when
			}
			if err := w.commit(commit.ID); err != nil {
				return fmt.Errorf("read the past of the drive: %w", err)
			}
		}
		return nil
	})
}

// need notes a blob; what the newest state needs comes before what others do.
func (c *checker) need(kind pack.Kind, id pack.ID, path string, old bool) {
	k := key{kind, id}
	n, there := c.want[k]
	if !there {
		c.order = append(c.order, k)
	}
	if !there || n.old && !old {
		c.want[k] = need{path, old}
	}
}

// place finds the packs that hold what is needed.
func (c *checker) place(ctx context.Context, v repo.View) error {
	all, err := c.repo.Known(ctx)
	if err != nil {
		return err
	}
	for _, p := range all {
		k := &known{Pack: p}
		needed := false
		for _, b := range p.Blobs {
			at := key{b.Kind, b.ID}
			if _, wants := c.want[at]; wants {
				c.at[at] = append(c.at[at], k)
				needed = true
			}
		}
		if needed {
			c.take(k)
		}
	}
	for _, h := range v.Heads {
		c.needIn(key{pack.Record, h.Commit}, state.Pack{File: h.File, Use: pack.Head})
		for _, x := range h.Indexes {
			c.needIn(key{pack.Index, x.ID}, state.Pack{File: x.File, Use: pack.Metadata, Size: x.Size, Blobs: []pack.Blob{x.Blob()}})
		}
	}
	return nil
}

func (c *checker) take(k *known) {
	c.packs = append(c.packs, k)
	c.Packs++
	c.Bytes += k.Size
}

// needIn notes something that is needed in one pack only. Of a head that has
// nothing but its record the size is not known, nor is it of use: it was read
// when it was pulled.
func (c *checker) needIn(k key, in state.Pack) {
	i := slices.IndexFunc(c.packs, func(p *known) bool { return p.File == in.File })
	if i < 0 && in.Size == 0 {
		return
	}
	if i < 0 {
		c.take(&known{Pack: in})
		i = len(c.packs) - 1
	}
	c.need(k.kind, k.id, "/", false)
	c.at[k] = append(c.at[k], c.packs[i])
}

// list compares the packs with what the network lists. What is missing there is
// asked for once more before it counts as lost.
func (c *checker) list(ctx context.Context, _ repo.View) error {
	files, err := c.repo.Listing(ctx)
	if err != nil {
		return err
	}
	sizes := map[string]int64{}
	for _, f := range files {
		sizes[f.ID] = f.Size
	}
	for _, p := range c.packs {
		if size, listed := sizes[p.File]; listed && size == p.Size {
			continue
		}
		if err := c.prove(ctx, p); err != nil {
			return err
		}
	}
	return nil
}

// read downloads all metadata, and a part of the content.
func (c *checker) read(ctx context.Context, _ repo.View) error {
	var todo []*known
	total := int64(0)
	chosen := rand.New(rand.NewSource(c.o.Seed))
	for _, p := range c.packs {
		if sampled := chosen.Float64()*100 < c.o.ReadData; !p.lost && (sampled || p.Use != pack.Content) {
			todo, total = append(todo, p), total+p.Size
		}
	}
	for _, p := range todo {
		c.o.Progress(c.BytesRead, total)
		if err := c.prove(ctx, p); err != nil {
			return err
		}
		c.PacksRead++
		c.BytesRead += p.Size
	}
	c.o.Progress(total, total)
	return nil
}

func (c *checker) prove(ctx context.Context, p *known) error {
	sound, err := c.repo.Prove(ctx, p.Pack)
	if err != nil {
		return fmt.Errorf("read from the network: %w", err)
	}
	if p.lost = !sound; p.lost {
		c.PacksLost++
	}
	return nil
}

// lost returns what no pack on the network holds any more.
func (c *checker) lost() []key {
	return slices.DeleteFunc(slices.Clone(c.order), func(k key) bool {
		return slices.ContainsFunc(c.at[k], func(p *known) bool { return !p.lost })
	})
}
