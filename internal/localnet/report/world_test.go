package report

import (
	"context"
	"math/big"
	"path/filepath"
	"sync/atomic"
	"testing"
	"time"

	"cosmossdk.io/math"
	sdk "github.com/cosmos/cosmos-sdk/types"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	"github.com/stratosdrive/stratosdrive/internal/localnet/chain"
	"github.com/stratosdrive/stratosdrive/internal/localnet/meta"
	"github.com/stratosdrive/stratosdrive/internal/localnet/node"
	"github.com/stratosdrive/stratosdrive/internal/stratos"
	"github.com/stratosdrive/stratosdrive/internal/stratos/types/pot"
	"github.com/stratosdrive/stratosdrive/internal/stratos/types/register"
	"github.com/stratosdrive/stratosdrive/internal/stratos/types/sds"
)

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// world is a chain, a meta node and two storage nodes under a clock that only
// tests move.
type world struct {
	t     *testing.T
	chain *chain.Chain
	meta  *meta.Meta
	pool  *node.Pool
	clock atomic.Int64
	log   logged
}

type logged struct{ lines atomic.Int64 }

func (l *logged) Write(p []byte) (int, error) {
	l.lines.Add(1)
	return len(p), nil
}

func newWorld(t *testing.T) *world {
	t.Helper()
	w := &world{t: t}
	w.clock.Store(time.Date(2026, 11, 22, 12, 0, 30, 0, time.UTC).Unix())
	dir := t.TempDir()
	var err error
	w.chain, err = chain.Start(t.Context(), chain.Config{
		Dir: filepath.Join(dir, "chain"), RPC: "127.0.0.1:0", REST: "127.0.0.1:0", GRPC: "127.0.0.1:0",
	})
	must(t, err)
	t.Cleanup(func() { must(t, w.chain.Stop()) })
	w.meta, err = meta.Open(t.Context(), filepath.Join(dir, "meta.db"), meta.Options{Clock: w.now})
	must(t, err)
	t.Cleanup(func() { must(t, w.meta.Close()) })
	w.pool, err = node.OpenPool(filepath.Join(dir, "nodes"), 2, 1)
	must(t, err)
	w.sellOzone()
	return w
}

func (w *world) now() time.Time { return time.Unix(w.clock.Load(), 0) }

func (w *world) pass(d time.Duration) { w.clock.Add(int64(d / time.Second)) }

// sellOzone buys ozone for 1,000 STOS, so that there is some to use up.
func (w *world) sellOzone() {
	w.t.Helper()
	key, err := stratos.NewPrivateKey([]byte("a key of thirty-two bytes, fixed"))
	must(w.t, err)
	buyer := key.Address().String()
	stos := func(n int64) *big.Int { return new(big.Int).Mul(big.NewInt(n), big.NewInt(1e18)) }
	_, err = w.chain.Credit(w.t.Context(), buyer, stos(1001))
	must(w.t, err)
	_, err = w.chain.Send(w.t.Context(), []stratos.PrivateKey{key}, 300_000, &sds.MsgPrepay{
		Sender: buyer, Beneficiary: buyer, Amount: sdk.NewCoins(sdk.NewCoin(stratos.Wei, math.NewIntFromBigInt(stos(1000)))),
	})
	must(w.t, err)
}

// start runs a reporter that reports only when it is told to.
func (w *world) start() *Reporter {
	w.t.Helper()
	r, err := Start(w.t.Context(), Config{
		Meta: w.meta, Chain: w.chain, Pool: w.pool, Epoch: 10 * time.Hour, Log: &w.log, now: w.now,
	})
	must(w.t, err)
	return r
}

func (w *world) count(n *node.Node, kind string, failed string, bytes int64) {
	w.meta.Count(meta.Traffic{Wallet: failed, Owner: failed, Hash: "hash", Node: n.Address(), Kind: kind}, bytes)
}

// report makes a report that must be made, or must not.
func (w *world) report(r *Reporter, want bool) int64 {
	w.t.Helper()
	epoch, err := r.Report(w.t.Context())
	must(w.t, err)
	if (epoch > 0) != want {
		w.t.Fatalf("the report is of epoch %d", epoch)
	}
	return epoch
}

// volumes is what the last report said.
func (w *world) volumes() map[string]int64 {
	w.t.Helper()
	last, err := w.meta.LastReport(w.t.Context())
	must(w.t, err)
	if last.TxHash == "" {
		w.t.Fatal("the last report is not settled")
	}
	return last.Volumes
}

func (w *world) immature(wallet string) math.Int {
	w.t.Helper()
	answer := &pot.QueryRewardsByWalletResponse{}
	must(w.t, w.chain.Query(w.t.Context(), "/stratos.pot.v1.Query/RewardsByWallet", &pot.QueryRewardsByWalletRequest{WalletAddress: wallet}, answer))
	return answer.Rewards.ImmatureTotalReward.AmountOf(stratos.Wei)
}

// eventually waits until ok, for what another goroutine does.
func eventually(t *testing.T, what string, ok func() bool) {
	t.Helper()
	for end := time.Now().Add(30 * time.Second); time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
		if ok() {
			return
		}
	}
	t.Fatal("waited in vain until " + what)
}

func (w *world) onChain(address string) (register.ResourceNode, bool) {
	answer := &register.QueryResourceNodeResponse{}
	err := w.chain.Query(context.Background(), "/stratos.register.v1.Query/ResourceNode", &register.QueryResourceNodeRequest{NetworkAddr: address}, answer)
	if status.Code(err) == codes.NotFound {
		return register.ResourceNode{}, false
	}
	must(w.t, err)
	return *answer.Node, true
}

func (w *world) inService(address string) bool {
	n, ok := w.onChain(address)
	return ok && !n.Suspend
}
