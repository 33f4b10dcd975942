package engine_test

import (
	"slices"
	"testing"

	"github.com/stratosdrive/stratosdrive/sync/engine"
)

func TestFoldersAreWeighed(t *testing.T) {
	_, a, b, c := chosen(t)
	b.choose(c, "photos/old", false)
	round(t, a, b)
	all, inside, err := b.e.Weigh(t.Context(), "")
	if err != nil || all != (engine.Weight{Files: 3, Bytes: 3, Kept: 2, KeptBytes: 2}) {
		t.Error(all, err)
	}
	if want := []engine.Weight{{Path: "photos", Files: 2, Bytes: 2, Kept: 1, KeptBytes: 1}}; !slices.Equal(inside, want) {
		t.Error(inside)
	}
	all, inside, err = b.e.Weigh(t.Context(), "photos")
	if err != nil || all != (engine.Weight{Path: "photos", Files: 2, Bytes: 2, Kept: 1, KeptBytes: 1}) || len(inside) != 1 || inside[0] != (engine.Weight{Path: "photos/old", Files: 1, Bytes: 1}) {
		t.Error(all, inside, err)
	}
	for _, no := range []string{"note", "nowhere"} {
		if _, _, err := b.e.Weigh(t.Context(), no); err == nil {
			t.Errorf("%s is no folder", no)
		}
	}
}
