package creator

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/ui/internal/fake"
	"github.com/stratosdrive/stratosdrive/ui/internal/shots"
	"github.com/stratosdrive/stratosdrive/ui/internal/stage"
	"github.com/stratosdrive/stratosdrive/ui/page"
	"github.com/stratosdrive/stratosdrive/ui/widgets"
)

// creatorOf is a backend with a channel of its own, and two that are followed.
func creatorOf() *fake.Backend {
	b := fake.Full()
	b.Channel, b.News = fake.SampleChannel(), fake.SampleNews()
	return b
}

func shown(t *testing.T, b *fake.Backend, arg string) (*Page, *stage.Told) {
	t.Helper()
	host, told := stage.Host(t, 940, 520)
	p := New(host, b, arg)
	stage.Put(host, p)
	return p, told
}

func TestPictures(t *testing.T) {
	bare := fake.Full()
	bare.Channel = &app.ChannelInfo{Owner: fake.Address, Title: "Boats", Own: true}
	waiting := creatorOf()
	waiting.Channel.Waiting = 2
	older := creatorOf()
	older.News.Channels[0].Problem, older.News.Channels[0].Older = "This network address shows an older page of the channel than was seen before. Ask again later, or choose another address in the settings.", true
	quiet := creatorOf()
	quiet.News.Items = nil
	shots.InBoth(t, func(t *testing.T, mode string) {
		for name, c := range map[string]struct {
			backend *fake.Backend
			arg     string
		}{
			"own": {creatorOf(), ""}, "waiting": {waiting, ""}, "bare": {bare, ""}, "none": {fake.Empty(), ""}, "error": {fake.Broken(), ""},
			"news": {creatorOf(), Following}, "older": {older, Following}, "quiet": {quiet, Following}, "nobody": {fake.Empty(), Following}, "offline": {fake.Broken(), Following},
		} {
			p, _ := shown(t, c.backend, c.arg)
			shots.Match(t, name+"-"+mode, p.host.Window)
		}
	})
}

func TestDialogPictures(t *testing.T) {
	shots.InBoth(t, func(t *testing.T, mode string) {
		for name, open := range map[string]func(p *Page){
			"channel": func(p *Page) { p.askChannel(p.own) }, "period": (*Page).askPeriod, "audience": func(p *Page) { p.askAudience("a.mp4") }, "follow": func(p *Page) { p.askFollow() },
			"publish": (*Page).publish,
		} {
			p, _ := shown(t, creatorOf(), "")
			open(p)
			shots.Match(t, "ask-"+name+"-"+mode, p.host.Window)
		}
		p, _ := shown(t, creatorOf(), Following)
		p.open(p.news.Items[0])
		shots.Match(t, "ask-subscribe-"+mode, p.host.Window)
	})
}

func dialog(t *testing.T, p *Page) *widgets.Dialog {
	t.Helper()
	d, there := p.host.Canvas().Overlays().Top().(*widgets.Dialog)
	if !there {
		t.Fatal("no dialog is shown")
	}
	return d
}

// Both views, the order of their rows, and what a row says.
func TestRows(t *testing.T) {
	own, news := fake.SampleChannel().Items, fake.SampleNews()
	for i, want := range []widgets.FileView{
		{Icon: "file", Name: "Harbour map", Second: "For everybody", StatusText: "Not published yet", Size: "22 MB"},
		{Icon: "film", Name: "Interview with a caulker", Second: "For subscribers", Mark: "check", MarkTone: widgets.Good, Changed: "Friday", Size: "41:00"},
	} {
		if got := ownRow(own[i], fake.Now); got != want {
			t.Errorf("got %+v, want %+v", got, want)
		}
	}
	periods := slices.Clone(news.Channels[0].Periods)
	for state, want := range map[app.PeriodState]string{app.NotSubscribed: "For subscribers", app.AwaitsCreator: "Waiting for the creator", app.AwaitsUnlock: "Waiting for the creator"} {
		periods[0].State = state
		if got := newsRow(news.Items[0], periods, fake.Now).StatusText; got != want {
			t.Errorf("%s: %s", state, got)
		}
	}
	if got := newsRow(news.Items[1], nil, fake.Now); got.StatusText != "New" || got.Second != "Night trains" {
		t.Errorf("%+v", got)
	}
	if got := newsRow(news.Items[2], nil, fake.Now); got.StatusText != "" || got.Second != "Paper" {
		t.Errorf("%+v", got)
	}
}

func TestBanner(t *testing.T) {
	for want, c := range map[string]app.ChannelInfo{
		"": {Published: true}, "Others do not": {Published: true, Changes: 1}, "Nobody sees": {Changes: 1},
		"Followers who paid": {Published: true, Waiting: 1, Changes: 1}, "Gone.": {Problem: "Gone.", Waiting: 1},
	} {
		if got, _ := banner(c); !strings.HasPrefix(got, want) || (got == "") != (want == "") {
			t.Errorf("%q: %q", want, got)
		}
	}
}

func TestPaths(t *testing.T) {
	for name, want := range map[string]string{"/d/a.mp4": "a.mp4", "/d/x/a b.txt": "x/a b.txt", "/d": "", "/e/a": "", "/": "", "/d2/a": ""} {
		if got, ok := inDrive("/d", name); ok != (want != "") || ok && got != want {
			t.Errorf("%s: %s, %v", name, got, ok)
		}
	}
	if _, ok := inDrive("", "/a"); ok {
		t.Error("without a drive there is no path in it")
	}
}

// Publishing is possible when there is something to publish.
func TestPublishWhenThereIsSomething(t *testing.T) {
	for name, c := range map[string]struct {
		set  func(*app.ChannelInfo)
		want bool
	}{
		"changes": {func(*app.ChannelInfo) {}, true}, "nothing": {func(c *app.ChannelInfo) { c.Changes = 0 }, false},
		"waiting": {func(c *app.ChannelInfo) { c.Changes, c.Waiting = 0, 1 }, true}, "never": {func(c *app.ChannelInfo) { c.Changes, c.Published = 0, false }, true},
	} {
		b := creatorOf()
		c.set(b.Channel)
		p, _ := shown(t, b, "")
		buttons := p.buttons
		if publish := buttons[len(buttons)-1].(*widgets.Button); publish.Disabled() == c.want {
			t.Errorf("%s: it is %v", name, !publish.Disabled())
		}
	}
	b := creatorOf()
	p, _ := shown(t, b, "")
	test.Tap(p.buttons[2].(*widgets.Button))
	d := dialog(t, p)
	if d.Sheet().Title != "Publish your channel" || slices.ContainsFunc(b.Calls, func(c string) bool { return strings.HasPrefix(c, "publish") }) {
		t.Errorf("%s, %q", d.Sheet().Title, b.Calls)
	}
}

// What is open leads on; what is for subscribers offers what opens it, and says
// what that means before anything is paid.
func TestOpening(t *testing.T) {
	b := creatorOf()
	p, told := shown(t, b, Following)
	p.list.OnOpen(1)
	if len(told.Routes) != 1 || told.Routes[0] != (page.Route{Page: page.Link, Arg: "sds://" + fake.Artist + "_12"}) {
		t.Fatalf("leads to %+v", told.Routes)
	}
	p.list.OnOpen(0)
	d := dialog(t, p)
	if s := d.Sheet(); s.Title != "Subscribe to Night trains" || !strings.Contains(s.Text, "nothing is refunded") || !strings.Contains(s.Text, "next online") || !strings.Contains(s.Text, "on the chain") {
		t.Errorf("%q %q", s.Title, s.Text)
	}
	d.Submit("")
	if !b.Asked("subscribe to w of " + fake.Artist) {
		t.Errorf("asked %q", b.Calls)
	}
	b.News.Channels[0].Periods[0].State = app.AwaitsCreator
	b.Err = fault.Say(nil, "You paid, and wait.")
	p.host.Canvas().Overlays().Remove(d)
	p.open(p.news.Items[0])
	if !slices.Contains(told.Said, "You paid, and wait.") {
		t.Errorf("said %q", told.Said)
	}
}

// A link to a channel offers to follow it.
func TestChannelLink(t *testing.T) {
	b := creatorOf()
	link := app.ChannelLink(fake.Artist)
	p, _ := shown(t, b, link)
	d := dialog(t, p)
	if p.view != newsView || d.Sheet().Focus.(*widgets.Field).Text != link || app.CheckLink(link) != nil || app.CheckLink(link[:30]) == nil {
		t.Errorf("offers %q", d.Sheet().Title)
	}
	d.Submit("")
	if !b.Asked("follow " + link) {
		t.Errorf("asked %q", b.Calls)
	}
}

func TestMenus(t *testing.T) {
	b := creatorOf()
	p, told := shown(t, b, "")
	p.menu(p.item(1))[1].Action()
	p.list.Select(3)
	if !p.key(&fyne.KeyEvent{Name: fyne.KeyDelete}) || p.key(&fyne.KeyEvent{Name: fyne.KeyReturn}) {
		t.Error("the Delete key is not taken")
	}
	if !b.Asked("take off 03") || !b.Asked("take off 01") {
		t.Errorf("asked %q", b.Calls)
	}
	p.views.Choose(int(newsView))
	items := p.menu(p.item(0))
	items[1].Action()
	items[2].Action()
	if !b.Asked("unfollow "+fake.Artist) || !slices.Equal(told.Copied, []string{app.ChannelLink(fake.Artist)}) {
		t.Errorf("asked %q, copied %q", b.Calls, told.Copied)
	}
	if p.key(&fyne.KeyEvent{Name: fyne.KeyDelete}) {
		t.Error("what others published cannot be taken off")
	}
	p.Leave()
	if !b.Asked("looked at "+fake.Artist) || b.Asked("looked at "+fake.Storage) {
		t.Errorf("asked %q", b.Calls)
	}
}

// Forms do what they say, and say what goes wrong.
func TestForms(t *testing.T) {
	b := fake.Full()
	p, _ := shown(t, b, "")
	p.askChannel(app.ChannelInfo{})
	form := dialog(t, p)
	form.Submit("")
	if b.Channel != nil {
		t.Fatal("a channel without a title")
	}
	form.Sheet().Focus.(*widgets.Field).SetText("Boats")
	form.Submit("")
	if b.Channel == nil || b.Channel.Title != "Boats" || b.Channel.ByHand || form.Open() || p.own.Title != "Boats" {
		t.Fatalf("made %+v", b.Channel)
	}
	p.askPeriod()
	form = dialog(t, p)
	form.Sheet().Focus.(*widgets.Field).SetText("2")
	form.Submit("")
	p.askAudience("Films/sea.mp4")
	dialog(t, p).Submit("")
	p.askFollow()
	form = dialog(t, p)
	form.Sheet().Focus.(*widgets.Field).SetText(fake.Artist)
	b.Err = errors.New("no")
	form.Submit("")
	if !form.Open() {
		t.Error("what was typed is lost")
	}
	for _, call := range []string{"period until 2026-12-22 for 2", "add Films/sea.mp4 for []", "follow " + fake.Artist} {
		if !b.Asked(call) {
			t.Errorf("%s was not asked: %q", call, b.Calls)
		}
	}
}

// The page shows what comes, and nothing of the view that was left.
func TestFollows(t *testing.T) {
	b := creatorOf()
	p, _ := shown(t, b, "")
	b.Channel.Title = "Ships"
	p.Follow(app.Event{Kind: app.DriveChanged})
	if p.own.Title != "Boats of Lisbon" {
		t.Error("read again for nothing")
	}
	p.Follow(app.Event{Kind: app.ChannelsChanged})
	if p.own.Title != "Ships" {
		t.Error("the new page is not shown")
	}
	p.views.Choose(int(newsView))
	p.showOwn(app.ChannelInfo{Title: "late"}, nil)
	if p.own.Title == "late" || p.list.Len() != 3 {
		t.Error("the view that was left is shown")
	}
}
