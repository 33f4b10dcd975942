package settings

import (
	"slices"
	"testing"

	"fyne.io/fyne/v2/test"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/ui/internal/fake"
	"github.com/stratosdrive/stratosdrive/ui/language"
	"github.com/stratosdrive/stratosdrive/ui/widgets"
)

func TestTheLook(t *testing.T) {
	p, backend, did := opened(t)
	find[*widgets.Segments](p)[0].Choose(2)
	if backend.Theme() != "dark" || !slices.Equal(*did, []string{"dress"}) {
		t.Errorf("%s, %v", backend.Theme(), *did)
	}
	for name, want := range map[string]int{"system": 0, "light": 1, "dark": 2, "odd": 0, "": 0} {
		if modeIndex(name) != want {
			t.Errorf("%q is at %d", name, modeIndex(name))
		}
	}
}

func TestTheLanguage(t *testing.T) {
	p, backend, did := opened(t)
	choice := find[*widgets.Select](p)[0]
	if choice.Chosen() != 1 {
		t.Errorf("English is in use, and %d is shown", choice.Chosen())
	}
	choice.Choose(4)
	if backend.Language() != "de" || !slices.Equal(*did, []string{"speak"}) {
		t.Errorf("%s, %v", backend.Language(), *did)
	}
	words, codes, chosen := languageChoices("")
	if chosen != 0 || words[0] != "As the system" || words[2] != "中文" || len(words) != len(app.Languages())+1 {
		t.Error(words, chosen)
	}
	if !slices.Equal(codes[1:], app.Languages()) {
		t.Errorf("the window speaks %v, and %v can be chosen", codes[1:], app.Languages())
	}
}

func TestTheSizeOfText(t *testing.T) {
	p, backend, did := opened(t)
	choice := find[*widgets.Select](p)[1]
	choice.Choose(5)
	if backend.TextSize() != 150 || !slices.Equal(*did, []string{"dress"}) {
		t.Errorf("%d, %v", backend.TextSize(), *did)
	}
	if words, chosen := sizeChoices(110); words[chosen] != "110 %" || len(words) != 6 {
		t.Error(words, chosen)
	}
}

func TestNotificationsAreSwitchedOff(t *testing.T) {
	p, backend, _ := opened(t)
	if test.Tap(find[*widgets.Switch](p)[0]); backend.Notifies() {
		t.Error("it notifies still")
	}
}

func TestStartingWithTheSystem(t *testing.T) {
	p, backend, _ := opened(t)
	start := func() *widgets.Switch { return find[*widgets.Switch](p)[1] }
	if test.Tap(start()); !backend.AtStart {
		t.Error("it does not start with the system")
	}
	backend.Err = fake.ErrOffline
	if test.Tap(start()); !start().On() {
		t.Error("what could not be saved is shown as if it were")
	}
	backend.NoDesktop = true
	p.show()
	if n := len(find[*widgets.Switch](p)); n != 2 {
		t.Errorf("%d switches where the system cannot be told", n)
	}
}

func TestSettingThatCannotBeSaved(t *testing.T) {
	p, backend, _ := opened(t)
	said := ""
	p.host.Say = func(text string) { said = text }
	backend.Err = fake.ErrOffline
	find[*widgets.Select](p)[1].Choose(3)
	if said == "" {
		t.Error("it fails in silence")
	}
}

// TestFontsAreMissed: only Chinese needs fonts that the program does not bring.
func TestFontsAreMissed(t *testing.T) {
	p, _, _ := opened(t)
	if p.glyphs() != nil {
		t.Error("letters of English are missing")
	}
	if err := language.Use("zh"); err != nil {
		t.Fatal(err)
	}
	defer func() { _ = language.Use("en") }()
	if shown := p.glyphs() == nil; shown != language.Shows() {
		t.Errorf("fonts are there: %v, and nothing is said: %v", language.Shows(), shown)
	}
}
