package settings

import (
	"context"
	"strings"
	"testing"

	"fyne.io/fyne/v2/test"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/ui/internal/fake"
	"github.com/stratosdrive/stratosdrive/ui/internal/shots"
	"github.com/stratosdrive/stratosdrive/ui/widgets"
)

const usb = "/media/ana/USB"

var errTaken = fault.Wrong(nil, "There is something in %s already. Choose an empty folder; nothing was moved.", usb+"/Stratos Drive")

func TestMovingPictures(t *testing.T) {
	shots.InBoth(t, func(t *testing.T, mode string) {
		for name, show := range map[string]func(p *Page, b *fake.Backend){
			"ask": func(p *Page, _ *fake.Backend) { p.changeFolder(usb) },
			"ask-long": func(p *Page, b *fake.Backend) {
				b.Dir = "/home/ana/" + strings.Repeat("A folder with a very long name/", 4) + "Stratos Drive"
				p.changeFolder(usb + "/" + strings.Repeat("and a disk with a long one ", 3))
			},
			"error": func(p *Page, b *fake.Backend) { b.Err = errTaken; p.changeFolder(usb) },
			"working": func(p *Page, _ *fake.Backend) {
				s := p.changeFolder(usb)
				s.working()
				s.advance(app.FolderCopying, 6_200_000_000, 12_400_000_000)
			},
		} {
			p, backend, _ := openedIn(t, 760, 480)
			show(p, backend)
			shots.Match(t, "moving-"+name+"-"+mode, p.host.Window)
		}
	})
}

// moving opens the dialog, and tells what the page says.
func moving(t *testing.T, change func(b *fake.Backend)) (s *moveSheet, b *fake.Backend, said *[]string) {
	t.Helper()
	p, b, _ := opened(t)
	said = &[]string{}
	p.host.Say = func(text string) { *said = append(*said, text) }
	if change != nil {
		change(b)
	}
	return p.changeFolder(usb), b, said
}

func TestFilesMoveAlong(t *testing.T) {
	s, b, said := moving(t, nil)
	cards := inDialog[*widgets.ChoiceCard](s.p)
	if len(cards) != 2 || !cards[0].Chosen() || s.dialog.Sheet().Buttons[1].Text() != "Move the folder" {
		t.Fatalf("%d cards", len(cards))
	}
	s.dialog.Submit("")
	if want := "Your files are in " + usb + "/Stratos Drive now."; !b.Asked("move to "+usb) || len(*said) != 1 || (*said)[0] != want || s.dialog.Open() {
		t.Errorf("%q, %q", b.Calls, *said)
	}
	if shown := find[*widgets.Paragraph](s.p); len(shown) == 0 || b.Folder() != usb+"/Stratos Drive" {
		t.Error(b.Folder())
	}
}

func TestFilesStayBehind(t *testing.T) {
	s, b, _ := moving(t, nil)
	test.Tap(inDialog[*widgets.ChoiceCard](s.p)[1])
	if got := s.dialog.Sheet().Buttons[1].Text(); got != "Use this folder" {
		t.Error(got)
	}
	test.Tap(inDialog[*widgets.ChoiceCard](s.p)[0])
	test.Tap(inDialog[*widgets.ChoiceCard](s.p)[1])
	s.dialog.Submit("")
	if !b.Asked("folder "+usb) || b.Asked("move to "+usb) || s.dialog.Open() {
		t.Errorf("%q", b.Calls)
	}
}

func TestNothingToMove(t *testing.T) {
	s, b, _ := moving(t, func(b *fake.Backend) { b.Entries = nil })
	if s.dialog.Open() || !b.Asked("folder "+usb) {
		t.Errorf("nothing is there, and it asks: %q", b.Calls)
	}
}

func TestMoveThatFails(t *testing.T) {
	s, b, said := moving(t, nil)
	b.Err = fake.ErrNoRoom
	s.dialog.Submit("")
	if s.dialog.Open() || len(*said) != 1 || b.Asked("keep folder") {
		t.Errorf("%q, %q", *said, b.Calls)
	}
	b.Err = nil
	if s, b, _ = moving(t, func(b *fake.Backend) { b.Err = fake.ErrOffline }); s.dialog.Sheet().Buttons[1].Text() != "Choose another folder" {
		t.Error("another folder must be offered")
	}
	b.Err = nil
	s.dialog.Submit("")
	if openDialog(s.p) == s.dialog {
		t.Error("no folder can be chosen")
	}
}

func TestTheOldFolderIsKept(t *testing.T) {
	s, b, said := moving(t, nil)
	s.working()
	stopped := false
	s.stop = func() { stopped = true }
	test.Tap(s.keep)
	if !stopped || !s.keep.Disabled() {
		t.Fatal("it cannot be stopped")
	}
	s.ended(app.FolderMove{}, context.Canceled)
	if !b.Asked("keep folder") || s.dialog.Open() || len(*said) != 0 {
		t.Errorf("%q, %q", b.Calls, *said)
	}
	s, b, said = moving(t, nil)
	s.working()
	s.advance(app.FolderClearing, 1, 2)
	if !s.keep.Disabled() {
		t.Error("everything is in the new folder, and the old one is offered")
	}
	s.ended(app.FolderMove{}, context.Canceled) // the program ends
	if b.Asked("keep folder") {
		t.Errorf("%q, %q", b.Calls, *said)
	}
}

func TestMovingInWords(t *testing.T) {
	for want, got := range map[string]string{
		"Copying: 1 GB of 2 GB":                 stepWords(app.FolderCopying, 1e9, 2e9),
		"Emptying the old folder: 1 KB of 2 KB": stepWords(app.FolderClearing, 1000, 2000),
		"Your files are in /b now.":             movedWords(app.FolderMove{From: "/a", To: "/b"}),
		"Your files are in /b now. 1 file changed meanwhile and are still in /a.":     movedWords(app.FolderMove{From: "/a", To: "/b", Left: 1}),
		"They go to /b. The old folder is removed.":                                   withWords(app.FolderMove{To: "/b"}),
		"/a/Drive stays as it is and is not synced any more. /b/New takes its place.": withoutWords(app.FolderMove{From: "/a/Drive"}, "/b/New"),
	} {
		if got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}
