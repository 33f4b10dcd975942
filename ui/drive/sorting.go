package drive

import (
	"cmp"
	"context"
	"path"
	"slices"
	"strings"
	"time"

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
// was picked before. It is done beside the window's own work.
type arrangement struct {
	entries *app.Listing
	query   string
	look    app.DriveLook
	before  rows  // what is shown now
	picked  []int // of it
	at      int   // of it; -1 is none
}

// arranged is its result.
type arranged struct {
	shown  rows
	picked []int
	at     int
	same   bool // the same entries are where they were
}

func (a arrangement) do(ctx context.Context) (arranged, error) {
	out := arranged{shown: visible(a.entries, a.query, a.look), at: -1}
	if out.shown.sameNames(a.before) {
		return arranged{out.shown, a.picked, a.at, true}, ctx.Err()
	}
	picked := make(map[string]bool, len(a.picked))
	for _, i := range a.picked {
		picked[a.before.name(i)] = true
	}
	current := ""
	if a.at >= 0 && a.at < a.before.len() {
		current = a.before.name(a.at)
	}
	if len(picked) == 0 && current == "" {
		return out, ctx.Err()
	}
	for i := range out.shown.len() {
		name := out.shown.name(i)
		if picked[name] {
			out.picked = append(out.picked, i)
		}
		if name == current {
			out.at = i
		}
	}
	return out, ctx.Err()
}

// keyed is an entry by its number, with what it is sorted by.
type keyed struct {
	name   string
	num    uint32
	folder bool
	*measures
}

// measures are what entries are sorted by besides their names.
type measures struct {
	size    int64
	items   int
	changed time.Time
	kind    string
}

// visible are the entries whose names hold every word of the query, folders
// first, sorted. Equal ones are in the order of names that people expect ("2"
// before "10").
func visible(l *app.Listing, query string, look app.DriveLook) rows {
	words, by := strings.Fields(strings.ToLower(query)), sortOf(look)
	found, out := make([]keyed, 0, l.Len()), rows{of: l}
	for i := range l.Len() {
		k := keyed{num: uint32(i)}
		k.name, k.folder = l.Name(i)
		out.tear(i, k.name)
		if len(words) > 0 {
			lower := strings.ToLower(k.name)
			if slices.ContainsFunc(words, func(w string) bool { return !strings.Contains(lower, w) }) {
				continue
			}
		}
		if by != app.ByName {
			e := l.At(i)
			k.measures = &measures{e.Size, e.Items, e.Changed, path.Ext(strings.ToLower(k.name))}
		}
		found = append(found, k)
	}
	less := compareBy(by, look.Down)
	slices.SortStableFunc(found, func(a, b keyed) int {
		if a.folder != b.folder {
			if a.folder {
				return -1
			}
			return 1
		}
		return less(a, b)
	})
	out.nums = make([]uint32, len(found))
	for i, k := range found {
		out.nums[i] = k.num
	}
	return out
}

// tear notes the name that an entry is a copy of, which another device made.
func (r *rows) tear(i int, name string) {
	of, is := app.ConflictPart(name)
	if !is || r.of.At(i).Status != app.Conflict {
		return
	}
	if r.torn == nil {
		r.torn = map[string]bool{}
	}
	r.torn[of] = true
}

// compareBy compares two files, or two folders. Names alone decide where all
// else is equal, always in the same direction.
func compareBy(by string, down bool) func(a, b keyed) int {
	var first func(a, b keyed) int
	names := func(a, b keyed) int { return order.Names(a.name, b.name) }
	switch by {
	case app.BySize:
		first = func(a, b keyed) int { return cmp.Or(cmp.Compare(a.size, b.size), cmp.Compare(a.items, b.items)) }
	case app.ByChanged:
		first = func(a, b keyed) int { return a.changed.Compare(b.changed) }
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
func Ordered(entries []app.Entry) []app.Entry {
	return visible(app.ListingOf(entries), "", app.DriveLook{}).all()
}
