package main

import (
	"image"
	"testing"

	"github.com/godbus/dbus/v5"
	"github.com/godbus/dbus/v5/prop"

	"github.com/stratosdrive/stratosdrive/internal/testscreen"
)

const trayName = "org.kde.StatusNotifierWatcher"

// trayHost is a desktop that shows the icons of programs.
type trayHost struct {
	conn  *dbus.Conn
	icons chan dbus.Sender
}

// newTrayHost puts one on a message bus.
func newTrayHost(t *testing.T, bus string) *trayHost {
	t.Helper()
	conn, err := dbus.Connect(bus)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close() })
	p := &trayHost{conn: conn, icons: make(chan dbus.Sender, 4)}
	if err := conn.Export(p, "/StatusNotifierWatcher", trayName); err != nil {
		t.Fatal(err)
	}
	_, err = prop.Export(conn, "/StatusNotifierWatcher", prop.Map{trayName: {"IsStatusNotifierHostRegistered": {Value: true}}})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := conn.RequestName(trayName, dbus.NameFlagDoNotQueue); err != nil {
		t.Fatal(err)
	}
	return p
}

// RegisterStatusNotifierItem is called by a program with an icon.
func (p *trayHost) RegisterStatusNotifierItem(_ string, from dbus.Sender) *dbus.Error {
	p.icons <- from
	return nil
}

// closeIntoTray closes the window on a desktop with a tray: it says what that
// means, hides, and goes on.
func (p *person) closeIntoTray(desktop *trayHost) {
	<-desktop.icons
	p.screen.Key("alt+F4")
	p.awaitPixels("what closing means", dialog, p.look.accent, 1000)
	p.keep("closing")
	p.push("Close the window", dialog)
	p.awaitHidden()
}

// pointer is more than the pointer of the mouse covers, in pixels.
const pointer = 2000

// awaitHidden waits until no window is shown, while the program goes on.
func (p *person) awaitHidden() {
	p.t.Helper()
	p.screen.Await("an empty screen", func(shot *image.RGBA) bool {
		return testscreen.Count(shot, whole, black) > testscreen.Width*testscreen.Height-pointer
	})
	select {
	case <-p.ended:
		p.t.Fatalf("the program ended:\n%s", p.said)
	default:
	}
}
