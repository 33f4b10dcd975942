package oracle

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/stratos"
	"github.com/stratosdrive/stratosdrive/internal/stratos/network"
	"github.com/stratosdrive/stratosdrive/wallet/chain"
	"github.com/stratosdrive/stratosdrive/wallet/message"
)

// refusal is what a chain says of a transaction; its zero value is consent.
type refusal struct {
	space string
	code  uint32
	log   string
}

type object = map[string]any

// node answers a wallet with recorded answers.
type node struct {
	t      testing.TB
	server *httptest.Server
	blocks map[string]object // tx_response by hash
	refuse refusal           // at the first check
	fail   refusal           // in a block

	mu       sync.Mutex
	sequence int
}

func newNode(t testing.TB) *node {
	t.Helper()
	n := &node{t: t, blocks: map[string]object{}}
	n.server = httptest.NewServer(http.HandlerFunc(n.serve))
	t.Cleanup(n.server.Close)
	return n
}

func (n *node) client() *chain.Client {
	n.t.Helper()
	c, err := chain.New(chain.Options{Network: network.Network{REST: n.server.URL, ChainID: "stratos-local-1"}, Poll: time.Millisecond, Patience: 10 * time.Second})
	ok(n.t, err)
	return c
}

func (n *node) serve(w http.ResponseWriter, r *http.Request) {
	n.mu.Lock()
	defer n.mu.Unlock()
	var reply object
	switch path := r.URL.Path; {
	case strings.HasSuffix(path, "/node_info"):
		reply = object{"default_node_info": object{"network": "stratos-local-1"}}
	case strings.HasSuffix(path, "/blocks/latest"):
		reply = object{"block": object{"header": object{"height": "100"}}}
	case strings.HasPrefix(path, "/cosmos/auth/"):
		n.sequence++ // somebody else of this account is busy
		reply = object{"account": object{"account_number": "0", "sequence": fmt.Sprint(n.sequence)}}
	case strings.HasPrefix(path, "/cosmos/bank/"):
		reply = object{"balances": []object{{"denom": "wei", "amount": "1000000000000000000"}}}
	case strings.HasSuffix(path, "/simulate"):
		reply = object{"gas_info": object{"gas_used": "80568"}}
	case r.Method == http.MethodPost:
		reply = n.take(r)
	default:
		hash := path[strings.LastIndex(path, "/")+1:]
		reply = object{"tx_response": n.blocks[hash]}
		if n.blocks[hash] == nil {
			w.WriteHeader(http.StatusNotFound)
			reply = object{"code": 5, "message": "tx not found: " + hash}
		}
	}
	_ = json.NewEncoder(w).Encode(reply)
}

// take is the first check of a transaction; one that passes is in a block at
// once.
func (n *node) take(r *http.Request) object {
	var body struct {
		Raw []byte `json:"tx_bytes"`
	}
	_ = json.NewDecoder(r.Body).Decode(&body)
	hash := message.Hash(body.Raw)
	if n.refuse.code == 0 || n.refuse.code == 19 {
		n.blocks[hash] = object{
			"height": "101", "txhash": hash, "code": n.fail.code, "codespace": n.fail.space, "raw_log": n.fail.log, "timestamp": "2024-12-20T10:00:00Z",
		}
	}
	return object{"tx_response": object{"height": "0", "txhash": hash, "code": n.refuse.code, "codespace": n.refuse.space, "raw_log": n.refuse.log}}
}

// send has the wallet pay somebody.
func (n *node) send(key stratos.PrivateKey) error {
	n.t.Helper()
	c := n.client()
	m := message.Transfer{From: key.Address(), To: stratos.Address{1}, Amount: stratos.WeiAmount(1)}
	p, err := c.Preview(n.t.Context(), key.Public(), m, "")
	ok(n.t, err)
	_, err = c.Send(n.t.Context(), p, key, nil)
	return err
}

// response is a recorded transaction as a node answers it.
func (p page) response() object {
	reply := object{"timestamp": "2024-12-20T10:00:00Z", "info": "", "logs": []any{}, "data": ""}
	for _, name := range []string{"height", "txhash", "code", "codespace", "gas_wanted", "gas_used"} {
		reply[name] = p.of(name).value
	}
	if p.has("raw_log") {
		reply["raw_log"] = p.of("raw_log").value
	}
	var events []object
	for _, e := range p.of("events").list() {
		var attributes []object
		for key, value := range e.of("attributes").members() {
			attributes = append(attributes, object{"key": key, "value": value.value, "index": true})
		}
		events = append(events, object{"type": e.of("type").value, "attributes": attributes})
	}
	reply["events"] = events
	reply["tx"] = object{
		"@type": "/cosmos.tx.v1beta1.Tx", "signatures": []string{},
		"body":      object{"messages": p.of("messages").value, "memo": p.of("memo").value, "timeout_height": "0"},
		"auth_info": object{"signer_infos": p.of("signer_infos").value, "fee": p.of("fee").value, "tip": nil},
	}
	return reply
}
