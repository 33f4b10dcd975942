package desktop

import (
	"context"

	"github.com/godbus/dbus/v5"
)

// The tray of a Linux desktop, as the StatusNotifierItem specification has it.
const (
	trayWatcher = "org.kde.StatusNotifierWatcher"
	trayPath    = "/StatusNotifierWatcher"
	trayHost    = trayWatcher + ".IsStatusNotifierHostRegistered"
	busName     = "org.freedesktop.DBus"
)

// WatchTray calls tell with whether this desktop shows the icons of programs: at
// once, and whenever that changes, until ctx ends. bus is the address of the
// message bus of the session, empty where there is none.
func WatchTray(ctx context.Context, bus string, tell func(there bool)) {
	conn, err := connect(ctx, bus)
	if err != nil {
		tell(false)
		return
	}
	defer conn.Close()
	signals := make(chan *dbus.Signal, 8)
	conn.Signal(signals)
	for _, match := range [][]dbus.MatchOption{
		{dbus.WithMatchSender(busName), dbus.WithMatchMember("NameOwnerChanged"), dbus.WithMatchArg(0, trayWatcher)},
		{dbus.WithMatchSender(trayWatcher), dbus.WithMatchInterface(trayWatcher)},
	} {
		if conn.AddMatchSignalContext(ctx, match...) != nil {
			tell(false)
			return
		}
	}
	was := hasTray(ctx, conn)
	tell(was)
	for {
		select {
		case <-ctx.Done():
			return
		case _, open := <-signals:
			if !open { // the session ends
				tell(false)
				return
			}
			if is := hasTray(ctx, conn); is != was {
				was = is
				tell(is)
			}
		}
	}
}

// connect reaches a message bus; an empty address is none, and no bus is started.
func connect(ctx context.Context, bus string) (*dbus.Conn, error) {
	if bus == "" {
		return nil, errNoBus
	}
	return dbus.Connect(bus, dbus.WithContext(ctx))
}

// hasTray tells whether somebody watches for icons, and somebody shows them.
func hasTray(ctx context.Context, conn *dbus.Conn) bool {
	var watched bool
	if conn.BusObject().CallWithContext(ctx, busName+".NameHasOwner", 0, trayWatcher).Store(&watched) != nil || !watched {
		return false
	}
	shown, err := conn.Object(trayWatcher, trayPath).GetProperty(trayHost)
	if err != nil {
		return false
	}
	there, ok := shown.Value().(bool)
	return ok && there
}
