package monitor

import (
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/gorilla/websocket"
)

func TestWrongCalls(t *testing.T) {
	w := watch(t, nil)
	c := w.dial()
	id := c.subscribe(w.token.at(w.clock()))
	for request, want := range map[string]string{
		`{"id":1,"method":"monitor_x"}`:                           `{"code":-32601,"message":"the method monitor_x does not exist/is not available"}`,
		`{"id":1,"method":"user_requestList"}`:                    `{"code":-32601,"message":"the method user_requestList does not exist/is not available"}`,
		`{"id":1}`:                                                `{"code":-32600,"message":"invalid request"}`,
		`{"id":1,"method":"monitor_getDiskUsage"}`:                `{"code":-32602,"message":"missing value for required argument 0"}`,
		`{"id":1,"method":"monitor_getDiskUsage","params":{}}`:    `{"code":-32602,"message":"non-array args"}`,
		`{"id":1,"method":"monitor_getDiskUsage","params":[1,2]}`: `{"code":-32602,"message":"too many arguments, want at most 1"}`,
		`{"id":1,"method":"monitor_subscribe"}`:                   `{"code":-32602,"message":"expected subscription name as first argument"}`,
		`{"id":1,"method":"monitor_subscribe","params":["subscription"]}`: `{"code":-32602,` +
			`"message":"missing value for required argument 1"}`,
		`{"id":1,"method":"user_subscribe","params":["subscription","` + w.token.at(w.clock()) + `"]}`: `{"code":-32601,` +
			`"message":"no \"subscription\" subscription in user namespace"}`,
		`{"id":1,"method":"monitor_unsubscribe","params":["0x0"]}`: `{"code":-32000,"message":"subscription not found"}`,
	} {
		if got := c.ask(request); got != `{"jsonrpc":"2.0","id":1,"error":`+want+`}` {
			t.Errorf("%s: %s", request, got)
		}
	}
	got := c.ask(`{"id":2,"method":"monitor_getTrafficData","params":[{"subid":"` + id + `","lines":5}]}`)
	if got != `{"jsonrpc":"2.0","id":2,"result":{"return":"-1","message_type":"monitor_getTrafficData"}}` {
		t.Errorf("traffic before the first sample: %s", got)
	}
	if got := c.ask(`[]`); got != `{"jsonrpc":"2.0","id":null,"error":{"code":-32600,"message":"empty batch"}}` {
		t.Errorf("empty batch: %s", got)
	}
	if got := c.ask(`[{"id":3,"method":"rpc_modules"},{"method":"rpc_modules"}]`); got != `[{"jsonrpc":"2.0","id":3,"result":{"monitor":"1.0","rpc":"1.0"}}]` {
		t.Errorf("batch: %s", got)
	}
	if got := c.ask(`{`); got != `{"jsonrpc":"2.0","id":null,"error":{"code":-32700,"message":"parse error"}}` {
		t.Errorf("no JSON: %s", got)
	}
	if _, _, err := c.ReadMessage(); err == nil {
		t.Error("the connection goes on after what is no JSON")
	}
}

func TestTrafficNewestFirst(t *testing.T) {
	w := watch(t, nil)
	w.online.Store(true)
	w.node.used.Store(77)
	c := w.dial()
	id := c.subscribe(w.token.at(w.clock()))
	for i := range int64(3) {
		w.node.in.Add(10 * (i + 1))
		w.now.Add(10)
		w.sample()
		want := fmt.Sprintf(`"traffic_inbound":%d,"traffic_outbound":0,"time_stamp":"2024-01-01 01:2`, 10*(i+1))
		state := fmt.Sprintf(`"online_state":{"online":true,"since":%d},"disk_usage":{"data_host":77}`, w.token.start)
		if got := c.read(); !strings.Contains(got, want) || !strings.Contains(got, state) {
			t.Errorf("event: %s", got)
		}
	}
	query := `{"id":2,"method":"monitor_getTrafficData","params":[{"subid":"` + id + `","lines":2}]}`
	want := `"traffic_info":[{"traffic_inbound":30,"traffic_outbound":0,"time_stamp":"2024-01-01 01:24:15"},` +
		`{"traffic_inbound":20,"traffic_outbound":0,"time_stamp":"2024-01-01 01:24:05"}]`
	if got := c.ask(query); !strings.Contains(got, want) {
		t.Errorf("traffic: %s", got)
	}
	if got := c.ask(`{"id":3,"method":"monitor_unsubscribe","params":["` + id + `"]}`); got != `{"jsonrpc":"2.0","id":3,"result":true}` {
		t.Errorf("unsubscribe: %s", got)
	}
	w.sample()
	if got := c.ask(strings.Replace(query, `"id":2`, `"id":4`, 1)); !strings.HasPrefix(got, `{"jsonrpc":"2.0","id":4`) {
		t.Errorf("after unsubscribing: %s", got)
	}
}

func TestHistoryIsBounded(t *testing.T) {
	var h history
	for i := range int64(maxSamples + 5) {
		h.add(time.Unix(i, 0), i, 0)
	}
	list := h.newest(1 << 40)
	oldest := time.Unix(5, 0).Format(timeLayout)
	if len(list) != maxSamples || list[0].Time <= list[1].Time || list[maxSamples-1].Time != oldest {
		t.Errorf("%d samples, %v to %v", len(list), list[maxSamples-1], list[0])
	}
	if s := h.add(time.Unix(0, 0), 1, 2); s.in != 0 || s.out != 2 {
		t.Errorf("counters that go back: %+v", s)
	}
}

func TestTokenFileFollowsTheHour(t *testing.T) {
	path := filepath.Join(t.TempDir(), "monitor.token")
	w := watch(t, func(c *Config) { c.TokenFile, c.Interval = path, 5*time.Millisecond })
	read := func() string {
		raw, err := os.ReadFile(path)
		must(t, err)
		return strings.TrimSpace(string(raw))
	}
	before := read()
	w.dial().subscribe(before)
	w.now.Add(3600)
	for end := time.Now().Add(20 * time.Second); read() == before; time.Sleep(time.Millisecond) {
		if time.Now().After(end) {
			t.Fatal("the token stays")
		}
	}
	w.dial().subscribe(read())
	w.dial().subscribe(before) // that of the previous hour
	info, err := os.Stat(path)
	must(t, err)
	if info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v", info.Mode())
	}
}

func TestCloseEndsEverything(t *testing.T) {
	w := watch(t, nil)
	c := w.dial()
	c.subscribe(w.token.at(w.clock()))
	w.Close()
	if _, _, err := c.ReadMessage(); err == nil {
		t.Error("the connection goes on")
	}
	for _, at := range []string{w.socket, w.prom} {
		if conn, err := net.Dial("tcp", at); err == nil {
			conn.Close()
			t.Errorf("%s still answers", at)
		}
	}
}

// TestSlowClientIsEnded: who reads nothing does not hold up the others.
func TestSlowClientIsEnded(t *testing.T) {
	w := watch(t, nil)
	slow, quick := w.dial(), w.dial()
	for range 40 {
		slow.write(`{"id":1,"method":"monitor_subscribe","params":["subscription","` + w.token.at(w.clock()) + `"]}`)
	}
	quick.subscribe(w.token.at(w.clock()))
	for range 20_000 {
		w.sample()
		if got := quick.read(); !strings.Contains(got, "monitor_subscription") {
			t.Fatal(got)
		}
		w.mu.Lock()
		left := len(w.clients)
		w.mu.Unlock()
		if left == 1 {
			return
		}
	}
	t.Error("the slow client is still there")
}

func TestOtherPathsAndOrigins(t *testing.T) {
	w := watch(t, func(c *Config) { c.Origins = []string{"https://good.example", "127.0.0.1:18681"} })
	if _, r, err := websocket.DefaultDialer.Dial("ws://"+w.socket+"/x", nil); err == nil || r == nil || r.StatusCode != http.StatusNotFound {
		t.Errorf("another path: %v", err)
	}
	for origin, want := range map[string]int{
		"https://good.example": 101, "https://good.example:8443": 101, "http://good.example": 403,
		"http://127.0.0.1:18681": 101, "http://127.0.0.1:18682": 403, "https://good.example.evil": 403,
		"null": 403, "://": 403, "http://localhost": 403,
	} {
		if got := w.upgrade(origin); got != want {
			t.Errorf("%s: %d", origin, got)
		}
	}
	all := watch(t, func(c *Config) { c.Origins = []string{"*"} })
	if got := all.upgrade("http://evil.example"); got != 101 {
		t.Errorf("all are allowed: %d", got)
	}
}

func TestMetrics(t *testing.T) {
	w := watch(t, func(c *Config) {
		c.Interval = time.Second
		c.Clock = time.Now
		c.Figures = func() Figures {
			return Figures{Slices: 7, Uploads: 2, Downloads: 3, Calls: map[string]int64{"RequestUpload": 9}}
		}
	})
	w.node.in.Store(2000)
	w.node.out.Store(500)
	w.sample()
	r, err := http.Get("http://" + w.prom + "/metrics")
	must(t, err)
	defer r.Body.Close()
	raw, err := io.ReadAll(r.Body)
	must(t, err)
	for _, want := range []string{
		`pp_inbound_speed{opponent_p2p_address="stsds1other"} 2`,
		`pp_outbound_speed{opponent_p2p_address="stsds1other"} 0.5`,
		`pp_stored_slices_cnt{stored_slices_cnt="upload"} 7`,
		`pp_task_cnt{task_cnt="upload"} 2`, `pp_task_cnt{task_cnt="download"} 3`,
		`pp_rpc_req_cnt{rpc_req_cnt="RequestUpload"} 9`, "# TYPE pp_rpc_req_cnt gauge", "go_goroutines ",
	} {
		if !strings.Contains(string(raw), want+"\n") && !strings.Contains(string(raw), want) {
			t.Errorf("%s is missing", want)
		}
	}
	if r, err := http.Get("http://" + w.prom + "/"); err != nil || r.StatusCode != http.StatusNotFound {
		t.Errorf("another path: %v", err)
	}
}

func FuzzMessage(f *testing.F) {
	for _, seed := range []string{
		`{"id":1,"method":"monitor_subscribe","params":["subscription","00"]}`, `[]`, `[{"id":1}]`, `{"id":{}}`,
		`{"id":1,"method":"monitor_getTrafficData","params":[{"subid":"0x1","lines":18446744073709551615}]}`, `null`, ``,
	} {
		f.Add([]byte(seed))
	}
	m := newMonitor(Config{Node: new(fakeNode)})
	m.ids.add("0x1")
	f.Fuzz(func(_ *testing.T, raw []byte) {
		c := &client{monitor: m, ids: map[string]bool{}}
		c.serveMessage(raw)
	})
}
