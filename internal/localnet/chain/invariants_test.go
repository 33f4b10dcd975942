package chain

import (
	"testing"
	"time"

	"cosmossdk.io/math"
	abci "github.com/cometbft/cometbft/abci/types"
	sdk "github.com/cosmos/cosmos-sdk/types"
	stakingtypes "github.com/cosmos/cosmos-sdk/x/staking/types"
	"github.com/cosmos/gogoproto/proto"
	"pgregory.net/rapid"

	"github.com/stratosdrive/stratosdrive/internal/stratos"
	"github.com/stratosdrive/stratosdrive/internal/stratos/types/pot"
	"github.com/stratosdrive/stratosdrive/internal/stratos/types/register"
	"github.com/stratosdrive/stratosdrive/internal/stratos/types/sds"
)

// ask answers a query from the state as it is.
func (l *ledger) ask(path string, request proto.Message, answer interface{ Unmarshal([]byte) error }) {
	l.t.Helper()
	raw, err := proto.Marshal(request)
	if err != nil {
		l.t.Fatalf("%v", err)
	}
	reply, err := l.app.GRPCQueryRouter().Route(path)(l.ctx, &abci.RequestQuery{Data: raw, Path: path})
	if err != nil {
		l.t.Fatalf("%s: %v", path, err)
	}
	if err := answer.Unmarshal(reply.Value); err != nil {
		l.t.Fatalf("%s: %v", path, err)
	}
}

// check fails the test unless every account of the chain adds up.
func (l *ledger) check() {
	l.t.Helper()
	same := func(what string, a, b math.Int) {
		l.t.Helper()
		if !a.Equal(b) {
			l.t.Fatalf("%s: %s and %s, %s apart", what, a, b, a.Sub(b))
		}
	}
	sum := math.ZeroInt()
	for _, one := range l.app.bank.GetAccountsBalances(l.ctx) {
		sum = sum.Add(one.Coins.AmountOf(stratos.Wei))
	}
	same("all balances and the supply", sum, l.app.bank.GetSupply(l.ctx, stratos.Wei).Amount)

	counts, bonded, leaving := l.deposits()
	same("deposits in service", bonded, l.pool(register.ResourceBondedPool).Add(l.pool(register.MetaBondedPool)))
	same("deposits out of service", leaving, l.pool(register.ResourceNotBondedPool).Add(l.pool(register.MetaNotBondedPool)))
	market, err := l.app.own.sds.Market(l.ctx)
	if err != nil {
		l.t.Fatalf("%v", err)
	}
	same("the deposit that sets the price", market.Deposit, counts)
	same("the prepaid coins", market.Unissued, l.pool(sds.PrepayAccount))
	if market.Remaining.IsNegative() || market.Remaining.GT(market.Total()) {
		l.t.Fatalf("%s noz left of %s", market.Remaining, market.Total())
	}
	owed, err := l.app.own.pot.Owed(l.ctx)
	if err != nil {
		l.t.Fatalf("%v", err)
	}
	same("rewards and the pool of them", owed, l.pool(pot.RewardPool))
}

// deposits adds up all deposits: what counts, what lies in the pools of nodes
// in service, what in the others.
func (l *ledger) deposits() (counts, bonded, leaving math.Int) {
	counts, bonded, leaving = math.ZeroInt(), math.ZeroInt(), math.ZeroInt()
	state, err := l.app.own.register.ExportGenesis(l.ctx)
	if err != nil {
		l.t.Fatalf("%v", err)
	}
	for _, node := range state.ResourceNodes {
		counts = counts.Add(node.EffectiveTokens)
		if node.Suspend != node.EffectiveTokens.IsZero() {
			l.t.Fatalf("a node counts %s, suspended is %v", node.EffectiveTokens, node.Suspend)
		}
		if node.Status == stakingtypes.Bonded {
			bonded = bonded.Add(node.Tokens)
		} else {
			leaving = leaving.Add(node.Tokens)
		}
	}
	for _, node := range state.MetaNodes {
		if node.Status == stakingtypes.Bonded {
			counts, bonded = counts.Add(node.Tokens), bonded.Add(node.Tokens)
		} else {
			leaving = leaving.Add(node.Tokens)
		}
	}
	return counts, bonded, leaving
}

// Whatever people, owners of nodes and meta nodes do, in whatever order, every
// account adds up after each step, and a message that fails changes nothing.
func TestBooksAlwaysAddUp(t *testing.T) {
	base := newLedger(t, Periods{NodeUnbonding: 3 * time.Second, MetaVoting: 5 * time.Second})
	var people []string
	for _, name := range []string{"a", "b", "c"} {
		people = append(people, base.fund(name, 50_000))
	}
	rapid.Check(t, func(t *rapid.T) {
		ctx, _ := base.ctx.CacheContext()
		l := &ledger{t: t, app: base.app, ctx: ctx, k: base.k}
		epoch := int64(0)
		sold := math.ZeroInt() // and not used up
		for range rapid.IntRange(1, 25).Draw(t, "steps") {
			who := rapid.SampledFrom(people).Draw(t, "who")
			seed := rapid.SampledFrom([]string{"n1", "n2", "n3"}).Draw(t, "node")
			n := rapid.Int64Range(1, 4000).Draw(t, "n")
			before, _ := l.app.own.sds.Market(l.ctx)
			msg := l.draw(t, who, seed, n, &epoch)
			if msg == nil {
				l.pass(time.Duration(n%4) * time.Second)
			} else if err := l.try(msg); err == nil {
				after, _ := l.app.own.sds.Market(l.ctx)
				switch msg.(type) {
				case *sds.MsgPrepay:
					sold = sold.Add(before.Remaining.Sub(after.Remaining))
				case *pot.MsgVolumeReport:
					sold = sold.Sub(after.Remaining.Sub(before.Remaining))
				}
			}
			l.check()
			market, _ := l.app.own.sds.Market(l.ctx)
			if !market.Remaining.Add(sold).Equal(market.Total()) {
				t.Fatalf("%s noz left and %s sold of %s", market.Remaining, sold, market.Total())
			}
		}
	})
}

// draw makes a message, or none to let time pass.
func (l *ledger) draw(t *rapid.T, who, seed string, n int64, epoch *int64) sdk.Msg {
	node, _ := nodeKey(l.t, seed)
	meta, _ := nodeKey(l.t, "m"+seed)
	coin := sdk.NewCoin(stratos.Wei, stos(n))
	switch rapid.IntRange(0, 18).Draw(t, "kind") {
	case 0, 1:
		return buy(who, n)
	case 2:
		return l.create(who, seed, n)
	case 3:
		return &register.MsgUpdateResourceNodeDeposit{NetworkAddress: node, OwnerAddress: who, DepositDelta: coin}
	case 4, 5:
		return l.activate(node, coin.Amount.QuoRaw(2).AddRaw(n))
	case 6:
		return &register.MsgRemoveResourceNode{ResourceNodeAddress: node, OwnerAddress: who}
	case 7:
		return l.slash(node, who, n*1e6, n%2 == 0)
	case 8:
		return l.createMeta(who, "m"+seed, n)
	case 9, 10:
		return &register.MsgMetaNodeRegistrationVote{
			CandidateNetworkAddress: meta, CandidateOwnerAddress: who, Opinion: n%5 > 0,
			VoterNetworkAddress: l.k.metaAddress(), VoterOwnerAddress: l.owner(),
		}
	case 11:
		return &register.MsgRemoveMetaNode{MetaNodeAddress: meta, OwnerAddress: who}
	case 12:
		return &register.MsgUpdateMetaNodeDeposit{NetworkAddress: meta, OwnerAddress: who, DepositDelta: coin}
	case 13, 14:
		*epoch++
		return l.report(*epoch, volume(who, n*1e6), volume(l.owner(), 1+n))
	case 15:
		return &pot.MsgWithdraw{Amount: weiCoins(math.NewInt(n).MulRaw(1e15)), WalletAddress: who, TargetAddress: who}
	case 16, 17:
		served := map[string]int64{who: 1 + n*1e3, l.owner(): 1 + n/2}
		return l.content(*epoch+1, map[string]int64{l.owner(): 1 + n/3, who: 1 + n*1e3 + n/2 - n/3}, served)
	}
	return nil
}
