package settings

import (
	"testing"

	"fyne.io/fyne/v2/test"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/ui/internal/fake"
	"github.com/stratosdrive/stratosdrive/ui/internal/shots"
	"github.com/stratosdrive/stratosdrive/ui/widgets"
)

func TestDrivePictures(t *testing.T) {
	shots.InBoth(t, func(t *testing.T, mode string) {
		p, backend, _ := opened(t)
		backend.Told.Limits = app.Limits{Up: 1_500_000, From: "08:00", Until: "18:00"}
		p.askSpeed()
		shots.Match(t, "speed-"+mode, p.host.Window)
		openDialog(p).Close()
		s := p.showDevices()
		s.table.Select(2)
		shots.Match(t, "devices-"+mode, p.host.Window)
	})
}

func TestLimitWords(t *testing.T) {
	for want, l := range map[string]app.Limits{
		"As fast as the line allows.":                              {From: "08:00", Until: "09:00"},
		"Sends at most 1.5 MB/s.":                                  {Up: 1_500_000},
		"Receives at most 2 MB/s. That holds from 22:00 to 06:00.": {Down: 2_000_000, From: "22:00", Until: "06:00"},
		"Sends at most 500 KB/s, receives at most 1 MB/s.":         {Up: 500_000, Down: 1_000_000},
	} {
		if got := limitWords(l); got != want {
			t.Errorf("%+v: %s", l, got)
		}
	}
}

func TestSpeedsThatAreTyped(t *testing.T) {
	for text, want := range map[string]int64{"": 0, "2": 2_000_000, " 0,5 ": 500_000, "0.001": 1000} {
		if got, valid := readSpeed(text); got != want || !valid {
			t.Errorf("%q: %d, %v", text, got, valid)
		}
		if back, _ := readSpeed(typedSpeed(want)); back != want {
			t.Errorf("%d is typed as %s", want, typedSpeed(want))
		}
	}
	for _, text := range []string{"fast", "-1", "0", "0.0001", "1e9", "NaN", "Inf"} {
		if got, valid := readSpeed(text); valid {
			t.Errorf("%q: %d", text, got)
		}
	}
}

func TestSettingTheSpeed(t *testing.T) {
	p, backend, _ := opened(t)
	p.askSpeed()
	d := openDialog(p)
	use := d.Sheet().Buttons[1]
	fields := fieldsOf(d)
	fields[0].SetText("1.5")
	fields[2].SetText("8 o'clock")
	if !use.Disabled() {
		t.Error("a time that is none is taken")
	}
	fields[2].SetText("08:00")
	fields[3].SetText("18:00")
	test.Tap(use)
	if want := (app.Limits{Up: 1_500_000, From: "08:00", Until: "18:00"}); backend.Told.Limits != want || d.Open() {
		t.Errorf("%+v", backend.Told.Limits)
	}
}

func fieldsOf(d *widgets.Dialog) (list []*widgets.Field) {
	for _, o := range test.LaidOutObjects(d.Sheet().Body) {
		if f, ok := o.(*widgets.Field); ok {
			list = append(list, f)
		}
	}
	return list
}

func TestDevices(t *testing.T) {
	p, backend, _ := opened(t)
	s := p.showDevices()
	if !s.rename.Disabled() || !s.hide.Disabled() {
		t.Error("nothing is chosen")
	}
	s.table.Select(0)
	if s.rename.Disabled() || !s.hide.Disabled() || !s.retire.Disabled() {
		t.Error("this computer can be hidden")
	}
	s.table.Select(2)
	if s.hide.Text() != "Show again" || s.retire.Text() != "Not coming back" {
		t.Error(s.hide.Text(), s.retire.Text())
	}
	test.Tap(s.hide)
	test.Tap(s.retire)
	if !backend.Asked("hide device d3 false") || !backend.Asked("retire device d3 true") {
		t.Errorf("%v", backend.Calls)
	}
	s.table.Select(1)
	test.Tap(s.rename)
	d := openDialog(p)
	name := d.Sheet().Focus.(*widgets.Field)
	if name.Text != "Desk" || !d.Sheet().Buttons[1].Disabled() {
		t.Errorf("%q", name.Text)
	}
	name.SetText(" Kitchen ")
	d.Submit("")
	if !backend.Asked("rename device d2 to Kitchen") {
		t.Errorf("%v", backend.Calls)
	}
}

func TestDevicesWithoutAnAnswer(t *testing.T) {
	p, backend, _ := opened(t)
	backend.Err = fake.ErrOffline
	s := p.showDevices()
	s.askName()
	s.change(nil)
	if len(s.list) != 0 || !s.rename.Disabled() {
		t.Error("devices without an answer")
	}
}

func TestTimesOfALimit(t *testing.T) {
	p, _, _ := opened(t)
	p.askSpeed()
	f, use := fieldsOf(openDialog(p)), openDialog(p).Sheet().Buttons[1]
	for _, c := range []struct {
		up, down, from, until string
		good                  bool
	}{
		{"", "", "", "", true},
		{"1", "2", "", "", true},
		{"1", "", "08:00", "18:00", true},
		{"1", "", "22:00", "6:00", true},
		{"1", "", "08:00", "", false},
		{"1", "", "", "18:00", false},
		{"1", "", "25:00", "26:00", false},
		{"1", "", "8", "18", false},
		{"x", "", "", "", false},
		{"", "-3", "", "", false},
	} {
		for i, text := range []string{c.up, c.down, c.from, c.until} {
			f[i].SetText(text)
		}
		if use.Disabled() == c.good {
			t.Errorf("%+v", c)
		}
	}
}

func TestSpeedThatCannotBeSaved(t *testing.T) {
	p, backend, _ := opened(t)
	p.askSpeed()
	d := openDialog(p)
	backend.Err = fake.ErrNoRoom
	fieldsOf(d)[1].SetText("3")
	d.Submit("")
	if !d.Open() || d.Sheet().Buttons[1].Text() != "Use these" {
		t.Fatal("a failure must be told")
	}
	backend.Err = nil
	d.Submit("")
	if d.Open() || backend.Told.Limits.Down != 3_000_000 {
		t.Errorf("%+v", backend.Told.Limits)
	}
}

// What is kept is what the fields show next time.
func TestSpeedIsShownAsItWasTyped(t *testing.T) {
	p, backend, _ := opened(t)
	backend.Told.Limits = app.Limits{Up: 250_000, Down: 12_500_000, From: "08:00", Until: "18:30"}
	p.askSpeed()
	for i, want := range []string{"0.25", "12.5", "08:00", "18:30"} {
		if got := fieldsOf(openDialog(p))[i].Text; got != want {
			t.Errorf("field %d: %q, want %q", i, got, want)
		}
	}
}
