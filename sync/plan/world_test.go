package plan

import (
	"bytes"
	"context"
	"crypto/sha256"
	"fmt"
	"maps"
	"slices"
	"strings"

	"pgregory.net/rapid"

	"github.com/stratosdrive/stratosdrive/sync/pack"
	"github.com/stratosdrive/stratosdrive/sync/tree"
)

// world is a drive with several devices, in memory and without a network: each
// device publishes commits and sees those of others, sooner or later.
type world struct {
	t       *rapid.T
	commits map[pack.ID]*commit
	devices []*device
	clock   int64
	serial  int
	gone    map[string]bool // contents that somebody replaced or deleted knowingly
	made    map[string]bool // contents that were written
	count   int             // commits that were published
}

type commit struct {
	id         pack.ID
	parents    []pack.ID
	generation uint64
	tree       *tree.Tree
}

type device struct {
	w      *world
	name   string
	disk   map[tree.ID]tree.Node
	synced map[tree.ID]tree.Node
	heads  map[int]pack.ID // newest known head of each device
	own    int
}

func newWorld(t *rapid.T, n int) *world {
	w := &world{t: t, commits: map[pack.ID]*commit{}, gone: map[string]bool{}, made: map[string]bool{}, clock: 1e18}
	for i := range n {
		w.devices = append(w.devices, &device{
			w: w, name: fmt.Sprintf("dev%d", i), own: i, heads: map[int]pack.ID{},
			disk: map[tree.ID]tree.Node{}, synced: map[tree.ID]tree.Node{},
		})
	}
	return w
}

// Parents implements History.
func (w *world) Parents(_ context.Context, id pack.ID) ([]pack.ID, uint64, error) {
	return w.commits[id].parents, w.commits[id].generation, nil
}

// Tree implements History.
func (w *world) Tree(_ context.Context, id pack.ID) (*tree.Tree, error) {
	return w.commits[id].tree, nil
}

// commit makes a commit whose id follows from its content, as in the drive.
func (w *world) commit(t *tree.Tree, parents []pack.ID, author string) pack.ID {
	h := sha256.New()
	_ = t.Walk(func(p string, n tree.Node) error {
		fmt.Fprintf(h, "%s %+v\n", p, n)
		return nil
	})
	for _, id := range slices.SortedFunc(maps.Keys(t.Aliases()), tree.ID.Compare) {
		fmt.Fprintf(h, "%s %s\n", id, t.Aliases()[id])
	}
	c := &commit{parents: slices.Clone(parents), tree: t, generation: 1}
	slices.SortFunc(c.parents, func(a, b pack.ID) int { return bytes.Compare(a[:], b[:]) })
	for _, p := range c.parents {
		h.Write(p[:])
		c.generation = max(c.generation, w.commits[p].generation+1)
	}
	fmt.Fprint(h, author)
	h.Sum(c.id[:0])
	w.commits[c.id] = c
	w.count++
	return c.id
}

func (w *world) contains(a, b pack.ID) bool {
	if a == b {
		return true
	}
	return slices.ContainsFunc(w.commits[a].parents, func(p pack.ID) bool {
		return w.commits[p].generation >= w.commits[b].generation && w.contains(p, b)
	})
}

// tips are the heads a device knows that no other one's history holds.
func (d *device) tips() []pack.ID {
	var out []pack.ID
	for _, id := range d.heads {
		other := func(o pack.ID) bool { return o != id && d.w.contains(o, id) }
		if !slices.ContainsFunc(slices.Collect(maps.Values(d.heads)), other) && !slices.Contains(out, id) {
			out = append(out, id)
		}
	}
	return out
}

// look learns the newest heads of the devices that are shown.
func (d *device) look(shown func(i int) bool) {
	for i, o := range d.w.devices {
		if id, ok := o.heads[o.own]; ok && (i == d.own || shown(i)) {
			d.heads[i] = id
		}
	}
}

func treeOf(t *rapid.T, nodes map[tree.ID]tree.Node) *tree.Tree {
	m := &merger{out: nodes}
	kids := map[tree.ID][]tree.Node{}
	for _, n := range m.out {
		kids[n.Parent] = append(kids[n.Parent], n)
	}
	out := tree.New()
	for open := []tree.ID{{}}; len(open) > 0; {
		id := open[0]
		open = open[1:]
		for _, n := range kids[id] {
			if err := out.Add(n); err != nil {
				t.Fatalf("disk is no tree: %v", err)
			}
			open = append(open, n.ID)
		}
	}
	return out
}

// sync does what the engine does, all at once. It reports whether a commit was
// published.
func (d *device) sync() bool {
	tips := d.tips()
	remote, err := MergeTips(context.Background(), d.w, tips)
	if err != nil {
		d.w.t.Fatal(err)
	}
	d.adopt(remote)
	local := treeOf(d.w.t, d.disk)
	want := Merge(Base{Nodes: d.synced}, remote, local)
	published := d.publish(want, remote, tips)
	if published {
		remote = want
	}
	d.disk = maps.Clone(want.Nodes())
	d.synced = Settle(d.synced, d.disk, remote.Nodes())
	return published
}

func (d *device) adopt(remote *tree.Tree) {
	to := Adopt(d.disk, remote.Aliases())
	rewrite := func(in map[tree.ID]tree.Node) map[tree.ID]tree.Node {
		out := map[tree.ID]tree.Node{}
		for _, n := range in {
			n = Renamed(n, to)
			out[n.ID] = n
		}
		return out
	}
	d.disk, d.synced = rewrite(d.disk), rewrite(d.synced)
}

func (d *device) publish(want, remote *tree.Tree, tips []pack.ID) bool {
	author := d.name + fmt.Sprint(d.w.count)
	if maps.Equal(want.Nodes(), remote.Nodes()) {
		if len(tips) < 2 || slices.ContainsFunc(tips, func(id pack.ID) bool {
			return maps.Equal(d.w.commits[id].tree.Nodes(), remote.Nodes())
		}) {
			return false
		}
		author = ""
	}
	d.heads[d.own] = d.w.commit(want, tips, author)
	return true
}

// check makes sure that all devices hold the same and that nothing is lost.
func (w *world) check() {
	first := treeOf(w.t, w.devices[0].disk)
	for _, d := range w.devices[1:] {
		if !maps.Equal(d.disk, first.Nodes()) {
			w.t.Fatalf("%s differs:\n%s\nand\n%s", d.name, show(first), show(treeOf(w.t, d.disk)))
		}
	}
	left := map[string]bool{}
	for _, n := range first.Nodes() {
		left[n.Content] = true
		if strings.Count(n.Name, "(conflict") > 1 {
			w.t.Fatalf("a copy of a copy: %q", n.Name)
		}
	}
	for c := range w.made {
		if !left[c] && !w.gone[c] {
			w.t.Fatalf("content %q is lost:\n%s", c, show(first))
		}
	}
}

func show(t *tree.Tree) string {
	var b strings.Builder
	_ = t.Walk(func(p string, n tree.Node) error {
		fmt.Fprintf(&b, "  %s %s %q\n", p, n.ID.String()[:12], n.Content)
		return nil
	})
	return b.String()
}
