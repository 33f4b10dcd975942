package ui

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/storage"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/ui/internal/fake"
	"github.com/stratosdrive/stratosdrive/ui/page"
	"github.com/stratosdrive/stratosdrive/ui/widgets"
)

const clicked = "stos://abc#key"

// offered is the link whose page is shown.
func offered(w *Window) string {
	if r := w.shell.Route(); r.Page == page.Link {
		return r.Arg
	}
	return ""
}

func TestAClickedLinkIsShownAndNotPlayed(t *testing.T) {
	backend := fake.Full()
	w := show(t, backend, "light", 1280, 800)
	w.shell.Offer("http://example.org")
	if w.shell.Route().Page != page.Drive {
		t.Errorf("what is no link leads to %v", w.shell.Route())
	}
	w.Raise(clicked)
	if offered(w) != clicked || backend.Asked("open "+clicked) {
		t.Errorf("shows %v, asked %v", w.shell.Route(), backend.Calls)
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
	if offered(w) != clicked {
		t.Error("the link is gone")
	}
	w.shell.Go(page.Route{Page: page.Drive})
	d := widgets.ShowDialog(w.shell.Host.Canvas(), widgets.Sheet{Title: "Wait"})
	w.shell.Offer(clicked)
	d.Close()
	w.shell.FollowAll([]app.Event{{Kind: app.StatusChanged}})
	if offered(w) != clicked {
		t.Error("the link was lost under a dialog")
	}
}

// A link is pasted or dropped anywhere; a field keeps what is pasted into it.
func TestLinksArePastedAndDropped(t *testing.T) {
	w := show(t, fake.Full(), "light", 1280, 800)
	w.app.Clipboard().SetContent("a word")
	w.shell.Press(&fyne.ShortcutPaste{})
	if w.shell.Route().Page != page.Drive {
		t.Error("a word opens a page")
	}
	w.app.Clipboard().SetContent(" " + clicked + "\n")
	w.shell.Press(&fyne.ShortcutPaste{})
	if offered(w) != clicked {
		t.Errorf("pasting shows %v", w.shell.Route())
	}
	w.shell.Go(page.Route{Page: page.Shared})
	w.shell.Dropped([]fyne.URI{storage.NewFileURI("sds://abcdef")})
	if offered(w) != "sds://abcdef" {
		t.Errorf("dropping shows %v", w.shell.Route())
	}
}
