package desktop

import (
	"context"
	"fmt"
	"sync"

	"github.com/godbus/dbus/v5"
)

// The Desktop Notifications Specification 1.2.
const (
	noticesName = "org.freedesktop.Notifications"
	noticesPath = "/org/freedesktop/Notifications"
)

// Notifier shows notifications.
type Notifier struct {
	conn   *dbus.Conn
	id     string // of the program
	opened func(topic string)

	mu    sync.Mutex
	shown map[string]uint32 // by topic
}

// NewNotifier reaches who shows notifications on a message bus. opened is called
// on another goroutine when a person chooses a notification. The error is
// [ErrNoNotices] where nobody can be reached.
func NewNotifier(ctx context.Context, bus, programID string, opened func(topic string)) (*Notifier, error) {
	conn, err := connect(ctx, bus)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrNoNotices, err)
	}
	n := &Notifier{conn: conn, id: programID, opened: opened, shown: map[string]uint32{}}
	signals := make(chan *dbus.Signal, 8)
	conn.Signal(signals)
	if err := conn.AddMatchSignalContext(ctx, dbus.WithMatchInterface(noticesName), dbus.WithMatchMember("ActionInvoked")); err != nil {
		return nil, fmt.Errorf("%w: %w%w", ErrNoNotices, err, conn.Close())
	}
	go func() {
		for s := range signals { // closed with the connection
			n.chosen(s)
		}
	}()
	return n, nil
}

// Show shows a notification.
func (n *Notifier) Show(ctx context.Context, notice Notice) error {
	n.mu.Lock()
	defer n.mu.Unlock()
	var id uint32
	err := n.conn.Object(noticesName, noticesPath).CallWithContext(ctx, noticesName+".Notify", 0,
		"Stratos Drive", n.shown[notice.Topic], n.id, notice.Title, notice.Text, []string{"default", notice.Open},
		map[string]dbus.Variant{"desktop-entry": dbus.MakeVariant(n.id)}, int32(-1)).Store(&id)
	if err != nil {
		return fmt.Errorf("show notification: %w", err)
	}
	n.shown[notice.Topic] = id
	return nil
}

// chosen hears that somebody chose a notification, perhaps of another program.
func (n *Notifier) chosen(s *dbus.Signal) {
	var id uint32
	var action string
	if dbus.Store(s.Body, &id, &action) != nil {
		return
	}
	n.mu.Lock()
	topic, mine := "", false
	for each, shown := range n.shown {
		if shown == id {
			topic, mine = each, true
		}
	}
	n.mu.Unlock()
	if mine {
		n.opened(topic)
	}
}

// Close leaves the bus; what is shown stays.
func (n *Notifier) Close() error { return n.conn.Close() }
