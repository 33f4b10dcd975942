package watch

import (
	"context"
	"errors"
	"image"
	"slices"
	"strconv"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
	"pgregory.net/rapid"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/ui/internal/fake"
	"github.com/stratosdrive/stratosdrive/ui/internal/shots"
	"github.com/stratosdrive/stratosdrive/ui/theme"
	"github.com/stratosdrive/stratosdrive/ui/widgets"
)

func TestRowsOfEachStatus(t *testing.T) {
	for status, want := range map[app.EntryStatus]widgets.FileView{
		app.Synced:      {Mark: "check", MarkTone: widgets.Good},
		app.OnlyOnline:  {Mark: "cloud"},
		app.Uploading:   {StatusText: "40 %"},
		app.Downloading: {StatusText: "40 %"},
		app.Waiting:     {Mark: "check", MarkTone: widgets.Good},
	} {
		got := row(app.Entry{Name: "A.mp4", Path: "A.mp4", Status: status, Percent: 40}, fake.Now)
		if got.Mark != want.Mark || got.MarkTone != want.MarkTone || got.StatusText != want.StatusText {
			t.Errorf("%v: %+v", status, got)
		}
	}
	for name, icon := range map[string]string{"a.mp4": "film", "a.mp3": "music", "a.FLAC": "music", "a.mkv": "film"} {
		if got := row(app.Entry{Name: name, Path: name}, fake.Now); got.Icon != icon {
			t.Errorf("%s: %s", name, got.Icon)
		}
	}
}

func TestNamesAndFolders(t *testing.T) {
	for name, want := range map[string]string{"a.mp4": "a", "a.b.mp4": "a.b", "a": "a", ".mp4": "", "": ""} {
		if got := plainName(name); got != want {
			t.Errorf("%q: %q", name, got)
		}
	}
	for path, want := range map[string][2]string{"a.mp4": {"", ""}, "x/a.mp4": {"x", "x"}, "x/y/a.mp4": {"x / y", "x/y"}} {
		if words, folder := folderWords(path), folderOf(path); words != want[0] || folder != want[1] {
			t.Errorf("%q: %q, %q", path, words, folder)
		}
	}
}

func TestRowsOfLinks(t *testing.T) {
	for _, c := range []struct {
		l    app.OpenedLink
		want widgets.FileView
	}{
		{app.OpenedLink{What: "sds://x"}, widgets.FileView{Icon: "link", Name: "Shared video", Second: "Shared with you"}},
		{app.OpenedLink{What: "stos://x", Title: "Sea", Seconds: 62}, widgets.FileView{Icon: "link", Name: "Sea", Second: "Shared with you", Size: "1:02"}},
		{app.OpenedLink{What: "https://example.org/a.mp4", Title: "Talk"}, widgets.FileView{Icon: "globe", Name: "Talk", Second: "From the web"}},
	} {
		if got := linkRow(c.l, fake.Now); got != c.want {
			t.Errorf("%+v:\n got %+v\nwant %+v", c.l, got, c.want)
		}
	}
}

func TestWhereThingsComeFrom(t *testing.T) {
	for what, want := range map[string][2]bool{ // a link of the network; from outside at all
		"stos://x": {true, true}, "sds://x": {true, true}, "https://example.org/a.mp4": {false, true}, "http://example.org/a.mp4": {false, true},
		"a.mp4": {}, "x/stos:/a.mp4": {}, "/home/ana/a.mp4": {}, "": {},
	} {
		if isLink(what) != want[0] || comesFromOutside(what) != want[1] {
			t.Errorf("%q: link %v, outside %v", what, isLink(what), comesFromOutside(what))
		}
	}
}

func TestHowFarATileIs(t *testing.T) {
	l := library{places: map[string]app.Place{
		"half": {At: 30 * time.Second, Length: time.Minute}, "over": {At: 2 * time.Minute, Length: time.Minute}, "unknown": {At: time.Minute},
	}}
	for _, c := range []struct {
		what    string
		seconds float64
		part    float64
		length  string
	}{
		{"half", 0, 0.5, "1:00"}, {"half", 900, 0.5, "1:00"}, // the player knows better than the link
		{"over", 0, 1, "1:00"}, {"unknown", 0, 0, ""}, {"unknown", 61, 0, "1:01"}, {"new", 0, 0, ""}, {"new", 3600, 0, "1:00:00"},
	} {
		if got := l.placed(tile{what: c.what}, c.seconds); got.part != c.part || got.length != c.length {
			t.Errorf("%+v: %v, %q", c, got.part, got.length)
		}
	}
}

// What was left is listed once, the last first, and nothing else.
func TestWhatIsContinued(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		l := library{places: map[string]app.Place{}}
		for i := range rapid.IntRange(0, 30).Draw(t, "videos") {
			what := strconv.Itoa(i)
			if rapid.Bool().Draw(t, "link") {
				l.links = append(l.links, app.OpenedLink{What: what})
			} else {
				l.videos = append(l.videos, app.Entry{Name: what, Path: what})
			}
			if rapid.Bool().Draw(t, "left") {
				l.places[what] = app.Place{At: time.Second, Length: time.Hour, Time: fake.Now.Add(time.Duration(rapid.IntRange(0, 99).Draw(t, "when")) * time.Minute)}
			}
		}
		list, seen := l.continued(), map[string]bool{}
		if want := min(mostTiles, len(l.places)); len(list) != want {
			t.Fatalf("%d of %d", len(list), want)
		}
		for i, tile := range list {
			if _, left := l.places[tile.what]; !left || seen[tile.what] || i > 0 && tile.when.After(list[i-1].when) {
				t.Fatalf("%d is %+v", i, tile)
			}
			seen[tile.what] = true
		}
	})
}

func TestLookingForVideosIsBounded(t *testing.T) {
	many := func(context.Context, string) (list []app.Entry, err error) {
		for i := range 2 * mostVideos {
			list = append(list, app.Entry{Video: true, Path: strconv.Itoa(i)})
		}
		return append(list, app.Entry{Folder: true, Path: "more"}), nil
	}
	if videos, complete, err := findVideos(t.Context(), many); err != nil || complete || len(videos) != 2*mostVideos {
		t.Errorf("%d videos, complete %v, %v", len(videos), complete, err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	_, _, err := findVideos(ctx, func(ctx context.Context, p string) ([]app.Entry, error) {
		if p != "" {
			cancel()
			return nil, ctx.Err()
		}
		return []app.Entry{{Folder: true, Path: "a"}, {Folder: true, Path: "b"}}, nil
	})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("%v", err)
	}
}

// card of a tile on a stage of its own.
func shownCard(t *testing.T, c *card) fyne.Window {
	t.Helper()
	return shots.Window(t, widgets.NewBox(theme.Background, theme.Clear, 0, widgets.Even(8), c), cardWidth+16, cardTall+16)
}

func TestCardPictures(t *testing.T) {
	shots.InBoth(t, func(t *testing.T, mode string) {
		for name, c := range map[string]struct {
			t       tile
			picture image.Image
			do      func(*card)
		}{
			"shape":   {tile{}, nil, func(*card) {}},
			"plain":   {tile{what: "a.mp4", name: "Lisbon harbour", second: "Today, 14:05", entry: app.Entry{Name: "a.mp4", Path: "a.mp4"}}, nil, func(*card) {}},
			"song":    {tile{what: "a.mp3", name: "Morning light", entry: app.Entry{Name: "a.mp3", Path: "a.mp3"}}, nil, func(c *card) { c.MouseIn(nil) }},
			"link":    {tile{what: "stos://a", name: "The ferry", second: "Friday", length: "1:00:00"}, nil, func(c *card) { c.FocusGained() }},
			"watched": {tile{what: "a.mp4", name: "A name that is much too long for the room that a card has for it", second: "8 min left", length: "12:00", part: 0.33}, dusk(320, 180), func(*card) {}},
			"begun":   {tile{what: "a.mp4", name: "Begun", second: "59 min left", length: "1:00:00", part: 0.001}, dusk(90, 160), func(c *card) { c.FocusGained() }},
		} {
			made := newCard(c.t, func() {})
			w := shownCard(t, made)
			made.show(c.picture)
			c.do(made)
			shots.Match(t, "card-"+name+"-"+mode, w)
		}
	})
}

func TestKeysOfACard(t *testing.T) {
	for key, want := range map[fyne.KeyName]string{
		fyne.KeySpace: "open", fyne.KeyReturn: "open", fyne.KeyEnter: "open", fyne.KeyLeft: "-1", fyne.KeyRight: "1",
		desktop.KeyMenu: "menu", fyne.KeyDelete: "menu", fyne.KeyUp: "", fyne.KeyEscape: "", "A": "",
	} {
		did := ""
		c := newCard(tile{what: "a"}, func() { did = "open" })
		c.turn = func(by int) { did = strconv.Itoa(by) }
		c.menu = func(fyne.Position) { did = "menu" }
		shownCard(t, c)
		c.TypedRune('x')
		if c.TypedKey(&fyne.KeyEvent{Name: key}); did != want {
			t.Errorf("%s: %q, want %q", key, did, want)
		}
	}
}

func TestPointerOnACard(t *testing.T) {
	var at []fyne.Position
	opened := 0
	c := newCard(tile{what: "a"}, func() { opened++ })
	shownCard(t, c)
	c.TappedSecondary(&fyne.PointEvent{AbsolutePosition: fyne.NewPos(3, 4)}) // without a menu
	c.menu = func(p fyne.Position) { at = append(at, p) }
	c.TappedSecondary(&fyne.PointEvent{AbsolutePosition: fyne.NewPos(3, 4)})
	test.Tap(c)
	if opened != 1 || !slices.Equal(at, []fyne.Position{fyne.NewPos(3, 4)}) {
		t.Errorf("opened %d times, menu at %v", opened, at)
	}
	c.MouseIn(nil)
	c.MouseMoved(nil)
	edge := test.WidgetRenderer(c).(*cardRenderer).edge
	if !c.hovered || edge.StrokeWidth != 1 {
		t.Error("the pointer is not seen")
	}
	if c.MouseOut(); c.hovered || edge.StrokeWidth != 0 {
		t.Error("the pointer is gone, and seen")
	}
	if c.FocusGained(); edge.StrokeWidth != ring {
		t.Error("the focus is not seen")
	}
	if c.FocusLost(); edge.StrokeWidth != 0 {
		t.Error("the focus is gone, and seen")
	}
}

func TestShelvesKeepTheKeyboardInside(t *testing.T) {
	tiles := make([]tile, 5)
	for i := range tiles {
		tiles[i] = tile{what: strconv.Itoa(i), name: strconv.Itoa(i)}
	}
	var opened []string
	s := newShelf("Shelf", tiles, func(t tile) { opened = append(opened, t.what) }, nil)
	w := shots.Window(t, s.object, 800, 300) // three of five
	for _, c := range []struct{ to, at int }{{0, 0}, {2, 2}, {3, 2}, {-1, 2}, {99, 2}, {1, 1}} {
		s.focus(c.to)
		if w.Canvas().Focused() != fyne.Focusable(s.cards[c.at]) {
			t.Errorf("asked for %d: the keyboard is not on %d", c.to, c.at)
		}
	}
	for i, c := range s.cards {
		if c.Visible() != (i < 3) {
			t.Errorf("card %d: shown %v", i, c.Visible())
		}
	}
	test.Tap(s.cards[2])
	if !slices.Equal(opened, []string{"2"}) {
		t.Errorf("opened %q", opened)
	}
}
