package drive

import (
	"strings"

	"github.com/stratosdrive/stratosdrive/internal/app"
)

// rows are entries of a folder in the order in which they are shown. They are
// held by their numbers: what they say is asked for when they come in sight.
type rows struct {
	of   *app.Listing
	nums []uint32
	torn map[string]bool // of these names there are conflict copies
}

func (r rows) len() int { return len(r.nums) }

func (r rows) at(i int) app.Entry {
	e := r.of.At(int(r.nums[i]))
	if r.torn[e.Name] && e.Status == app.Synced {
		e.Status = app.Conflict
	}
	return e
}

func (r rows) name(i int) string {
	name, _ := r.of.Name(int(r.nums[i]))
	return name
}

// sameNames tells whether others have the same names in the same order.
func (r rows) sameNames(o rows) bool {
	if r.len() != o.len() {
		return false
	}
	for i := range r.nums {
		if r.name(i) != o.name(i) {
			return false
		}
	}
	return true
}

func (r rows) all() []app.Entry {
	list := make([]app.Entry, r.len())
	for i := range list {
		list[i] = r.at(i)
	}
	return list
}

// taken tells whether a folder has an entry of that name in any letters, besides
// one.
func taken(l *app.Listing, name, besides string) bool {
	for i := range l.Len() {
		if there, _ := l.Name(i); there != besides && strings.EqualFold(there, name) {
			return true
		}
	}
	return false
}
