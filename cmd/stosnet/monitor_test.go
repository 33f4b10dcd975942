package main

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/gorilla/websocket"

	"github.com/stratosdrive/stratosdrive/internal/sds/client"
	"github.com/stratosdrive/stratosdrive/internal/stratos/network"
	"github.com/stratosdrive/stratosdrive/internal/testnet"
)

// watcher is an owner who watches one node.
type watcher struct {
	t    *testing.T
	conn *websocket.Conn
}

// sampled is a message of the socket.
type sampled struct {
	Error  any
	Params struct {
		Result struct {
			Traffic struct {
				In  int64 `json:"traffic_inbound"`
				Out int64 `json:"traffic_outbound"`
			} `json:"traffic_info"`
			Online struct {
				Online bool
				Since  int64
			} `json:"online_state"`
			Disk struct {
				Host int64 `json:"data_host"`
			} `json:"disk_usage"`
		}
	}
}

func watchNode(t *testing.T, n network.Node) *watcher {
	t.Helper()
	token, err := os.ReadFile(n.TokenFile)
	if err != nil {
		t.Fatal(err)
	}
	conn, _, err := websocket.DefaultDialer.Dial(n.Monitor, nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close() })
	w := &watcher{t, conn}
	err = conn.WriteJSON(map[string]any{
		"jsonrpc": "2.0", "id": 1, "method": "monitor_subscribe", "params": []string{"subscription", strings.TrimSpace(string(token))},
	})
	if err != nil {
		t.Fatal(err)
	}
	if m := w.next(); m.Error != nil {
		t.Fatalf("subscribe: %+v", m.Error)
	}
	return w
}

func (w *watcher) next() sampled {
	w.t.Helper()
	if err := w.conn.SetReadDeadline(time.Now().Add(20 * time.Second)); err != nil {
		w.t.Fatal(err)
	}
	_, raw, err := w.conn.ReadMessage()
	if err != nil {
		w.t.Fatal(err)
	}
	var s sampled
	if err := json.Unmarshal(raw, &s); err != nil {
		w.t.Fatal(err)
	}
	return s
}

// TestMonitorSeesTraffic: whoever has the token file of a node sees what it
// takes in and gives out, and that it goes and comes back.
func TestMonitorSeesTraffic(t *testing.T) {
	p := testnet.StartIn(t, t.TempDir(), "--nodes", "2", "--replicas", "2", "--log-interval", "50ms")
	u, one := newUploader(t, p, 1), p.Network.Nodes[0]
	w, c := watchNode(t, one), u.client(t, p.Network)
	defer c.Close()
	if s := w.next(); !s.Params.Result.Online.Online || s.Params.Result.Online.Since == 0 || s.Params.Result.Traffic.In != 0 {
		t.Errorf("at first: %+v", s)
	}
	data := make([]byte, 100_000)
	up, err := c.Upload(t.Context(), "f", bytes.NewReader(data), int64(len(data)), client.UploadOptions{})
	if err != nil {
		t.Fatal(err)
	}
	in, last := int64(0), sampled{}
	for in < up.Size || last.Params.Result.Disk.Host < up.Size { // bytes come before their name
		last = w.next()
		in += last.Params.Result.Traffic.In
	}
	if in != up.Size || last.Params.Result.Disk.Host != up.Size {
		t.Errorf("%d bytes went in, %d lie there", in, last.Params.Result.Disk.Host)
	}
	checkMetrics(t, one)
	on(t, p.Dir, "node", "stop", "1")
	for err = nil; err == nil; {
		_, _, err = w.conn.ReadMessage()
	}
	if _, _, err := websocket.DefaultDialer.Dial(one.Monitor, nil); err == nil {
		t.Error("the monitor of a stopped node answers")
	}
	on(t, p.Dir, "node", "start", "1")
	if s := watchNode(t, one).next(); s.Params.Result.Disk.Host != up.Size || !s.Params.Result.Online.Online {
		t.Errorf("after the start: %+v", s)
	}
}

func checkMetrics(t *testing.T, n network.Node) {
	t.Helper()
	r, err := http.Get(n.Metrics)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Body.Close()
	raw, err := io.ReadAll(r.Body)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		`pp_stored_slices_cnt{stored_slices_cnt="upload"} 1`, `pp_rpc_req_cnt{rpc_req_cnt="RequestUpload"} 1`,
		`pp_inbound_speed{opponent_p2p_address="` + n.P2P + `"}`,
	} {
		if !strings.Contains(string(raw), want) {
			t.Errorf("the metrics have no %s", want)
		}
	}
}
