package plan

import (
	"context"
	"flag"
	"maps"
	"math/rand"
	"os"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/stratosdrive/stratosdrive/sync/pack"
	"github.com/stratosdrive/stratosdrive/sync/tree"
)

// Whatever several devices do, in whatever order they see each other: they end
// with the same tree, lose nothing, and fall silent.
func TestDevicesConverge(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := newWorld(t, rapid.IntRange(2, 4).Draw(t, "devices"))
		for range rapid.IntRange(1, 6).Draw(t, "rounds") {
			for _, d := range w.devices {
				for range rapid.IntRange(0, 4).Draw(t, "edits") {
					d.edit()
				}
			}
			w.meet(rapid.Bool().Draw(t, "some see less"))
		}
		w.calm()
		w.check()
	})
}

// meet lets the devices sync one after the other, in any order.
func (w *world) meet(partly bool) {
	order := rapid.Permutation(w.devices).Draw(w.t, "order")
	for _, d := range order {
		if partly && rapid.Bool().Draw(w.t, "offline") {
			continue
		}
		d.look(func(int) bool { return !partly || rapid.Bool().Draw(w.t, "shown") })
		d.sync()
	}
}

// calm lets all devices see all others at the same moment until none has
// anything to say, which must be so after two rounds.
func (w *world) calm() {
	all := func(int) bool { return true }
	for i := range 4 {
		for _, d := range w.devices {
			d.look(all)
		}
		published := 0
		for _, d := range w.devices {
			if d.sync() {
				published++
			}
		}
		if published > 0 && i >= 2 {
			w.t.Fatalf("round %d: %d devices still publish", i+1, published)
		}
	}
}

func TestOrderOfTipsDoesNotMatter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := newWorld(t, 3)
		for range 2 {
			for _, d := range w.devices {
				for range 4 {
					d.edit()
				}
				d.look(func(int) bool { return rapid.Bool().Draw(t, "shown") })
				d.sync()
			}
		}
		tips := []pack.ID{}
		for _, d := range w.devices {
			if id, ok := d.heads[d.own]; ok {
				tips = append(tips, id)
			}
		}
		want, _ := MergeTips(context.Background(), w, tips)
		got, _ := MergeTips(context.Background(), w, rapid.Permutation(tips).Draw(t, "tips"))
		if !want.Equal(got) {
			t.Fatalf("%s\nand\n%s", show(want), show(got))
		}
	})
}

func node(id byte, parent byte, name string, kind tree.Kind, content string) tree.Node {
	n := tree.Node{Name: name, Kind: kind, Mode: 0o644, Content: content, By: "desk", MTime: int64(id)}
	if id > 0 {
		n.ID[0] = id
	}
	n.Parent[0] = parent
	return n
}

func build(t *testing.T, all ...tree.Node) *tree.Tree {
	t.Helper()
	out := tree.New()
	for _, n := range all {
		if err := out.Add(n); err != nil {
			t.Fatal(err)
		}
	}
	return out
}

func paths(t *tree.Tree) map[string]string {
	out := map[string]string{}
	_ = t.Walk(func(p string, n tree.Node) error {
		out[p] = n.Content
		return nil
	})
	return out
}

func TestRules(t *testing.T) {
	const dir, file = tree.Folder, tree.File
	d, f := node(1, 0, "d", dir, ""), node(2, 1, "f", file, "old")
	edited, later := f, f
	edited.Content, edited.MTime = "one", 100
	later.Content, later.MTime = "two", 200
	moved := f
	moved.Parent, moved.Name = tree.ID{}, "g"
	other := node(3, 1, "f", file, "mine")
	e := node(4, 0, "e", dir, "")
	dInE, eInD := d, e
	dInE.Parent, eInD.Parent = e.ID, d.ID
	for name, c := range map[string]struct {
		base, lo, hi []tree.Node
		want         map[string]string
	}{
		"edit beats delete":      {[]tree.Node{d, f}, []tree.Node{d, edited}, nil, map[string]string{"d": "", "d/f": "one"}},
		"unchanged is deleted":   {[]tree.Node{d, f}, []tree.Node{d, f}, []tree.Node{d}, map[string]string{"d": ""}},
		"move beats delete":      {[]tree.Node{d, f}, []tree.Node{d, moved}, nil, map[string]string{"g": "old"}},
		"added in a deleted one": {[]tree.Node{d}, []tree.Node{d, other}, nil, map[string]string{"d": "", "d/f": "mine"}},
		"move and edit":          {[]tree.Node{d, f}, []tree.Node{d, moved}, []tree.Node{d, edited}, map[string]string{"d": "", "g": "one"}},
		"both edited": {
			[]tree.Node{d, f},
			[]tree.Node{d, edited},
			[]tree.Node{d, later},
			map[string]string{"d": "", "d/f": "two", "d/f (conflict, desk, 1970-01-01)": "one"},
		},
		"same name added": {
			[]tree.Node{d},
			[]tree.Node{d, f},
			[]tree.Node{d, other},
			map[string]string{"d": "", "d/f": "mine", "d/f (conflict, desk, 1970-01-01)": "old"},
		},
		"folders into each other": {[]tree.Node{d, e, f}, []tree.Node{e, dInE, f}, []tree.Node{d, eInD, f}, map[string]string{"d": "", "d/e": "", "d/f": "old"}},
	} {
		got := paths(Merge(BaseOf(build(t, c.base...)), build(t, c.lo...), build(t, c.hi...)))
		if !maps.Equal(got, c.want) {
			t.Errorf("%s: got %v, want %v", name, got, c.want)
		}
	}
}

func TestConflictNames(t *testing.T) {
	day := time.Date(2026, 11, 22, 23, 0, 0, 0, time.UTC).UnixNano()
	for _, c := range []struct {
		name, device string
		try          int
		want         string
	}{
		{"note.txt", "laptop", 1, "note (conflict, laptop, 2026-11-22).txt"},
		{"note.txt", "laptop", 2, "note (conflict, laptop, 2026-11-22, 2).txt"},
		{"note (conflict, desk, 2026-01-01, 3).txt", "laptop", 1, "note (conflict, laptop, 2026-11-22).txt"},
		{".profile", "a/b", 1, ".profile (conflict, ab, 2026-11-22)"},
		{"Makefile", "", 1, "Makefile (conflict, another device, 2026-11-22)"},
	} {
		got := ConflictName(c.name, c.device, day, c.try)
		if got != c.want || !IsConflictName(got) {
			t.Errorf("%q: %q, want %q", c.name, got, c.want)
		}
	}
	long := make([]rune, 200)
	for i := range long {
		long[i] = 'é'
	}
	if got := ConflictName(string(long)+".txt", "laptop", day, 1); len(got) > 255 || tree.CheckName(got) != nil {
		t.Error(len(got), got)
	}
}

func TestBrakes(t *testing.T) {
	for c, want := range map[Toll]bool{
		{10, 10, 0}: false, {100, 49, 0}: false, {100, 50, 0}: true, {300, 60, 0}: false,
		{100_000, 1000, 0}: false, {100_000, 1001, 0}: true, {100, 0, 60}: true,
	} {
		if c.Alarming() != want {
			t.Errorf("%+v: %v", c, !want)
		}
	}
}

// Steps from one tree to another, done in their order on a list of paths, give
// the other tree.
func TestSteps(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := newWorld(t, 1)
		d := w.devices[0]
		for range 12 {
			d.edit()
		}
		from := treeOf(t, d.disk)
		for range 8 {
			d.edit()
		}
		to := treeOf(t, d.disk)
		s := Diff(from, to)
		placed := map[tree.ID]bool{{}: true}
		for id := range from.Nodes() {
			placed[id] = true
		}
		for _, n := range s.Place {
			if !placed[n.Parent] {
				t.Fatal("placed before its folder")
			}
			placed[n.ID] = true
		}
		seen := map[tree.ID]bool{}
		for _, n := range s.Remove {
			seen[n.ID] = true
			for _, kid := range from.Children(n.ID) {
				if _, stays := to.Get(kid.ID); !stays && !seen[kid.ID] {
					t.Fatal("folder removed before its content")
				}
			}
		}
	})
}

func BenchmarkMerge100k(b *testing.B) {
	rng := rand.New(rand.NewSource(1))
	base := tree.New()
	for i := range 100_000 {
		n := tree.Node{Kind: tree.File, Name: time.Duration(i).String(), Content: "x"}
		rng.Read(n.ID[:])
		if err := base.Add(n); err != nil {
			b.Fatal(err)
		}
	}
	for b.Loop() {
		Merge(BaseOf(base), base, base)
	}
}

// More cases than usual, unless the command line says how many.
func TestMain(m *testing.M) {
	flag.Parse()
	given := false
	flag.Visit(func(f *flag.Flag) { given = given || f.Name == "rapid.checks" })
	checks := "1000"
	if os.Getenv("STOS_NIGHTLY") != "" {
		checks = "500000"
	}
	if !given {
		if err := flag.Set("rapid.checks", checks); err != nil {
			panic(err)
		}
	}
	os.Exit(m.Run())
}
