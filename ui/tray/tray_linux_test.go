package tray

import (
	"fmt"
	"strings"
	"testing"

	"github.com/godbus/dbus/v5"

	"github.com/stratosdrive/stratosdrive/internal/testbus"
	"github.com/stratosdrive/stratosdrive/ui/shell"
)

const (
	watcher  = "org.kde.StatusNotifierWatcher"
	menuPath = "/StatusNotifierItem/menu"
	menuName = "com.canonical.dbusmenu"
)

// panel is a desktop that shows icons.
type panel struct{ registered chan dbus.Sender }

// RegisterStatusNotifierItem is called by a program with an icon.
func (p *panel) RegisterStatusNotifierItem(_ string, from dbus.Sender) *dbus.Error {
	p.registered <- from
	return nil
}

// layout is a line of a menu with those below it.
type layout struct {
	ID    int32
	Props map[string]dbus.Variant
	Below []dbus.Variant
}

// lines reads the menu of an icon: what is shown, with the id of each.
func lines(t *testing.T, icon dbus.BusObject) (text string, ids map[string]int32) {
	t.Helper()
	var revision uint32
	var root layout
	if err := icon.Call(menuName+".GetLayout", 0, int32(0), int32(-1), []string{}).Store(&revision, &root); err != nil {
		t.Fatal(err)
	}
	var out []string
	ids = map[string]int32{}
	for _, each := range root.Below {
		var l layout
		if err := dbus.Store([]any{each.Value()}, &l); err != nil {
			t.Fatal(err)
		}
		if shown, told := l.Props["visible"].Value().(bool); told && !shown {
			continue
		}
		name, _ := l.Props["label"].Value().(string)
		if l.Props["type"].Value() == "separator" {
			name = "-"
		}
		if on, told := l.Props["enabled"].Value().(bool); told && !on {
			name = "(" + name + ")"
		}
		out, ids[name] = append(out, name), l.ID
	}
	return strings.Join(out, "|"), ids
}

func TestTheDesktopShowsTheMenu(t *testing.T) {
	bus := testbus.Start(t)
	t.Setenv("DBUS_SESSION_BUS_ADDRESS", bus)
	conn, err := dbus.Connect(bus)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	p := &panel{registered: make(chan dbus.Sender, 4)}
	if err := conn.Export(p, "/StatusNotifierWatcher", watcher); err != nil {
		t.Fatal(err)
	}
	if _, err := conn.RequestName(watcher, dbus.NameFlagDoNotQueue); err != nil {
		t.Fatal(err)
	}
	done := make(chan string, 4)
	says := func(word string) shell.TrayRow { return shell.TrayRow{Text: word, Do: func() { done <- word }} }
	tray := New("Stratos Drive", nil, func() { done <- "tapped" }, func(f func()) { f() })
	defer tray.Close()
	tray.Show(shell.TrayMenu{Status: "Up to date", Open: says("Open"), Folder: says("Folder"), Pause: says("Pause"), Quit: says("Quit"), Recent: []shell.TrayRow{says("a.txt")}})
	from := <-p.registered
	icon := conn.Object(string(from), menuPath)
	text, ids := lines(t, icon)
	if text != "(Up to date)|-|Open|Folder|Pause|-|a.txt|-|Quit" {
		t.Error(text)
	}
	if err := icon.Call(menuName+".Event", 0, ids["a.txt"], "clicked", dbus.MakeVariant(""), uint32(0)).Err; err != nil {
		t.Fatal(err)
	}
	if got := <-done; got != "a.txt" {
		t.Errorf("did %s", got)
	}
	tray.Show(shell.TrayMenu{Status: "Only watching", Open: says("Open"), Quit: says("Quit")})
	if text, _ = lines(t, icon); text != "(Only watching)|-|Open|-|-|Quit" {
		t.Error(text)
	}
	if err := conn.Object(string(from), "/StatusNotifierItem").Call("org.kde.StatusNotifierItem.Activate", 0, int32(1), int32(1)).Err; err != nil {
		t.Fatal(err)
	}
	if got := <-done; got != "tapped" {
		t.Error(got)
	}
	for i := range 20 { // changing it often leaves nothing behind
		tray.Show(shell.TrayMenu{Status: fmt.Sprint(i), Open: says("Open"), Quit: says("Quit")})
	}
	if text, _ = lines(t, icon); text != "(19)|-|Open|-|-|Quit" {
		t.Error(text)
	}
}

// A program may end before the desktop has the icon; then nothing is shown, and
// nothing goes wrong.
func TestClosedBeforeTheIconIsThere(t *testing.T) {
	ended := 0
	tray := &Tray{run: func(f func()) { f() }, end: func() { ended++ }}
	tray.Close()
	tray.dressUp("Stratos Drive", nil) // without a bus the library would end the program
	tray.Show(shell.TrayMenu{Status: "Late"})
	if ended != 1 || tray.ready || len(tray.slots) != 0 {
		t.Errorf("ended %d times, ready %v, %d lines", ended, tray.ready, len(tray.slots))
	}
}

// Before the desktop has a place for the icon, the menu is only kept.
func TestAMenuBeforeThereIsAPlace(t *testing.T) {
	ended := 0
	tray := &Tray{run: func(f func()) { f() }, end: func() { ended++ }}
	tray.Show(shell.TrayMenu{Status: "Starting"})
	tray.Show(shell.TrayMenu{Status: "Up to date"})
	if tray.Close(); tray.want.Status != "Up to date" || len(tray.slots) != 0 || ended != 1 {
		t.Errorf("%+v, ended %d times", tray.want, ended)
	}
}
