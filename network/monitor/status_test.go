package monitor

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// told is what a node answers its owner, as the reference describes it.
const told = "*** current node status ***\nActivation: Active | Registration Status: Registered | Mining: ONLINE | Initial tier: 1 | Ongoing tier: 2 | Weight score: 10000 | Meta node: stsds1meta"

// answering is the RPC of a node that answers a status with some JSON.
func answering(t *testing.T, status int, answer string) string {
	t.Helper()
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var asked struct {
			Method string              `json:"method"`
			Params []map[string]string `json:"params"`
		}
		if err := json.NewDecoder(r.Body).Decode(&asked); err != nil || asked.Method != "owner_requestStatus" || len(asked.Params) != 1 ||
			r.Method != http.MethodPost || r.Header.Get("Content-Type") != "application/json" {
			t.Errorf("asked %+v: %v", asked, err)
		}
		w.WriteHeader(status)
		_, _ = fmt.Fprint(w, answer)
	}))
	t.Cleanup(s.Close)
	return s.URL
}

func result(message string) string {
	raw, _ := json.Marshal(map[string]any{"jsonrpc": "2.0", "id": 1, "result": map[string]string{"return": "0", "message": message}})
	return string(raw)
}

func TestStatusIsRead(t *testing.T) {
	got, err := ReadStatus(t.Context(), answering(t, 200, result(told)))
	if want := (Status{"Active", "Registered", "ONLINE", 1, 2}); err != nil || got != want {
		t.Errorf("%+v: %v", got, err)
	}
	waiting := strings.Replace(told, "Active", "Waiting for verification", 1)
	if got, err := ReadStatus(t.Context(), answering(t, 200, result(waiting))); err != nil || got.Activation != "Waiting for verification" {
		t.Errorf("%+v: %v", got, err)
	}
}

// A node tells its owner nothing unless that is switched on, and nothing is
// made up in its place.
func TestNoStatus(t *testing.T) {
	for name, c := range map[string]struct {
		status int
		answer string
	}{
		"switched off": {200, `{"jsonrpc":"2.0","id":1,"error":{"code":-32601,"message":"the method owner_requestStatus does not exist/is not available"}}`},
		"forbidden":    {403, "invalid host specified"},
		"another page": {200, "<html></html>"},
		"empty":        {200, ""},
		"no class":     {200, result("*** current node status ***\nActivation: Active")},
		"wild class":   {200, result(strings.Replace(told, "Ongoing tier: 2", "Ongoing tier: 9", 1))},
		"odd class":    {200, result(strings.Replace(told, "Initial tier: 1", "Initial tier: best", 1))},
	} {
		if got, err := ReadStatus(t.Context(), answering(t, c.status, c.answer)); !errors.Is(err, ErrNoStatus) || got != (Status{}) {
			t.Errorf("%s: %+v, %v", name, got, err)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := ReadStatus(ctx, answering(t, 200, result(told))); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}

func TestRPCBeside(t *testing.T) {
	for monitor, want := range map[string]string{
		"ws://192.168.1.20:18381":  "http://192.168.1.20:18281",
		"ws://192.168.1.20:18381/": "http://192.168.1.20:18281",
		"ws://[::1]:18381":         "http://[::1]:18281",
		"ws://192.168.1.20:9301":   "", // who chose that port may have chosen the other one
		"wss://node.example:18381": "", // there is something before it
		"ws://%":                   "",
	} {
		if got := RPCBeside(monitor); got != want {
			t.Errorf("%s: %q", monitor, got)
		}
	}
}
