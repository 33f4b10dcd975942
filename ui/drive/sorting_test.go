package drive

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/stratosdrive/stratosdrive/internal/app"
)

// seen are the entries that a page shows of others.
func seen(entries []app.Entry, query string, look app.DriveLook) []app.Entry {
	return visible(app.ListingOf(entries), query, look).all()
}

func TestOrderAndSearch(t *testing.T) {
	entries := []app.Entry{
		{Name: "Photo 10.jpg"}, {Name: "photo 2.jpg"}, {Name: "Zoo", Folder: true}, {Name: "apple"}, {Name: "B", Folder: true},
	}
	if got := names(Ordered(entries)); got != "B|Zoo|apple|photo 2.jpg|Photo 10.jpg" {
		t.Error(got)
	}
	if got := names(seen(entries, "PHOTO 10", app.DriveLook{})); got != "Photo 10.jpg" {
		t.Error(got)
	}
	if got := names(seen(entries, "jpg photo", app.DriveLook{})); got != "photo 2.jpg|Photo 10.jpg" {
		t.Error("words in any order:", got)
	}
	if len(seen(entries, "nothing", app.DriveLook{})) != 0 {
		t.Error("found what is not there")
	}
}

func TestSortings(t *testing.T) {
	day := func(n int) time.Time { return time.Unix(int64(n)*86400, 0) }
	entries := []app.Entry{
		{Name: "b.txt", Size: 10, Changed: day(3)},
		{Name: "a.txt", Size: 30, Changed: day(1)},
		{Name: "c.jpg", Size: 10, Changed: day(2)},
		{Name: "Many", Folder: true, Items: 9, Changed: day(5)},
		{Name: "Few", Folder: true, Items: 2, Changed: day(6)},
	}
	for want, look := range map[string]app.DriveLook{
		"Few|Many|a.txt|b.txt|c.jpg":  {},
		"Many|Few|c.jpg|b.txt|a.txt":  {Down: true},
		"Many|Few|a.txt|b.txt|c.jpg":  {Sort: app.BySize, Down: true},
		"Few|Many|b.txt|c.jpg|a.txt":  {Sort: app.BySize},
		"Few|Many|b.txt|c.jpg|a.txt ": {Sort: app.ByChanged, Down: true},
		"Few|Many|c.jpg|a.txt|b.txt":  {Sort: app.ByKind},
	} {
		if got := names(seen(entries, "", look)); got != strings.TrimSpace(want) {
			t.Errorf("%+v: %s", look, got)
		}
	}
}

func TestTurningTheOrderAround(t *testing.T) {
	l := sorted(app.DriveLook{}, app.ByName)
	if !l.Down {
		t.Error("the same title turns the order around")
	}
	if l = sorted(l, app.BySize); l != (app.DriveLook{Sort: app.BySize, Down: true}) {
		t.Errorf("%+v: the largest come first", l)
	}
	if l = sorted(l, app.ByKind); l.Down {
		t.Error("kinds begin with a")
	}
	if len(sortingWords()) != len(sortings) {
		t.Error("words and sortings differ")
	}
}

// Sorting loses nothing and does not depend on how the entries came.
func TestSortingIsAnOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var entries []app.Entry
		for i := range rapid.IntRange(0, 12).Draw(t, "n") {
			entries = append(entries, app.Entry{
				Name:   fmt.Sprintf("%s %d.%s", rapid.SampledFrom([]string{"a", "A", "b", "10"}).Draw(t, "stem"), i, rapid.SampledFrom([]string{"txt", "JPG"}).Draw(t, "ext")),
				Folder: rapid.Bool().Draw(t, "folder"), Size: rapid.Int64Range(0, 2).Draw(t, "size"), Changed: time.Unix(rapid.Int64Range(0, 2).Draw(t, "time"), 0),
			})
		}
		look := app.DriveLook{Sort: rapid.SampledFrom(sortings).Draw(t, "by"), Down: rapid.Bool().Draw(t, "down")}
		got := seen(entries, "", look)
		mixed := slices.Clone(entries)
		slices.Reverse(mixed)
		if again := seen(mixed, "", look); !slices.Equal(got, again) || len(got) != len(entries) {
			t.Fatalf("%s\n%s", names(got), names(again))
		}
	})
}

func TestBothSidesOfAConflictAreMarked(t *testing.T) {
	const copied = "Budget (conflict, Desk, 2026-11-21).xlsx"
	list := seen([]app.Entry{
		{Name: "Budget.xlsx", Status: app.Synced}, {Name: copied, Status: app.Conflict}, {Name: "Other.xlsx", Status: app.Synced},
	}, "", app.DriveLook{})
	got := map[string]app.EntryStatus{}
	for _, e := range list {
		got[e.Name] = e.Status
	}
	if got["Budget.xlsx"] != app.Conflict || got[copied] != app.Conflict || got["Other.xlsx"] != app.Synced {
		t.Errorf("%v", got)
	}
}

// What was picked stays picked when the order changes, and goes with what it
// was picked on.
func TestPicksFollowTheirEntries(t *testing.T) {
	before := []app.Entry{{Name: "a", Path: "a"}, {Name: "b", Path: "b"}, {Name: "c", Path: "c"}}
	after := []app.Entry{{Name: "c", Path: "c"}, {Name: "b2", Path: "b2"}, {Name: "a", Path: "a"}}
	now := visible(app.ListingOf(before), "", app.DriveLook{})
	got, err := arrangement{entries: app.ListingOf(after), look: app.DriveLook{Down: true}, before: now, picked: []int{0, 1}, at: 2}.do(context.Background())
	if err != nil || names(got.shown.all()) != "c|b2|a" || !slices.Equal(got.picked, []int{2}) || got.at != 0 || got.same {
		t.Errorf("%+v %v", got, err)
	}
	got, _ = arrangement{entries: app.ListingOf(before), before: now, picked: []int{1}, at: 1}.do(context.Background())
	if !got.same || !slices.Equal(got.picked, []int{1}) || got.at != 1 {
		t.Errorf("%+v", got)
	}
}

func many(n int) []app.Entry {
	list := make([]app.Entry, n)
	for i := range list {
		name := fmt.Sprintf("IMG_%d holiday.jpg", (i*7919)%n)
		list[i] = app.Entry{Name: name, Path: "Photos/" + name, Size: int64(i), Changed: time.Unix(int64(i), 0), Status: app.Synced}
	}
	return list
}

// How long a folder of 100,000 entries takes beside the window's own work.
func BenchmarkArrange(b *testing.B) {
	entries := app.ListingOf(many(100_000))
	for b.Loop() {
		visible(entries, "holiday", app.DriveLook{})
	}
}
