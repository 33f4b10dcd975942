package watch

import (
	"fmt"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/ui/internal/fake"
	"github.com/stratosdrive/stratosdrive/ui/internal/shots"
)

// choose takes a word out of what is offered for a tile.
func choose(t *testing.T, p *Page, of tile, word string) {
	t.Helper()
	for _, item := range p.choices(of) {
		if item.Label == word {
			item.Action()
			return
		}
	}
	t.Fatalf("%q is not offered", word)
}

func TestWhatIsOfferedForATile(t *testing.T) {
	p, told, _ := opened(t, watched(t))
	for name, c := range map[string]struct {
		t    tile
		want string
	}{
		"of the drive, left": {tile{what: harbour, entry: app.Entry{Path: harbour}}, "Play|Do not continue|Show in the drive"},
		"of the drive":       {tile{what: "Holiday.mp4", entry: app.Entry{Path: "Holiday.mp4"}}, "Play|Show in the drive"},
		"a link, left":       {tile{what: ferry}, "Play|Do not continue|Remove from this list"},
		"a link":             {tile{what: online}, "Play|Remove from this list"},
	} {
		var got []string
		for _, item := range p.choices(c.t) {
			got = append(got, item.Label)
		}
		if s := strings.Join(got, "|"); s != c.want {
			t.Errorf("%s: %s", name, s)
		}
	}
	choose(t, p, tile{what: online}, "Play")
	choose(t, p, tile{what: "a.mp4", entry: app.Entry{Path: "a.mp4"}}, "Show in the drive")
	if got := fmt.Sprint(told.Routes); got != "[{play "+online+"} {drive }]" {
		t.Error(got)
	}
}

func TestSongsAreListedBelowEachOther(t *testing.T) {
	b := fake.Empty()
	b.Entries = map[string][]app.Entry{"": {{Name: "a.mp3", Path: "a.mp3", Video: true}, {Name: "b.flac", Path: "b.flac", Video: true}}}
	p, _, _ := opened(t, b)
	if len(p.shelves) != 0 || p.list.Len() != 2 {
		t.Errorf("%d shelves, %d rows", len(p.shelves), p.list.Len())
	}
}

func TestMenusOfTheLists(t *testing.T) {
	p, _, followed := opened(t, watched(t))
	p.views.Choose(int(inDrive))
	p.list.OnMenu(1, fyne.NewPos(100, 200))
	if p.host.Canvas().Overlays().Top() == nil {
		t.Error("no menu")
	}
	p.list.OnOpen(2)
	if len(*followed) != 3 || (*followed)[2].What != "Work/Portugal/Interview cut 3.mov" {
		t.Errorf("follows %v", *followed)
	}
}

func TestTheFieldForLinks(t *testing.T) {
	p, told, _ := opened(t, watched(t))
	for _, c := range []struct {
		text       string
		play, save bool
		problem    bool
	}{
		{"stos://abc#k", true, true, false}, {"https://example.org/a.mp4", true, false, false}, {"ftp://x", false, false, true}, {"st", false, false, false}, {"", false, false, false},
	} {
		p.link.SetText(c.text)
		if p.play.Disabled() == c.play || p.save.Disabled() == c.save || (p.problem.Text() != "") != c.problem {
			t.Errorf("%q: play %v, save %v, %q", c.text, !p.play.Disabled(), !p.save.Disabled(), p.problem.Text())
		}
		p.link.OnSubmitted(c.text)
	}
	if len(told.Routes) != 2 {
		t.Errorf("went to %v", told.Routes)
	}
}

func TestWrongLinkPicture(t *testing.T) {
	shots.InBoth(t, func(t *testing.T, mode string) {
		p, _, _ := opened(t, fake.Empty())
		p.link.SetText("ftp://example.org/a.mp4")
		shots.Match(t, "wrong-link-"+mode, p.host.Window)
		p.read = false
		p.show()
		shots.Match(t, "loading-"+mode, p.host.Window)
	})
}
