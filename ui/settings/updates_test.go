package settings

import (
	"context"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2/test"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/ui/internal/fake"
	"github.com/stratosdrive/stratosdrive/ui/internal/shots"
	"github.com/stratosdrive/stratosdrive/ui/internal/stage"
	"github.com/stratosdrive/stratosdrive/ui/widgets"
)

// looking is the page of a build that looks for newer versions.
func looking(t *testing.T, offer *app.UpdateOffer) (*Page, *fake.Backend, *stage.Told, *int) {
	t.Helper()
	backend, quits := fake.Full(), new(int)
	backend.Newer = app.Updates{Can: true, Version: "v1.1.0", Offer: offer}
	host, told := stage.Host(t, 760, 680)
	p := New(host, backend, Hooks{Version: "1.1.0", Quit: func() { *quits++ }})
	stage.Put(host, p)
	p.scroll.ScrollToBottom()
	return p, backend, told, quits
}

// pageSays are all words of the page.
func pageSays(p *Page) string {
	var list []string
	for _, w := range find[*widgets.Paragraph](p) {
		list = append(list, w.Text())
	}
	return strings.Join(list, "|")
}

func fetchedOffer(way app.UpdateWay) *app.UpdateOffer {
	o := fake.SampleOffer()
	o.Way, o.Path = way, "/updates/new"
	return o
}

func TestUpdatePictures(t *testing.T) {
	shots.InBoth(t, func(t *testing.T, mode string) {
		p, backend, _, _ := looking(t, nil)
		backend.Newer.Looked, backend.Newer.Auto = fake.Now.Add(-time.Hour), true
		p.show()
		shots.Match(t, "updates-none-"+mode, p.host.Window)
		p, _, _, _ = looking(t, fake.SampleOffer())
		shots.Match(t, "updates-"+mode, p.host.Window)
		s := p.showNews(*fake.SampleOffer())
		shots.Match(t, "updates-news-"+mode, p.host.Window)
		s.dialog.Close()
		s.working()
		s.advance()(32<<20, 96<<20)
		shots.Match(t, "updates-fetching-"+mode, p.host.Window)
		s.failed(fake.ErrOffline, func() {})
		shots.Match(t, "updates-failed-"+mode, p.host.Window)
		s.ready()
		shots.Match(t, "updates-ready-"+mode, p.host.Window)
	})
}

// What the card says and offers, for all that may be known.
func TestWhatIsKnownOfUpdates(t *testing.T) {
	offer := func(way app.UpdateWay) *app.UpdateOffer {
		o := fake.SampleOffer()
		o.Way = way
		return o
	}
	for name, c := range map[string]struct {
		u       app.Updates
		says    string
		buttons string
	}{
		"a build that does not look": {app.Updates{}, "This build does not look for updates.", ""},
		"never looked":               {app.Updates{Can: true, Version: "v1.1.0"}, "|You have version 1.1.0.|", "Look now"},
		"the newest":                 {app.Updates{Can: true, Version: "v1.1.0", Looked: fake.Now}, "You have version 1.1.0, the newest. Looked: Today, 15:00.", "Look now"},
		"a newer one":                {app.Updates{Can: true, Version: "v1.1.0", Offer: offer(app.ByRestart)}, "|Version 1.2.0 is there. You have 1.1.0.|", "Update to 1.2.0, What is new"},
		"for the installer":          {app.Updates{Can: true, Version: "v1.1.0", Offer: offer(app.ByOpening)}, "Version 1.2.0 is there. You have 1.1.0.", "Update to 1.2.0, What is new"},
		"by somebody else":           {app.Updates{Can: true, Version: "v1.1.0", Offer: offer(app.ByOthers)}, "You have 1.1.0. What installed this copy brings it too.", "What is new"},
		"not for this computer":      {app.Updates{Can: true, Version: "v1.1.0", Offer: offer(app.ByNobody)}, "You have 1.1.0. It has no file for this computer yet.", "What is new"},
	} {
		p, backend, _, _ := looking(t, nil)
		backend.Newer = c.u
		p.Follow(app.Event{Kind: app.UpdatesChanged})
		if text := pageSays(p); !strings.Contains(text, c.says) {
			t.Errorf("%s: it says %s", name, text)
		}
		var words []string
		for _, b := range find[*widgets.Button](p) {
			if strings.HasPrefix(b.Text(), "Update to") || b.Text() == "What is new" || b.Text() == "Look now" {
				words = append(words, b.Text())
			}
		}
		if got := strings.Join(words, ", "); got != c.buttons {
			t.Errorf("%s: it offers %s", name, got)
		}
	}
}

func TestLookingByItselfIsAskedFor(t *testing.T) {
	p, backend, told, _ := looking(t, nil)
	last := func() *widgets.Switch {
		all := find[*widgets.Switch](p)
		return all[len(all)-1]
	}
	if last().On() {
		t.Error("it looks before anybody agreed")
	}
	if test.Tap(last()); !backend.Newer.Auto {
		t.Error("it does not look")
	}
	backend.Err = fake.ErrOffline
	p.show()
	if test.Tap(last()); !last().On() || len(told.Said) != 1 {
		t.Errorf("what could not be saved is shown as if it were; said %q", told.Said)
	}
}

func TestLookingNow(t *testing.T) {
	p, backend, told, _ := looking(t, nil)
	backend.Err = fake.ErrOffline
	test.Tap(button(t, p, "Look now"))
	if len(told.Said) != 1 || told.Said[0] != fault.Sentence(fake.ErrOffline) {
		t.Errorf("said %q", told.Said)
	}
	p.looking = true
	p.show()
	if b := button(t, p, "Looking"); !b.Disabled() {
		t.Error("it can be asked twice")
	}
	p.looking, backend.Err = false, nil
	p.show()
	test.Tap(button(t, p, "Look now"))
	if !backend.Asked("check updates") || button(t, p, "Update to 1.2.0").Disabled() {
		t.Error("nobody was asked, or what was found cannot be fetched")
	}
}

func TestWhatIsNew(t *testing.T) {
	p, backend, _, _ := looking(t, fake.SampleOffer())
	test.Tap(button(t, p, "What is new"))
	if text := said(p); !strings.Contains(text, "Folders with many files open faster.|A video") {
		t.Errorf("it says %s", text)
	}
	if text := openDialog(p).Sheet().Text; text != "From 19 Nov. 101 MB to fetch." {
		t.Errorf("it says %s", text)
	}
	press(t, p, "Update to 1.2.0")
	if !backend.Asked("get update") || openDialog(p).Sheet().Title != "Version 1.2.0 is ready" {
		t.Error(openDialog(p).Sheet().Title)
	}
	bare := app.UpdateOffer{Version: "v1.2.0", Way: app.ByOthers, Date: fake.Now}
	s := p.showNews(bare)
	if len(s.dialog.Sheet().Buttons) != 1 || !strings.Contains(said(p), "Its makers wrote nothing about it.") || strings.Contains(s.dialog.Sheet().Text, "fetch") {
		t.Errorf("%s, %s", said(p), s.dialog.Sheet().Text)
	}
}

// A version is fetched, brought in by a restart, and only when a person says so.
func TestUpdateByRestart(t *testing.T) {
	p, backend, _, quits := looking(t, fake.SampleOffer())
	test.Tap(button(t, p, "Update to 1.2.0"))
	if !backend.Asked("get update") || backend.Asked("bring update") || *quits != 0 {
		t.Fatal(backend.Calls)
	}
	press(t, p, "Later")
	p.show()
	test.Tap(button(t, p, "Update to 1.2.0")) // it is here already
	if text := openDialog(p).Sheet().Text; !strings.Contains(text, "closes and opens again") {
		t.Error(text)
	}
	press(t, p, "Restart now")
	if !backend.Asked("bring update") || *quits != 1 {
		t.Errorf("%q, %d", backend.Calls, *quits)
	}
}

func TestUpdateByTheInstaller(t *testing.T) {
	p, _, told, quits := looking(t, fetchedOffer(app.ByOpening))
	p.update(*fetchedOffer(app.ByOpening))
	press(t, p, "Open the installer")
	if *quits != 0 || len(told.Opened) != 1 || told.Opened[0] != "/updates/new" {
		t.Errorf("opened %q, %d", told.Opened, *quits)
	}
}

// leaving closes the dialog while the version is prepared.
type leaving struct {
	*fake.Backend
	leave func()
	after error // of the work, when it was left
}

func (l *leaving) BringUpdate(ctx context.Context) (app.UpdateOffer, error) {
	l.leave()
	l.after = ctx.Err()
	return *fetchedOffer(app.ByRestart), nil
}

// Who closes the dialog while the version is prepared goes on working.
func TestUpdateIsLeftForLater(t *testing.T) {
	p, backend, told, quits := looking(t, fetchedOffer(app.ByRestart))
	during := &leaving{Backend: backend}
	p.backend = during
	for _, way := range []app.UpdateWay{app.ByRestart, app.ByOpening} {
		s := p.update(*fetchedOffer(way))
		during.leave = s.dialog.Close
		s.dialog.Submit("")
		s.brought(app.UpdateOffer{}, fake.ErrOffline) // what it says of work that was stopped
		if during.after == nil || s.dialog.Open() || *quits != 0 || len(told.Opened)+len(told.Said) != 0 {
			t.Errorf("%s: %v, quit %d times, opened %q, said %q", way, during.after, *quits, told.Opened, told.Said)
		}
	}
}

// What goes wrong is said in the dialog, with a way to try again.
func TestUpdateThatFails(t *testing.T) {
	p, backend, _, quits := looking(t, fake.SampleOffer())
	backend.Err = fake.ErrOffline
	s := p.update(*fake.SampleOffer())
	if !strings.Contains(said(p), fault.Sentence(fake.ErrOffline)) {
		t.Errorf("said %s", said(p))
	}
	backend.Err = nil
	press(t, p, "Try again")
	if s.dialog.Sheet().Title != "Version 1.2.0 is ready" {
		t.Error(s.dialog.Sheet().Title)
	}
	backend.Err = fake.ErrOffline
	press(t, p, "Restart now")
	if *quits != 0 || s.dialog.Sheet().Title != "Update to 1.2.0" {
		t.Errorf("%s, quit %d times", s.dialog.Sheet().Title, *quits)
	}
}

func TestUpdateIsStopped(t *testing.T) {
	p, _, told, _ := looking(t, fake.SampleOffer())
	s := p.newUpdateSheet(*fake.SampleOffer())
	stops := 0
	s.stop = func() { stops++ }
	s.working()
	press(t, p, "Cancel")
	press(t, p, "Cancel")
	s.fetched(app.UpdateOffer{}, context.Canceled)
	if stops != 1 || s.dialog.Open() || len(told.Said) != 0 {
		t.Errorf("stopped %d times, said %q", stops, told.Said)
	}
}

// Behind a closed dialog it ends with a word.
func TestUpdateBehindAClosedDialog(t *testing.T) {
	p, _, told, _ := looking(t, fake.SampleOffer())
	s := p.newUpdateSheet(*fake.SampleOffer())
	s.working()
	s.dialog.Close()
	s.fetched(*fetchedOffer(app.ByRestart), nil)
	s.fetched(app.UpdateOffer{}, fake.ErrOffline)
	if s.dialog.Open() || len(told.Said) != 2 || told.Said[0] != "Version 1.2.0 is ready" || told.Said[1] != fault.Sentence(fake.ErrOffline) {
		t.Errorf("said %q", told.Said)
	}
}

// Thousands of steps are drawn a hundred times.
func TestProgressIsCalm(t *testing.T) {
	p, _, _, _ := looking(t, fake.SampleOffer())
	s := p.newUpdateSheet(*fake.SampleOffer())
	s.working()
	tell, drawn, last := s.advance(), 0, ""
	for done := range int64(5000) {
		if tell(done, 5000); s.count.Text() != last {
			drawn, last = drawn+1, s.count.Text()
		}
	}
	if drawn > 101 || drawn < 50 {
		t.Errorf("drawn %d times", drawn)
	}
}

func TestUpdateDialogsFit(t *testing.T) {
	stage.Everywhere(t, func(t *testing.T, width, height float32) {
		p, b, _ := openedIn(t, width, height)
		b.Newer = app.Updates{Can: true, Version: "v1.1.0", Offer: fake.SampleOffer()}
		p.show()
		p.scroll.ScrollToBottom()
		stage.Fits(t, "updates", p.host.Window)
		s := p.newUpdateSheet(*fake.SampleOffer())
		for title, show := range map[string]func(){
			"news": func() { p.showNews(*fake.SampleOffer()) }, "working": s.working, "ready": s.ready, "failed": func() { s.failed(fake.ErrOffline, func() {}) },
		} {
			show()
			stage.Fits(t, title, p.host.Window)
			openDialog(p).Close()
		}
	})
}
