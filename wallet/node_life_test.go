package wallet_test

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"encoding/hex"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/sds/client"
	"github.com/stratosdrive/stratosdrive/internal/sds/wire"
	"github.com/stratosdrive/stratosdrive/internal/stratos"
	"github.com/stratosdrive/stratosdrive/wallet/chain"
	"github.com/stratosdrive/stratosdrive/wallet/history"
	"github.com/stratosdrive/stratosdrive/wallet/keys"
	"github.com/stratosdrive/stratosdrive/wallet/market"
	"github.com/stratosdrive/stratosdrive/wallet/message"
	"github.com/stratosdrive/stratosdrive/wallet/node"
	"github.com/stratosdrive/stratosdrive/wallet/reports"
	"github.com/stratosdrive/stratosdrive/wallet/stake"
)

// ownsANode registers a storage node, changes it, and gives it up again; its
// deposit comes back at the end of this life.
func (l *life) ownsANode(t *testing.T) {
	ctx := context.Background()
	rules, err := node.ReadRules(ctx, l.chain)
	ok(t, err)
	if rules.MinDeposit.IsZero() || rules.Completion <= 0 {
		t.Fatalf("rules %+v", rules)
	}
	key, _, err := ed25519.GenerateKey(nil)
	ok(t, err)
	address := stratos.NodeAddressOf(key)
	if _, err := node.Read(ctx, l.chain, address); !errors.Is(err, chain.ErrNotFound) {
		t.Errorf("a node that is not there: %v", err)
	}
	create := message.CreateNode{
		Owner: l.address(), Beneficiary: l.address(), Node: address, Key: key, Deposit: rules.MinDeposit,
		Description: message.Description{Moniker: "attic"}, Kinds: message.Storage,
	}
	l.done(create, restart)
	if e := l.last(history.NodeDeposit); e.Counterparty != address.String() || e.Amount.Cmp(create.Deposit) != 0 {
		t.Errorf("history %+v", e)
	}
	l.done(message.AddNodeDeposit{Owner: l.address(), Node: address, Amount: stos(t, "1")}, crash)
	friend := newWallet(t).Address()
	l.done(message.UpdateNode{
		Owner: l.address(), Beneficiary: friend, Node: address, Description: message.Description{Moniker: "cellar"}, Kinds: message.Storage,
	}, restart)
	l.last(history.NodeChanged)
	owned, err := node.Owned(ctx, l.chain, l.address())
	ok(t, err)
	if len(owned) != 1 {
		t.Fatalf("owned %+v", owned)
	}
	n := owned[0]
	if n.Address != address || n.PaidTo != friend || n.Description.Moniker != "cellar" || n.State != node.Waiting ||
		n.Deposit.Cmp(create.Deposit.Add(stos(t, "1"))) != 0 || n.Owner != l.address() || n.Created.IsZero() {
		t.Errorf("node %+v", n)
	}
	r := l.done(message.RemoveNode{Owner: l.address(), Node: address}, crash)
	l.last(history.NodeRemoved)
	l.nodeBack = rules.Back(n.Created, r.Time)
}

func (l *life) earnsNothingYet(t *testing.T) {
	ctx := context.Background()
	r, err := node.ReadRewards(ctx, l.chain, l.address())
	if err != nil || !r.Mature.IsZero() || !r.Immature.IsZero() || !r.Slashed.IsZero() {
		t.Errorf("rewards %+v, %v", r, err)
	}
	w := message.Withdraw{Wallet: l.address(), Target: l.address(), Amount: stos(t, "1")}
	if _, _, err := l.send(w, nothing); !errors.Is(err, chain.ErrNoReward) {
		t.Errorf("withdrew what was not earned: %v", err)
	}
	if e, err := stake.Measure(ctx, l.chain, time.Now()); err != nil || e.Bonded.IsZero() || e.Year() < 0 {
		t.Errorf("earnings %+v, %v", e, err)
	}
}

// takesNodeRewards: files that this wallet's storage account pays for bring the
// owner of a node rewards, which become mature with later files. The owner
// takes some out, and gives the rest to this wallet.
func (l *life) takesNodeRewards(t *testing.T) {
	ctx := context.Background()
	owner := l.of(l.nodeKey(1))
	owner.checkBooks()
	l.stores(1)
	within(t, time.Minute, "a reward", func() bool { return !owner.rewards().Immature.IsZero() || !owner.rewards().Mature.IsZero() })
	if rip := owner.ripening(); len(rip.Next) > 1 || rip.After != 1 {
		t.Errorf("maturing %+v", rip)
	}
	l.stores(2)
	within(t, time.Minute, "a mature reward", func() bool { return owner.rewards().Mature.Cmp(stos(t, "10")) > 0 })
	for _, what := range []middle{restart, crash} {
		owner.done(message.Withdraw{Wallet: owner.address(), Target: owner.address(), Amount: stos(t, "2.5")}, what)
		if e := owner.last(history.NodeReward); e.Direction != history.In || e.Amount.Cmp(stos(t, "2.5")) != 0 {
			t.Errorf("history %+v", e)
		}
	}
	before, rest := l.balance(l.address()), owner.rewards().Mature
	owner.done(message.Withdraw{Wallet: owner.address(), Target: l.address(), Amount: rest}, crash)
	if e := owner.last(history.NodeReward); e.Direction != history.None || e.Counterparty != l.address().String() {
		t.Errorf("history of the owner %+v", e)
	}
	l.checkBooks()
	if e := l.last(history.Received); e.Amount.Cmp(rest) != 0 || l.balance(l.address()).Cmp(before.Add(rest)) != 0 {
		t.Errorf("history %+v", e)
	}
	if e, err := stake.Measure(ctx, l.chain, time.Now()); err != nil || e.Reports == 0 || e.Year() <= 0 {
		t.Errorf("earnings %+v, %v", e, err)
	}
}

// nodeKey is the key of the owner of one of the network's nodes.
func (l *life) nodeKey(number int) stratos.PrivateKey {
	l.t.Helper()
	raw, err := os.ReadFile(filepath.Join(l.net.Dir, "nodes", strconv.Itoa(number), "node.json"))
	ok(l.t, err)
	var config struct{ Wallet string }
	ok(l.t, json.Unmarshal(raw, &config))
	bytes, err := hex.DecodeString(config.Wallet)
	ok(l.t, err)
	key, err := stratos.NewPrivateKey(bytes)
	ok(l.t, err)
	return key
}

func (l *life) rewards() node.Rewards {
	l.t.Helper()
	r, err := node.ReadRewards(context.Background(), l.chain, l.address())
	ok(l.t, err)
	return r
}

func (l *life) ripening() node.Ripe {
	l.t.Helper()
	last, err := reports.Recent(context.Background(), l.chain, 3)
	ok(l.t, err)
	ripe, err := node.Maturing(context.Background(), l.chain, l.address(), last, time.Now())
	ok(l.t, err)
	return ripe
}

// stores uploads a file for the storage account, which pays with its ozone.
func (l *life) stores(seed byte) {
	l.t.Helper()
	storage, err := keys.StorageAccount(l.key, keys.FirstEpoch)
	ok(l.t, err)
	c, err := client.New(client.Options{
		Gateways: l.net.Network.Gateways, Signer: wire.NewSigner(storage), LockDir: l.t.TempDir(), TempDir: l.t.TempDir(),
	})
	ok(l.t, err)
	defer c.Close()
	content := bytes.Repeat([]byte{seed}, 300_000)
	_, err = c.Upload(context.Background(), "file", bytes.NewReader(content), int64(len(content)), client.UploadOptions{})
	ok(l.t, err)
}

func (l *life) knowsTheMarket(t *testing.T) {
	ctx := context.Background()
	m, err := market.Read(ctx, l.chain)
	ok(t, err)
	quote, err := l.chain.QuotePrepay(ctx, stos(t, "3"))
	ok(t, err)
	if off := quote.Int64() - m.Buys(stos(t, "3")).Int64(); off < -2 || off > 2 {
		t.Errorf("the chain quotes %v, the curve %v", quote, m.Buys(stos(t, "3")))
	}
	money, err := market.ReadMoney(ctx, l.chain)
	if err != nil || money.Supply.IsZero() || money.Staked.IsZero() || money.Circulating.Cmp(money.Supply) > 0 {
		t.Errorf("money %+v, %v", money, err)
	}
	l.done(message.Gift{From: l.address(), Amount: stos(t, "1")}, nothing)
	l.last(history.PoolGift)
}
