package span

import (
	"testing"

	"pgregory.net/rapid"
)

func TestSetAgainstModel(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var s Set
		var model [50]bool
		for range rapid.IntRange(0, 12).Draw(t, "times") {
			off, n := rapid.IntRange(0, 30).Draw(t, "off"), rapid.IntRange(0, 9).Draw(t, "n")
			fresh := int64(0)
			for i := off; i < off+n; i++ {
				if !model[i] {
					fresh++
				}
				model[i] = true
			}
			if got := s.Add(int64(off), int64(n)); got != fresh {
				t.Fatalf("%d new bytes, want %d: %v", got, fresh, s)
			}
		}
		off, n := rapid.IntRange(0, 30).Draw(t, "at"), rapid.IntRange(0, 9).Draw(t, "len")
		checkSet(t, s, model[:], off, n)
	})
}

func checkSet(t *rapid.T, s Set, model []bool, off, n int) {
	end := off
	for end < len(model) && model[end] {
		end++
	}
	missing := map[int]bool{}
	for i := off; i < off+n; i++ {
		if !model[i] {
			missing[i] = true
		}
	}
	total := int64(0)
	for _, there := range model {
		if there {
			total++
		}
	}
	gaps := 0
	for _, g := range s.Gaps(int64(off), int64(n)) {
		for i := g.From; i < g.To; i++ {
			gaps++
			if !missing[int(i)] {
				t.Fatalf("byte %d is there: %v", i, s)
			}
		}
	}
	if s.End(int64(off)) != int64(end) || s.Cover(int64(off), int64(n)) != (len(missing) == 0) || gaps != len(missing) || s.Total() != total {
		t.Fatalf("%v: end %d of %d, %d gaps of %d, total %d of %d", s, s.End(int64(off)), end, gaps, len(missing), s.Total(), total)
	}
}
