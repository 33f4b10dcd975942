package order

import (
	"cmp"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

func TestNumbersCountByValue(t *testing.T) {
	list := []string{"Part 10", "part 2", "Part 02", "A", "Part 1b"}
	slices.SortFunc(list, Names)
	if want := []string{"A", "Part 1b", "Part 02", "part 2", "Part 10"}; !slices.Equal(list, want) {
		t.Errorf("%q", list)
	}
}

// Names must be an order, or sorting would not end in one.
func TestNamesIsAnOrder(t *testing.T) {
	name := rapid.StringMatching(`[abAB012 é]{0,8}`)
	rapid.Check(t, func(t *rapid.T) {
		a, b, c := name.Draw(t, "a"), name.Draw(t, "b"), name.Draw(t, "c")
		if sign(Names(a, b)) != -sign(Names(b, a)) {
			t.Fatalf("%q and %q stand before each other", a, b)
		}
		if Names(a, b) <= 0 && Names(b, c) <= 0 && Names(a, c) > 0 {
			t.Fatalf("%q, %q, %q go round", a, b, c)
		}
		if Names(a, b) == 0 && a != b {
			t.Fatalf("%q and %q are taken for the same", a, b)
		}
	})
}

func sign(n int) int {
	switch {
	case n < 0:
		return -1
	case n > 0:
		return 1
	}
	return 0
}

// Keys sort as the comparison of names does.
func TestKeysSortAsNames(t *testing.T) {
	letters := []rune("aB01290.9é -世z")
	rapid.Check(t, func(t *rapid.T) {
		a, b := rapid.StringOfN(rapid.SampledFrom(letters), 0, 8, -1).Draw(t, "a"), rapid.StringOfN(rapid.SampledFrom(letters), 0, 8, -1).Draw(t, "b")
		byKey := cmp.Or(cmp.Compare(Key(a), Key(b)), cmp.Compare(a, b))
		if sign(byKey) != sign(Names(a, b)) {
			t.Fatalf("%q and %q: %d by key, %d by name", a, b, byKey, Names(a, b))
		}
	})
}
