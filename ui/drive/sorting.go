package drive

import (
	"cmp"
	"context"
	"path"
	"slices"
	"strings"

	"fyne.io/fyne/v2/lang"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/ui/order"
)

// sortings are the ways to sort, as the menu lists them.
var sortings = []string{app.ByName, app.BySize, app.ByChanged, app.ByKind}

func sortingWords() []string {
	return []string{lang.L("Name"), lang.L("Size"), lang.L("Changed"), lang.L("Kind")}
}

// sorted is a look with another way to sort. The same way again turns the order
// around; sizes and dates begin with the largest and the newest.
func sorted(l app.DriveLook, by string) app.DriveLook {
	switch {
	case by == sortOf(l):
		l.Down = !l.Down
	default:
		l.Sort, l.Down = by, by == app.BySize || by == app.ByChanged
	}
	return l
}

func sortOf(l app.DriveLook) string { return cmp.Or(l.Sort, app.ByName) }

// arrangement is the work of showing a folder: searched, sorted, and with what
// was picked before. It is done beside the window.
type arrangement struct {
	entries []app.Entry
	query   string
	look    app.DriveLook
	before  []app.Entry // what is shown now
	picked  []int       // of it
	at      int         // of it; -1 is none
}

// arranged is its result.
type arranged struct {
	shown  []app.Entry
	picked []int
	at     int
	same   bool // nothing is other than before
}

func (a arrangement) do(ctx context.Context) (arranged, error) {
	out := arranged{shown: visible(a.entries, a.query, a.look), at: -1}
	if slices.Equal(out.shown, a.before) {
		return arranged{a.before, a.picked, a.at, true}, ctx.Err()
	}
	picked := make(map[string]bool, len(a.picked))
	for _, i := range a.picked {
		picked[a.before[i].Path] = true
	}
	current := ""
	if a.at >= 0 && a.at < len(a.before) {
		current = a.before[a.at].Path
	}
	for i, e := range out.shown {
		if picked[e.Path] {
			out.picked = append(out.picked, i)
		}
		if e.Path == current {
			out.at = i
		}
	}
	return out, ctx.Err()
}

// keyed is an entry with what it is sorted and searched by.
type keyed struct {
	*app.Entry
	lower, kind, order string
}

// visible returns the entries whose names hold every word of the query, folders
// first, sorted. Equal ones are in the order of names that people expect ("2"
// before "10").
func visible(entries []app.Entry, query string, look app.DriveLook) []app.Entry {
	words := strings.Fields(strings.ToLower(query))
	torn := conflicting(entries)
	found := make([]keyed, 0, len(entries))
	for i := range entries {
		k := keyed{Entry: &entries[i], lower: strings.ToLower(entries[i].Name)}
		if slices.ContainsFunc(words, func(w string) bool { return !strings.Contains(k.lower, w) }) {
			continue
		}
		k.kind, k.order = path.Ext(k.lower), order.Key(k.Name)
		found = append(found, k)
	}
	less := compareBy(sortOf(look), look.Down)
	slices.SortStableFunc(found, func(a, b keyed) int {
		if a.Folder != b.Folder {
			if a.Folder {
				return -1
			}
			return 1
		}
		return less(a, b)
	})
	out := make([]app.Entry, len(found))
	for i, k := range found {
		out[i] = *k.Entry
		if torn[k.Name] && out[i].Status == app.Synced {
			out[i].Status = app.Conflict
		}
	}
	return out
}

// conflicting are the names of which another device made a copy of its own.
func conflicting(entries []app.Entry) map[string]bool {
	var torn map[string]bool
	for _, e := range entries {
		if e.Status != app.Conflict {
			continue
		}
		if of, is := app.ConflictPart(e.Name); is {
			if torn == nil {
				torn = map[string]bool{}
			}
			torn[of] = true
		}
	}
	return torn
}

// compareBy compares two files, or two folders. Names alone decide where all
// else is equal, always in the same direction.
func compareBy(by string, down bool) func(a, b keyed) int {
	var first func(a, b keyed) int
	names := func(a, b keyed) int { return cmp.Or(cmp.Compare(a.order, b.order), cmp.Compare(a.Name, b.Name)) }
	switch by {
	case app.BySize:
		first = func(a, b keyed) int { return cmp.Or(cmp.Compare(a.Size, b.Size), cmp.Compare(a.Items, b.Items)) }
	case app.ByChanged:
		first = func(a, b keyed) int { return a.Changed.Compare(b.Changed) }
	case app.ByKind:
		first = func(a, b keyed) int { return cmp.Compare(a.kind, b.kind) }
	default:
		first = names
	}
	return func(a, b keyed) int {
		c := first(a, b)
		if down {
			c = -c
		}
		if c == 0 {
			return names(a, b)
		}
		return c
	}
}

// Ordered returns entries in the order in which the page lists them by name.
func Ordered(entries []app.Entry) []app.Entry { return visible(entries, "", app.DriveLook{}) }
