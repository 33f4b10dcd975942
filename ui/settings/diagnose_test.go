package settings

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2/test"

	"github.com/stratosdrive/stratosdrive/ui/internal/fake"
	"github.com/stratosdrive/stratosdrive/ui/internal/shots"
	"github.com/stratosdrive/stratosdrive/ui/widgets"
)

func TestReportPictures(t *testing.T) {
	shots.InBoth(t, func(t *testing.T, mode string) {
		p, _, _ := openedIn(t, 760, 560)
		p.makeReport()
		shots.Match(t, "report-"+mode, p.host.Window)
	})
}

func TestReportIsReadCopiedAndSaved(t *testing.T) {
	p, _, _ := opened(t)
	copied, dir := "", t.TempDir()
	p.host.Copy = func(text string) { copied = text }
	s := p.makeReport()
	if test.Tap(s.copy); !strings.HasPrefix(copied, "Stratos Drive 0.1.0, 2026-11-22") || !strings.Contains(copied, "Gateway 2: does not answer") {
		t.Errorf("copied %q", copied)
	}
	t.Setenv("HOME", dir)
	t.Setenv("USERPROFILE", dir)
	test.Tap(s.save)
	if s.dialog.Open() {
		t.Error("two dialogs lie over each other")
	}
	press(t, p, "Save")
	if saved, err := os.ReadFile(filepath.Join(dir, reportFile)); err != nil || string(saved) != copied {
		t.Errorf("saved %q, %v", saved, err)
	}
}

func TestReportWithoutAnAnswer(t *testing.T) {
	p, backend, _ := opened(t)
	backend.Err = fake.ErrOffline
	s := p.makeReport()
	if !s.copy.Disabled() || !s.save.Disabled() {
		t.Error("there is nothing to save")
	}
	backend.Err = nil
	for _, b := range inDialog[*widgets.Button](p) {
		test.Tap(b)
	}
	if s.copy.Disabled() || s.text == "" {
		t.Error("it was not tried again")
	}
}
