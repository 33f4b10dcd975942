package watch

import (
	"bytes"
	"context"
	"errors"
	"image"
	"image/color"
	"image/jpeg"
	"testing"

	"github.com/stratosdrive/stratosdrive/internal/playback"
	"github.com/stratosdrive/stratosdrive/sync/publish"
	"github.com/stratosdrive/stratosdrive/ui/video/rules"
)

// still is a picture as files have it.
func still(t *testing.T, width, height int) []byte {
	t.Helper()
	return jpegOf(t, dusk(width, height))
}

func jpegOf(t *testing.T, m image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, m, nil); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// dusk is a picture with light and dark places.
func dusk(width, height int) *image.RGBA {
	m := image.NewRGBA(image.Rect(0, 0, width, height))
	for y := range height {
		for x := range width {
			m.SetRGBA(x, y, color.RGBA{R: uint8(40 + 160*x/width), G: uint8(60 + 60*y/height), B: uint8(200 - 160*x/width), A: 0xFF})
		}
	}
	return m
}

// song makes the player play something to hear.
func (th *theatre) song(cover bool) {
	th.player.state.Tracks = []playback.Track{{Kind: playback.Sound, ID: 1, Chosen: true}}
	th.player.state.Cover = cover
}

func TestThePosterThatIsKept(t *testing.T) {
	th := newTheatre(t)
	th.backend.Posters = map[string][]byte{"stos://a?card=b": still(t, 320, 180), harbour: []byte("no picture")}
	p := th.page("stos://a?card=b")
	if p.session.poster == nil || p.session.poster.Bounds().Dx() != 320 {
		t.Fatalf("%v", p.session.poster)
	}
	p.session.turn(rules.Item{What: harbour}, true)
	if p.session.poster != nil {
		t.Error("the poster of another video stays, or nonsense is one")
	}
	p.Leave()
}

func TestThePublishersPosterAndTitle(t *testing.T) {
	th := newTheatre(t)
	p := th.page("stos://a?card=b")
	var card *publish.Card
	p.session.media.Card = func() *publish.Card { return card }
	p.session.takeCard()
	if p.session.poster != nil || p.session.title() != "Lisbon harbour" {
		t.Error("something is said before it is known")
	}
	card = &publish.Card{Title: "The ferry", Poster: still(t, 160, 90)}
	p.session.takeCard()
	if p.session.title() != "The ferry" || p.session.poster == nil || !th.backend.Asked("opened stos://a?card=b as The ferry") {
		t.Errorf("%q, %v, %q", p.session.title(), p.session.poster, th.backend.Calls)
	}
	card = &publish.Card{Title: "The ferry", Poster: still(t, 32, 18)}
	if p.session.takeCard(); p.session.poster.Bounds().Dx() != 160 {
		t.Error("it is taken again and again")
	}
	p.Leave()
}

func TestTheCoverBesideASong(t *testing.T) {
	th := newTheatre(t)
	th.song(false)
	p := th.page(harbour)
	asked := 0
	p.session.media.Cover = func(context.Context) ([]byte, error) { asked++; return still(t, 300, 300), nil }
	if p.session.known(); p.session.cover == nil || asked != 1 {
		t.Fatalf("asked %d times", asked)
	}
	p.float()
	if p.session.cover == nil || th.small == nil {
		t.Error("the small window has no cover")
	}
	p.session.next()
	p.session.previous()
	if p.session.cover != nil {
		t.Error("the next one has the same cover")
	}
	th.Close()
}

func TestNobodyAsksForACoverThatIsNotNeeded(t *testing.T) {
	th := newTheatre(t)
	p := th.page(harbour)
	none := func(context.Context) ([]byte, error) { t.Error("a cover was asked for"); return nil, nil }
	p.session.media.Cover = none
	p.session.known() // a video
	th.song(true)
	p.session.known() // a song with a cover of its own
	th.song(false)
	p.session.media.Cover = nil
	p.session.known()
	for _, read := range []func(context.Context) ([]byte, error){
		func(context.Context) ([]byte, error) { return nil, errors.New("away") },
		func(context.Context) ([]byte, error) { return []byte("no picture"), nil },
		func(context.Context) ([]byte, error) { return nil, nil },
	} {
		p.session.media.Cover = read
		if p.session.known(); p.session.cover != nil {
			t.Error("a cover of nothing")
		}
	}
	p.Leave()
}

func TestThePictureWhereItWasLeftIsKept(t *testing.T) {
	th := newTheatre(t)
	th.player.frame = image.NewRGBA(image.Rect(0, 0, 64, 36))
	kept := "poster of " + harbour + " (64,36)"
	p := th.page(harbour)
	if p.Leave(); !th.backend.Asked(kept) {
		t.Errorf("%q", th.backend.Calls)
	}
	for name, change := range map[string]func(){
		"the end": func() { th.player.state.Ended = true },
		"a song":  func() { th.song(true) },
		"nothing": func() { th.player.state.Shown = false },
		"black":   func() { th.player.frame = nil },
	} {
		th = newTheatre(t)
		th.player.frame = image.NewRGBA(image.Rect(0, 0, 64, 36))
		change()
		p = th.page(harbour)
		if p.Leave(); th.backend.Asked(kept) {
			t.Errorf("a picture of %s was kept", name)
		}
	}
}

func TestOnlyLinksAreRemembered(t *testing.T) {
	th := newTheatre(t)
	th.player.state.Duration = 100
	for what, want := range map[string]bool{harbour: false, "/home/ana/a.mp4": false, "sds://abc": true, "https://example.org/a.mp4": true} {
		p := th.page(what)
		p.session.known()
		if got := th.backend.Asked("opened " + what + " as Lisbon harbour"); got != want {
			t.Errorf("%s: %v", what, got)
		}
		p.Leave()
	}
}
