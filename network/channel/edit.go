package channel

import (
	"slices"
	"time"
)

// Edits are what a creator has done to his page since it was published. They
// are put upon the newest page, whichever device published that, and doing it
// again changes nothing.
type Edits struct {
	About   *About   `json:"about,omitempty"`
	Add     []Item   `json:"add,omitempty"`    // the newest last; when they are published becomes their time
	Remove  []string `json:"remove,omitempty"` // items, by id
	Periods []Period `json:"periods,omitempty"`
}

// About is what a page says of itself.
type About struct {
	Title  string `json:"title"`
	Text   string `json:"text,omitempty"`
	Poster string `json:"poster,omitempty"` // sds://...
}

// Empty tells whether there is nothing to publish.
func (e Edits) Empty() bool {
	return e.About == nil && len(e.Add)+len(e.Remove)+len(e.Periods) == 0
}

// Item returns an item that is to be added.
func (e Edits) Item(id string) (Item, bool) { return find(e.Add, id) }

// Item returns an item of the page.
func (f File) Item(id string) (Item, bool) { return find(f.Items, id) }

func find(items []Item, id string) (Item, bool) {
	i := slices.IndexFunc(items, func(i Item) bool { return i.ID == id })
	if i < 0 {
		return Item{}, false
	}
	return items[i], true
}

// Period returns a period of the page.
func (f File) Period(id string) (Period, bool) {
	i := slices.IndexFunc(f.Periods, func(p Period) bool { return p.ID == id })
	if i < 0 {
		return Period{}, false
	}
	return f.Periods[i], true
}

// With returns the page with edits, as of now, and whether it is another one
// than before. A page is never older than the one before it, and so is what is
// added: by their times followers tell what is new.
func (f File) With(e Edits, now time.Time) (page File, changed bool) {
	page = f
	if now = now.UTC().Truncate(time.Second); !now.After(f.Changed) {
		now = f.Changed.Add(time.Second)
	}
	if a := e.About; a != nil && (*a != About{f.Title, f.Text, f.Poster}) {
		page.Title, page.Text, page.Poster, changed = a.Title, a.Text, a.Poster, true
	}
	page.Items = slices.DeleteFunc(slices.Clone(f.Items), func(i Item) bool { return slices.Contains(e.Remove, i.ID) })
	changed = changed || len(page.Items) != len(f.Items)
	for _, item := range e.Add {
		if _, there := f.Item(item.ID); !there && !slices.Contains(e.Remove, item.ID) {
			item.At = now
			page.Items, changed = slices.Insert(page.Items, 0, item), true
		}
	}
	page.Periods = slices.Clone(f.Periods)
	for _, p := range e.Periods {
		if _, there := f.Period(p.ID); !there {
			page.Periods, changed = append(page.Periods, p), true
		}
	}
	if changed {
		page.Changed = now
	}
	return page, changed
}

// Without returns the edits that others did not have.
func (e Edits) Without(done Edits) Edits {
	if e.About != nil && done.About != nil && *e.About == *done.About {
		e.About = nil
	}
	e.Add = slices.DeleteFunc(slices.Clone(e.Add), func(i Item) bool { _, there := done.Item(i.ID); return there })
	e.Remove = slices.DeleteFunc(slices.Clone(e.Remove), func(id string) bool { return slices.Contains(done.Remove, id) })
	e.Periods = slices.DeleteFunc(slices.Clone(e.Periods), func(p Period) bool { _, there := File{Periods: done.Periods}.Period(p.ID); return there })
	return e
}
