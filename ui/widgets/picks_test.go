package widgets

import (
	"slices"
	"testing"

	"pgregory.net/rapid"
)

func picked(t *testing.T, p *Picks, want ...int) {
	t.Helper()
	if got := p.Items(); !slices.Equal(got, want) || p.Len() != len(want) {
		t.Errorf("picked %v (%d), want %v", got, p.Len(), want)
	}
}

func TestPicking(t *testing.T) {
	p := NewPicks(10)
	picked(t, &p)
	if p.At() != -1 {
		t.Error("keys go on from", p.At())
	}
	p.Only(3)
	p.Toggle(5)
	p.Toggle(7)
	picked(t, &p, 3, 5, 7)
	p.Toggle(5)
	picked(t, &p, 3, 7)
	p.Stretch(2) // from the one that was toggled last
	picked(t, &p, 2, 3, 4, 5)
	p.Stretch(6) // the same beginning
	picked(t, &p, 5, 6)
	if p.At() != 6 {
		t.Error("keys go on from", p.At())
	}
	p.All()
	picked(t, &p, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9)
	p.None()
	picked(t, &p)
	p.Stretch(2)
	picked(t, &p, 2, 3, 4, 5)
	p.Put(4, []int{1, 3, 9}, 3)
	picked(t, &p, 1, 3)
	p.Put(0, nil, 2)
	p.Stretch(0)
	p.Only(0)
	picked(t, &p)
	if p.At() != -1 {
		t.Error("an empty list has no place")
	}
}

func TestStretchFromTheTopWhereNothingWasPicked(t *testing.T) {
	p := NewPicks(5)
	p.Stretch(2)
	picked(t, &p, 0, 1, 2)
}

// Whatever is done, the number is right and nothing outside is picked.
func TestPicksCountRight(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(0, 6).Draw(t, "n")
		p := NewPicks(n)
		for range rapid.IntRange(1, 30).Draw(t, "steps") {
			i := rapid.IntRange(-2, 8).Draw(t, "item")
			switch rapid.IntRange(0, 6).Draw(t, "what") {
			case 0:
				p.Only(i)
			case 1:
				p.Toggle(i)
			case 2:
				p.Stretch(i)
			case 3:
				p.All()
			case 4:
				p.None()
			case 5:
				p.Put(n, []int{i, i + 1, i}, i)
			case 6:
				p.To(i)
			}
			if got := p.Items(); len(got) != p.Len() || p.At() >= n || (len(got) > 0 && (got[0] < 0 || got[len(got)-1] >= n)) {
				t.Fatalf("%v, %d, at %d of %d", got, p.Len(), p.At(), n)
			}
		}
	})
}
