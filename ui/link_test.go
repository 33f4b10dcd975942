package ui

import (
	"testing"

	"fyne.io/fyne/v2/test"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/ui/internal/fake"
	"github.com/stratosdrive/stratosdrive/ui/page"
	"github.com/stratosdrive/stratosdrive/ui/widgets"
)

const clicked = "stos://abc#key"

// linkField is the field for links of the page that is shown.
func linkField(w *Window) string {
	for _, o := range test.LaidOutObjects(w.shell.Host.Canvas().Content()) {
		if f, ok := o.(*widgets.Field); ok {
			return f.Text
		}
	}
	return ""
}

func TestAClickedLinkIsShownAndNotPaidFor(t *testing.T) {
	backend := fake.Full()
	w := show(t, backend, "light", 1280, 800)
	w.shell.Offer("http://example.org")
	if w.shell.Route().Page != page.Drive {
		t.Errorf("what is no link leads to %v", w.shell.Route())
	}
	w.Raise(clicked)
	if w.shell.Route().Page != page.Watch || linkField(w) != clicked || backend.Asked("open "+clicked) {
		t.Errorf("shows %v with %q, asked %v", w.shell.Route(), linkField(w), backend.Calls)
	}
}

// A link that is clicked while nothing may be shown waits for the password, and
// for the dialog that is open.
func TestAClickedLinkWaits(t *testing.T) {
	backend := fake.Full()
	backend.IsLocked = true
	w := show(t, backend, "light", 1280, 800)
	w.shell.Offer(clicked)
	if w.shell.Route() != (page.Route{}) {
		t.Fatal("a locked window shows pages")
	}
	backend.IsLocked = false
	w.shell.Enter()
	if linkField(w) != clicked {
		t.Error("the link is gone")
	}
	w.shell.Go(page.Route{Page: page.Drive})
	d := widgets.ShowDialog(w.shell.Host.Canvas(), widgets.Sheet{Title: "Wait"})
	w.shell.Offer(clicked)
	d.Close()
	w.shell.FollowAll([]app.Event{{Kind: app.StatusChanged}})
	if w.shell.Route().Page != page.Watch {
		t.Error("the link was lost under a dialog")
	}
}
