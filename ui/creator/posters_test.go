package creator

import (
	"bytes"
	"image"
	"image/color"
	"image/jpeg"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2/test"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/ui/internal/fake"
	"github.com/stratosdrive/stratosdrive/ui/internal/shots"
	"github.com/stratosdrive/stratosdrive/ui/internal/stage"
	"github.com/stratosdrive/stratosdrive/ui/widgets"
)

const gotthard = "sds://poster-of-gotthard"

// illustrated is a backend that follows a channel whose newest item has a poster
// and a text.
func illustrated(t *testing.T) *fake.Backend {
	t.Helper()
	dusk := image.NewRGBA(image.Rect(0, 0, 160, 90))
	for y := range 90 {
		for x := range 160 {
			dusk.SetRGBA(x, y, color.RGBA{uint8(30 + y), uint8(60 + y/2), uint8(150 - y), 0xFF})
		}
	}
	var raw bytes.Buffer
	if err := jpeg.Encode(&raw, dusk, nil); err != nil {
		t.Fatal(err)
	}
	b := creatorOf()
	b.Posters = map[string][]byte{gotthard: raw.Bytes()}
	b.News.Items[0].Poster, b.News.Items[0].Text = gotthard, "Six hours behind the driver, from Milan to Zurich, in one take."
	b.News.Items[1].Poster = "sds://gone"
	return b
}

func TestPosterPictures(t *testing.T) {
	shots.InBoth(t, func(t *testing.T, mode string) {
		p, _ := shown(t, illustrated(t), Following)
		shots.Match(t, "posters-"+mode, p.host.Window)
		p.list.Select(0)
		shots.Match(t, "item-"+mode, p.host.Window)
		p.list.Select(2)
		shots.Match(t, "item-plain-"+mode, p.host.Window)
	})
}

// A poster stands in its row, is read once, and one that cannot be read leaves
// the icon; the rows of others stay as they are.
func TestPostersInRows(t *testing.T) {
	b := illustrated(t)
	p, _ := shown(t, b, Following)
	if m := p.list.Row(0).Picture; m == nil || m.Bounds() != image.Rect(0, 0, 160, 90) {
		t.Fatalf("the row has %v", m)
	}
	if p.list.Row(1).Picture != nil || p.list.Row(2).Picture != nil {
		t.Error("a row without a poster has a picture")
	}
	p.Follow(app.Event{Kind: app.ChannelsChanged})
	p.views.Choose(int(ownView))
	p.views.Choose(int(newsView))
	if p.list.Row(0).Picture == nil {
		t.Error("the poster is gone after a while")
	}
	for link, want := range map[string]int{gotthard: 1, "sds://gone": 1, "": 0} {
		asked := 0
		for _, call := range b.Calls {
			if call == "poster of "+link {
				asked++
			}
		}
		if asked != want {
			t.Errorf("%q was read %d times", link, asked)
		}
	}
}

// However long a channel is, no more posters are fetched than stand for a page.
func TestFewPostersAreFetched(t *testing.T) {
	b := creatorOf()
	b.News.Items = nil
	for i := range mostPosters + 20 {
		b.News.Items = append(b.News.Items, app.ChannelItem{ID: "x", Title: "x", Owner: fake.Artist, Open: true, Poster: "sds://" + strings.Repeat("p", i+1)})
	}
	shown(t, b, Following)
	asked := slices.DeleteFunc(slices.Clone(b.Calls), func(c string) bool { return !strings.HasPrefix(c, "poster of ") })
	if len(asked) != mostPosters || len(slices.Compact(asked)) != mostPosters {
		t.Errorf("%d posters were fetched", len(asked))
	}
}

// The panel tells what the creator says of the chosen item, and leads on.
func TestItemPanel(t *testing.T) {
	b := illustrated(t)
	p, told := shown(t, b, Following)
	if strings.Contains(said(p), "in one take") {
		t.Error("a panel is shown for nothing")
	}
	p.list.Select(0)
	if text := said(p); !strings.Contains(text, "in one take") || !strings.Contains(text, "Night trains") {
		t.Errorf("says %s", text)
	}
	p.list.Select(1)
	if text := said(p); strings.Contains(text, "in one take") {
		t.Errorf("says still %s", text)
	}
	for _, button := range stage.Find[*widgets.Button](p.body) {
		if button.Text() == "Open" {
			test.Tap(button)
		}
	}
	if len(told.Routes) != 1 || told.Routes[0].Arg != "sds://"+fake.Artist+"_12" {
		t.Errorf("leads to %+v", told.Routes)
	}
}

// A creator chooses posters among the pictures of his drive, and nothing else.
func TestChoosingAPoster(t *testing.T) {
	b := creatorOf()
	p, told := shown(t, b, "")
	c := p.newPosterChoice()
	for name, sentence := range map[string]string{
		"/somewhere/else.jpg":                         "Choose a file of your drive. Others can be put there first.",
		filepath.Join(b.Folder(), "Films", "sea.mp4"): "A poster is a picture, for example a .jpg or .png file.",
	} {
		p.chosePoster(c, name)
		if c.path != "" || c.button.Text() != "Choose a picture" || !slices.Contains(told.Said, sentence) {
			t.Errorf("%s: %q is chosen, said %q", name, c.path, told.Said)
		}
	}
	p.chosePoster(c, filepath.Join(b.Folder(), "Pictures", "dusk.jpg"))
	if c.path != "Pictures/dusk.jpg" || c.button.Text() != "dusk.jpg" {
		t.Errorf("%q is chosen, the button says %q", c.path, c.button.Text())
	}
}

// What is chosen reaches the channel and the item; where nothing was chosen, the
// channel keeps the poster that it has.
func TestPostersAreHandedOn(t *testing.T) {
	b := creatorOf()
	p, _ := shown(t, b, "")
	p.askChannel(p.own)
	dialog(t, p).Submit("")
	p.askAudience("a.mp4")
	dialog(t, p).Submit("")
	if slices.ContainsFunc(b.Calls, func(c string) bool { return strings.HasPrefix(c, "poster ") && !strings.HasPrefix(c, "poster of") }) {
		t.Fatalf("a poster without a choice: %q", b.Calls)
	}
	for name, open := range map[string]func(){"channel": func() { p.askChannel(p.own) }, "item": func() { p.askAudience("a.mp4") }} {
		b.Calls = nil
		open()
		d := dialog(t, p)
		for _, button := range stage.Find[*widgets.Button](d) {
			if button.Text() == "Choose a picture" {
				test.Tap(button)
			}
		}
		picker := dialog(t, p)
		if picker == d || picker.Sheet().Title != "Choose a picture" {
			t.Errorf("%s: %q is asked", name, picker.Sheet().Title)
		}
		picker.Close()
		if top := dialog(t, p); top != d {
			t.Errorf("%s: closing the picker leaves %q", name, top.Sheet().Title)
		}
		d.Close()
	}
}

// What is chosen stays so when something new comes, wherever it lies then.
func TestChosenStaysChosen(t *testing.T) {
	b := creatorOf()
	p, _ := shown(t, b, Following)
	p.list.Select(1)
	chosen := p.item(1)
	p.Follow(app.Event{Kind: app.ChannelsChanged})
	if i := p.list.Selected(); i != 1 || p.item(i).ID != chosen.ID {
		t.Errorf("row %d is chosen", i)
	}
	row := func(app.ChannelItem) widgets.FileView { return widgets.FileView{} }
	p.table([]app.ChannelItem{chosen, {ID: "new"}}, row)
	if i := p.list.Selected(); i != 0 {
		t.Errorf("row %d is chosen after it moved", i)
	}
	p.table([]app.ChannelItem{{ID: "new"}}, row)
	if i := p.list.Selected(); i != -1 {
		t.Errorf("row %d is chosen after the item went", i)
	}
}
