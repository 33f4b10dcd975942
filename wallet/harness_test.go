package wallet_test

import (
	"context"
	"encoding/json"
	"fmt"
	"math/big"
	"net/http"
	"net/url"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/stratos"
	"github.com/stratosdrive/stratosdrive/internal/stratos/network"
	"github.com/stratosdrive/stratosdrive/internal/testnet"
	"github.com/stratosdrive/stratosdrive/wallet/chain"
	"github.com/stratosdrive/stratosdrive/wallet/history"
)

// life is one wallet with its history on one network.
type life struct {
	t     *testing.T
	net   *testnet.Process
	line  *line
	chain *chain.Client
	log   *history.Log
	key   stratos.PrivateKey

	booked int64 // the books were compared up to this block

	first, second  stratos.Address // validators
	back, nodeBack time.Time       // when the first unstaking, and the node's deposit, are over
	proposal       uint64
}

// newLife starts a network with a wallet that owns nothing yet, and waits until
// the network's nodes are registered: each of them changes the price of ozone.
func newLife(t *testing.T) *life {
	t.Helper()
	n := testnet.StartIn(t, t.TempDir(), "--nodes", strconv.Itoa(nodes), "--replicas", strconv.Itoa(nodes), "--epoch", "1s",
		"--unbonding", "90s", "--voting-period", "60s", "--deposit-period", "2m") // longer than what must happen meanwhile takes
	log, err := history.Open(context.Background(), filepath.Join(t.TempDir(), "history.db"))
	ok(t, err)
	t.Cleanup(func() { ok(t, log.Close()) })
	l := &life{t: t, net: n, line: &line{net: n, first: n.Network}, log: log, key: newWallet(t)}
	l.chain = l.client(l.line)
	within(t, time.Minute, "nodes that are registered", func() bool {
		var count struct{ Number string }
		ok(t, l.chain.Get(context.Background(), "/stratos/register/v1/resource_node_count", nil, &count))
		return count.Number == strconv.Itoa(nodes)
	})
	return l
}

// nodes is how many storage nodes the network has.
const nodes = 2

// of is the life of another key on the same network. The chain keeps only its
// newest states, so the books of the key are looked at from some blocks ago.
func (l *life) of(key stratos.PrivateKey) *life {
	return &life{t: l.t, net: l.net, line: l.line, chain: l.chain, log: l.log, key: key, booked: max(l.booked-bookedBefore, 0)}
}

// bookedBefore is how many blocks of another key's past are looked at.
const bookedBefore = 30

func (l *life) client(way http.RoundTripper) *chain.Client {
	l.t.Helper()
	c, err := chain.New(chain.Options{
		Network: l.line.first, HTTP: &http.Client{Transport: way}, Poll: 100 * time.Millisecond, Patience: 2 * time.Minute,
	})
	ok(l.t, err)
	return c
}

// line is the way to the network. It finds the network again that came back at
// other addresses, since another program took the old ones meanwhile.
type line struct {
	net   *testnet.Process
	first network.Network
}

// RoundTrip sends a request to where its address is now.
func (l *line) RoundTrip(r *http.Request) (*http.Response, error) {
	r = r.Clone(r.Context())
	now := l.net.Network
	for from, to := range map[string]string{l.first.REST: now.REST, l.first.RPC: now.RPC, l.first.Faucet: now.Faucet} {
		if old, err := url.Parse(from); err == nil && old.Host == r.URL.Host {
			present, err := url.Parse(to)
			if err != nil {
				return nil, err
			}
			r.URL.Host, r.Host = present.Host, present.Host
			break
		}
	}
	return http.DefaultTransport.RoundTrip(r)
}

// middle is what happens to the network in the middle of a transaction.
type middle int

const (
	nothing middle = iota
	restart        // it is stopped and started when the transaction is signed and logged, and not sent
	crash          // it is killed and started when it took the transaction, and nobody heard of it
)

// restarting is a log that restarts the network as soon as it knows of a
// transaction.
type restarting struct {
	*history.Log
	net *testnet.Process
}

// Sending implements [chain.Log].
func (r restarting) Sending(ctx context.Context, s chain.Sent) error {
	err := r.Log.Sending(ctx, s)
	r.net.Stop()
	r.net.Again()
	return err
}

// crashing is a line whose network is killed by the first transaction that it
// takes; the answer is lost.
type crashing struct {
	*line
	done bool
}

// RoundTrip sends a request, and kills.
func (c *crashing) RoundTrip(r *http.Request) (*http.Response, error) {
	res, err := c.line.RoundTrip(r)
	if c.done || err != nil || r.Method != http.MethodPost || r.URL.Path != "/cosmos/tx/v1beta1/txs" {
		return res, err
	}
	c.done = true
	res.Body.Close()
	c.net.Kill()
	c.net.Again()
	return nil, errCut
}

func (l *life) address() stratos.Address { return l.key.Address() }

func (l *life) balance(a stratos.Address) stratos.Amount {
	l.t.Helper()
	b, err := l.chain.Balance(context.Background(), a)
	ok(l.t, err)
	if b.Total.Cmp(b.Spendable) != 0 {
		l.t.Errorf("total %s, spendable %s", b.Total, b.Spendable)
	}
	return b.Spendable
}

// send previews a message and sends it, while something happens.
func (l *life) send(m chain.Message, what middle) (chain.Preview, chain.Receipt, error) {
	l.t.Helper()
	p, err := l.chain.Preview(context.Background(), l.key.Public(), m, "")
	if err != nil {
		return p, chain.Receipt{}, err
	}
	c, log := l.chain, chain.Log(l.log)
	switch what {
	case restart:
		log = restarting{l.log, l.net}
	case crash:
		c = l.client(&crashing{line: l.line})
	}
	r, err := c.Send(context.Background(), p, l.key, log)
	return p, r, err
}

// done sends a message that must succeed whatever happens, and looks at the
// books afterwards.
func (l *life) done(m chain.Message, what middle) chain.Receipt {
	l.t.Helper()
	_, r, err := l.send(m, what)
	ok(l.t, err)
	l.checkBooks()
	return r
}

// checkBooks compares the sums of the history with the balance after every
// block since it was called last, to the wei. A node's index may be a moment
// behind its blocks.
func (l *life) checkBooks() {
	l.t.Helper()
	ctx := context.Background()
	height, err := l.chain.Height(ctx)
	ok(l.t, err)
	last := l.balanceAt(int64(height))
	var changes map[int64]*big.Int
	within(l.t, time.Minute, fmt.Sprintf("history that sums to %s wei at block %d", last, height), func() bool {
		ok(l.t, l.log.Refresh(ctx, l.chain, l.address()))
		changes = l.changes()
		return sumTo(changes, int64(height)).Cmp(last) == 0
	})
	for at := l.booked + 1; at < int64(height); at++ {
		if balance, sum := l.balanceAt(at), sumTo(changes, at); balance.Cmp(sum) != 0 {
			l.t.Errorf("block %d: the balance is %s wei, the history says %s", at, balance, sum)
		}
	}
	l.booked = int64(height)
}

// changes is what each block did to the balance, as the history tells it.
// Nothing may be open.
func (l *life) changes() map[int64]*big.Int {
	l.t.Helper()
	ctx := context.Background()
	pending, err := l.log.Pending(ctx, l.chain.ChainID(), l.address())
	ok(l.t, err)
	if len(pending) > 0 {
		l.t.Errorf("still open: %+v", pending)
	}
	entries, err := l.log.Find(ctx, l.chain.ChainID(), l.address(), history.Query{Limit: 10_000})
	ok(l.t, err)
	books, err := l.log.Books(ctx, l.chain.ChainID(), l.address())
	ok(l.t, err)
	if total := history.Total(entries); total.Cmp(books) != 0 {
		l.t.Errorf("the entries sum to %s, the books to %s", total, books)
	}
	changes := map[int64]*big.Int{}
	for _, e := range entries {
		if e.Height > 0 {
			changes[e.Height] = new(big.Int).Add(history.Total([]history.Entry{e}), orZero(changes[e.Height]))
		}
	}
	return changes
}

func orZero(n *big.Int) *big.Int {
	if n == nil {
		return new(big.Int)
	}
	return n
}

func sumTo(changes map[int64]*big.Int, height int64) *big.Int {
	sum := new(big.Int)
	for at, change := range changes {
		if at <= height {
			sum.Add(sum, change)
		}
	}
	return sum
}

// balanceAt is what the account held after a block. A block is known a moment
// before what it did.
func (l *life) balanceAt(height int64) (held *big.Int) {
	l.t.Helper()
	within(l.t, time.Minute, "the state after a block that is known", func() (known bool) {
		held, known = l.stateAt(height)
		return known
	})
	return held
}

func (l *life) stateAt(height int64) (sum *big.Int, known bool) {
	l.t.Helper()
	ask, err := http.NewRequest(http.MethodGet, l.net.Network.REST+"/cosmos/bank/v1beta1/balances/"+l.address().String(), nil)
	ok(l.t, err)
	ask.Header.Set("Grpc-Metadata-X-Cosmos-Block-Height", strconv.FormatInt(height, 10))
	reply, err := http.DefaultClient.Do(ask)
	ok(l.t, err)
	defer reply.Body.Close()
	var held struct {
		Balances chain.Coins
		Message  string // why there is no answer
	}
	ok(l.t, json.NewDecoder(reply.Body).Decode(&held))
	if strings.Contains(held.Message, "height in the future") {
		return nil, false
	}
	if at := reply.Header.Get("Grpc-Metadata-X-Cosmos-Block-Height"); reply.StatusCode != http.StatusOK || at != strconv.FormatInt(height, 10) {
		l.t.Fatalf("balance at block %d: %s, of block %s: %s", height, reply.Status, at, held.Message)
	}
	wei, err := held.Balances.Wei()
	ok(l.t, err)
	return wei.Wei(), true
}
