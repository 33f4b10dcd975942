package app

import "sync"

// hub hands every event to every subscriber without ever blocking the sender.
// Events only say that something changed, so a subscriber that is behind may
// lose one of a kind: a newer one with the same meaning is already waiting.
type hub struct {
	mu   sync.Mutex
	subs map[chan Event]struct{}
}

const eventBuffer = 64

// Subscribe returns a stream of events and a function that ends it.
func (a *App) Subscribe() (events <-chan Event, cancel func()) {
	ch := make(chan Event, eventBuffer)
	a.hub.mu.Lock()
	if a.hub.subs == nil {
		a.hub.subs = map[chan Event]struct{}{}
	}
	a.hub.subs[ch] = struct{}{}
	a.hub.mu.Unlock()
	return ch, sync.OnceFunc(func() {
		a.hub.mu.Lock()
		defer a.hub.mu.Unlock()
		delete(a.hub.subs, ch)
		close(ch)
	})
}

func (h *hub) send(e Event) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for ch := range h.subs {
		select {
		case ch <- e:
		default:
			dropOldest(ch, e)
		}
	}
}

// dropOldest makes room for e in a full buffer; only the hub sends, so the
// second try succeeds unless the receiver was faster, which is fine too.
func dropOldest(ch chan Event, e Event) {
	select {
	case <-ch:
	default:
	}
	select {
	case ch <- e:
	default:
	}
}
