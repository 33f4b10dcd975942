package app

import (
	"testing"

	"github.com/stratosdrive/stratosdrive/internal/fault"
)

func TestAppearanceIsKept(t *testing.T) {
	home := t.TempDir()
	a := openTest(t, home)
	if a.Language() != "" || a.TextSize() != 100 || !a.Notifies() {
		t.Errorf("a fresh profile has %q, %d, %v", a.Language(), a.TextSize(), a.Notifies())
	}
	for _, err := range []error{a.SetLanguage("zh"), a.SetTextSize(130), a.SetNotifies(false)} {
		if err != nil {
			t.Fatal(err)
		}
	}
	again := openTest(t, home)
	if again.Language() != "zh" || again.TextSize() != 130 || again.Notifies() {
		t.Errorf("kept %q, %d, %v", again.Language(), again.TextSize(), again.Notifies())
	}
	for _, err := range []error{a.SetLanguage("tlh"), a.SetTextSize(400), a.SetTextSize(0)} {
		if fault.ExitCode(err) != 2 {
			t.Errorf("%v", err)
		}
	}
	if err := a.SetLanguage(""); err != nil || a.Language() != "" {
		t.Error("it does not follow the system again")
	}
	if err := a.settings.change(func(s *settings) { s.TextSize = 17 }); err != nil || a.TextSize() != 100 {
		t.Error("a size that nobody can choose is used")
	}
}
