package shell

import (
	"testing"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/ui/internal/fake"
	"github.com/stratosdrive/stratosdrive/ui/page"
)

// TestUpdateIsMarked: a newer version is told by a word beside Settings, at once
// and after a start, and by nothing that stands in the way.
func TestUpdateIsMarked(t *testing.T) {
	backend := fake.Full()
	s, _ := begun(t, backend)
	mark := s.items[page.Settings].Mark
	if mark() != "" {
		t.Errorf("marked with %q for nothing", mark())
	}
	backend.Newer = app.Updates{Can: true, Version: "v1.1.0", Offer: fake.SampleOffer()}
	s.Follow(app.Event{Kind: app.UpdatesChanged})
	if mark() != "Update" || s.Said() != "" {
		t.Errorf("marked with %q, said %q", mark(), s.Said())
	}
	again, _ := begun(t, backend)
	if again.items[page.Settings].Mark() != "Update" {
		t.Error("it is forgotten by the next start")
	}
	backend.Newer.Offer = nil
	s.Follow(app.Event{Kind: app.UpdatesChanged})
	if mark() != "" {
		t.Error("it is marked still")
	}
}
