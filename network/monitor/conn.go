package monitor

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/gorilla/websocket"
)

const (
	dialTime = 15 * time.Second
	callTime = 20 * time.Second
	// silence is how long a node may say nothing: it pings every 60 s.
	silence = 75 * time.Second
)

// conn is one connection to a node. Notices may come before the answer to a
// call, so answers are told apart by their numbers.
type conn struct {
	socket  *websocket.Conn
	notices chan notice
	done    chan struct{} // closed when the connection has ended
	err     error         // why, once done is closed

	mu    sync.Mutex
	last  uint64
	calls map[uint64]chan message
	topic string // the subscription whose notices count
}

func dial(ctx context.Context, url string) (*conn, error) {
	ctx, cancel := context.WithTimeout(ctx, dialTime)
	defer cancel()
	// No Origin header: nodes let in any program but not any web page.
	socket, answer, err := websocket.DefaultDialer.DialContext(ctx, url, nil)
	if answer != nil && answer.Body != nil {
		defer answer.Body.Close()
	}
	if err != nil {
		return nil, fmt.Errorf("connect to the node: %w", err)
	}
	c := &conn{socket: socket, notices: make(chan notice, 16), done: make(chan struct{}), calls: map[uint64]chan message{}}
	socket.SetReadLimit(maxMessage)
	pong := socket.PingHandler()
	socket.SetPingHandler(func(data string) error {
		return errors.Join(c.alive(), pong(data))
	})
	if err := c.alive(); err != nil {
		return nil, errors.Join(err, socket.Close())
	}
	go c.read()
	return c, nil
}

// alive notes that the node said something.
func (c *conn) alive() error { return c.socket.SetReadDeadline(time.Now().Add(silence)) }

// close ends the connection and waits until it is read no more.
func (c *conn) close() {
	c.socket.Close()
	<-c.done
}

func (c *conn) read() {
	defer close(c.done)
	for {
		_, raw, err := c.socket.ReadMessage()
		if err == nil {
			err = c.alive()
		}
		if err != nil {
			c.err = fmt.Errorf("listen to the node: %w", err)
			return
		}
		var m message
		if json.Unmarshal(raw, &m) != nil {
			continue // not for us
		}
		c.take(m)
	}
}

// take brings a message to where it is waited for. A notice that nobody takes in
// time is dropped: the next one comes in seconds.
func (c *conn) take(m message) {
	c.mu.Lock()
	defer c.mu.Unlock()
	switch {
	case m.ID != nil:
		if wait, ok := c.calls[*m.ID]; ok {
			delete(c.calls, *m.ID)
			wait <- m
		}
	case m.Method == notified && (c.topic == "" || m.Params.Subscription == c.topic):
		select {
		case c.notices <- m.Params.Result:
		default:
		}
	}
}

// call asks and reads the answer into result.
func (c *conn) call(ctx context.Context, method string, params []any, result any) error {
	ctx, cancel := context.WithTimeout(ctx, callTime)
	defer cancel()
	wait := make(chan message, 1)
	c.mu.Lock()
	c.last++
	id := c.last
	c.calls[id] = wait
	err := c.write(id, method, params)
	c.mu.Unlock()
	if err != nil {
		return fmt.Errorf("ask the node: %w", err)
	}
	select {
	case m := <-wait:
		if m.Error != nil {
			return m.Error
		}
		return json.Unmarshal(m.Result, result)
	case <-c.done:
		return c.err
	case <-ctx.Done():
		return fmt.Errorf("ask the node: %w", ctx.Err())
	}
}

func (c *conn) write(id uint64, method string, params []any) error {
	if err := c.socket.SetWriteDeadline(time.Now().Add(callTime)); err != nil {
		return err
	}
	return c.socket.WriteJSON(map[string]any{"jsonrpc": "2.0", "id": id, "method": method, "params": params})
}
