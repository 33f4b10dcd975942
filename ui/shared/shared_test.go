package shared

import (
	"strings"
	"testing"
	"time"

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
			stage.Put(host, New(host, backend))
			shots.Match(t, name+"-"+mode, host.Window)
		}
	})
}

func TestRows(t *testing.T) {
	links := ordered(fake.Full().LinkList)
	want := []widgets.FileView{
		{Icon: "link", Name: "Contract draft.pdf", Second: "Private, Work / Portugal", StatusText: "2 days left", Changed: "Friday", Size: "1.1 MB"},
		{Icon: "globe", Name: "Lisbon harbour.mp4", Second: "Public", StatusText: "No end", Changed: "2 Nov", Size: "1.8 GB"},
	}
	for i, l := range links {
		if got := row(l, fake.Now); got != want[i] {
			t.Errorf("%d:\n got %+v\nwant %+v", i, got, want[i])
		}
	}
	if got := row(app.Link{Expires: fake.Now}, fake.Now).StatusText; got != "Ended" {
		t.Error(got)
	}
}

func opened(t *testing.T) (*Page, *fake.Backend, *stage.Told) {
	t.Helper()
	backend := fake.Full()
	host, told := stage.Host(t, 900, 560)
	p := New(host, backend)
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
		{ID: "k", Name: "Interview cut 3", Path: "Work/Portugal/Interview cut 3.mov", Public: true, Unfinished: true},
		{
			ID: "v", Name: "A day at sea", Path: "Films/sea.mkv", Public: true, Link: "sds://u83Hd7_4f", Size: 640_000_000, Seconds: 754,
			AppLink: "stos://u83Hd7_4f?card=Qk29X", Created: fake.Now.Add(-time.Hour), Expires: fake.Now.Add(48 * time.Hour),
		},
	}
}

func TestPublishedVideosPicture(t *testing.T) {
	shots.InBoth(t, func(t *testing.T, mode string) {
		backend := fake.Full()
		backend.LinkList = append(published(), backend.LinkList...)
		host, _ := stage.Host(t, 1064, 480)
		p := New(host, backend)
		stage.Put(host, p)
		shots.Match(t, "published-"+mode, host.Window)
	})
}

func TestPublishedVideosAreGivenAwayAndStopped(t *testing.T) {
	backend := fake.Full()
	backend.LinkList = published()
	host, told := stage.Host(t, 900, 560)
	p := New(host, backend)
	stage.Put(host, p)
	for i, l := range p.links {
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
