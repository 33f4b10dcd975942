package settings

import (
	"context"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2/test"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/ui/internal/fake"
	"github.com/stratosdrive/stratosdrive/ui/internal/shots"
	"github.com/stratosdrive/stratosdrive/ui/widgets"
)

func TestDevicesGoneWrongPictures(t *testing.T) {
	shots.InBoth(t, func(t *testing.T, mode string) {
		p, backend, _ := openedIn(t, 760, 520)
		backend.Err = fake.ErrOffline
		p.showDevices()
		shots.Match(t, "devices-error-"+mode, p.host.Window)
		openDialog(p).Close()
		backend.Err = nil
		s := p.showDevices()
		long := s.list[0]
		long.Name = strings.Repeat("the laptop on the desk in the attic, ", 3)
		s.list[0], s.list[1].Silent = long, true
		s.table.SetRows([]widgets.TableRow{deviceRow(long, p), deviceRow(s.list[1], p)})
		s.table.Select(0)
		shots.Match(t, "devices-long-"+mode, p.host.Window)
	})
}

func TestDevicesInWords(t *testing.T) {
	p, _, _ := opened(t)
	for _, c := range []struct {
		d      app.DriveDevice
		second string
		tone   widgets.Tone
	}{
		{app.DriveDevice{}, "", widgets.Neutral},
		{app.DriveDevice{This: true}, "This computer", widgets.Active},
		{app.DriveDevice{Silent: true}, "Not seen for a long time", widgets.Warn},
		{app.DriveDevice{Silent: true, Retired: true}, "Not waited for", widgets.Neutral},
		{app.DriveDevice{Hidden: true, Silent: true}, "Not seen for a long time, Hidden", widgets.Warn},
		{app.DriveDevice{Hidden: true, Retired: true}, "Not waited for, Hidden", widgets.Neutral},
	} {
		c.d.Name, c.d.Seen = "Desk", fake.Now.Add(-2*time.Hour)
		r := deviceRow(c.d, p)
		if r.Name != "Desk" || r.Second != c.second || r.IconTone != c.tone || r.Cells[0].Text != "Today, 13:00" {
			t.Errorf("%+v: %+v", c.d, r)
		}
	}
}

// What may be done with a device depends on which it is.
func TestWhatMayBeDoneWithADevice(t *testing.T) {
	p, _, _ := opened(t)
	s := p.showDevices()
	for i, d := range []app.DriveDevice{{This: true}, {}, {Hidden: true}, {Retired: true}} {
		s.list = []app.DriveDevice{d}
		s.table.SetRows([]widgets.TableRow{deviceRow(d, p)})
		s.table.Select(0)
		s.allow()
		if s.rename.Disabled() || s.hide.Disabled() != d.This || s.retire.Disabled() != d.This {
			t.Errorf("%d: rename %v, hide %v, retire %v", i, s.rename.Disabled(), s.hide.Disabled(), s.retire.Disabled())
		}
		if shown, waits := s.hide.Text() == "Show again", s.retire.Text() == "Wait for it again"; shown != d.Hidden || waits != d.Retired {
			t.Errorf("%d: %q, %q", i, s.hide.Text(), s.retire.Text())
		}
	}
	s.table.Select(-1)
	s.list = nil
	if s.allow(); !s.rename.Disabled() || !s.hide.Disabled() {
		t.Error("nothing is chosen, and it may be renamed")
	}
}

func TestNamesThatDevicesMayHave(t *testing.T) {
	p, backend, _ := opened(t)
	s := p.showDevices()
	s.table.Select(1)
	test.Tap(s.rename)
	d := openDialog(p)
	name, save := d.Sheet().Focus.(*widgets.Field), d.Sheet().Buttons[1]
	for text, good := range map[string]bool{
		"": false, "   ": false, "Desk": false, " Desk ": false, "Kitchen": true, strings.Repeat("x", 60): true, strings.Repeat("x", 61): false, "厨房": true,
	} {
		if name.SetText(text); save.Disabled() == good {
			t.Errorf("%q: %v", text, good)
		}
	}
	name.SetText("Kitchen")
	backend.Err = fake.ErrOffline
	d.Submit("")
	if !d.Open() || save.Text() != "Rename" || save.Disabled() {
		t.Error("a name that could not be saved is kept in its field")
	}
	backend.Err = nil
	d.Submit("")
	if d.Open() || openDialog(p).Sheet().Title != "Devices" {
		t.Error("the list is not shown again")
	}
}

func TestDeviceThatCannotBeChanged(t *testing.T) {
	p, backend, _ := opened(t)
	said := ""
	p.host.Say = func(text string) { said = text }
	s := p.showDevices()
	s.table.Select(1)
	backend.Err = fake.ErrOffline
	test.Tap(s.retire)
	if said == "" {
		t.Error("it fails in silence")
	}
	backend.Err = nil
	for _, l := range inDialog[*widgets.Button](p) {
		test.Tap(l) // tries again
	}
	if len(s.list) == 0 {
		t.Error("the list is not read again")
	}
}

// slowNames lets something happen while a device gets its name.
type slowNames struct {
	*fake.Backend
	meanwhile func()
}

func (s *slowNames) RenameDevice(ctx context.Context, which, name string) (app.DriveDevice, error) {
	s.meanwhile()
	return s.Backend.RenameDevice(ctx, which, name)
}

// Who closes the dialog while the name is told to the network does something
// else by then: the list does not come back over it.
func TestDevicesStayClosed(t *testing.T) {
	p, backend, _ := opened(t)
	slow := &slowNames{Backend: backend}
	p.backend = slow
	s := p.showDevices()
	s.table.Select(1)
	test.Tap(s.rename)
	d := openDialog(p)
	d.Sheet().Focus.(*widgets.Field).SetText("Kitchen")
	slow.meanwhile = d.Close
	d.Submit("")
	if over := p.host.Canvas().Overlays().Top(); over != nil {
		t.Errorf("%T came over the page", over)
	}
}
