package shared

import (
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/ui/internal/fake"
	"github.com/stratosdrive/stratosdrive/ui/internal/shots"
	"github.com/stratosdrive/stratosdrive/ui/page"
	"github.com/stratosdrive/stratosdrive/ui/widgets"
)

// states are all states of a link, with what each lets a person do.
var states = []struct {
	state              app.LinkState
	path               string
	ended, again, last bool // last: it stands below those that work
	actions            string
}{
	{app.LinkActive, "a.pdf", false, false, false, "Show it, with its code|Copy link|Open it as others see it|Stop link"},
	{app.LinkActive, "", false, false, false, "Show it, with its code|Copy link|Open it as others see it|Stop link"},
	{app.LinkUnfinished, "a.mkv", false, false, false, "Stop link"},
	{app.LinkStopped, "a.pdf", true, true, true, "Share again|Take off the list"},
	{app.LinkExpired, "a.pdf", true, true, true, "Share again|Take off the list"},
	{app.LinkGone, "a.pdf", true, true, true, "Share again|Take off the list"},
	{app.LinkExpired, "", true, false, true, "Take off the list"},
}

func TestWhatEachStateLetsDo(t *testing.T) {
	p, _, _ := withLinks(t, nil)
	for _, c := range states {
		l := app.Link{ID: "x", Name: "a", Path: c.path, State: c.state}
		if ended(l) != c.ended || canShareAgain(l) != c.again || rank(l) == 1 != c.last {
			t.Errorf("%s %q: ended %v, again %v, rank %d", c.state, c.path, ended(l), canShareAgain(l), rank(l))
		}
		if got := strings.Join(words(p.actions(l)), "|"); got != c.actions {
			t.Errorf("%s %q: %s", c.state, c.path, got)
		}
	}
}

func TestKindsOfLinks(t *testing.T) {
	for _, c := range []struct {
		l            app.Link
		icon, second string
	}{
		{app.Link{Name: "a.pdf", Path: "a.pdf"}, "link", "Private"},
		{app.Link{Name: "a.pdf", Path: "Work/Portugal/a.pdf"}, "link", "Private, Work / Portugal"},
		{app.Link{Name: "a.pdf"}, "link", "Private"},
		{app.Link{Name: "Work", Path: "Work", Folder: true, Files: 1}, "folder", "Private, 1 file"},
		{app.Link{Name: "Work", Path: "All/Work", Folder: true, Files: 51}, "folder", "Private, 51 files, All"},
		{app.Link{Name: "a.pdf", Path: "a.pdf", Public: true}, "globe", "Public"},
		{app.Link{Name: "Sea", Path: "Films/sea.mkv", Public: true, AppLink: "stos://x?card=y"}, "film", "Public video, Films"},
		{app.Link{Name: "Sea", Path: "sea.mkv", Public: true, Unfinished: true, State: app.LinkUnfinished}, "film", "Public"},
	} {
		if got := row(c.l, fake.Now); got.Icon != c.icon || got.Second != c.second {
			t.Errorf("%+v: %q, %q", c.l, got.Icon, got.Second)
		}
	}
	if got := row(app.Link{State: app.LinkUnfinished, Size: 5, Created: fake.Now}, fake.Now); got.Size != "" || got.Changed != "" {
		t.Errorf("what is not finished has a size or a day: %+v", got)
	}
}

func TestHowLongLinksWork(t *testing.T) {
	for want, left := range map[string]time.Duration{"2 days left": 48 * time.Hour, "About 5 hours left": 5*time.Hour + time.Minute} {
		if got := state(app.Link{State: app.LinkActive, Expires: fake.Now.Add(left)}, fake.Now); got != want {
			t.Errorf("%v: %q", left, got)
		}
	}
}

// What a search finds holds all of its words, in the name or the path.
func TestSearchingLinks(t *testing.T) {
	links := []app.Link{
		{ID: "1", Name: "Budget.xlsx", Path: "Work/Budget.xlsx", State: app.LinkActive, Created: fake.Now.Add(-time.Hour)},
		{ID: "2", Name: "Sea", Path: "Films/Portugal/sea.mkv", State: app.LinkActive, Created: fake.Now},
		{ID: "3", Name: "Old", Path: "Work/old.bin", State: app.LinkStopped, Created: fake.Now.Add(time.Hour)},
	}
	for search, want := range map[string]string{
		"": "213", "  ": "213", "work": "13", "WORK budget": "1", "sea portugal": "2", "sea work": "", "nothing": "", ".": "213",
	} {
		got := ""
		for _, l := range ordered(links, search) {
			got += l.ID
		}
		if got != want {
			t.Errorf("%q: %s, want %s", search, got, want)
		}
	}
}

func TestWhatStoppingDoes(t *testing.T) {
	for part, l := range map[string]app.Link{
		"taken back":         {State: app.LinkUnfinished, AppLink: "stos://x"},
		"begin to watch it":  {State: app.LinkActive, AppLink: "stos://x"},
		"already downloaded": {State: app.LinkActive},
	} {
		if got := stopping(l); !strings.Contains(got, part) || !strings.HasSuffix(got, "Your file is not touched.") {
			t.Errorf("%+v: %s", l, got)
		}
	}
}

func TestDialogPictures(t *testing.T) {
	shots.InBoth(t, func(t *testing.T, mode string) {
		p, _, _ := withLinks(t, published())
		p.askStop(p.shown[0])
		shots.Match(t, "stop-"+mode, p.host.Window)
		p, _, _ = withLinks(t, over())
		p.search.SetText("nowhere")
		shots.Match(t, "nothing-"+mode, p.host.Window)
		p.askLink()
		dialog(t, p).Sheet().Focus.(*widgets.Field).SetText("https://example.org")
		shots.Match(t, "open-wrong-"+mode, p.host.Window)
	})
}

func dialog(t *testing.T, p *Page) *widgets.Dialog {
	t.Helper()
	d, ok := p.host.Canvas().Overlays().Top().(*widgets.Dialog)
	if !ok {
		t.Fatal("there is no dialog")
	}
	return d
}

func TestWhatFailsIsSaid(t *testing.T) {
	p, backend, told := withLinks(t, over())
	backend.Err = fake.ErrOffline
	for i, do := range []func(){
		func() { p.askStop(p.shown[0]); dialog(t, p).Submit("") },
		func() { p.forgetLink(over()[1]) },
	} {
		if do(); len(told.Said) != i+1 || told.Said[i] != fault.Sentence(fake.ErrOffline) {
			t.Errorf("%d: said %q", i, told.Said)
		}
	}
	backend.Err = nil
	p.reload()
	if p.list.Len() != 3 {
		t.Error("the links do not come back")
	}
}

func TestKeepingALink(t *testing.T) {
	p, backend, _ := withLinks(t, over())
	p.askStop(p.shown[0])
	d := dialog(t, p)
	test.Tap(d.Sheet().Buttons[0])
	if d.Open() || backend.Asked("stop f") {
		t.Errorf("%v", backend.Calls)
	}
}

func TestNothingIsDoneWithNothing(t *testing.T) {
	p, backend, told := withLinks(t, over())
	backend.Calls = nil
	for _, b := range []*widgets.Button{p.copy, p.stop, p.forget} {
		b.Enable()
		test.Tap(b)
	}
	if p.key(&fyne.KeyEvent{Name: fyne.KeyDelete}) || len(backend.Calls) != 0 || len(told.Copied) != 0 {
		t.Errorf("%v, %v", backend.Calls, told.Copied)
	}
	p.show(app.Link{State: app.LinkGone}) // it cannot be shared again
	if p.host.Canvas().Overlays().Top() != nil {
		t.Error("a dialog about nothing")
	}
}

func TestTheEmptyPageLeadsToTheDrive(t *testing.T) {
	p, _, told := withLinks(t, nil)
	for _, o := range test.LaidOutObjects(p.body) {
		if b, ok := o.(*widgets.Button); ok {
			test.Tap(b)
		}
	}
	if len(told.Routes) != 1 || told.Routes[0].Page != page.Drive {
		t.Errorf("%v", told.Routes)
	}
}

// A choice stays with its link when the list changes around it.
func TestTheChoiceStays(t *testing.T) {
	p, backend, _ := withLinks(t, over())
	p.list.Select(1)
	chosen, _ := p.selected()
	backend.LinkList = append([]app.Link{{ID: "new", Name: "New", State: app.LinkActive, Created: fake.Now}}, over()...)
	p.Follow(app.Event{Kind: app.LinksChanged})
	if after, ok := p.selected(); !ok || after.ID != chosen.ID {
		t.Errorf("%q was chosen, now %q", chosen.ID, after.ID)
	}
	backend.LinkList = over()[:1]
	if p.Follow(app.Event{Kind: app.SetupChanged}); p.list.Selected() != -1 {
		t.Error("a link is chosen that is gone")
	}
}
