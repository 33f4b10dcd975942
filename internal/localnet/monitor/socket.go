package monitor

import (
	"encoding/json"
	"net/http"
	"sync"
	"time"

	"github.com/gorilla/websocket"
)

// Limits of a connection, those of the reference.
const (
	maxMessage  = 15 << 20 // bytes
	pingEvery   = 60 * time.Second
	pongWithin  = 30 * time.Second
	writeWithin = 10 * time.Second
	maxWaiting  = 256 // messages that a client may be behind
)

// Handler returns what is served on the socket's port: WebSocket on "/", and
// nothing else.
func (m *Monitor) Handler() http.Handler {
	upgrader := &websocket.Upgrader{CheckOrigin: originRule(m.config.Origins).allows}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/" || !websocket.IsWebSocketUpgrade(r) {
			w.WriteHeader(http.StatusNotFound)
			return
		}
		conn, err := upgrader.Upgrade(w, r, nil)
		if err != nil {
			return // answered
		}
		m.attend(conn)
	})
}

// client is one connection.
type client struct {
	monitor *Monitor
	conn    *websocket.Conn
	out     chan any // what is to be written
	gone    chan struct{}
	once    sync.Once

	pending []string // subscribed to in the message that is being served

	mu  sync.Mutex
	ids map[string]bool // its subscriptions
}

// attend serves a connection until it ends.
func (m *Monitor) attend(conn *websocket.Conn) {
	c := &client{
		monitor: m, conn: conn, out: make(chan any, maxWaiting), gone: make(chan struct{}), ids: map[string]bool{},
	}
	if !m.admit(c) {
		conn.Close()
		return
	}
	defer m.dismiss(c)
	var writer sync.WaitGroup
	writer.Go(c.write)
	c.read()
	c.close()
	writer.Wait()
}

// admit counts the connection in, so that Close waits for it.
func (m *Monitor) admit(c *client) bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.closed {
		return false
	}
	m.clients[c] = true
	m.work.Add(1)
	return true
}

func (m *Monitor) dismiss(c *client) {
	m.mu.Lock()
	delete(m.clients, c)
	m.mu.Unlock()
	m.work.Done()
}

// close ends the connection at once.
func (c *client) close() {
	c.once.Do(func() {
		close(c.gone)
		c.conn.Close()
	})
}

// read serves the messages one after the other.
func (c *client) read() {
	c.conn.SetReadLimit(maxMessage)
	c.conn.SetPongHandler(func(string) error { return c.conn.SetReadDeadline(time.Time{}) })
	for {
		_, raw, err := c.conn.ReadMessage()
		if err != nil {
			return
		}
		if !json.Valid(raw) {
			c.send(last{failure(nil, errParse)})
			<-c.gone
			return
		}
		if a := c.serveMessage(raw); a != nil && !c.answer(a) {
			return
		}
	}
}

// last is a message after which the connection ends.
type last struct{ message any }

// send waits for room behind what is to be written before.
func (c *client) send(message any) bool {
	select {
	case c.out <- message:
		return true
	case <-c.gone:
		return false
	}
}

// write writes messages, and a ping when there were none for long. A client
// that answers no ping is given up.
func (c *client) write() {
	defer c.close()
	quiet := time.NewTimer(pingEvery)
	defer quiet.Stop()
	for {
		select {
		case <-c.gone:
			return
		case message := <-c.out:
			end, ending := message.(last)
			if ending {
				message = end.message
			}
			if c.put(message) != nil || ending {
				return
			}
		case <-quiet.C:
			if c.conn.WriteControl(websocket.PingMessage, nil, time.Now().Add(writeWithin)) != nil ||
				c.conn.SetReadDeadline(time.Now().Add(pongWithin)) != nil {
				return
			}
		}
		quiet.Reset(pingEvery)
	}
}

func (c *client) put(message any) error {
	if err := c.conn.SetWriteDeadline(time.Now().Add(writeWithin)); err != nil {
		return err
	}
	return c.conn.WriteJSON(message)
}
