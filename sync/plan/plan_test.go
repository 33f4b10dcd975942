package plan

import (
	"maps"
	"math/rand"
	"testing"
	"time"

	"github.com/stratosdrive/stratosdrive/sync/tree"
)

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
	for name, want := range map[string]string{
		"a.txt":                              "a (recovered 2).txt",
		"a (recovered 1).txt":                "a (recovered 2).txt",
		"a (conflict, desk, 2026-01-01).txt": "a (recovered 2) (conflict, desk, 2026-01-01).txt",
	} {
		if got := RecoveredName(name, 2); got != want {
			t.Errorf("%q: %q, want %q", name, got, want)
		}
	}
	if of, device, made, ok := ConflictOf("a (conflict, desk, 2026-01-02, 3).txt"); !ok || of != "a.txt" || device != "desk" || made != "2026-01-02" {
		t.Error(of, device, made, ok)
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
