package drive

import (
	"context"
	"slices"
	"testing"

	"github.com/stratosdrive/stratosdrive/internal/app"
)

// Searching holds numbers of a listing only, and finds all of it again.
func TestSearchingLeavesTheListingAsItIs(t *testing.T) {
	p, _, _ := opened(t)
	all, listing := names(p.shown.all()), p.entries
	p.search.SetText("harbour")
	if p.shown.len() == 0 || p.shown.len() == p.entries.Len() {
		t.Fatalf("found %d of %d", p.shown.len(), p.entries.Len())
	}
	p.search.SetText("")
	if names(p.shown.all()) != all || p.shown.of != listing || p.entries != listing {
		t.Errorf("shows %s", names(p.shown.all()))
	}
}

// What an entry says may change while it stays where it is: then what is picked
// stays, and the new words are shown.
func TestTheSameNamesMayHaveOtherWords(t *testing.T) {
	before := []app.Entry{{Name: "a", Path: "a", Status: app.Waiting}, {Name: "b", Path: "b"}}
	after := slices.Clone(before)
	after[0].Status = app.Synced
	was := visible(app.ListingOf(before), "", app.DriveLook{})
	got, err := arrangement{entries: app.ListingOf(after), before: was, picked: []int{1}, at: 0}.do(context.Background())
	if err != nil || !got.same || !slices.Equal(got.picked, []int{1}) || got.at != 0 {
		t.Errorf("%+v %v", got, err)
	}
	if was.at(0).Status != app.Waiting || got.shown.at(0).Status != app.Synced {
		t.Errorf("shows %s, then %s", was.at(0).Status, got.shown.at(0).Status)
	}
}

func TestRowsKnowWhetherTheyAreTheSame(t *testing.T) {
	list := func(names ...string) rows {
		var entries []app.Entry
		for _, name := range names {
			entries = append(entries, app.Entry{Name: name, Path: name})
		}
		return visible(app.ListingOf(entries), "", app.DriveLook{})
	}
	a := list("a", "b", "c")
	for _, c := range []struct {
		other rows
		want  bool
	}{{list("c", "b", "a"), true}, {list("a", "b"), false}, {list("a", "b", "d"), false}, {rows{}, false}} {
		if a.sameNames(c.other) != c.want {
			t.Errorf("%s: %v", names(c.other.all()), !c.want)
		}
	}
	if !(rows{}).sameNames(rows{}) {
		t.Error("nothing is not nothing")
	}
}

func TestANameIsTakenInAnyLetters(t *testing.T) {
	there := app.ListingOf([]app.Entry{{Name: "Budget.xlsx"}, {Name: "Été"}})
	for _, c := range []struct {
		name, besides string
		want          bool
	}{
		{"budget.XLSX", "", true},
		{"budget.XLSX", "Budget.xlsx", false},
		{"été", "Budget.xlsx", true},
		{"Budget", "", false},
	} {
		if taken(there, c.name, c.besides) != c.want {
			t.Errorf("%q besides %q: %v", c.name, c.besides, !c.want)
		}
	}
}

// A reading may fail while what was read before is arranged: the list is empty
// then, and holds all again with the next reading, though no name changed.
func TestAListThatWasLostComesBack(t *testing.T) {
	p, _, _ := opened(t)
	read, a := p.entries, p.arrangement()
	done, err := a.do(context.Background())
	if err != nil || !done.same {
		t.Fatalf("%+v %v", done, err)
	}
	p.lose()
	p.entries, p.read = read, true
	p.arrived(a, done, nil)
	if p.list.Len() == 0 || p.list.Len() != p.shown.len() {
		t.Errorf("shows %d of %d", p.list.Len(), p.shown.len())
	}
}

// What is picked while things are arranged stays picked, and not what was
// picked before.
func TestPickingWhileThingsAreArranged(t *testing.T) {
	p, _, _ := opened(t)
	p.list.Pick(0)
	a := p.arrangement()
	a.look.Down = !a.look.Down
	done, err := a.do(context.Background())
	if err != nil || done.same {
		t.Fatalf("%+v %v", done, err)
	}
	p.list.Pick(2)
	want := p.shown.name(2)
	p.look.Down = a.look.Down
	p.arrived(a, done, nil)
	at := p.list.Picked()
	if len(at) != 1 || p.shown.name(at[0]) != want {
		t.Errorf("%v is picked, not %s", at, want)
	}
}
