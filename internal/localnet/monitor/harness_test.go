package monitor

import (
	"encoding/json"
	"net"
	"net/http"
	"sync/atomic"
	"testing"
	"time"

	"github.com/gorilla/websocket"
)

// address is the node's in the traces.
const address = "stsds1gl9ywg6jdfdgcja70ffum4ectq4fmt26ay4znv"

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// fakeNode is a node with counters that a test sets.
type fakeNode struct{ in, out, used atomic.Int64 }

func (n *fakeNode) Address() string          { return address }
func (n *fakeNode) Traffic() (in, out int64) { return n.in.Load(), n.out.Load() }
func (n *fakeNode) Used() int64              { return n.used.Load() }

// watched is a monitor whose samples the test takes.
type watched struct {
	*Monitor
	t      *testing.T
	node   *fakeNode
	online atomic.Bool
	socket string // host:port
	prom   string
	now    atomic.Int64
}

func listen(t *testing.T) net.Listener {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	must(t, err)
	return l
}

func watch(t *testing.T, change func(*Config)) *watched {
	t.Helper()
	w := &watched{t: t, node: new(fakeNode)}
	w.now.Store(time.Date(2024, 1, 1, 1, 23, 45, 0, time.Local).Unix())
	c := Config{
		Node: w.node, Online: w.online.Load, Opponent: "stsds1other", Interval: time.Hour,
		Clock: func() time.Time { return time.Unix(w.now.Load(), 0) },
	}
	if change != nil {
		change(&c)
	}
	socket, prom := listen(t), listen(t)
	w.socket, w.prom = socket.Addr().String(), prom.Addr().String()
	var err error
	w.Monitor, err = Start(c, socket, prom)
	must(t, err)
	t.Cleanup(w.Close)
	return w
}

func (w *watched) clock() time.Time { return time.Unix(w.now.Load(), 0) }

// talk is a connection to the socket.
type talk struct {
	*websocket.Conn
	t *testing.T
}

func (w *watched) dial() *talk {
	w.t.Helper()
	conn, _, err := websocket.DefaultDialer.Dial("ws://"+w.socket+"/", nil)
	must(w.t, err)
	w.t.Cleanup(func() { conn.Close() })
	must(w.t, conn.SetReadDeadline(time.Now().Add(20*time.Second)))
	return &talk{conn, w.t}
}

func (c *talk) write(text string) {
	c.t.Helper()
	must(c.t, c.WriteMessage(websocket.TextMessage, []byte(text)))
}

func (c *talk) read() string {
	c.t.Helper()
	_, raw, err := c.ReadMessage()
	must(c.t, err)
	return string(trim(raw))
}

func trim(raw []byte) []byte {
	if n := len(raw); n > 0 && raw[n-1] == '\n' {
		return raw[:n-1]
	}
	return raw
}

func (c *talk) ask(text string) string {
	c.t.Helper()
	c.write(text)
	return c.read()
}

// subscribe returns the id.
func (c *talk) subscribe(token string) string {
	c.t.Helper()
	answer := c.ask(`{"jsonrpc":"2.0","id":1,"method":"monitor_subscribe","params":["subscription","` + token + `"]}`)
	var a struct{ Result string }
	must(c.t, json.Unmarshal([]byte(answer), &a))
	if len(a.Result) < 3 {
		c.t.Fatalf("subscribe: %s", answer)
	}
	return a.Result
}

// upgrade asks for a WebSocket as a page of origin would and returns the status.
func (w *watched) upgrade(origin string) int {
	w.t.Helper()
	h := http.Header{}
	if origin != "" {
		h.Set("Origin", origin)
	}
	conn, r, err := websocket.DefaultDialer.Dial("ws://"+w.socket+"/", h)
	if err == nil {
		conn.Close()
	}
	if r == nil {
		w.t.Fatal(err)
	}
	return r.StatusCode
}
