package settings

import (
	"errors"
	"strings"
	"testing"

	"fyne.io/fyne/v2/test"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/ui/internal/fake"
	"github.com/stratosdrive/stratosdrive/ui/internal/shots"
)

// stolen opens the dialog about a stolen device.
func stolen(t *testing.T, change func(*app.NewEpoch)) (*stolenSheet, *fake.Backend) {
	t.Helper()
	p, backend, _ := openedIn(t, 760, 680)
	backend.Epoch = fake.SampleEpoch()
	if change != nil {
		change(&backend.Epoch)
	}
	return p.showStolen(), backend
}

func begun(e *app.NewEpoch) { e.Resumed = true }

func TestStolenPictures(t *testing.T) {
	shots.InBoth(t, func(t *testing.T, mode string) {
		s, _ := stolen(t, nil)
		shots.Match(t, "stolen-"+mode, s.p.host.Window)
		s, _ = stolen(t, begun)
		shots.Match(t, "stolen-begun-"+mode, s.p.host.Window)
		s.working("This goes on when you close this.")
		s.running = true
		s.advance(app.EpochCopying, 1_000_000_000, 2_400_000_000)
		shots.Match(t, "stolen-working-"+mode, s.p.host.Window)
		s.ask(fake.ErrNoRoom)
		shots.Match(t, "stolen-error-"+mode, s.p.host.Window)
	})
}

func TestEpochWords(t *testing.T) {
	e := fake.SampleEpoch()
	costs := epochCosts(e)
	if len(costs) != 4 || costs[0][1] != "2.4 GB, for up to 12 ozone" || costs[2][1] != "1.2 STOS" || epochState(e) != "" || canGiveUp(e) {
		t.Errorf("%v %q", costs, epochState(e))
	}
	e.Resumed = true
	if !canGiveUp(e) || !strings.Contains(epochState(e), "cut off") {
		t.Error(epochState(e))
	}
	e.Upload = 0
	if canGiveUp(e) || !strings.Contains(epochState(e), "delete the old files") || len(epochCosts(e)) != 1 {
		t.Error(epochState(e), epochCosts(e))
	}
	e.Followed = true
	if !strings.Contains(epochState(e), "Another of your devices") {
		t.Error(epochState(e))
	}
	if got := epochStep(app.EpochDeleting, 3, 1200); got != "Deleting the old files: 3 of 1,200" {
		t.Error(got)
	}
	if plain, untold := epochDone(app.NewEpoch{Files: 2}), epochDone(app.NewEpoch{Files: 2, Untold: true}); plain == untold || !strings.HasPrefix(plain, "2 files") {
		t.Error(plain, untold)
	}
}

func TestNewKeysWantThePassword(t *testing.T) {
	s, backend := stolen(t, nil)
	begin := s.dialog.Sheet().Buttons[1]
	if !begin.Disabled() || begin.Text() != "Put it under new keys" {
		t.Error("it begins without a password")
	}
	s.password.SetText("wrong")
	test.Tap(begin)
	if backend.Asked("new epoch") || !s.trouble.Visible() {
		t.Fatalf("a wrong password: %v", backend.Calls)
	}
	s.password.SetText(fake.Password)
	s.dialog.Submit("")
	if !backend.Asked("new epoch") || s.dialog.Sheet().Title != "The drive has new keys" {
		t.Errorf("%v, %s", backend.Calls, s.dialog.Sheet().Title)
	}
}

func TestNewKeysThatBreakOff(t *testing.T) {
	s, backend := stolen(t, begun)
	backend.EpochErr = fake.ErrNoRoom
	s.password.SetText(fake.Password)
	s.dialog.Submit("")
	if s.running || !s.trouble.Visible() || s.word() != "Go on" {
		t.Error("what went wrong is not said")
	}
	backend.EpochErr = nil
	test.Tap(s.dialog.Sheet().Buttons[1]) // Give it up
	if !backend.Asked("cancel epoch") || s.dialog.Sheet().Title != "Given up" {
		t.Errorf("%v, %s", backend.Calls, s.dialog.Sheet().Title)
	}
}

func TestStolenThatCannotBeLookedAt(t *testing.T) {
	p, backend, _ := opened(t)
	backend.Err = errors.New("offline")
	s := p.showStolen()
	if again := s.dialog.Sheet().Buttons[1]; again.Text() != "Try again" {
		t.Fatal(again.Text())
	}
	backend.Err, backend.Epoch = nil, fake.SampleEpoch()
	s.dialog.Submit("")
	if s.password == nil {
		t.Error("it is not looked at again")
	}
}

// sentMeanwhile puts the drive under new keys while another device goes on
// sending under the old ones.
func sentMeanwhile(t *testing.T) (*stolenSheet, *fake.Backend) {
	t.Helper()
	s, backend := stolen(t, nil)
	backend.EpochErr = fault.Say(app.ErrSentMeanwhile, "Another device has sent something under the old keys meanwhile, so the old files were not deleted. Unlock the wallet there once, so that it follows; then try again.")
	s.password.SetText(fake.Password)
	s.dialog.Submit("")
	return s, backend
}

func TestOldFilesThatGotMore(t *testing.T) {
	shots.InBoth(t, func(t *testing.T, mode string) {
		s, _ := sentMeanwhile(t)
		shots.Match(t, "stolen-meanwhile-"+mode, s.p.host.Window)
	})
	s, backend := sentMeanwhile(t)
	sheet := s.dialog.Sheet()
	if backend.EpochForced || sheet.Title != "The old files are still there" || sheet.Buttons[0].Text() != "Delete them anyway" {
		t.Fatalf("%s, forced %v", sheet.Title, backend.EpochForced)
	}
	backend.EpochErr = nil
	test.Tap(sheet.Buttons[0])
	if !backend.EpochForced || s.dialog.Sheet().Title != "The drive has new keys" {
		t.Errorf("%v, %s", backend.Calls, s.dialog.Sheet().Title)
	}
	s, backend = sentMeanwhile(t)
	test.Tap(s.dialog.Sheet().Buttons[1])
	if s.dialog.Open() || backend.EpochForced {
		t.Error("it cannot be left as it is")
	}
}
