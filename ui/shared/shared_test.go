package shared

import (
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/ui/internal/fake"
	"github.com/stratosdrive/stratosdrive/ui/internal/shots"
	"github.com/stratosdrive/stratosdrive/ui/internal/stage"
	"github.com/stratosdrive/stratosdrive/ui/widgets"
)

func TestPictures(t *testing.T) {
	shots.InBoth(t, func(t *testing.T, mode string) {
		for name, backend := range map[string]*fake.Backend{"full": fake.Full(), "empty": fake.Empty(), "error": fake.Broken()} {
			host, _ := stage.Host(t, 1064, 480)
			stage.Put(host, New(host, backend, false))
			shots.Match(t, name+"-"+mode, host.Window)
		}
	})
}

func TestRows(t *testing.T) {
	links := ordered(fake.Full().LinkList, "")
	want := []widgets.FileView{
		{Icon: "link", Name: "Contract draft.pdf", Second: "Private, Work / Portugal", StatusText: "2 days left", Changed: "Friday", Size: "1.1 MB"},
		{Icon: "globe", Name: "Lisbon harbour.mp4", Second: "Public", StatusText: "No end", Changed: "2 Nov", Size: "1.8 GB"},
	}
	for i, l := range links {
		if got := row(l, fake.Now); got != want[i] {
			t.Errorf("%d:\n got %+v\nwant %+v", i, got, want[i])
		}
	}
	for want, l := range map[string]app.Link{
		"Ended": {State: app.LinkExpired, Expires: fake.Now}, "Stopped": {State: app.LinkStopped}, "Not on the network": {State: app.LinkGone},
		"Not finished": {State: app.LinkUnfinished}, "No end": {State: app.LinkActive},
	} {
		if got := row(l, fake.Now).StatusText; got != want {
			t.Errorf("%s, want %s", got, want)
		}
	}
	folder := row(over()[0], fake.Now)
	if folder.Icon != "folder" || folder.Second != "Private, 51 files, Work" {
		t.Errorf("%+v", folder)
	}
}

func opened(t *testing.T) (*Page, *fake.Backend, *stage.Told) {
	t.Helper()
	backend := fake.Full()
	host, told := stage.Host(t, 900, 560)
	p := New(host, backend, false)
	stage.Put(host, p)
	return p, backend, told
}

func TestCopyAndStopNeedALink(t *testing.T) {
	p, backend, told := opened(t)
	if !p.copy.Disabled() || !p.stop.Disabled() {
		t.Error("nothing is selected")
	}
	test.Tap(p.copy)
	p.list.Select(1)
	test.Tap(p.copy)
	if len(told.Copied) != 1 || told.Copied[0] != "sds://u83Hd72kLs" {
		t.Errorf("copied %q", told.Copied)
	}
	test.Tap(p.stop)
	d := p.host.Canvas().Overlays().Top().(*widgets.Dialog)
	if backend.Asked("stop 2") {
		t.Error("stopped without asking")
	}
	d.Submit("")
	if !backend.Asked("stop 2") || d.Open() {
		t.Errorf("%v", backend.Calls)
	}
}

func TestOpeningShowsTheLink(t *testing.T) {
	p, _, _ := opened(t)
	p.list.OnOpen(0)
	if d := p.host.Canvas().Overlays().Top().(*widgets.Dialog); d.Sheet().Title != "Link to Contract draft.pdf" {
		t.Error(d.Sheet().Title)
	}
}

func TestLinksAreFollowed(t *testing.T) {
	p, backend, _ := opened(t)
	backend.LinkList = backend.LinkList[:1]
	p.Follow(app.Event{Kind: app.WalletChanged})
	if p.list.Len() != 2 {
		t.Error("read again for nothing")
	}
	p.Follow(app.Event{Kind: app.LinksChanged})
	if p.list.Len() != 1 {
		t.Error("the new list is not shown")
	}
	p.Leave()
}

// published are links as they are with a video that is out and one that was cut
// off on its way.
func published() []app.Link {
	return []app.Link{
		{ID: "k", Name: "Interview cut 3", Path: "Work/Portugal/Interview cut 3.mov", Public: true, Unfinished: true, State: app.LinkUnfinished},
		{
			ID: "v", Name: "A day at sea", Path: "Films/sea.mkv", Public: true, Link: "sds://u83Hd7_4f", Size: 640_000_000, Seconds: 754,
			AppLink: "stos://u83Hd7_4f?card=Qk29X", Created: fake.Now.Add(-time.Hour), Expires: fake.Now.Add(48 * time.Hour), State: app.LinkActive,
		},
	}
}

func TestPublishedVideosPicture(t *testing.T) {
	shots.InBoth(t, func(t *testing.T, mode string) {
		backend := fake.Full()
		backend.LinkList = append(published(), backend.LinkList...)
		host, _ := stage.Host(t, 1064, 480)
		p := New(host, backend, false)
		stage.Put(host, p)
		shots.Match(t, "published-"+mode, host.Window)
	})
}

func TestPublishedVideosAreGivenAwayAndStopped(t *testing.T) {
	backend := fake.Full()
	backend.LinkList = published()
	host, told := stage.Host(t, 900, 560)
	p := New(host, backend, false)
	stage.Put(host, p)
	for i, l := range p.shown {
		p.list.Select(i)
		if p.copy.Disabled() != l.Unfinished || p.stop.Disabled() {
			t.Errorf("%s: copy %v", l.Name, !p.copy.Disabled())
		}
		test.Tap(p.copy)
		if l.Unfinished {
			p.list.OnOpen(i)
			if len(told.Said) == 0 || !strings.Contains(told.Said[len(told.Said)-1], "cut off") {
				t.Error(told.Said)
			}
		}
		if words := stopping(l); l.Unfinished == strings.Contains(words, "two days") {
			t.Error(words)
		}
	}
	if len(told.Copied) != 1 || told.Copied[0] != "stos://u83Hd7_4f?card=Qk29X" {
		t.Error(told.Copied)
	}
}

// over are links that have ended, and one to a folder that works.
func over() []app.Link {
	return []app.Link{
		{ID: "f", Name: "Portugal", Path: "Work/Portugal", Folder: true, Files: 51, Link: fake.FolderLink, Size: 1_908_600_000, Created: fake.Now, State: app.LinkActive},
		{ID: "s", Name: "Budget.xlsx", Path: "Work/Budget.xlsx", Size: 212_000, Created: fake.Now.Add(-time.Hour), State: app.LinkStopped},
		{ID: "g", Name: "old.bin", Size: 9, Created: fake.Now.Add(-48 * time.Hour), Public: true, State: app.LinkGone},
	}
}

func withLinks(t *testing.T, links []app.Link) (*Page, *fake.Backend, *stage.Told) {
	t.Helper()
	backend := fake.Full()
	backend.LinkList = links
	host, told := stage.Host(t, 1064, 480)
	p := New(host, backend, true)
	stage.Put(host, p)
	return p, backend, told
}

func TestEndedLinksPicture(t *testing.T) {
	shots.InBoth(t, func(t *testing.T, mode string) {
		p, _, _ := withLinks(t, append(over(), fake.Full().LinkList...))
		p.list.Select(3)
		shots.Match(t, "ended-"+mode, p.host.Window)
		p.askLink()
		shots.Match(t, "open-"+mode, p.host.Window)
	})
}

func TestSearch(t *testing.T) {
	p, _, _ := withLinks(t, append(over(), fake.Full().LinkList...))
	if p.shown[len(p.shown)-1].ID != "g" || p.shown[0].ID != "f" {
		t.Error("what ended does not stand last")
	}
	p.Search()
	p.list.Select(0)
	p.search.SetText("port WORK")
	if len(p.shown) != 2 || p.list.Selected() != 0 {
		t.Error(p.shown)
	}
	p.search.SetText("nowhere")
	if len(p.shown) != 0 || p.list.Selected() != -1 {
		t.Error(p.shown)
	}
	if words := summary(p.links); !strings.HasPrefix(words, "Links that work: 3 of 5.") || !strings.Contains(words, "does not tell") {
		t.Error(words)
	}
}

func TestEndedLinksAreForgottenOrSharedAgain(t *testing.T) {
	p, backend, _ := withLinks(t, over())
	p.list.Select(1)
	if !p.copy.Disabled() || p.stop.Visible() || !p.forget.Visible() {
		t.Error("a stopped link can be copied or stopped")
	}
	test.Tap(p.forget)
	if !backend.Asked("forget s") {
		t.Error(backend.Calls)
	}
	p.list.OnOpen(1)
	if d := p.host.Canvas().Overlays().Top().(*widgets.Dialog); d.Sheet().Title != "Share Budget.xlsx" {
		t.Error(d.Sheet().Title)
	} else {
		d.Close()
	}
	p.list.Select(2)
	p.key(&fyne.KeyEvent{Name: fyne.KeyDelete})
	if !backend.Asked("forget g") || p.key(&fyne.KeyEvent{Name: fyne.KeySpace}) {
		t.Error(backend.Calls)
	}
	p.list.Select(0)
	p.key(&fyne.KeyEvent{Name: fyne.KeyDelete})
	if d := p.host.Canvas().Overlays().Top().(*widgets.Dialog); d.Sheet().Title != "Stop the link to Portugal?" {
		t.Error(d.Sheet().Title)
	}
}

func words(items []*fyne.MenuItem) (out []string) {
	for _, item := range items {
		out = append(out, item.Label)
	}
	return out
}

func TestMenus(t *testing.T) {
	p, _, told := withLinks(t, over())
	for i, want := range []string{
		"Show it, with its code|Copy link|Open it as others see it|Stop link", "Share again|Take off the list", "Take off the list",
	} {
		if got := strings.Join(words(p.actions(p.shown[i])), "|"); got != want {
			t.Errorf("%d: %s", i, got)
		}
	}
	p.actions(p.shown[0])[2].Action()
	if len(told.Routes) != 1 || told.Routes[0].Arg != fake.FolderLink {
		t.Error(told.Routes)
	}
}

func TestALinkIsOpened(t *testing.T) {
	p, _, told := withLinks(t, nil)
	p.askLink()
	d := p.host.Canvas().Overlays().Top().(*widgets.Dialog)
	field, open := d.Sheet().Focus.(*widgets.Field), d.Sheet().Buttons[1]
	for _, text := range []string{"", "http://example.org", "stos://abc", fake.FolderLink[:40], "sds://x"} {
		if field.SetText(text); !open.Disabled() {
			t.Errorf("%q can be opened", text)
		}
	}
	field.SetText(" " + fake.FolderLink + " ")
	d.Submit("")
	if len(told.Routes) != 1 || told.Routes[0].Page != "link" || told.Routes[0].Arg != fake.FolderLink {
		t.Error(told.Routes)
	}
}
