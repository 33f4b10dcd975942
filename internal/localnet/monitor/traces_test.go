package monitor

import (
	"encoding/json"
	"net/http"
	"os"
	"strings"
	"testing"
	"time"
)

type trace struct {
	Case     string
	Status   int `json:"http_status"`
	Request  string
	Response string
}

type vectors struct {
	Token struct {
		At      int64  `json:"at_unix"`
		Hour    int64  `json:"hour_index"`
		Initial string `json:"initial_token"`
		Start   int64  `json:"node_start_unix"`
		Address string `json:"p2p_address"`
		Token   string
	} `json:"monitor_token"`
	Samples struct {
		Notification json.RawMessage
	} `json:"monitor_samples"`
	Traces []trace
}

func readVectors(t *testing.T) vectors {
	t.Helper()
	raw, err := os.ReadFile("testdata/monitor.json")
	must(t, err)
	var v vectors
	must(t, json.Unmarshal(raw, &v))
	return v
}

func TestTokenVector(t *testing.T) {
	v := readVectors(t).Token
	tok := token{start: v.Start, address: v.Address}
	now := time.Unix(v.At, 0)
	if got := tok.at(now); got != v.Token {
		t.Fatalf("token %s", got)
	}
	for shift, want := range map[time.Duration]bool{0: true, time.Hour: true, 2 * time.Hour: false, -time.Hour: false} {
		if got := tok.opens(v.Token, now.Add(shift)); got != want {
			t.Errorf("%v later: opens %v", shift, got)
		}
	}
}

// TestTraces walks through everything that was recorded from the reference's
// socket, in its order and on the same two connections. The ids and tokens,
// which are random there, are exchanged for those of this run.
func TestTraces(t *testing.T) {
	traces := readVectors(t).Traces
	w := watch(t, nil)
	w.upgrades(traces[:5])
	first, exchange := w.dial(), map[string]string{}
	exchange[traces[7].token(t)] = w.token.at(w.clock().Add(-time.Hour))
	exchange[traces[8].token(t)] = w.token.at(w.clock())
	var after []string // what the connection still has to say
	for _, tr := range traces[5:] {
		request := swap(tr.Request, exchange)
		switch {
		case strings.HasPrefix(tr.Case, "notification"):
			w.node.in.Store(5)
			w.node.out.Store(6)
			w.sample()
			after = []string{first.read(), first.read()}
			after = append(after, first.ask(request))
			wantOneOf(t, tr, swap(tr.Response, exchange), &after)
		case tr.Case == "following message":
			wantOneOf(t, tr, swap(tr.Response, exchange), &after)
		case strings.Contains(tr.Case, "another connection"):
			wantOneOf(t, tr, swap(tr.Response, exchange), &[]string{w.dial().ask(request)})
		default:
			got := first.ask(request)
			if strings.Contains(tr.Case, "token") && tr.Case != "bad token" {
				exchange[idOf(t, tr.Response)] = idOf(t, got)
			}
			wantOneOf(t, tr, swap(tr.Response, exchange), &[]string{got})
		}
	}
	if len(after) != 0 {
		t.Errorf("more was said: %v", after)
	}
}

func (w *watched) upgrades(traces []trace) {
	w.t.Helper()
	for _, tr := range traces {
		var got int
		if _, origin, ok := strings.Cut(tr.Case, "Origin '"); ok {
			got = w.upgrade(strings.TrimSuffix(origin, "'"))
		} else {
			r, err := http.Get("http://" + w.socket + "/")
			must(w.t, err)
			r.Body.Close()
			got = r.StatusCode
		}
		if got != tr.Status {
			w.t.Errorf("%s: %d, not %d", tr.Case, got, tr.Status)
		}
	}
}

// token is the one that a subscription of the trace gives.
func (tr trace) token(t *testing.T) string {
	t.Helper()
	var r struct{ Params []string }
	must(t, json.Unmarshal([]byte(tr.Request), &r))
	return r.Params[1]
}

func idOf(t *testing.T, answer string) string {
	t.Helper()
	var a struct{ Result string }
	must(t, json.Unmarshal([]byte(answer), &a))
	return a.Result
}

func swap(text string, exchange map[string]string) string {
	for old, now := range exchange {
		text = strings.ReplaceAll(text, old, now)
	}
	return text
}

// wantOneOf takes the message that was wanted out of the list, byte for byte.
func wantOneOf(t *testing.T, tr trace, want string, list *[]string) {
	t.Helper()
	for i, got := range *list {
		if got == want {
			*list = append((*list)[:i:i], (*list)[i+1:]...)
			return
		}
	}
	t.Errorf("%s:\nwant %s\ngot  %s", tr.Case, want, strings.Join(*list, "\n     "))
}
