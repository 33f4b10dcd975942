package received

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/ui/internal/fake"
	"github.com/stratosdrive/stratosdrive/ui/internal/shots"
	"github.com/stratosdrive/stratosdrive/ui/internal/stage"
	"github.com/stratosdrive/stratosdrive/ui/page"
	"github.com/stratosdrive/stratosdrive/ui/widgets"
)

const link = "stos://7Fh2kQ9xW4#mXv0b3J1l6TqZpKcR8sNdYgUaEwHiOtL5fBxM2C4n7k"

// noOzone is how the network refuses who has none.
func noOzone() error { return fmt.Errorf("open: %w", app.ErrNoOzone) }

func folder(change func(*app.LinkInfo)) *fake.Backend {
	b, info := fake.Full(), fake.SampleFolder()
	if change != nil {
		change(&info)
	}
	b.Behind = fake.Linked{fake.FolderLink: info}
	return b
}

func opened(t *testing.T, b *fake.Backend, what string, practice bool) (*Page, *stage.Told) {
	t.Helper()
	host, told := stage.Host(t, 1064, 560)
	p := New(host, b, what, practice)
	stage.Put(host, p)
	return p, told
}

func TestPictures(t *testing.T) {
	poor := func(i *app.LinkInfo) { i.Have = "200000" }
	broken, none := fake.Broken(), fake.Full()
	none.Err = noOzone()
	public := fake.Full()
	public.Behind = fake.Linked{"sds://u83Hd72kLs": {Link: "sds://u83Hd72kLs", Kind: app.LinkToPublic, Video: true, Noz: "0", Have: "30000000000"}}
	shots.InBoth(t, func(t *testing.T, mode string) {
		for name, c := range map[string]struct {
			b    *fake.Backend
			link string
		}{
			"file": {fake.Full(), link}, "folder": {folder(nil), fake.FolderLink}, "short": {folder(poor), fake.FolderLink},
			"empty": {folder(func(i *app.LinkInfo) { i.Entries, i.Files, i.Size, i.Noz = nil, 0, 0, "0" }), fake.FolderLink},
			"error": {broken, link}, "no-ozone": {none, link}, "public": {public, "sds://u83Hd72kLs"},
		} {
			p, _ := opened(t, c.b, c.link, false)
			shots.Match(t, name+"-"+mode, p.host.Window)
		}
		p, _ := opened(t, folder(nil), fake.FolderLink, false)
		p.list.Select(1)
		shots.Match(t, "chosen-"+mode, p.host.Window)
	})
}

func TestGettingPictures(t *testing.T) {
	shots.InBoth(t, func(t *testing.T, mode string) {
		p, _ := opened(t, fake.Full(), link, false)
		p.get("Saving it into your drive…", func(context.Context, func(int64, int64)) (string, error) {
			p.getting.advance(400_000, 1_100_000)
			shots.Match(t, "getting-"+mode, p.host.Window)
			return "", context.Canceled
		}, nil)
		shots.Match(t, "stopped-"+mode, p.host.Window)
	})
}

func TestWhatIsSaid(t *testing.T) {
	info := fake.SampleFolder()
	all := whole(info)
	if all.about != "51 files, 1.9 GB" || !all.folder || all.play || all.open || all.short {
		t.Errorf("%+v", all)
	}
	want := []fact{{"Shared by", "st1sto…000a"}, {"Getting it costs", "up to 1.9 ozone"}, {"You have", "30 ozone"}}
	if len(all.facts) != 3 || all.facts[1] != want[1] || all.facts[2] != want[2] {
		t.Errorf("%+v", all.facts)
	}
	info.Noz = "0"
	if f := factsOf(info)[1]; f.value != "Nothing, it is here" {
		t.Error(f)
	}
	video := part(info.Entries[1], fake.Now)
	if !video.play || video.open || video.icon != "film" || video.facts[0].label != "Changed" {
		t.Errorf("%+v", video)
	}
	if picture := part(info.Entries[2], fake.Now); picture.icon != "image" || !picture.open || picture.play {
		t.Errorf("%+v", picture)
	}
	if r := row(info.Entries[0], fake.Now); r.Icon != "folder" || r.StatusText != "48 files" || r.Size != "100 MB" {
		t.Errorf("%+v", r)
	}
	if saveWord(all) == saveWord(video) {
		t.Error("a folder is saved like a file")
	}
	stream := whole(app.LinkInfo{Kind: app.LinkToVideo, Name: "Sea", Size: 5, Noz: "5", Video: true})
	if !stream.play || stream.facts[0].label != "Watching all of it costs" {
		t.Errorf("%+v", stream)
	}
}

func TestTroubleHasOneButton(t *testing.T) {
	if tr := troubleOf(fake.ErrOffline, true); tr.ozone || tr.button != "Try again" {
		t.Errorf("%+v", tr)
	}
	for practice, want := range map[bool]string{true: "Get ozone for free", false: "Buy enough ozone"} {
		if tr := troubleOf(noOzone(), practice); !tr.ozone || tr.button != want || ozoneButton(practice) != want {
			t.Errorf("%+v", tr)
		}
	}
}

// button finds a button of the page by its word.
func button(t *testing.T, p *Page, word string) *widgets.Button {
	t.Helper()
	for _, o := range test.LaidOutObjects(p.host.Canvas().Content()) {
		if b, ok := o.(*widgets.Button); ok && b.Text() == word {
			return b
		}
	}
	t.Fatalf("there is no button %q", word)
	return nil
}

func TestAFileIsOpenedAndSaved(t *testing.T) {
	b := fake.Full()
	p, told := opened(t, b, link, false)
	test.Tap(button(t, p, "Open"))
	test.Tap(button(t, p, "Save to my drive"))
	p.saveTo(p.chosen(), "/home/ana/Downloads")
	for _, call := range []string{"look at " + link, "fetch " + link, "save " + link + " to ", "get " + link + " to /home/ana/Downloads"} {
		if !b.Asked(call) {
			t.Errorf("%q was not asked: %v", call, b.Calls)
		}
	}
	if len(told.Opened) != 1 || !slices.Contains(told.Said, "Saved: Contract draft.pdf") || p.getting != nil {
		t.Error(told)
	}
}

func TestAFolderIsWalkedThrough(t *testing.T) {
	b := folder(func(i *app.LinkInfo) {
		i.Way = append(i.Way, app.LinkEntry{Name: "Travel", Link: fake.FolderLink + "/Travel"})
	})
	p, told := opened(t, b, fake.FolderLink, false)
	if got := p.chosen(); !got.folder || got.name != "Portugal" {
		t.Errorf("%+v", got)
	}
	for i := range p.info.Entries {
		p.list.OnOpen(i)
	}
	want := []page.Route{{Page: page.Link, Arg: fake.FolderLink + "/Travel"}, {Page: page.Play, Arg: fake.FolderLink + "/Lisbon harbour.mp4"}}
	if !slices.Equal(told.Routes, want) || len(told.Opened) != 2 {
		t.Errorf("%v %v", told.Routes, told.Opened)
	}
	p.list.Select(1)
	test.Tap(button(t, p, "Play"))
	p.key(&fyne.KeyEvent{Name: fyne.KeyBackspace})
	if last := told.Routes[len(told.Routes)-1]; last.Arg != fake.FolderLink {
		t.Error(last)
	}
	if p.key(&fyne.KeyEvent{Name: fyne.KeyEscape}); p.list.Selected() != -1 || p.key(&fyne.KeyEvent{Name: fyne.KeyEscape}) {
		t.Error("escape keeps the selection")
	}
}

// What is stopped or breaks can be gone on with, in place.
func TestGoingOn(t *testing.T) {
	b := fake.Full()
	p, told := opened(t, b, link, false)
	b.Err = fake.ErrOffline
	test.Tap(button(t, p, "Save to my drive"))
	if p.getting == nil || p.getting.running() || p.getting.why() == "" {
		t.Fatal("nothing is said")
	}
	p.getting.failed = context.Canceled
	if !errors.Is(p.getting.failed, context.Canceled) || p.getting.why() == "context canceled" {
		t.Error(p.getting.why())
	}
	b.Err = nil
	test.Tap(button(t, p, "Go on"))
	if p.getting != nil || !slices.Contains(told.Said, "Saved in your drive: Lisbon harbour.mp4") {
		t.Error(told.Said)
	}
	p.Leave()
	b.Err = fake.ErrOffline
	p.saveToDrive(p.chosen())
	if last := told.Said[len(told.Said)-1]; last == "Saved in your drive: Lisbon harbour.mp4" {
		t.Error("what broke after the page was left is not said")
	}
}

func TestOzoneIsOneButton(t *testing.T) {
	b := fake.Full()
	b.Err = noOzone()
	p, _ := opened(t, b, link, true)
	get := button(t, p, "Get ozone for free")
	b.Err = nil
	test.Tap(get)
	if !b.Asked("free ozone") || p.info.Name == "" {
		t.Error(b.Calls)
	}
	b = folder(func(i *app.LinkInfo) { i.Have = "5" })
	p, _ = opened(t, b, fake.FolderLink, false)
	test.Tap(button(t, p, "Buy enough ozone"))
	if !b.Asked("offer 1908600000") || p.host.Canvas().Overlays().Top() == nil {
		t.Error(b.Calls)
	}
	b.Calls = nil
	p.Follow(app.Event{Kind: app.WalletChanged})
	if !b.Asked("look at " + fake.FolderLink) {
		t.Error("new ozone is not seen")
	}
}
