package session

import (
	"github.com/godbus/dbus/v5"
)

// connect reaches the desktop over the buses.
func connect(o Options) (panel, awake) {
	bus := dial(o.SessionBus)
	light := &wakeLock{session: bus, systemBus: o.SystemBus}
	if bus == nil {
		return noPanel{}, light
	}
	p, err := export(bus, o.Orders)
	if err != nil {
		return &closing{bus}, light
	}
	return p, light
}

// dial connects to a bus; nil where there is none.
func dial(address string) *dbus.Conn {
	if address == "" {
		return nil
	}
	conn, err := dbus.Connect(address)
	if err != nil {
		return nil
	}
	return conn
}

// closing shows nothing, but has a connection to end.
type closing struct{ conn *dbus.Conn }

func (closing) show(Now)  {}
func (c *closing) close() { _ = c.conn.Close() }
