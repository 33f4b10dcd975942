package chain

import (
	"encoding/json"
	"fmt"
	"io"
	"math/big"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	bankv1beta1 "cosmossdk.io/api/cosmos/bank/v1beta1"
	basev1beta1 "cosmossdk.io/api/cosmos/base/v1beta1"
	txv1beta1 "cosmossdk.io/api/cosmos/tx/v1beta1"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/types/known/anypb"

	"github.com/stratosdrive/stratosdrive/internal/stratos"
	"github.com/stratosdrive/stratosdrive/internal/stratos/network"
	"github.com/stratosdrive/stratosdrive/wallet/message"
)

const fakeChainID = "stratos-local-1"

// fakeChain answers like a daemon's gateway for one account: it verifies
// signatures, keeps a pool, and makes a block after every few requests.
type fakeChain struct {
	t      *testing.T
	server *httptest.Server
	public stratos.PublicKey

	mu        sync.Mutex
	chainID   string
	unused    bool
	balance   *big.Int
	sequence  uint64
	height    uint64
	pool      map[string]*fakeTx
	blocks    map[string]*fakeTx
	paid      []*fakeTx // in blocks, code 0
	requests  []string
	perBlock  int  // requests until the pool becomes a block
	stalled   bool // blocks come, but empty
	simulated []*txv1beta1.Tx
	broadcast func(hash string) (codespace string, code uint32, log string) // overrides the first check
	deliver   func() (codespace string, code uint32, log string)            // overrides the result
	meddle    func(request int, path string) meddling
}

// meddling is what happens to one request.
type meddling int

const (
	leaveAlone meddling = iota
	cutBefore           // the request never arrives
	cutAfter            // it is carried out, the answer is lost
	badGateway          // an error page of a proxy, not carried out
	badGatewayAfter
)

type fakeTx struct {
	hash   string
	height uint64
	tx     *txv1beta1.Tx
	body   *txv1beta1.TxBody
	auth   *txv1beta1.AuthInfo
	code   uint32
	space  string
	log    string
}

func newFake(t *testing.T) *fakeChain {
	f := &fakeChain{
		t: t, public: vectorKey(t, 0).Public(), chainID: fakeChainID,
		balance: stratosAmount("1000stos").Wei(), sequence: 7, height: 100,
		pool: map[string]*fakeTx{}, blocks: map[string]*fakeTx{}, perBlock: 3,
	}
	f.server = httptest.NewServer(http.HandlerFunc(f.serve))
	t.Cleanup(f.server.Close)
	return f
}

// pace sets how many requests there are to a block.
func (f *fakeChain) pace(requests int) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.perBlock = requests
}

func stratosAmount(text string) stratos.Amount {
	a, err := stratos.ParseAmount(text)
	if err != nil {
		panic(err)
	}
	return a
}

// client has an own pool of connections, so that cuts do not disturb others.
func (f *fakeChain) client() *Client {
	transport := &http.Transport{DisableKeepAlives: true}
	f.t.Cleanup(transport.CloseIdleConnections)
	c, err := New(Options{
		Network: network.Network{REST: f.server.URL + "/", ChainID: fakeChainID, MinGasPrice: "1000000000", Faucet: f.server.URL},
		HTTP:    &http.Client{Transport: transport}, Poll: time.Millisecond, Patience: 5 * time.Second,
	})
	return must(f.t, c, err)
}

func (f *fakeChain) serve(w http.ResponseWriter, r *http.Request) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.requests = append(f.requests, r.Method+" "+r.URL.Path)
	what := leaveAlone
	if f.meddle != nil {
		what = f.meddle(len(f.requests), r.URL.Path)
	}
	if what == cutBefore {
		panic(http.ErrAbortHandler)
	}
	if what == badGateway {
		http.Error(w, "<html>Bad Gateway</html>", http.StatusBadGateway)
		return
	}
	status, reply := f.answer(r)
	if len(f.requests)%f.perBlock == 0 {
		f.makeBlock()
	}
	switch what {
	case cutAfter:
		panic(http.ErrAbortHandler)
	case badGatewayAfter:
		http.Error(w, "<html>Bad Gateway</html>", http.StatusBadGateway)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(reply)
}

type object = map[string]any

func notFound(what string) (int, any) {
	return http.StatusNotFound, object{"code": 5, "message": what + " not found", "details": []any{}}
}

func (f *fakeChain) answer(r *http.Request) (int, any) {
	path, address := r.URL.Path, f.public.Address().String()
	coins := []object{{"denom": "wei", "amount": f.balance.String()}}
	switch {
	case path == "/cosmos/base/tendermint/v1beta1/node_info":
		return 200, object{"default_node_info": object{"network": f.chainID}, "application_version": object{"version": "0.12.2"}}
	case path == "/cosmos/base/tendermint/v1beta1/blocks/latest":
		return 200, object{"block": object{"header": object{"height": fmt.Sprint(f.height), "chain_id": f.chainID}}}
	case path == "/cosmos/auth/v1beta1/accounts/"+address && !f.unused:
		return 200, object{"account": object{
			"@type": "/cosmos.auth.v1beta1.BaseAccount", "address": address, "pub_key": nil,
			"account_number": "3", "sequence": fmt.Sprint(f.sequence),
		}}
	case path == "/cosmos/bank/v1beta1/balances/"+address, path == "/cosmos/bank/v1beta1/spendable_balances/"+address:
		return 200, object{"balances": coins, "pagination": object{"next_key": nil, "total": "1"}}
	case path == "/cosmos/tx/v1beta1/simulate":
		return f.simulate(r)
	case path == "/cosmos/tx/v1beta1/txs" && r.Method == http.MethodPost:
		return f.accept(r)
	case strings.HasPrefix(path, "/cosmos/tx/v1beta1/txs/"):
		return f.txByHash(strings.TrimPrefix(path, "/cosmos/tx/v1beta1/txs/"))
	}
	return notFound(path)
}

func (f *fakeChain) read(r *http.Request) (*fakeTx, []byte) {
	raw, err := io.ReadAll(r.Body)
	var body struct {
		Raw  []byte `json:"tx_bytes"`
		Mode string `json:"mode"`
	}
	if err == nil {
		err = json.Unmarshal(raw, &body)
	}
	var txRaw txv1beta1.TxRaw
	f.check(err)
	f.check(proto.Unmarshal(body.Raw, &txRaw))
	tx := &fakeTx{hash: message.Hash(body.Raw), tx: &txv1beta1.Tx{}, body: &txv1beta1.TxBody{}, auth: &txv1beta1.AuthInfo{}}
	f.check(proto.Unmarshal(txRaw.BodyBytes, tx.body))
	f.check(proto.Unmarshal(txRaw.AuthInfoBytes, tx.auth))
	tx.tx.Body, tx.tx.AuthInfo, tx.tx.Signatures = tx.body, tx.auth, txRaw.Signatures
	doc, err := proto.MarshalOptions{Deterministic: true}.Marshal(&txv1beta1.SignDoc{
		BodyBytes: txRaw.BodyBytes, AuthInfoBytes: txRaw.AuthInfoBytes, ChainId: f.chainID, AccountNumber: 3,
	})
	f.check(err)
	return tx, doc
}

func (f *fakeChain) check(err error) {
	if err != nil {
		f.t.Error(err)
	}
}

func (f *fakeChain) simulate(r *http.Request) (int, any) {
	tx, _ := f.read(r)
	f.simulated = append(f.simulated, tx.tx)
	if got := tx.auth.SignerInfos[0].Sequence; got != f.sequence {
		return 500, object{"code": 2, "message": fmt.Sprintf("account sequence mismatch, expected %d, got %d: incorrect account sequence", f.sequence, got)}
	}
	return 200, object{"gas_info": object{"gas_wanted": "18446744073709551615", "gas_used": "80568"}, "result": object{}}
}

// accept is the first check of a daemon.
func (f *fakeChain) accept(r *http.Request) (int, any) {
	tx, doc := f.read(r)
	code, space, log := uint32(0), "", ""
	switch expected := f.sequence + uint64(len(f.pool)); {
	case f.broadcast != nil:
		space, code, log = f.broadcast(tx.hash)
	case f.pool[tx.hash] != nil || f.blocks[tx.hash] != nil:
		code, space = 19, "sdk"
	case !f.public.Verify(doc, tx.tx.Signatures[0]):
		code, space = 4, "sdk"
	case tx.auth.SignerInfos[0].Sequence != expected:
		code, space, log = 32, "sdk", fmt.Sprintf("account sequence mismatch, expected %d", expected)
	case tx.body.TimeoutHeight < f.height:
		code, space = 30, "sdk"
	}
	if code == 0 {
		f.pool[tx.hash] = tx
	}
	return 200, object{"tx_response": object{"txhash": tx.hash, "code": code, "codespace": space, "raw_log": log, "height": "0"}}
}

// makeBlock includes the pool.
func (f *fakeChain) makeBlock() {
	f.height++
	if f.stalled {
		return
	}
	for hash, tx := range f.pool {
		delete(f.pool, hash)
		if tx.body.TimeoutHeight < f.height {
			continue
		}
		tx.height = f.height
		f.sequence++
		if f.deliver != nil {
			tx.space, tx.code, tx.log = f.deliver()
		}
		f.blocks[hash] = tx
		if tx.code == 0 {
			f.paid = append(f.paid, tx)
		}
	}
}

func (f *fakeChain) txByHash(hash string) (int, any) {
	tx := f.blocks[hash]
	if tx == nil {
		return notFound("tx")
	}
	var events []object
	first := object{"@type": tx.body.Messages[0].TypeUrl}
	if tx.body.Messages[0].TypeUrl == TypePrepay {
		events = append(events, object{"type": eventPrepay, "attributes": []object{{"key": "purchased_noz", "value": `"999900009999"`, "index": true}}})
	}
	return 200, object{"tx": object{}, "tx_response": object{
		"height": fmt.Sprint(tx.height), "txhash": hash, "code": tx.code, "codespace": tx.space, "raw_log": tx.log,
		"gas_wanted": "1", "gas_used": "79105", "timestamp": "2026-11-22T10:00:00Z", "events": events,
		"tx": object{
			"@type": "/cosmos.tx.v1beta1.Tx", "body": object{"messages": []object{first}, "memo": tx.body.Memo},
			"auth_info": object{"fee": object{"amount": []object{{"denom": "wei", "amount": tx.auth.Fee.Amount[0].Amount}}}},
		},
	}}
}

// transferred is the sum of all transfers in blocks.
func (f *fakeChain) transferred() *big.Int {
	f.mu.Lock()
	defer f.mu.Unlock()
	sum := new(big.Int)
	for _, tx := range f.paid {
		var m bankv1beta1.MsgSend
		f.check(proto.Unmarshal(tx.body.Messages[0].Value, &m))
		amount, _ := new(big.Int).SetString(m.Amount[0].Amount, 10)
		sum.Add(sum, amount)
	}
	return sum
}

func txBodyOf(p Preview) *txv1beta1.TxBody {
	return &txv1beta1.TxBody{Messages: []*anypb.Any{{TypeUrl: p.Message.Type(), Value: message.Encode(p.Message)}}}
}

func authOf(p Preview) *txv1beta1.AuthInfo {
	coins := []*basev1beta1.Coin{{Denom: stratos.Wei, Amount: p.Fee.String()}}
	return &txv1beta1.AuthInfo{Fee: &txv1beta1.Fee{Amount: coins, GasLimit: p.Gas}}
}
