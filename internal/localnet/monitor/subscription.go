package monitor

import (
	"crypto/rand"
	"encoding/hex"
	"strings"
)

// maxIDs are remembered: the reference never forgets one.
const maxIDs = 4096

// idSet is the ids that were ever given out, less the oldest.
type idSet struct {
	known map[string]bool
	order []string
}

func newIDSet() idSet { return idSet{known: map[string]bool{}} }

func (s *idSet) add(id string) {
	if len(s.order) == maxIDs {
		delete(s.known, s.order[0])
		s.order = s.order[1:]
	}
	s.known[id] = true
	s.order = append(s.order, id)
}

// knows tells whether an id opens the queries. It does so from any connection,
// and also when the subscription has ended, as the reference has it.
func (m *Monitor) knows(id string) bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.ids.known[id]
}

// newID is 16 random bytes, in hexadecimal without leading zeros.
func newID() string {
	raw := make([]byte, 16)
	rand.Read(raw) // never fails
	digits := strings.TrimLeft(hex.EncodeToString(raw), "0")
	if digits == "" {
		digits = "0"
	}
	return "0x" + digits
}

func (c *client) addSubscription() string {
	id := newID()
	c.monitor.mu.Lock()
	c.monitor.ids.add(id)
	c.monitor.mu.Unlock()
	c.pending = append(c.pending, id)
	return id
}

// answer sends an answer and starts the events of what it tells the ids of.
// No sample comes between the two: a client that has the answer misses none,
// and none overtakes it.
func (c *client) answer(message any) bool {
	if len(c.pending) == 0 {
		return c.send(message)
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	select {
	case c.out <- message:
		c.begin()
		return true
	default: // too far behind, as in notify
		return false
	}
}

// begin wants c.mu.
func (c *client) begin() {
	for _, id := range c.pending {
		c.ids[id] = true
	}
	c.pending = nil
}

func (c *client) dropSubscription(id string) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.begin() // of an earlier call of the same batch
	there := c.ids[id]
	delete(c.ids, id)
	return there
}

// notify sends an event for each subscription of the connection. One that is
// too far behind is ended.
func (c *client) notify(n notification) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for id := range c.ids {
		select {
		case c.out <- event{JSONRPC: "2.0", Method: methodEvent, Params: eventParams{Subscription: id, Result: n}}:
		default:
			c.close()
			return
		}
	}
}
