package settings

import (
	"testing"

	"fyne.io/fyne/v2/test"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/ui/internal/fake"
	"github.com/stratosdrive/stratosdrive/ui/internal/shots"
	"github.com/stratosdrive/stratosdrive/ui/widgets"
)

func TestStoragePictures(t *testing.T) {
	shots.InBoth(t, func(t *testing.T, mode string) {
		p, backend, _ := openedIn(t, 760, 760)
		p.showStorage()
		shots.Match(t, "storage-"+mode, p.host.Window)
		openDialog(p).Close()
		backend.Err = fake.ErrOffline
		p.showStorage()
		shots.Match(t, "storage-error-"+mode, p.host.Window)
	})
}

func TestCleaningUp(t *testing.T) {
	p, backend, _ := opened(t)
	said := ""
	p.host.Say = func(text string) { said = text }
	s := p.showStorage()
	if n := len(inDialog[*widgets.Meter](p)); n != 5 {
		t.Errorf("%d meters", n)
	}
	test.Tap(s.free)
	if !backend.Asked("clean up") || !s.free.Disabled() || said != "1.5 GB is marked. It is deleted after 30 days, when every device knows." {
		t.Errorf("%q, %v", said, backend.Calls)
	}
	backend.Entries = nil
	if s = p.showStorage(); !s.free.Disabled() {
		t.Error("an empty drive can be cleaned up")
	}
}

func TestCleaningUpFails(t *testing.T) {
	p, backend, _ := opened(t)
	s := p.showStorage()
	backend.Err = fake.ErrOffline
	test.Tap(s.free)
	if s.free.Disabled() || !s.say.Visible() {
		t.Error("what failed cannot be tried again")
	}
}

func TestCleaningUpInWords(t *testing.T) {
	for begin, c := range map[string]app.CleanUp{
		"Nothing was deleted yet: some of your devices have not been seen for a long time. Say in Devices whether they come back.": {},
		"There is nothing to clean up.": {Done: true},
	} {
		if got := cleanUpWords(c); got != begin {
			t.Error(got)
		}
	}
}

func TestCacheIsLimitedAndEmptied(t *testing.T) {
	p, backend, _ := opened(t)
	p.showStorage()
	choice := inDialog[*widgets.Select](p)[0]
	if choice.Chosen() != 1 {
		t.Errorf("the usual limit is at %d", choice.Chosen())
	}
	choice.Choose(3)
	if backend.Room != 20<<30 {
		t.Errorf("%d", backend.Room)
	}
	backend.Room = 3 << 30 // set elsewhere
	p.showStorage()
	if choice = inDialog[*widgets.Select](p)[0]; choice.Chosen() != 1 {
		t.Errorf("a limit of one's own is at %d", choice.Chosen())
	}
	var empty *widgets.Button
	for _, b := range inDialog[*widgets.Button](p) {
		if b.Text() == "Empty it" {
			empty = b
		}
	}
	if test.Tap(empty); !backend.Asked("empty cache") {
		t.Errorf("%v", backend.Calls)
	}
}
