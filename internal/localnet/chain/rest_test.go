package chain

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"io"
	"net/http"
	"testing"

	"cosmossdk.io/math"
	"github.com/cosmos/gogoproto/proto"
)

// answer is a transaction as REST shows it.
type answer struct {
	Hash      string `json:"txhash"`
	Height    string `json:"height"`
	Code      uint32 `json:"code"`
	Codespace string `json:"codespace"`
	Log       string `json:"raw_log"`
	Events    []struct {
		Type       string                        `json:"type"`
		Attributes []struct{ Key, Value string } `json:"attributes"`
	} `json:"events"`
}

// event returns an attribute of the first event of that type.
func (a answer) event(kind, key string) string {
	for _, e := range a.Events {
		for _, attribute := range e.Attributes {
			if e.Type == kind && attribute.Key == key {
				return attribute.Value
			}
		}
	}
	return ""
}

// has tells whether any event of that type has the attribute.
func (a answer) has(kind, key, value string) bool {
	for _, e := range a.Events {
		for _, attribute := range e.Attributes {
			if e.Type == kind && attribute.Key == key && attribute.Value == value {
				return true
			}
		}
	}
	return false
}

// broadcast hands bytes to the chain as a wallet does.
func (c *Chain) broadcast(t *testing.T, raw []byte) answer {
	t.Helper()
	var reply struct {
		Answer answer `json:"tx_response"`
	}
	c.post(t, "/cosmos/tx/v1beta1/txs", map[string]string{
		"tx_bytes": base64.StdEncoding.EncodeToString(raw), "mode": "BROADCAST_MODE_SYNC",
	}, http.StatusOK, &reply)
	return reply.Answer
}

// send signs, broadcasts and waits until the transaction is found.
func (w *wallet) send(messages ...proto.Message) answer {
	w.t.Helper()
	first := w.chain.broadcast(w.t, w.sign(w.draft(messages...)))
	if first.Code != 0 {
		return first
	}
	w.sequence++
	var reply struct {
		Answer answer `json:"tx_response"`
	}
	eventually(w.t, "the transaction is in a block", func() bool {
		return w.chain.try("/cosmos/tx/v1beta1/txs/"+first.Hash, &reply) == http.StatusOK
	})
	return reply.Answer
}

// must fails the test when the transaction failed.
func (a answer) must(t *testing.T) answer {
	t.Helper()
	if a.Code != 0 {
		t.Fatalf("%s %d: %s", a.Codespace, a.Code, a.Log)
	}
	return a
}

func (c *Chain) url(path string) string { return "http://" + c.at.rest.Addr().String() + path }

// get reads a REST path that must answer with 200.
func (c *Chain) get(t *testing.T, path string, into any) {
	t.Helper()
	if status := c.try(path, into); status != http.StatusOK {
		t.Fatalf("%s: status %d", path, status)
	}
}

// try reads a REST path and returns the status; an answer of another status
// than 200 is not decoded.
func (c *Chain) try(path string, into any) int {
	reply, err := http.Get(c.url(path))
	if err != nil {
		return 0
	}
	defer reply.Body.Close()
	if reply.StatusCode == http.StatusOK && into != nil {
		if err := json.NewDecoder(reply.Body).Decode(into); err != nil {
			return 0
		}
	}
	return reply.StatusCode
}

func (c *Chain) post(t *testing.T, path string, body any, want int, into any) {
	t.Helper()
	raw, err := json.Marshal(body)
	if err != nil {
		t.Fatal(err)
	}
	reply, err := http.Post(c.url(path), "application/json", bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	defer reply.Body.Close()
	text, err := io.ReadAll(reply.Body)
	if err != nil {
		t.Fatal(err)
	}
	if reply.StatusCode != want {
		t.Fatalf("%s: status %d, %s", path, reply.StatusCode, text)
	}
	if into != nil {
		if err := json.Unmarshal(text, into); err != nil {
			t.Fatal(err)
		}
	}
}

// balance returns the wei of an account.
func (c *Chain) balance(t *testing.T, address string) math.Int {
	t.Helper()
	var reply struct {
		Balance struct{ Amount math.Int }
	}
	c.get(t, "/cosmos/bank/v1beta1/balances/"+address+"/by_denom?denom=wei", &reply)
	return reply.Balance.Amount
}
