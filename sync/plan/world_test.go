package plan

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/stratosdrive/stratosdrive/sync/pack"
	"github.com/stratosdrive/stratosdrive/sync/tree"
)

// world is a drive with several devices, in memory and without a network: each
// device publishes commits and sees those of others, sooner or later.
type world struct {
	*draws
	commits map[pack.ID]*commit
	order   []*commit
	devices []*device
	merged  map[string]*tree.Tree // of tips, which is the same for all devices
	gone    map[string]bool       // contents that somebody replaced or deleted knowingly
	made    []string              // contents that were written
	clock   int64
	serial  int
	copies  bool // one content may lie in several places
}

type commit struct {
	id         pack.ID
	number     int
	parents    []pack.ID
	generation uint64
	tree       *tree.Tree
	contains   []uint64 // numbers of all commits in its history, as bits
}

func newWorld(d *draws, kinds ...diskKind) *world {
	w := &world{draws: d, commits: map[pack.ID]*commit{}, merged: map[string]*tree.Tree{}, gone: map[string]bool{}, clock: 1e18}
	for i, k := range kinds {
		w.devices = append(w.devices, &device{
			w: w, kind: k, name: fmt.Sprintf("dev%d", i), own: i, heads: map[int]pack.ID{},
			disk: map[tree.ID]tree.OnDisk{}, synced: tree.NewMap[tree.Node](),
		})
	}
	return w
}

func (w *world) fail(format string, args ...any) { panic(failed(fmt.Sprintf(format, args...))) }

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
	c := &commit{parents: slices.Clone(parents), tree: t, generation: 1, number: len(w.order)}
	slices.SortFunc(c.parents, compareIDs)
	p := encodeTree(t)
	for _, id := range c.parents {
		p = append(p, id[:]...)
		c.generation = max(c.generation, w.commits[id].generation+1)
	}
	c.id = sha256.Sum256(append(p, author...))
	if old, ok := w.commits[c.id]; ok {
		return old.id
	}
	c.noteHistory(w)
	w.commits[c.id] = c
	w.order = append(w.order, c)
	return c.id
}

func encodeTree(t *tree.Tree) []byte {
	ids := slices.SortedFunc(maps.Keys(t.Nodes().Plain()), tree.ID.Compare)
	p := make([]byte, 0, 96*len(ids))
	for _, id := range ids {
		n, _ := t.Get(id)
		p = append(append(p, id[:]...), n.Parent[:]...)
		p = append(p, byte(n.Kind), byte(n.Mode), byte(len(n.Name)), byte(len(n.Content)), byte(len(n.By)))
		p = append(append(append(p, n.Name...), n.Content...), n.By...)
		p = binary.BigEndian.AppendUint64(p, uint64(n.MTime))
	}
	aliases := t.Aliases()
	for _, id := range slices.SortedFunc(maps.Keys(aliases), tree.ID.Compare) {
		to := aliases[id]
		p = append(append(p, id[:]...), to[:]...)
	}
	return p
}

func (c *commit) noteHistory(w *world) {
	c.contains = make([]uint64, c.number/64+1)
	c.contains[c.number/64] |= 1 << (c.number % 64)
	for _, p := range c.parents {
		for i, bits := range w.commits[p].contains {
			c.contains[i] |= bits
		}
	}
}

func (w *world) contains(a, b pack.ID) bool {
	in, n := w.commits[a].contains, w.commits[b].number
	return n/64 < len(in) && in[n/64]&(1<<(n%64)) != 0
}

// merge joins tips. All devices get the same from the same tips, so it is done
// once, and once more in another order.
func (w *world) merge(tips []pack.ID) *tree.Tree {
	slices.SortFunc(tips, compareIDs)
	var key strings.Builder
	for _, id := range tips {
		key.Write(id[:])
	}
	if t, ok := w.merged[key.String()]; ok {
		return t
	}
	t, err := MergeTips(context.Background(), w, tips)
	if err != nil {
		w.fail("merge tips: %v", err)
	}
	if len(tips) > 1 {
		other := slices.Clone(tips)
		slices.Reverse(other)
		if again, _ := MergeTips(context.Background(), w, other); !again.Equal(t) {
			w.fail("another order of tips gives another tree:\n%s\nand\n%s", show(t), show(again))
		}
	}
	w.merged[key.String()] = t
	return t
}

// meet lets the devices sync one after the other, in any order.
func (w *world) meet(partly bool) {
	order := slices.Clone(w.devices)
	shuffle(w.draws, order)
	for _, d := range order {
		if partly && w.below(2) == 1 {
			continue
		}
		d.look(func(int) bool { return !partly || w.below(2) == 0 })
		d.sync(true)
	}
}

// calm lets all devices see all others at the same moment until none has
// anything to say, which must be so after two rounds.
func (w *world) calm() {
	for i := 0; ; i++ {
		for _, d := range w.devices {
			d.look(func(int) bool { return true })
		}
		published := 0
		for _, d := range w.devices {
			if d.sync(false) {
				published++
			}
		}
		if published == 0 {
			return
		}
		if i >= 2 {
			w.fail("round %d: %d devices still publish", i+1, published)
		}
	}
}

// check makes sure that all devices hold the same and that nothing is lost.
func (w *world) check() {
	first := w.devices[0].tree()
	for _, d := range w.devices[1:] {
		if t := d.tree(); !t.Nodes().Equal(first.Nodes()) {
			w.fail("%s differs:\n%s\nand\n%s", d.name, show(first), show(t))
		}
	}
	left := map[string]int{}
	for _, n := range first.Nodes().All() {
		left[n.Content]++
		if strings.Count(n.Name, "(conflict") > 1 {
			w.fail("a copy of a copy: %q", n.Name)
		}
	}
	for _, c := range w.made {
		if left[c] == 0 && !w.gone[c] {
			w.fail("content %q is lost:\n%s", c, show(first))
		}
		// Twice: as the file that one device moved and another one deleted, and as
		// the copy that the other one kept of it.
		if left[c] > 2 && !w.copies {
			w.fail("content %q is there %d times:\n%s", c, left[c], show(first))
		}
	}
}

func show(t *tree.Tree) string {
	var b strings.Builder
	_ = t.Walk(func(p string, n tree.Node) error {
		fmt.Fprintf(&b, "  %s %s %q %s %d %o\n", p, n.ID.String()[:12], n.Content, n.By, n.MTime, n.Mode)
		return nil
	})
	return b.String()
}

func byID(a, b tree.OnDisk) int { return a.ID.Compare(b.ID) }
