package drive

import (
	"errors"
	"testing"

	"fyne.io/fyne/v2/test"
)

func TestSharing(t *testing.T) {
	p, backend, told := opened(t)
	p.share(p.shown.at(5))
	d := dialogOf(t, p)
	d.Submit("")
	if !backend.Asked("share Work/Portugal/Lisbon harbour.mp4 public false 168h0m0s") {
		t.Fatalf("%v", backend.Calls)
	}
	test.Tap(d.Sheet().Buttons[1]) // Copy link
	if len(told.Copied) != 1 || told.Copied[0][:7] != "stos://" {
		t.Errorf("copied %q", told.Copied)
	}
}

// Public links of videos are made by publishing: who would stream what players
// cannot?
func TestPublicVideosArePublished(t *testing.T) {
	p, backend, _ := opened(t)
	ShowShare(p.host, p.tasks, backend, p.shown.at(harbour), false)
	d := dialogOf(t, p)
	kind, ending := segmentsOf(d.Sheet().Body, 0), segmentsOf(d.Sheet().Body, 1)
	kind.Choose(1)
	ending.Choose(0)
	if next := d.Sheet().Buttons[1]; next.Text() != "Go on" {
		t.Errorf("the button says %q", next.Text())
	}
	d.Submit("")
	d = dialogOf(t, p)
	if backend.Asked("share Work/Portugal/Lisbon harbour.mp4 public true 24h0m0s") || !backend.Asked("plan Work/Portugal/Lisbon harbour.mp4") {
		t.Fatalf("%v", backend.Calls)
	}
	d.Submit("")
	if !backend.Asked("publish Work/Portugal/Lisbon harbour.mp4 as  convert false 24h0m0s") {
		t.Errorf("%v", backend.Calls)
	}
	ShowShare(p.host, p.tasks, backend, p.shown.at(harbour+1), false)
	d = dialogOf(t, p)
	segmentsOf(d.Sheet().Body, 0).Choose(1)
	if next := d.Sheet().Buttons[1]; next.Text() != "Make a link" {
		t.Errorf("the button for what is no video says %q", next.Text())
	}
}

func TestSharingThatFailsCanBeTriedAgain(t *testing.T) {
	p, backend, _ := opened(t)
	backend.Err = errors.New("no way")
	p.share(p.shown.at(5))
	d := dialogOf(t, p)
	make := d.Sheet().Buttons[1]
	test.Tap(make)
	if make.Disabled() || make.Text() != "Try again" {
		t.Errorf("the button says %q", make.Text())
	}
	backend.Err = nil
	test.Tap(make)
	if d.Sheet().Title != "Link to Lisbon harbour.mp4" {
		t.Error(d.Sheet().Title)
	}
}
