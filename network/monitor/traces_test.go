package monitor

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/gorilla/websocket"

	"github.com/stratosdrive/stratosdrive/internal/sds/wire"
)

// recorded answers a method with what the reference's node answered in the
// traces, and sends the recorded notices before each answer.
type recorded struct {
	answers map[string]json.RawMessage // whole messages, by method
	notices []json.RawMessage
}

func readTraces(t *testing.T) recorded {
	t.Helper()
	raw, err := os.ReadFile("testdata/monitor.json")
	must(t, err)
	var file struct {
		Traces []struct{ Case, Request, Response string }
	}
	must(t, json.Unmarshal(raw, &file))
	r := recorded{answers: map[string]json.RawMessage{}}
	for _, trace := range file.Traces {
		if !strings.HasPrefix(trace.Response, `{"jsonrpc"`) {
			continue
		}
		var request wire.Request
		_ = json.Unmarshal([]byte(trace.Request), &request)
		var answer message
		must(t, json.Unmarshal([]byte(trace.Response), &answer))
		switch {
		case answer.Method != "":
			r.notices = append(r.notices, json.RawMessage(trace.Response))
		case answer.Error == nil && r.answers[request.Method] == nil || trace.Case == "current token":
			r.answers[request.Method] = json.RawMessage(trace.Response)
		}
	}
	// The traces have no traffic; a node without any answers so.
	r.answers[traffic] = json.RawMessage(`{"jsonrpc":"2.0","id":1,"result":{"return":"-1","message_type":"monitor_getTrafficData"}}`)
	return r
}

func (r recorded) ServeHTTP(w http.ResponseWriter, request *http.Request) {
	up := websocket.Upgrader{CheckOrigin: func(r *http.Request) bool { return r.Header.Get("Origin") == "" }}
	socket, err := up.Upgrade(w, request, nil)
	if err != nil {
		return
	}
	defer socket.Close()
	for {
		var call wire.Request
		if socket.ReadJSON(&call) != nil {
			return
		}
		for _, notice := range r.notices {
			_ = socket.WriteMessage(websocket.TextMessage, notice)
		}
		var answer map[string]json.RawMessage
		_ = json.Unmarshal(r.answers[call.Method], &answer)
		answer["id"] = call.ID
		_ = socket.WriteJSON(answer)
	}
}

// What the reference's node said is understood: the notices that come before an
// answer, of this subscription and of others, and a node that is offline.
func TestTraces(t *testing.T) {
	traces := readTraces(t)
	if len(traces.answers) < 5 || len(traces.notices) != 2 {
		t.Fatalf("traces of %d methods and %d notices", len(traces.answers), len(traces.notices))
	}
	node := httptest.NewServer(traces)
	defer node.Close()
	h := follow(t, Source{
		URL:   "ws" + strings.TrimPrefix(node.URL, "http"),
		Token: newPractice(t).token,
	})
	if got := take(t, "the address", h.connected); got != address {
		t.Errorf("connected to %s", got)
	}
	first := take(t, "the first look", h.samples)
	if len(first) != 1 || first[0].Online || first[0].In != 0 || first[0].Disk != 0 {
		t.Errorf("the first look: %+v", first)
	}
	s := take(t, "a notice", h.samples)[0]
	if s.In != 5 || s.Out != 6 || s.Online || !s.Since.IsZero() {
		t.Errorf("a notice: %+v", s)
	}
}

// Whatever a node sends, the follower goes on or tries again, and ends when it
// is told to.
func TestNonsense(t *testing.T) {
	for name, text := range map[string]string{
		"no JSON": "nonsense", "wrong types": `{"id":1,"result":{"x":7}}`, "no result": `{"id":1}`, "other": `{"id":99,"result":"0x1"}`,
		"list": `[]`, "error": `{"id":1,"error":{"code":-1,"message":"x"}}`, "negative": `{"id":-1}`,
	} {
		t.Run(name, func(t *testing.T) {
			node := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				socket, err := (&websocket.Upgrader{}).Upgrade(w, r, nil)
				if err != nil {
					return
				}
				defer socket.Close()
				_, _, _ = socket.ReadMessage()
				_ = socket.WriteMessage(websocket.TextMessage, []byte(text))
				_ = socket.WriteControl(websocket.CloseMessage, nil, time.Now().Add(time.Second))
			}))
			defer node.Close()
			h := follow(t, Source{URL: "ws" + strings.TrimPrefix(node.URL, "http"), Token: newPractice(t).token})
			take(t, "a loss", h.lost)
			take(t, "another loss", h.lost)
		})
	}
}
