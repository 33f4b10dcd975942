package drive

import (
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/ui/internal/fake"
	"github.com/stratosdrive/stratosdrive/ui/internal/stage"
	"github.com/stratosdrive/stratosdrive/ui/language"
	"github.com/stratosdrive/stratosdrive/ui/widgets"
)

// dialogs are all dialogs of the page, by their English titles.
var dialogs = map[string]func(p *Page){
	"New folder":                    func(p *Page) { p.askFolder() },
	"Rename Contract draft.pdf":     func(p *Page) { p.askName(p.shown.at(3)) },
	"Move 2 items":                  func(p *Page) { p.askFolderToMove(p.shown.all()[4:6]) },
	"Versions of Notes.md":          func(p *Page) { p.showVersions(p.shown.at(7)) },
	"Two versions of one file":      func(p *Page) { p.showConflict(p.shown.at(2)) },
	"Share Notes.md":                func(p *Page) { p.share(p.shown.at(7)) },
	"Share Invoices":                func(p *Page) { p.share(p.shown.at(0)) },
	"Publish Lisbon harbour.mp4":    func(p *Page) { p.take(toPublish, p.shown.all()[5:6]) },
	"Link to Lisbon harbour":        func(p *Page) { p.take(toPublish, p.shown.all()[5:6]); tapLast(p) },
	"Link to Interview cut 3.mov":   func(p *Page) { p.share(p.shown.at(4)); tapLast(p) },
	"Deleting 9 items (on the way)": func(p *Page) { p.showProgress(work{title: "Deleting 9 items (on the way)"}, func() {}) },
}

func tapLast(p *Page) {
	p.host.Canvas().Overlays().Top().(*widgets.Dialog).Submit("")
}

// Each dialog is closed by Escape, with nothing asked of the drive, and gives
// the keys back to the page.
func TestEscapeClosesDialogs(t *testing.T) {
	for title, open := range dialogs {
		p, backend, told := opened(t)
		backend.Plan = app.StreamPlan{Action: app.StreamAsItIs, Title: "Lisbon harbour", Seconds: 60}
		before := p.host.Canvas().OnTypedKey() == nil
		open(p)
		d := dialogOf(t, p)
		if got := d.Sheet().Title; got != title {
			t.Errorf("the dialog is %q, not %q", got, title)
		}
		calls := len(backend.Calls)
		p.host.Canvas().OnTypedKey()(key(fyne.KeyEscape))
		if d.Open() || p.host.Canvas().Overlays().Top() != nil || (p.host.Canvas().OnTypedKey() == nil) != before {
			t.Errorf("Escape leaves %q open", title)
		}
		if len(backend.Calls) != calls || len(told.Said) > 0 {
			t.Errorf("%s: Escape asked %q, said %q", title, backend.Calls[calls:], told.Said)
		}
		d.Close()
	}
}

// Tab goes through what a dialog holds, all of it, and comes around; what it
// reaches lies in the window or in what scrolls.
func TestTabInDialogs(t *testing.T) {
	for title, open := range dialogs {
		p, backend, _ := opened(t)
		backend.Plan = app.StreamPlan{Action: app.StreamConvert, Title: "Lisbon harbour", Seconds: 60}
		open(p)
		c, d := p.host.Canvas(), dialogOf(t, p)
		var reached []fyne.Focusable
		for range 40 {
			c.FocusNext()
			if now := c.Focused(); now == nil || slices.Contains(reached, now) {
				break
			}
			reached = append(reached, c.Focused())
		}
		for _, o := range test.LaidOutObjects(d) {
			f, takes := o.(fyne.Focusable)
			if off, is := o.(fyne.Disableable); !takes || !o.Visible() || is && off.Disabled() {
				continue
			}
			if !slices.Contains(reached, f) {
				t.Errorf("%s: Tab does not reach %T", title, o)
			}
		}
		for _, b := range d.Sheet().Buttons {
			if !b.Disabled() && !slices.Contains(reached, fyne.Focusable(b)) {
				t.Errorf("%s: Tab does not reach %q", title, b.Text())
			}
		}
	}
}

// Each dialog is translated, and lies in a window of 900 x 600 at a text size of
// 150 %, with nothing cut off.
func TestDialogsInOtherLanguages(t *testing.T) {
	t.Cleanup(func() { _ = language.Use("en") })
	for _, code := range []string{"en", "de", "fr", "es", "zh"} {
		if err := language.Use(code); err != nil {
			t.Fatal(err)
		}
		for title, open := range dialogs {
			host, _ := stage.Host(t, 600, 400)
			backend := fake.Full()
			backend.Plan = app.StreamPlan{Action: app.StreamConvert, Title: "Lisbon harbour", Seconds: 60, Codecs: []string{"vp9"}, Convert: time.Hour}
			p := New(host, backend, "Work/Portugal", true)
			stage.Put(host, p)
			open(p)
			d := dialogOf(t, p)
			if got := d.Sheet().Title; code != "en" && got == title && !strings.Contains(title, "on the way") {
				t.Errorf("%s: %q is English", code, got)
			}
			for _, wrong := range stage.Cut(host.Canvas(), d) {
				t.Errorf("%s: %s: %s", code, title, wrong)
			}
		}
	}
}
