package drive

import "testing"

// A list that is shown whole is held once, and searching in it still finds all
// of it again.
func TestAListIsHeldOnce(t *testing.T) {
	p, _, _ := opened(t)
	all := names(p.shown)
	if &p.entries[0] != &p.shown[0] {
		t.Error("the list is held twice")
	}
	p.search.SetText("harbour")
	if len(p.shown) == 0 || len(p.shown) == len(p.entries) {
		t.Fatalf("found %d of %d", len(p.shown), len(p.entries))
	}
	p.search.SetText("")
	if names(p.shown) != all || &p.entries[0] != &p.shown[0] {
		t.Errorf("shows %s", names(p.shown))
	}
}
