package watch

import (
	"context"
	"errors"
	"strconv"
	"testing"

	"fyne.io/fyne/v2"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/ui/internal/fake"
	"github.com/stratosdrive/stratosdrive/ui/internal/shots"
	"github.com/stratosdrive/stratosdrive/ui/internal/stage"
	"github.com/stratosdrive/stratosdrive/ui/page"
	"github.com/stratosdrive/stratosdrive/ui/video/rules"
	"github.com/stratosdrive/stratosdrive/ui/widgets"
)

// chosen remembers the list that a video was chosen from.
type chosen struct {
	list    []rules.Item
	settled int
}

func (c *chosen) Follow(list []rules.Item) { c.list = list }
func (c *chosen) Settle()                  { c.settled++ }

var nobody = &chosen{} // wants to know the list

func TestPictures(t *testing.T) {
	shots.InBoth(t, func(t *testing.T, mode string) {
		for name, c := range map[string]struct {
			backend *fake.Backend
			view    view
		}{
			"full": {watched(t), forYou}, "drive": {watched(t), inDrive}, "links": {watched(t), byLinks},
			"empty": {fake.Empty(), forYou}, "no-links": {fake.Empty(), byLinks}, "error": {fake.Broken(), forYou},
		} {
			host, _ := stage.Host(t, 840, 640)
			p := New(host, c.backend, nobody)
			stage.Put(host, p)
			p.views.Choose(int(c.view))
			shots.Match(t, name+"-"+mode, host.Window)
		}
	})
}

func TestVideosOfTheWholeDrive(t *testing.T) {
	videos, complete, err := findVideos(t.Context(), fake.Full().List)
	if err != nil || !complete || len(videos) != 3 {
		t.Fatalf("%d videos, complete %v, %v", len(videos), complete, err)
	}
	for i, want := range []string{"Lisbon harbour.mp4", "Holiday.mp4", "Interview cut 3.mov"} {
		if videos[i].Name != want {
			t.Errorf("%d is %s, want %s", i, videos[i].Name, want)
		}
	}
}

func TestAHugeDriveIsNotReadToItsEnd(t *testing.T) {
	calls := 0
	_, complete, err := findVideos(t.Context(), func(_ context.Context, p string) ([]app.Entry, error) {
		calls++
		return []app.Entry{{Folder: true, Path: p + "/" + strconv.Itoa(calls)}, {Folder: true, Path: p + "/x" + strconv.Itoa(calls)}}, nil
	})
	if err != nil || complete || calls != mostFolders {
		t.Errorf("%d folders read, complete %v, %v", calls, complete, err)
	}
}

func TestAFolderThatWentAwayIsNoTrouble(t *testing.T) {
	videos, _, err := findVideos(t.Context(), func(_ context.Context, p string) ([]app.Entry, error) {
		if p == "gone" {
			return nil, errors.New("there is no such folder")
		}
		return []app.Entry{{Folder: true, Path: "gone"}, {Video: true, Path: "a.mp4"}}, nil
	})
	if err != nil || len(videos) != 1 {
		t.Errorf("%d videos, %v", len(videos), err)
	}
	_, _, err = findVideos(t.Context(), fake.Broken().List)
	if err == nil {
		t.Error("a drive that cannot be read looks empty")
	}
}

func TestRows(t *testing.T) {
	got := row(app.Entry{Name: "A.mp4", Path: "Work/Portugal/A.mp4", Size: 5_000_000, Changed: fake.Now, Status: app.Uploading, Percent: 7}, fake.Now)
	want := widgets.FileView{Icon: "film", Name: "A", Second: "Work / Portugal", StatusText: "7 %", Changed: "Today, 15:00", Size: "5 MB"}
	if got != want {
		t.Errorf("%+v", got)
	}
	if row(app.Entry{Name: "A.mp4", Path: "A.mp4", Status: app.OnlyOnline}, fake.Now).Mark != "cloud" {
		t.Error("no cloud")
	}
}

func TestLinks(t *testing.T) {
	for text, want := range map[string]struct{ wrong, play, save bool }{
		"": {}, "s": {}, "stos:/": {}, "stos://": {}, "stos://abc#k": {play: true, save: true}, " sds://abc ": {play: true, save: true},
		"htt": {}, "https://": {}, "https:///a.mp4": {}, "https://example.org/a#key": {}, "https://example.org/a.mp4": {play: true}, "http://example.org/live.m3u8": {play: true},
		"hello": {wrong: true}, "ftp://example.org/a.mp4": {wrong: true}, "/home/ana/a.mp4": {wrong: true},
	} {
		if got := linkOf(text); (got.problem != "") != want.wrong || got.play != want.play || got.save != want.save {
			t.Errorf("%q: %+v", text, got)
		}
	}
}

func TestPlayingALink(t *testing.T) {
	host, told := stage.Host(t, 900, 500)
	p := New(host, fake.Full(), nobody)
	stage.Put(host, p)
	p.views.Choose(int(inDrive))
	p.Search()
	if !p.play.Disabled() || !p.save.Disabled() || host.Canvas().Focused() != fyne.Focusable(p.link) {
		t.Error("there is no link yet")
	}
	p.link.SetText("stos://abc#key")
	p.link.OnSubmitted("")
	p.list.OnOpen(0)
	p.Drop([]string{"/tmp/a.mp4"})
	want := []string{"stos://abc#key", "Work/Portugal/Lisbon harbour.mp4", "/tmp/a.mp4"}
	for i, r := range told.Routes {
		if r != (page.Route{Page: page.Play, Arg: want[i]}) {
			t.Errorf("went to %v", r)
		}
	}
	if len(told.Routes) != 3 {
		t.Errorf("went to %v", told.Routes)
	}
}

func TestTheListIsFollowed(t *testing.T) {
	backend := fake.Full()
	host, _ := stage.Host(t, 900, 500)
	p := New(host, backend, nobody)
	p.views.Choose(int(inDrive))
	delete(backend.Entries, "Work/Portugal")
	p.Follow(app.Event{Kind: app.WalletChanged})
	if p.list.Len() != 3 {
		t.Error("read again for nothing")
	}
	p.Follow(app.Event{Kind: app.DriveChanged})
	if p.list.Len() != 1 {
		t.Errorf("%d rows", p.list.Len())
	}
	p.loading = true
	p.Follow(app.Event{Kind: app.DriveChanged})
	if !p.again {
		t.Error("a change was forgotten")
	}
	p.Leave()
}

func TestSavingALink(t *testing.T) {
	backend := fake.Full()
	host, told := stage.Host(t, 900, 500)
	p := New(host, backend, nobody)
	stage.Put(host, p)
	p.link.SetText(" stos://abc#key ")
	p.save.Tapped(nil)
	if !backend.Asked("save stos://abc#key to ") || len(told.Said) != 2 || told.Said[1] != "Saved in your drive: Lisbon harbour.mp4" {
		t.Errorf("%v, said %q", backend.Calls, told.Said)
	}
	backend.Err = fake.ErrOffline
	p.save.Tapped(nil)
	if last := told.Said[len(told.Said)-1]; last != fault.Sentence(fake.ErrOffline) {
		t.Errorf("said %q", last)
	}
}
