package shell

import (
	"slices"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/storage"

	"github.com/stratosdrive/stratosdrive/ui/internal/fake"
	"github.com/stratosdrive/stratosdrive/ui/page"
	"github.com/stratosdrive/stratosdrive/ui/widgets"
)

// What each key does to the window.
func TestKeysOfTheWindow(t *testing.T) {
	ctrl, alt := fyne.KeyModifierShortcutDefault, fyne.KeyModifierAlt
	for name, c := range map[string]struct {
		key      fyne.KeyName
		modifier fyne.KeyModifier
		from     []string
		want     string
	}{
		"drive":                 {"1", ctrl, []string{page.Stake}, page.Drive},
		"shared":                {"2", ctrl, nil, page.Shared},
		"watch":                 {"3", ctrl, nil, page.Watch},
		"wallet":                {"4", ctrl, nil, page.Wallet},
		"stake":                 {"5", ctrl, nil, page.Stake},
		"activity":              {"6", ctrl, nil, page.Activity},
		"back":                  {fyne.KeyLeft, alt, []string{page.Stake, page.Wallet}, page.Stake},
		"back, as on a Mac":     {fyne.KeyLeftBracket, ctrl, []string{page.Stake, page.Wallet}, page.Stake},
		"nothing to go back to": {fyne.KeyLeft, alt, nil, page.Drive},
		"nothing ahead":         {fyne.KeyRight, alt, []string{page.Wallet}, page.Wallet},
		"search here":           {fyne.KeyF, ctrl, []string{page.Shared}, page.Shared},
		"search there":          {fyne.KeyF, ctrl, []string{page.Settings}, page.Drive},
	} {
		backend := fake.Full()
		s, b := begun(t, backend)
		for _, each := range c.from {
			s.Go(page.Route{Page: each})
		}
		s.Press(&desktop.CustomShortcut{KeyName: c.key, Modifier: c.modifier})
		if s.Route().Page != c.want || !backend.Asked("touch") {
			t.Errorf("%s leads to %v", name, s.Route())
		}
		if c.key == fyne.KeyF && b.last().searched != 1 {
			t.Errorf("%s: the search has no focus", name)
		}
	}
}

func TestForwardAfterBack(t *testing.T) {
	s, _ := begun(t, fake.Full())
	s.Go(page.Route{Page: page.Wallet})
	s.Back()
	s.Forward()
	if s.Route().Page != page.Wallet {
		t.Errorf("at %v", s.Route())
	}
	s.Back()
	s.Go(page.Route{Page: page.Stake})
	s.Forward()
	if s.Route().Page != page.Stake {
		t.Error("what lay ahead was not forgotten")
	}
}

// Under a dialog nothing moves; what was to be shown waits.
func TestNothingMovesUnderADialog(t *testing.T) {
	s, b := begun(t, fake.Full())
	d := widgets.ShowDialog(s.Host.Canvas(), widgets.Sheet{Title: "Dialog"})
	pages := len(b.made)
	s.Go(page.Route{Page: page.Wallet})
	s.Back()
	s.search()
	s.find()
	s.showAccounts()
	s.Dropped([]fyne.URI{storage.NewFileURI("/tmp/a")})
	s.Offer("stos://abc")
	if len(b.made) != pages || s.Host.Canvas().Overlays().Top() != fyne.CanvasObject(d) {
		t.Fatal("something moved")
	}
	d.Close()
	s.FollowAll(nil)
	if s.Route() != (page.Route{Page: page.Link, Arg: "stos://abc"}) {
		t.Errorf("the link is lost: %v", s.Route())
	}
}

func TestOrdersFromEverywhere(t *testing.T) {
	backend := fake.Full()
	s, _ := begun(t, backend)
	named := func(name string) (list []string, do func()) {
		for _, e := range s.orders() {
			if list = append(list, e.Name); e.Name == name {
				do = e.Do
			}
		}
		return list, do
	}
	if list, do := named("Pause syncing"); do == nil {
		t.Errorf("%q", list)
	} else if do(); !backend.Asked("pause") {
		t.Error("it is not paused")
	}
	if list, do := named("Resume syncing"); do == nil || slices.Contains(list, "Pause syncing") {
		t.Errorf("%q while it is paused", list)
	} else if do(); !backend.Asked("resume") {
		t.Error("it does not go on")
	}
	if _, do := named("Switch wallet or account"); do == nil {
		t.Error("nobody can switch")
	} else if do(); s.Host.Canvas().Overlays().Top() == nil {
		t.Error("there is no menu of accounts")
	}
	s.clear()
	if _, do := named("Lock the wallet"); do == nil {
		t.Error("nobody can lock")
	} else if do(); !backend.IsLocked || s.Route() != (page.Route{}) {
		t.Error("it is not locked")
	}
}
