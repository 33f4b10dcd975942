package watch

import (
	"context"
	"errors"
	"strconv"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/ui/internal/fake"
	"github.com/stratosdrive/stratosdrive/ui/internal/stage"
	"github.com/stratosdrive/stratosdrive/ui/page"
	"github.com/stratosdrive/stratosdrive/ui/video/rules"
)

const (
	ferry  = "stos://a?card=b"
	online = "https://example.org/talk.mp4"
)

// watched is a drive of somebody who watches videos.
func watched(t *testing.T) *fake.Backend {
	t.Helper()
	b := fake.Full()
	hour := func(n int) time.Time { return fake.Now.Add(-time.Duration(n) * time.Hour) }
	b.Places = map[string]app.Place{
		harbour: {At: 4 * time.Minute, Length: 12 * time.Minute, Time: hour(30)},
		ferry:   {At: 50 * time.Minute, Length: time.Hour, Time: hour(2)},
	}
	b.Opened = []app.OpenedLink{
		{What: ferry, Title: "The ferry", Seconds: 3600, Opened: hour(2)},
		{What: online, Title: "Talk about the sea", Opened: hour(50)},
		{What: "sds://x"},
	}
	b.Posters = map[string][]byte{harbour: jpegOf(t, dusk(320, 180)), ferry: jpegOf(t, dusk(160, 120)), online: []byte("no picture")}
	return b
}

func opened(t *testing.T, b *fake.Backend) (*Page, *stage.Told, *[]rules.Item) {
	t.Helper()
	host, told := stage.Host(t, 1064, 800)
	var player chosen
	p := New(host, b, &player)
	stage.Put(host, p)
	if player.settled != 1 {
		t.Error("the page does not wait for what played before")
	}
	return p, told, &player.list
}

func TestWhatThePageOffers(t *testing.T) {
	l, err := gather(t.Context(), watched(t))
	if err != nil {
		t.Fatal(err)
	}
	said := func(list []tile) (text string) {
		for _, t := range list {
			text += t.name + ", " + t.second + ", " + t.length + ", " + strconv.FormatFloat(t.part, 'f', 2, 64) + "; "
		}
		return text
	}
	for _, c := range []struct{ got, want string }{
		{said(l.continued()), "The ferry, 10 min left, 1:00:00, 0.83; Lisbon harbour, 8 min left, 12:00, 0.33; "},
		{said(l.recent(fake.Now)), "Lisbon harbour, Today, 14:05, 12:00, 0.33; Holiday, Friday, , 0.00; Interview cut 3, 3 Nov, , 0.00; "},
		{said(l.fromLinks(fake.Now)), "The ferry, Today, 13:00, 1:00:00, 0.83; Talk about the sea, Friday, , 0.00; Shared video, , , 0.00; "},
	} {
		if c.got != c.want {
			t.Errorf("\n%q, want\n%q", c.got, c.want)
		}
	}
}

func TestWhatIsLeft(t *testing.T) {
	for want, p := range map[string]app.Place{
		"8 min left":              {At: 4*time.Minute + time.Second, Length: 12 * time.Minute},
		"Less than a minute left": {At: 59 * time.Minute, Length: time.Hour - time.Second},
		"Left at 1:05":            {At: 65 * time.Second},
		"Left at 2:00":            {At: 2 * time.Minute, Length: time.Minute},
	} {
		if got := leftWords(p); got != want {
			t.Errorf("%+v: %q", p, got)
		}
	}
}

// Songs are in the drive, but are nothing to look at.
func TestSongsAreNoVideos(t *testing.T) {
	l := library{videos: []app.Entry{{Name: "a.mp3", Path: "a.mp3", Video: true}, {Name: "b.mp4", Path: "b.mp4", Video: true}}}
	if got := l.recent(fake.Now); len(got) != 1 || got[0].what != "b.mp4" {
		t.Errorf("%+v", got)
	}
	song := tile{what: "a.mp3", entry: l.videos[0]}
	if song.icon() != "music" || (tile{what: ferry}).icon() != "link" || (tile{what: "b.mp4", entry: l.videos[1]}).icon() != "film" {
		t.Error("wrong drawings")
	}
}

func TestALongListIsCut(t *testing.T) {
	var l library
	for i := range 3 * mostPlaces {
		name := strconv.Itoa(i) + ".mp4"
		l.videos = append(l.videos, app.Entry{Name: name, Path: name})
	}
	if n := len(l.recent(fake.Now)); n != mostTiles {
		t.Errorf("%d on a shelf", n)
	}
	if n := len(l.named()); n != mostPlaces {
		t.Errorf("%d are asked for", n)
	}
}

func TestGatheringFails(t *testing.T) {
	if _, err := gather(t.Context(), fake.Broken()); err == nil {
		t.Error("a drive that cannot be read looks empty")
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := gather(ctx, watched(t)); !errors.Is(err, context.Canceled) {
		t.Errorf("%v", err)
	}
}

func TestPlayingFromAShelf(t *testing.T) {
	p, told, followed := opened(t, watched(t))
	if len(p.shelves) != 3 {
		t.Fatalf("%d shelves", len(p.shelves))
	}
	p.shelves[1].cards[1].Tapped(nil)
	if len(told.Routes) != 1 || told.Routes[0] != (page.Route{Page: page.Play, Arg: "Holiday.mp4"}) || len(*followed) != 3 {
		t.Errorf("%v, follows %v", told.Routes, *followed)
	}
	*followed = nil
	p.shelves[2].cards[0].TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if told.Routes[1].Arg != ferry || *followed != nil {
		t.Errorf("%v, follows %v", told.Routes, *followed)
	}
}

// menu opens the menu of a card and chooses from it.
func menu(t *testing.T, p *Page, c *card, word string) {
	t.Helper()
	c.TypedKey(&fyne.KeyEvent{Name: desktop.KeyMenu})
	shown := p.host.Canvas().Overlays().Top()
	if shown == nil {
		t.Fatal("no menu")
	}
	p.host.Canvas().Overlays().Remove(shown)
	for _, each := range p.choices(c.tile) {
		if each.Label == word {
			each.Action()
			return
		}
	}
	t.Fatalf("the menu has no %q", word)
}

func TestRemovingFromTheShelves(t *testing.T) {
	b := watched(t)
	p, told, _ := opened(t, b)
	menu(t, p, p.shelves[2].cards[1], "Remove from this list")
	if !b.Asked("forget "+online) || len(p.shelves[2].cards) != 2 {
		t.Errorf("%q, %d cards", b.Calls, len(p.shelves[2].cards))
	}
	delete(b.Places, harbour)
	menu(t, p, p.shelves[0].cards[1], "Do not continue")
	if !b.Asked("watched "+harbour+" 0s of 12m0s last true") || len(p.shelves[0].cards) != 1 {
		t.Errorf("%q, %d cards", b.Calls, len(p.shelves[0].cards))
	}
	menu(t, p, p.shelves[1].cards[0], "Show in the drive")
	if len(told.Routes) != 1 || told.Routes[0] != (page.Route{Page: page.Drive, Arg: "Work/Portugal"}) {
		t.Errorf("%v", told.Routes)
	}
	b.Err = fake.ErrOffline
	menu(t, p, p.shelves[2].cards[0], "Remove from this list")
	if len(told.Said) != 1 {
		t.Errorf("said %q", told.Said)
	}
}

func TestCardsByKeyboard(t *testing.T) {
	p, told, _ := opened(t, watched(t))
	cards := p.shelves[1].cards
	p.host.Canvas().Focus(cards[0])
	for _, c := range []struct {
		key  fyne.KeyName
		want int
	}{{fyne.KeyLeft, 0}, {fyne.KeyRight, 1}, {fyne.KeyRight, 2}, {fyne.KeyRight, 2}, {fyne.KeyLeft, 1}} {
		p.host.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: c.key})
		if p.host.Canvas().Focused() != fyne.Focusable(cards[c.want]) || !cards[c.want].focused {
			t.Errorf("%s: the keyboard is not on %d", c.key, c.want)
		}
	}
	cards[1].TypedKey(&fyne.KeyEvent{Name: fyne.KeySpace})
	if len(told.Routes) != 1 || told.Routes[0].Arg != "Holiday.mp4" {
		t.Errorf("%v", told.Routes)
	}
}

func TestShelvesShowWhatFindsRoom(t *testing.T) {
	for width, want := range map[float32]int{0: 1, 240: 1, 495: 1, 496: 2, 1008: 4, 1016: 4, 1264: 5} {
		if got := roomFor(width); got != want {
			t.Errorf("%v: %d", width, got)
		}
	}
	p, _, _ := opened(t, watched(t))
	p.host.Window.Resize(fyne.NewSize(560, 800))
	if cards := p.shelves[1].cards; !cards[1].Visible() || cards[2].Visible() {
		t.Error("half a card is shown")
	}
	p.host.Canvas().Focus(p.shelves[1].cards[1])
	p.shelves[1].cards[1].TypedKey(&fyne.KeyEvent{Name: fyne.KeyRight})
	if !p.shelves[1].cards[1].focused {
		t.Error("the keyboard went to what is not shown")
	}
}

func TestPicturesOfCards(t *testing.T) {
	b := watched(t)
	p, _, _ := opened(t, b)
	link, kept, file, away, broken := p.shelves[0].cards[0], p.shelves[0].cards[1], p.shelves[1].cards[1], p.shelves[1].cards[2], p.shelves[2].cards[1]
	for what, want := range map[*card]int{link: 160, kept: 320, file: 160, away: 0, broken: 0} {
		got := 0
		if what.picture != nil {
			got = what.picture.Bounds().Dx()
		}
		if got != want {
			t.Errorf("%s has a picture %d wide, want %d", what.tile.name, got, want)
		}
	}
	if b.Asked("thumbnail "+harbour) || b.Asked("thumbnail ") {
		t.Errorf("a thumbnail was asked for that is not needed: %q", b.Calls)
	}
	b.Posters = nil
	p.views.Choose(int(inDrive))
	p.views.Choose(int(forYou))
	if p.shelves[0].cards[0].picture == nil {
		t.Error("a picture that was there is gone")
	}
}

func TestTheListOfLinks(t *testing.T) {
	b := watched(t)
	p, told, _ := opened(t, b)
	p.views.Choose(int(byLinks))
	if p.list.Len() != 3 {
		t.Fatalf("%d rows", p.list.Len())
	}
	p.list.OnOpen(1)
	p.list.OnMenu(1, fyne.NewPos(300, 300))
	if told.Routes[0].Arg != online || p.host.Canvas().Overlays().Top() == nil {
		t.Errorf("%v", told.Routes)
	}
	row := linkRow(b.Opened[0], fake.Now)
	if row.Name != "The ferry" || row.Icon != "link" || row.Size != "1:00:00" || row.Changed != "Today, 13:00" {
		t.Errorf("%+v", row)
	}
	if row = linkRow(b.Opened[1], fake.Now); row.Icon != "globe" || row.Size != "" {
		t.Errorf("%+v", row)
	}
}

func TestAnUnfinishedListSaysSo(t *testing.T) {
	p, _, _ := opened(t, fake.Full())
	whole := p.listVideos()
	p.library.complete = false
	if p.listVideos().MinSize().Height <= whole.MinSize().Height {
		t.Error("a list that is not whole says nothing")
	}
}

// Before anything is known the page has its shape already.
func TestLoadingShowsShape(t *testing.T) {
	p, _, _ := opened(t, watched(t))
	p.read = false
	p.show()
	scroll, ok := p.body.Objects[0].(interface{ ScrollToTop() })
	if !ok || scroll == nil || len(p.shelves) != 0 {
		t.Error("there is no shape")
	}
}

func TestTheEmptyPageLeadsToTheDrive(t *testing.T) {
	p, told, _ := opened(t, fake.Empty())
	for range 12 {
		p.host.Canvas().FocusNext()
		if b, ok := p.host.Canvas().Focused().(interface{ Text() string }); ok && b.Text() == "Go to my drive" {
			p.host.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
			break
		}
	}
	if len(told.Routes) != 1 || told.Routes[0].Page != page.Drive {
		t.Errorf("%v", told.Routes)
	}
}
