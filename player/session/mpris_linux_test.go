package session

import (
	"testing"

	"github.com/godbus/dbus/v5"
	"github.com/godbus/dbus/v5/introspect"
	"go.uber.org/goleak"

	"github.com/stratosdrive/stratosdrive/internal/testbus"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// desktop is a program on a bus that sees players, as a panel does.
type desktop struct {
	t       *testing.T
	address string
	conn    *dbus.Conn
	player  dbus.BusObject
	signals chan *dbus.Signal
	orders  chan any // what the player was told to do
}

func newDesktop(t *testing.T) *desktop {
	t.Helper()
	d := &desktop{t: t, address: testbus.Start(t), signals: make(chan *dbus.Signal, 100), orders: make(chan any, 10)}
	var err error
	if d.conn, err = dbus.Connect(d.address); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = d.conn.Close() })
	d.conn.Signal(d.signals)
	for _, face := range []string{properties, mprisPlayer, "org.freedesktop.DBus"} {
		if err := d.conn.AddMatchSignal(dbus.WithMatchInterface(face)); err != nil {
			t.Fatal(err)
		}
	}
	d.player = d.conn.Object(mprisName, mprisPath)
	return d
}

// open makes a player whose orders are noted.
func (d *desktop) open() *Session {
	note := func(name string) func() { return func() { d.orders <- name } }
	s := Open(Options{SessionBus: d.address, Orders: Orders{
		Pause: func(paused bool) { d.orders <- paused }, Seek: func(seconds float64) { d.orders <- seconds },
		SetSpeed: func(speed float64) { d.orders <- []float64{speed} }, SetVolume: func(percent float64) { d.orders <- int(percent) },
		Next: note("next"), Previous: note("previous"), Raise: note("raise"), Quit: note("quit"),
	}})
	d.t.Cleanup(s.Close)
	return s
}

// await waits for a signal that is as wanted.
func (d *desktop) await(name string, wanted func(body []any) bool) {
	d.t.Helper()
	for s := range d.signals {
		if s.Name == name && wanted(s.Body) {
			return
		}
	}
}

// awaitOwner waits until the name of the player has an owner, or none.
func (d *desktop) awaitOwner(owned bool) {
	d.t.Helper()
	d.await("org.freedesktop.DBus.NameOwnerChanged", func(body []any) bool { return body[0] == mprisName && (body[2] != "") == owned })
}

func (d *desktop) get(face, name string) any {
	d.t.Helper()
	v, err := d.player.GetProperty(face + "." + name)
	if err != nil {
		d.t.Fatal(err)
	}
	return v.Value()
}

func (d *desktop) call(method string, args ...any) {
	d.t.Helper()
	if err := d.player.Call(method, 0, args...).Err; err != nil {
		d.t.Fatal(err)
	}
}

var film = Now{
	ID: "a1", Title: "A film", Playing: true, Picture: true, Seekable: true,
	Position: 10, Length: 90.5, Speed: 1, Volume: 80, Art: "file:///tmp/a.png", Next: true,
}

func TestPanelSeesWhatPlays(t *testing.T) {
	d := newDesktop(t)
	s := d.open()
	s.Show(film)
	d.awaitOwner(true)
	d.await(properties+".PropertiesChanged", func(body []any) bool {
		return body[0] == mprisPlayer && body[1].(map[string]dbus.Variant)["PlaybackStatus"].Value() == "Playing"
	})
	for name, want := range map[string]any{
		"Volume": 0.8, "Position": int64(10_000_000), "CanGoNext": true, "CanGoPrevious": false, "CanSeek": true, "Rate": 1.0,
	} {
		if got := d.get(mprisPlayer, name); got != want {
			t.Errorf("%s is %v, want %v", name, got, want)
		}
	}
	facts := d.get(mprisPlayer, "Metadata").(map[string]dbus.Variant)
	for name, want := range map[string]any{
		"xesam:title": "A film", "mpris:length": int64(90_500_000), "mpris:artUrl": "file:///tmp/a.png",
		"mpris:trackid": dbus.ObjectPath("/io/github/stratosdrive/a1"),
	} {
		if facts[name].Value() != want {
			t.Errorf("%s is %v", name, facts[name])
		}
	}
	if d.get(mprisRoot, "Identity") != "Stratos Drive" || d.get(mprisRoot, "CanRaise") != true {
		t.Error("the program is not described")
	}
	paused := film
	paused.Playing, paused.Position = false, 40
	s.Show(paused)
	d.await(properties+".PropertiesChanged", func(body []any) bool {
		changed := body[1].(map[string]dbus.Variant)
		return len(changed) == 1 && changed["PlaybackStatus"].Value() == "Paused"
	})
	d.await(mprisPlayer+".Seeked", func(body []any) bool { return body[0] == int64(40_000_000) })
	s.Close()
	d.awaitOwner(false)
}

func TestKeysAreOrders(t *testing.T) {
	d := newDesktop(t)
	d.open().Show(film)
	d.awaitOwner(true)
	d.await(properties+".PropertiesChanged", func([]any) bool { return true })
	for _, c := range []struct {
		method string
		args   []any
		want   any
	}{
		{mprisPlayer + ".PlayPause", nil, true},
		{mprisPlayer + ".Pause", nil, true},
		{mprisPlayer + ".Play", nil, false},
		{mprisPlayer + ".Next", nil, "next"},
		{mprisPlayer + ".Previous", nil, "previous"},
		{mprisRoot + ".Raise", nil, "raise"},
		{mprisRoot + ".Quit", nil, "quit"},
		{mprisPlayer + ".Seek", []any{int64(-4_000_000)}, 6.0},
		{mprisPlayer + ".Seek", []any{int64(-40_000_000)}, 0.0},
		{mprisPlayer + ".Seek", []any{int64(100_000_000)}, "next"},
		{mprisPlayer + ".SetPosition", []any{dbus.ObjectPath("/io/github/stratosdrive/a1"), int64(30_000_000)}, 30.0},
		{properties + ".Set", []any{mprisPlayer, "Volume", dbus.MakeVariant(0.5)}, 50},
		{properties + ".Set", []any{mprisPlayer, "Rate", dbus.MakeVariant(0.0)}, true},
		{mprisPlayer + ".Stop", nil, true},
	} {
		d.call(c.method, c.args...)
		if got := <-d.orders; got != c.want {
			t.Errorf("%s%v: order %v, want %v", c.method, c.args, got, c.want)
		}
	}
	if got := <-d.orders; got != 0.0 {
		t.Errorf("to stop means to go to %v", got)
	}
	d.call(properties+".Set", mprisPlayer, "Rate", dbus.MakeVariant(9.0))
	if got := (<-d.orders).([]float64); got[0] != fastest {
		t.Errorf("speed %v", got)
	}
}

// TestNonsenseIsRefused: nothing of it is an order.
func TestNonsenseIsRefused(t *testing.T) {
	d := newDesktop(t)
	d.open().Show(film)
	d.awaitOwner(true)
	d.await(properties+".PropertiesChanged", func([]any) bool { return true })
	d.call(mprisPlayer+".SetPosition", dbus.ObjectPath("/io/github/stratosdrive/other"), int64(1))
	d.call(mprisPlayer+".SetPosition", dbus.ObjectPath("/io/github/stratosdrive/a1"), int64(91_000_000))
	for _, args := range [][]any{
		{mprisPlayer, "Volume", dbus.MakeVariant("loud")}, {mprisPlayer, "Metadata", dbus.MakeVariant(1.0)}, {mprisRoot, "Volume", dbus.MakeVariant(1.0)},
	} {
		if d.player.Call(properties+".Set", 0, args...).Err == nil {
			t.Errorf("%v was accepted", args)
		}
	}
	if _, err := d.player.GetProperty(mprisPlayer + ".Nothing"); err == nil {
		t.Error("a property that is none has a value")
	}
	if d.player.Call(mprisPlayer+".OpenUri", 0, "file:///etc/passwd").Err == nil {
		t.Error("an address was opened")
	}
	select {
	case order := <-d.orders:
		t.Errorf("order %v", order)
	default: // each call has been answered
	}
}

// TestTwoPlayers: both are seen, under names of their own.
func TestTwoPlayers(t *testing.T) {
	d := newDesktop(t)
	first, second := d.open(), d.open()
	first.Show(film)
	d.awaitOwner(true)
	second.Show(film)
	d.await("org.freedesktop.DBus.NameOwnerChanged", func(body []any) bool {
		return len(body[0].(string)) > len(mprisName) && body[0].(string)[:len(mprisName)] == mprisName
	})
}

func TestDescriptionIsComplete(t *testing.T) {
	d := newDesktop(t)
	d.open().Show(film)
	d.awaitOwner(true)
	node, err := introspect.Call(d.player)
	if err != nil {
		t.Fatal(err)
	}
	described := map[string]int{}
	for _, face := range node.Interfaces {
		described[face.Name+" methods"], described[face.Name] = len(face.Methods), len(face.Properties)
	}
	var m mpris
	for name, want := range map[string]int{
		mprisRoot: len(root()), mprisPlayer: len(m.player()), mprisPlayer + " methods": len(m.methods()), mprisRoot + " methods": 2,
	} {
		if described[name] != want {
			t.Errorf("%s: %d described, there are %d", name, described[name], want)
		}
	}
}

func TestNoDesktop(t *testing.T) {
	for _, address := range []string{"", "unix:path=/nonexistent"} {
		s := Open(Options{SessionBus: address, SystemBus: address})
		s.Show(film)
		s.Show(Now{})
		s.Close()
		s.Close()
		s.Show(film)
	}
}
