package tree

import (
	"errors"
	"slices"
	"testing"
)

func sample(t *testing.T) *Tree {
	t.Helper()
	tr := New()
	for _, n := range []Node{
		{ID: ID{1}, Name: "dir", Kind: Folder, Mode: 0o755},
		{ID: ID{2}, Parent: ID{1}, Name: "sub", Kind: Folder},
		{ID: ID{3}, Parent: ID{2}, Name: "file", Kind: File, Size: 5},
		{ID: ID{4}, Name: "a", Kind: Link, Content: "dir"},
	} {
		if err := tr.Add(n); err != nil {
			t.Fatal(err)
		}
	}
	return tr
}

func TestPathsAndOrder(t *testing.T) {
	tr := sample(t)
	var paths []string
	_ = tr.Walk(func(p string, n Node) error {
		paths = append(paths, p)
		if got, ok := tr.Find(p); !ok || got != n || tr.Path(n.ID) != p {
			t.Error(p, got, ok, tr.Path(n.ID))
		}
		return nil
	})
	if !slices.Equal(paths, []string{"a", "dir", "dir/sub", "dir/sub/file"}) {
		t.Error(paths)
	}
	if _, ok := tr.Find("dir/none"); ok {
		t.Error("found what is not there")
	}
}

func TestNothingImpossibleGetsIn(t *testing.T) {
	for name, n := range map[string]Node{
		"root id":     {Name: "x", Kind: File},
		"id twice":    {ID: ID{3}, Name: "x", Kind: File},
		"name twice":  {ID: ID{9}, Name: "a", Kind: File},
		"no parent":   {ID: ID{9}, Parent: ID{8}, Name: "x", Kind: File},
		"in a file":   {ID: ID{9}, Parent: ID{3}, Name: "x", Kind: File},
		"kind":        {ID: ID{9}, Name: "x", Kind: 7},
		"mode":        {ID: ID{9}, Name: "x", Kind: File, Mode: 0o4755},
		"size":        {ID: ID{9}, Name: "x", Kind: File, Size: -1},
		"parent name": {ID: ID{9}, Name: "..", Kind: File},
		"slash":       {ID: ID{9}, Name: "a/b", Kind: File},
	} {
		if err := sample(t).Add(n); !errors.Is(err, ErrInvalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
