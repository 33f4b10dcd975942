package settings

import (
	"testing"

	"fyne.io/fyne/v2/test"

	"github.com/stratosdrive/stratosdrive/ui/internal/fake"
	"github.com/stratosdrive/stratosdrive/ui/internal/shots"
	"github.com/stratosdrive/stratosdrive/ui/widgets"
)

func TestChoosingPictures(t *testing.T) {
	shots.InBoth(t, func(t *testing.T, mode string) {
		p, _, _ := openedIn(t, 760, 640)
		s := p.chooseFolders()
		s.fold(3, true)
		s.turn(1)
		s.turn(5)
		shots.Match(t, "choosing-"+mode, p.host.Window)
	})
}

func TestChoosingFolders(t *testing.T) {
	p, backend, _ := opened(t)
	s := p.chooseFolders()
	if !s.use.Disabled() || s.say.Text() != "Nothing changes on this computer." || s.tree.Len() != 4 {
		t.Errorf("%q, %d rows", s.say.Text(), s.tree.Len())
	}
	if r := s.tree.Row(0); r.Name != "All of the drive" || r.Tick != widgets.TickPart || !r.Open {
		t.Errorf("%+v", r)
	}
	s.turn(1)
	s.turn(2)
	if s.say.Text() != "Fetches 5 GB to this computer and frees 3 GB on it." || s.use.Disabled() {
		t.Error(s.say.Text())
	}
	s.fold(3, true)
	if r := s.tree.Row(5); s.tree.Len() != 6 || r.Name != "Portugal" || r.Depth != 2 || r.Tick != widgets.TickAll {
		t.Errorf("%d rows", s.tree.Len())
	}
	s.fold(3, false)
	s.fold(3, true) // it is known by now
	test.Tap(s.use)
	if !backend.Asked("keep Films") || !backend.Asked("free Photos") || backend.Asked("free Work") || s.dialog.Open() {
		t.Errorf("%v", backend.Calls)
	}
}

func TestChoosingWithoutAnAnswer(t *testing.T) {
	p, backend, _ := opened(t)
	backend.Err = fake.ErrOffline
	s := p.chooseFolders()
	if s.top != nil || !s.use.Disabled() {
		t.Error("folders out of nothing")
	}
	backend.Err = nil
	s.load()
	s.turn(1)
	backend.Err = fake.ErrOffline
	s.fold(3, true)
	if s.tree.Row(3).Open {
		t.Error("a folder that could not be read is open")
	}
	test.Tap(s.use)
	if !s.dialog.Open() || s.use.Text() != "Try again" || s.use.Disabled() {
		t.Error("what failed cannot be tried again")
	}
}

func TestDifferencesInWords(t *testing.T) {
	for want, d := range map[string][2]int64{
		"Fetches 1 KB to this computer.": {1000, 0}, "Frees 2 KB on this computer.": {0, 2000}, "Nothing changes on this computer.": {0, 0},
	} {
		if got := differenceWords(d[0], d[1]); got != want {
			t.Error(got)
		}
	}
}
