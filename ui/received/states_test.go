package received

import (
	"context"
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
	"github.com/stratosdrive/stratosdrive/ui/page"
	"github.com/stratosdrive/stratosdrive/ui/widgets"
)

// buttons are the words of the buttons that are shown, in their order.
func buttons(p *Page) string {
	var out []string
	for _, o := range test.LaidOutObjects(p.host.Canvas().Content()) {
		if b, ok := o.(*widgets.Button); ok && b.Text() != "" && b.Visible() {
			out = append(out, b.Text())
		}
	}
	return strings.Join(out, "|")
}

// behind is a backend with something behind one link.
func behind(info app.LinkInfo) *fake.Backend {
	b := fake.Full()
	info.Link = link
	b.Behind = fake.Linked{link: info}
	return b
}

func TestWhatCanBeDone(t *testing.T) {
	for name, c := range map[string]struct {
		info     app.LinkInfo
		practice bool
		want     string
	}{
		"a file":         {app.LinkInfo{Kind: app.LinkToFile, Name: "a.pdf", Noz: "1", Have: "9"}, false, "Open|Save to my drive|Save to this computer"},
		"a private film": {app.LinkInfo{Kind: app.LinkToFile, Name: "a.mp4", Video: true, Noz: "1", Have: "9"}, false, "Play|Save to my drive|Save to this computer"},
		"a public video": {app.LinkInfo{Kind: app.LinkToVideo, Name: "Sea", Video: true, Noz: "1", Have: "9"}, false, "Play"},
		"a public file":  {app.LinkInfo{Kind: app.LinkToPublic, Video: true, Noz: "0", Have: "9"}, false, "Play|Save to my drive|Save to this computer"},
		"a folder":       {app.LinkInfo{Kind: app.LinkToFolder, Name: "All", Noz: "1", Have: "9"}, false, "Save all to my drive|Save to this computer"},
		"too dear":       {app.LinkInfo{Kind: app.LinkToFile, Name: "a.pdf", Noz: "10", Have: "9"}, false, "Buy enough ozone|Open|Save to my drive|Save to this computer"},
		"too dear here":  {app.LinkInfo{Kind: app.LinkToFile, Name: "a.pdf", Noz: "10", Have: "9"}, true, "Get ozone for free|Open|Save to my drive|Save to this computer"},
	} {
		p, _ := opened(t, behind(c.info), link, c.practice)
		if got := buttons(p); got != c.want {
			t.Errorf("%s: %s", name, got)
		}
	}
}

func TestWhatIsSaidOfEachKind(t *testing.T) {
	for _, c := range []struct {
		info        app.LinkInfo
		icon, about string
		facts       []fact
	}{
		{
			app.LinkInfo{Kind: app.LinkToFile, Name: "a.PNG", Size: 2_000_000, Noz: "2000000000", Have: "5000000000"},
			"image", "2 MB",
			[]fact{{"Getting it costs", "up to 2 ozone"}, {"You have", "5 ozone"}},
		},
		{
			app.LinkInfo{Kind: app.LinkToFile, Name: "a.zip", Size: 2_000_000, Noz: "0"},
			"file", "2 MB",
			[]fact{{"Getting it costs", "Nothing, it is here"}},
		},
		{
			app.LinkInfo{Kind: app.LinkToFile, Name: "a.mkv", Video: true, Size: 2_000_000, Noz: "1000000000"},
			"film", "2 MB",
			[]fact{{"Watching all of it costs", "up to 1 ozone"}},
		},
		{
			app.LinkInfo{Kind: app.LinkToVideo, Name: "Sea", Video: true, Size: 3_000_000, Noz: "0", Have: "1000000000"},
			"film", "A public video, 3 MB",
			[]fact{{"Getting it costs", "Nothing, it is here"}, {"You have", "1 ozone"}},
		},
		{
			app.LinkInfo{Kind: app.LinkToPublic, Noz: "7", Have: "1000000000"},
			"globe", "The network tells what it is only to who fetches it.",
			[]fact{{"You have", "1 ozone"}},
		},
		{
			app.LinkInfo{Kind: app.LinkToFolder, Name: "All", Files: 1, Size: 5_000, Noz: "0"},
			"folder", "1 file, 5 KB",
			[]fact{{"Getting it costs", "Nothing, it is here"}},
		},
	} {
		got := whole(c.info)
		if got.icon != c.icon || got.about != c.about || !slices.Equal(got.facts, c.facts) {
			t.Errorf("%+v:\n%q %q %+v", c.info, got.icon, got.about, got.facts)
		}
	}
}

func TestIcons(t *testing.T) {
	for name, want := range map[string]string{
		"a.jpg": "image", "a.JPEG": "image", "a.png": "image", "a.gif": "image", "a.webp": "image", "a.tiff": "file", "a": "file", "": "file",
	} {
		if got := iconOf(name, false); got != want {
			t.Errorf("%s: %s", name, got)
		}
	}
	if iconOf("a.jpg", true) != "film" {
		t.Error("a video is no film")
	}
}

func TestMorePictures(t *testing.T) {
	video := app.LinkInfo{Kind: app.LinkToVideo, Name: "A day at sea", Video: true, Size: 640_000_000, From: fake.Storage, Noz: "640000000", Have: "30000000000"}
	poor := app.LinkInfo{Kind: app.LinkToFile, Name: "Contract draft.pdf", Size: 1_100_000, From: fake.Storage, Noz: "1100000", Have: "5"}
	shots.InBoth(t, func(t *testing.T, mode string) {
		for name, c := range map[string]struct {
			info     app.LinkInfo
			practice bool
		}{"video": {video, false}, "short-practice": {poor, true}} {
			p, _ := opened(t, behind(c.info), link, c.practice)
			shots.Match(t, name+"-"+mode, p.host.Window)
		}
		p, _ := opened(t, folder(func(i *app.LinkInfo) {
			i.Way = append(i.Way, app.LinkEntry{Name: "Travel"}, app.LinkEntry{Name: "2026"})
		}), fake.FolderLink, false)
		p.list.Select(0)
		shots.Match(t, "deep-"+mode, p.host.Window)
	})
}

// whileGetting looks at the page while something is fetched.
func whileGetting(t *testing.T, during func(p *Page)) *Page {
	t.Helper()
	p, _ := opened(t, fake.Full(), link, false)
	p.get("Opening it", func(ctx context.Context, progress func(done, total int64)) (string, error) {
		progress(0, 0) // a size that is not known is no news
		progress(250_000, 1_000_000)
		during(p)
		return "/a", ctx.Err()
	}, func(string) {})
	return p
}

func TestWhatIsFetchedShowsHowFarItIs(t *testing.T) {
	p := whileGetting(t, func(p *Page) {
		if !p.getting.running() || p.getting.count.Text() != "250 KB of 1 MB" || buttons(p) != "Stop" {
			t.Errorf("%q, %s", p.getting.count.Text(), buttons(p))
		}
	})
	if p.getting != nil || buttons(p) != "Open|Save to my drive|Save to this computer" {
		t.Error(buttons(p))
	}
}

func TestWhatIsStoppedCanGoOn(t *testing.T) {
	p := whileGetting(t, func(p *Page) { test.Tap(button(t, p, "Stop")) })
	if p.getting == nil || p.getting.running() || !errors.Is(p.getting.failed, context.Canceled) {
		t.Fatalf("%+v", p.getting)
	}
	if got := buttons(p); got != "Go on|Open|Save to my drive|Save to this computer" {
		t.Error(got)
	}
	if got := p.getting.why(); !strings.HasPrefix(got, "Stopped. What has arrived stays here") {
		t.Error(got)
	}
	p.getting.failed = fake.ErrOffline
	if got := p.getting.why(); got != fault.Sentence(fake.ErrOffline) {
		t.Error(got)
	}
}

// A page that was left says what broke, but not what its person stopped.
func TestAfterThePageWasLeft(t *testing.T) {
	for _, c := range []struct {
		err  error
		said []string
	}{{fake.ErrOffline, []string{fault.Sentence(fake.ErrOffline)}}, {context.Canceled, nil}} {
		p, told := opened(t, fake.Full(), link, false)
		p.get("x", func(context.Context, func(done, total int64)) (string, error) { p.Leave(); return "", c.err }, nil)
		if !slices.Equal(told.Said, c.said) {
			t.Errorf("%v: said %q", c.err, told.Said)
		}
	}
}

func TestTryingAgain(t *testing.T) {
	b := fake.Broken()
	p, _ := opened(t, b, link, false)
	if got := buttons(p); got != "Try again" {
		t.Fatal(got)
	}
	b.Err = nil
	if test.Tap(button(t, p, "Try again")); buttons(p) != "Open|Save to my drive|Save to this computer" {
		t.Error(buttons(p))
	}
}

func TestTheWayThroughFolders(t *testing.T) {
	up := app.LinkEntry{Name: "Travel", Link: fake.FolderLink + "/Travel", Folder: true}
	deep := app.LinkEntry{Name: "2026", Link: fake.FolderLink + "/Travel/2026", Folder: true}
	p, told := opened(t, folder(func(i *app.LinkInfo) { i.Way = append(i.Way, up, deep) }), fake.FolderLink, false)
	var links []*widgets.Link
	for _, o := range test.LaidOutObjects(p.title) {
		if l, ok := o.(*widgets.Link); ok {
			links = append(links, l)
		}
	}
	if len(links) != 2 {
		t.Fatalf("%d links lead up", len(links))
	}
	test.Tap(links[0])
	test.Tap(links[1])
	p.key(&fyne.KeyEvent{Name: fyne.KeyBackspace})
	want := []page.Route{{Page: page.Link, Arg: fake.FolderLink}, {Page: page.Link, Arg: up.Link}, {Page: page.Link, Arg: up.Link}}
	if !slices.Equal(told.Routes, want) {
		t.Errorf("%v", told.Routes)
	}
	top, toldTop := opened(t, folder(nil), fake.FolderLink, false)
	if top.key(&fyne.KeyEvent{Name: fyne.KeyBackspace}) || len(toldTop.Routes) != 0 {
		t.Error("there is something above the top")
	}
}

func TestOzoneThatCameIsSeen(t *testing.T) {
	for name, c := range map[string]struct {
		info  app.LinkInfo
		kind  app.EventKind
		looks bool
	}{
		"enough":         {app.LinkInfo{Noz: "1", Have: "9"}, app.WalletChanged, false},
		"too little":     {app.LinkInfo{Noz: "10", Have: "9"}, app.WalletChanged, true},
		"something else": {app.LinkInfo{Noz: "10", Have: "9"}, app.DriveChanged, false},
	} {
		b := behind(c.info)
		p, _ := opened(t, b, link, false)
		b.Calls = nil
		if p.Follow(app.Event{Kind: c.kind}); b.Asked("look at "+link) != c.looks {
			t.Errorf("%s: %v", name, b.Calls)
		}
	}
}

func TestFreeOzoneThatDoesNotCome(t *testing.T) {
	b := fake.Full()
	b.Err = noOzone()
	p, told := opened(t, b, link, true)
	test.Tap(button(t, p, "Get ozone for free"))
	if len(told.Said) != 2 || told.Said[0] != "Getting ozone" || buttons(p) != "Get ozone for free" {
		t.Errorf("said %q, %s", told.Said, buttons(p))
	}
}

func TestWhereSomethingIsSavedIsAsked(t *testing.T) {
	p, _ := opened(t, fake.Full(), link, false)
	test.Tap(button(t, p, "Save to this computer"))
	if _, ok := p.host.Canvas().Overlays().Top().(*widgets.Dialog); !ok {
		t.Error("nobody asks")
	}
}
