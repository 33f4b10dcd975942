package desktop

import (
	"context"
	"errors"
	"testing"

	"github.com/godbus/dbus/v5"
	"github.com/godbus/dbus/v5/prop"

	"github.com/stratosdrive/stratosdrive/internal/testbus"
)

// owner is a program on a bus that owns a name.
func owner(t *testing.T, bus, name string) *dbus.Conn {
	t.Helper()
	conn, err := dbus.Connect(bus)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close() })
	if got, err := conn.RequestName(name, dbus.NameFlagDoNotQueue); err != nil || got != dbus.RequestNameReplyPrimaryOwner {
		t.Fatal(got, err)
	}
	return conn
}

// panel makes a tray that shows icons, or one that only listens.
func panel(t *testing.T, conn *dbus.Conn, shows bool) *prop.Properties {
	t.Helper()
	props, err := prop.Export(conn, trayPath, prop.Map{trayWatcher: {
		"IsStatusNotifierHostRegistered": {Value: shows, Emit: prop.EmitTrue},
	}})
	if err != nil {
		t.Fatal(err)
	}
	return props
}

func TestTrayComesAndGoes(t *testing.T) {
	bus := testbus.Start(t)
	told := make(chan bool, 8)
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan struct{})
	go func() { WatchTray(ctx, bus, func(there bool) { told <- there }); close(ended) }()
	if <-told {
		t.Fatal("there is no tray yet")
	}
	conn, err := dbus.Connect(bus)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	props := panel(t, conn, false)
	if _, err := conn.RequestName(trayWatcher, dbus.NameFlagDoNotQueue); err != nil {
		t.Fatal(err)
	}
	props.SetMust(trayWatcher, "IsStatusNotifierHostRegistered", true) // a panel came
	if err := conn.Emit(trayPath, trayWatcher+".StatusNotifierHostRegistered"); err != nil {
		t.Fatal(err)
	}
	if !<-told {
		t.Error("a tray that shows icons was not told")
	}
	if _, err := conn.ReleaseName(trayWatcher); err != nil {
		t.Fatal(err)
	}
	if <-told {
		t.Error("a tray that went away was not told")
	}
	cancel()
	<-ended
}

func TestWithoutABus(t *testing.T) {
	for _, bus := range []string{"", "unix:path=/nonexistent"} {
		WatchTray(t.Context(), bus, func(there bool) {
			if there {
				t.Error("a tray out of nothing")
			}
		})
		if _, err := NewNotifier(t.Context(), bus, "x", nil); !errors.Is(err, ErrNoNotices) {
			t.Error(err)
		}
	}
}

// bubbles shows notifications, as a desktop does.
type bubbles struct{ shown chan []any }

func (b *bubbles) Notify(app string, replaces uint32, icon, title, text string, actions []string, _ map[string]dbus.Variant, _ int32) (uint32, *dbus.Error) {
	b.shown <- []any{replaces, title, text, actions[1]}
	return uint32(len(title)), nil
}

func TestNotifications(t *testing.T) {
	bus := testbus.Start(t)
	b := &bubbles{shown: make(chan []any, 4)}
	conn := owner(t, bus, noticesName)
	if err := conn.Export(b, noticesPath, noticesName); err != nil {
		t.Fatal(err)
	}
	opened := make(chan string, 4)
	n, err := NewNotifier(t.Context(), bus, "org.example", func(topic string) { opened <- topic })
	if err != nil {
		t.Fatal(err)
	}
	defer n.Close()
	for i, title := range []string{"abc", "abcde"} { // ids 3 and 5
		if err := n.Show(t.Context(), Notice{Topic: "money", Title: title, Text: "text", Open: "Show"}); err != nil {
			t.Fatal(err)
		}
		if got := <-b.shown; got[0] != uint32(3*i) || got[1] != title || got[2] != "text" || got[3] != "Show" {
			t.Errorf("shown %v", got)
		}
	}
	for _, id := range []uint32{3, 77, 5} { // replaced, of another program, and the one that is shown
		if err := conn.Emit(noticesPath, noticesName+".ActionInvoked", id, "default"); err != nil {
			t.Fatal(err)
		}
	}
	if topic := <-opened; topic != "money" {
		t.Error(topic)
	}
	if len(opened) != 0 {
		t.Error("what was not chosen was opened")
	}
}

func TestNobodyShowsNotifications(t *testing.T) {
	n, err := NewNotifier(t.Context(), testbus.Start(t), "org.example", nil)
	if err != nil {
		t.Fatal(err)
	}
	defer n.Close()
	if err := n.Show(t.Context(), Notice{Title: "x"}); err == nil {
		t.Error("shown to nobody")
	}
}

// portal knows the proxy of the user.
type portal struct{ list []string }

// Lookup is asked with an address.
func (p *portal) Lookup(string) ([]string, *dbus.Error) { return p.list, nil }

func TestProxyOfTheDesktop(t *testing.T) {
	bus := testbus.Start(t)
	if got := SystemProxy(t.Context(), bus); got != (Proxy{}) {
		t.Errorf("nobody knows, but it is %+v", got)
	}
	conn := owner(t, bus, "org.freedesktop.portal.Desktop")
	if err := conn.Export(&portal{[]string{"http://proxy:3128"}}, "/org/freedesktop/portal/desktop", "org.freedesktop.portal.ProxyResolver"); err != nil {
		t.Fatal(err)
	}
	if got := SystemProxy(t.Context(), bus); got.URL != "http://proxy:3128" {
		t.Errorf("%+v", got)
	}
}
