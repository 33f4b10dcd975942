package session

import (
	"fmt"
	"math"
	"os"
	"reflect"
	"sync"

	"github.com/godbus/dbus/v5"
	"github.com/godbus/dbus/v5/introspect"
)

// Names of the MPRIS specification.
const (
	mprisName   = "org.mpris.MediaPlayer2.stratosdrive"
	mprisPath   = "/org/mpris/MediaPlayer2"
	mprisRoot   = "org.mpris.MediaPlayer2"
	mprisPlayer = "org.mpris.MediaPlayer2.Player"
	noTrack     = "/org/mpris/MediaPlayer2/TrackList/NoTrack"
	trackPrefix = "/io/github/stratosdrive/"

	properties   = "org.freedesktop.DBus.Properties"
	introspected = "org.freedesktop.DBus.Introspectable"
)

// mpris is the player as programs on the session's bus see it.
type mpris struct {
	conn   *dbus.Conn
	orders Orders

	mu   sync.Mutex
	now  Now
	told map[string]any // properties of the player, as they were last told
}

// export offers the player on a bus, which it owns from then on.
func export(conn *dbus.Conn, o Orders) (*mpris, error) {
	m := &mpris{conn: conn, orders: o}
	m.told = m.player()
	for face, methods := range map[string]map[string]any{
		mprisRoot:    {"Raise": m.do(o.Raise), "Quit": m.do(o.Quit)},
		mprisPlayer:  m.methods(),
		properties:   {"Get": m.get, "GetAll": m.getAll, "Set": m.set},
		introspected: {"Introspect": introspect.Introspectable(description).Introspect},
	} {
		if err := conn.ExportMethodTable(methods, mprisPath, face); err != nil {
			return nil, err
		}
	}
	for _, name := range []string{mprisName, fmt.Sprintf("%s.instance%d", mprisName, os.Getpid())} {
		got, err := conn.RequestName(name, dbus.NameFlagDoNotQueue)
		if err != nil {
			return nil, err
		}
		if got == dbus.RequestNameReplyPrimaryOwner {
			break
		}
	}
	return m, nil
}

func (m *mpris) close() { _ = m.conn.Close() } // the bus may be gone; either way the name is free

// show tells the bus what is different now.
func (m *mpris) show(n Now) {
	m.mu.Lock()
	was := m.now
	m.now = n
	changed := map[string]dbus.Variant{}
	for name, value := range m.player() {
		if name != "Position" && !reflect.DeepEqual(value, m.told[name]) {
			m.told[name], changed[name] = value, dbus.MakeVariant(value)
		}
	}
	m.mu.Unlock()
	if len(changed) > 0 {
		_ = m.conn.Emit(mprisPath, properties+".PropertiesChanged", mprisPlayer, changed, []string{}) // nobody need listen
	}
	if leapt(was, n) {
		_ = m.conn.Emit(mprisPath, mprisPlayer+".Seeked", micros(n.Position))
	}
}

// leapt tells whether the position moved in another way than by playing.
func leapt(was, n Now) bool {
	const largest = 1.5 // seconds of video between two looks at most
	step := n.Position - was.Position
	return n.ID != "" && n.ID == was.ID && (step < 0 || step > largest*max(1, n.Speed))
}

func micros(seconds float64) int64 { return int64(math.Round(seconds * 1e6)) }

// do makes an order a method without arguments.
func (m *mpris) do(order func()) func() *dbus.Error {
	return func() *dbus.Error {
		order()
		return nil
	}
}

func (m *mpris) methods() map[string]any {
	return map[string]any{
		"Next": m.do(m.orders.Next), "Previous": m.do(m.orders.Previous),
		"Play":      m.do(func() { m.orders.Pause(false) }),
		"Pause":     m.do(func() { m.orders.Pause(true) }),
		"PlayPause": m.do(func() { m.orders.Pause(m.current().Playing) }),
		"Stop": m.do(func() {
			m.orders.Pause(true)
			m.orders.Seek(0)
		}),
		"Seek": m.skip, "SetPosition": m.jump,
		"OpenUri": func(string) *dbus.Error { return dbus.MakeFailedError(fmt.Errorf("videos are opened in the window")) },
	}
}

func (m *mpris) current() Now {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.now
}

// skip is the method Seek: by microseconds, past the end to the next video.
func (m *mpris) skip(by int64) *dbus.Error {
	n := m.current()
	to := n.Position + float64(by)/1e6
	switch {
	case !n.Seekable:
	case n.Length > 0 && to > n.Length && n.Next:
		m.orders.Next()
	case n.Length > 0:
		m.orders.Seek(min(max(0, to), n.Length))
	default:
		m.orders.Seek(max(0, to))
	}
	return nil
}

// jump is the method SetPosition, which means nothing for another video or a
// place that this one does not have.
func (m *mpris) jump(track dbus.ObjectPath, to int64) *dbus.Error {
	n := m.current()
	seconds := float64(to) / 1e6
	if n.Seekable && track == trackOf(n) && seconds >= 0 && (n.Length <= 0 || seconds <= n.Length) {
		m.orders.Seek(seconds)
	}
	return nil
}

func (m *mpris) get(face, name string) (dbus.Variant, *dbus.Error) {
	all, err := m.getAll(face)
	if err != nil {
		return dbus.Variant{}, err
	}
	v, known := all[name]
	if !known {
		return v, dbus.NewError("org.freedesktop.DBus.Error.UnknownProperty", []any{"there is no property " + name})
	}
	return v, nil
}

func (m *mpris) getAll(face string) (map[string]dbus.Variant, *dbus.Error) {
	values := map[string]any{}
	switch face {
	case mprisRoot:
		values = root()
	case mprisPlayer:
		m.mu.Lock()
		values = m.player()
		m.mu.Unlock()
	}
	all := map[string]dbus.Variant{}
	for name, value := range values {
		all[name] = dbus.MakeVariant(value)
	}
	return all, nil
}

func (m *mpris) set(face, name string, v dbus.Variant) *dbus.Error {
	number, isNumber := v.Value().(float64)
	if face != mprisPlayer || (name != "Rate" && name != "Volume") {
		return dbus.NewError("org.freedesktop.DBus.Error.PropertyReadOnly", []any{name + " cannot be set"})
	}
	if !isNumber || math.IsNaN(number) {
		return dbus.NewError("org.freedesktop.DBus.Error.InvalidArgs", []any{name + " is a number"})
	}
	switch {
	case name == "Volume":
		m.orders.SetVolume(max(0, number) * 100)
	case number == 0:
		m.orders.Pause(true)
	default:
		m.orders.SetSpeed(min(max(slowest, number), fastest))
	}
	return nil
}
