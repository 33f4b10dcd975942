package channel

import (
	"bytes"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// Edits that were published are put upon the page again without effect, and
// what other devices published meanwhile stays.
func TestEditsOnce(t *testing.T) {
	page, _ := sample(t)
	rapid.Check(t, func(t *rapid.T) {
		edits := Edits{Periods: []Period{{ID: NewID(), From: page.Changed, To: page.Changed.Add(time.Hour)}}}
		for range rapid.IntRange(1, 4).Draw(t, "added") {
			edits.Add = append(edits.Add, Item{ID: NewID(), Kind: Plain, Title: "New", Link: share})
		}
		for _, i := range page.Items[:rapid.IntRange(0, len(page.Items)).Draw(t, "removed")] {
			edits.Remove = append(edits.Remove, i.ID)
		}
		if rapid.Bool().Draw(t, "about") {
			edits.About = &About{Title: "Ships"}
		}
		now := page.Changed.Add(time.Duration(rapid.Int64Range(-1e10, 1e10).Draw(t, "now")))
		next, changed := page.With(edits, now)
		if !changed || !next.Changed.After(page.Changed) || len(next.Items) != len(page.Items)-len(edits.Remove)+len(edits.Add) {
			t.Fatalf("became %+v", next)
		}
		if next.Items[0].ID != edits.Add[len(edits.Add)-1].ID || !next.Items[0].At.Equal(next.Changed) {
			t.Fatalf("the newest is %+v", next.Items[0])
		}
		if _, err := next.Encode(); err != nil {
			t.Fatal(err)
		}
		again, changed := next.With(edits, now.Add(time.Hour))
		if changed || !again.Changed.Equal(next.Changed) || len(again.Items) != len(next.Items) || len(again.Periods) != len(next.Periods) {
			t.Fatalf("a second time it becomes %+v", again)
		}
	})
}

// The page that is edited is not touched.
func TestEditsLeaveThePage(t *testing.T) {
	page, _ := sample(t)
	before, err := page.Encode()
	must(t, err)
	ids := []string{page.Items[0].ID, page.Items[1].ID}
	_, _ = page.With(Edits{Remove: ids, Add: []Item{{ID: NewID()}}, Periods: []Period{{ID: NewID()}}}, time.Now())
	after, err := page.Encode()
	must(t, err)
	if !bytes.Equal(before, after) {
		t.Error("the page was changed")
	}
	if (Edits{}).Empty() == (Edits{Remove: ids}).Empty() {
		t.Error("edits are empty or not")
	}
	if _, there := (Edits{Add: page.Items}).Item(ids[1]); !there || slices.Contains(ids, NewID()) {
		t.Error("an item is not found")
	}
}

// What was published is no edit any more, and what came meanwhile stays one.
func TestEditsWithout(t *testing.T) {
	one := Item{ID: NewID()}
	done := Edits{About: &About{Title: "A"}, Add: []Item{one}, Remove: []string{"x"}, Periods: []Period{{ID: "p"}}}
	if left := done.Without(done); !left.Empty() {
		t.Errorf("left %+v", left)
	}
	if left := done.Without(Edits{}); len(left.Add) != 1 || left.About == nil || len(left.Remove) != 1 || len(left.Periods) != 1 {
		t.Errorf("left %+v", left)
	}
	more := done
	more.About, more.Add = &About{Title: "B"}, append([]Item{{ID: NewID()}}, one)
	if left := more.Without(done); left.About.Title != "B" || len(left.Add) != 1 || left.Add[0].ID == one.ID || len(more.Add) != 2 {
		t.Errorf("left %+v", left)
	}
}

// The key of a period comes again from the same secret, and from nothing else.
func TestPeriodKeys(t *testing.T) {
	key := PeriodKey([]byte("secret"), "st1a", "0123456789abcdef")
	if key != PeriodKey([]byte("secret"), "st1a", "0123456789abcdef") {
		t.Error("it is another one")
	}
	for _, other := range []Key{
		PeriodKey([]byte("Secret"), "st1a", "0123456789abcdef"), PeriodKey([]byte("secret"), "st1b", "0123456789abcdef"), PeriodKey([]byte("secret"), "st1a", "0123456789abcdee"),
	} {
		if other == key {
			t.Error("another secret gives the same key")
		}
	}
}
