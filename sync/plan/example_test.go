package plan_test

import (
	"fmt"

	"github.com/stratosdrive/stratosdrive/sync/plan"
	"github.com/stratosdrive/stratosdrive/sync/tree"
)

// Two devices changed one note, and one of them renamed the other's. Nothing that
// anybody wrote is lost.
func ExampleMerge() {
	file := func(id byte, name, content, by string, mtime int64) tree.Node {
		return tree.Node{ID: tree.ID{id}, Name: name, Kind: tree.File, Mode: 0o644, MTime: mtime, Size: 1, Content: content, By: by}
	}
	whole := func(nodes ...tree.Node) *tree.Tree {
		t := tree.New()
		for _, n := range nodes {
			if err := t.Add(n); err != nil {
				fmt.Println(err)
			}
		}
		return t
	}
	base := whole(file(1, "list.txt", "c0", "laptop", 1e9), file(2, "plan.txt", "p0", "laptop", 1e9))
	laptop := whole(file(1, "list.txt", "c1", "laptop", 2e9), file(2, "trip.txt", "p0", "laptop", 1e9))
	phone := whole(file(1, "list.txt", "c2", "phone", 3e9), file(2, "plan.txt", "p1", "phone", 3e9))
	merged := plan.Merge(plan.BaseOf(base), laptop, phone)
	_ = merged.Walk(func(path string, n tree.Node) error {
		fmt.Println(path, n.Content)
		return nil
	})
	// Output:
	// list (conflict, laptop, 1970-01-01).txt c1
	// list.txt c2
	// trip.txt p1
}
