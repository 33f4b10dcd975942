package chain

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"cosmossdk.io/math"
	sdk "github.com/cosmos/cosmos-sdk/types"
	authtypes "github.com/cosmos/cosmos-sdk/x/auth/types"
	govtypes "github.com/cosmos/cosmos-sdk/x/gov/types"

	"github.com/stratosdrive/stratosdrive/internal/stratos"
	"github.com/stratosdrive/stratosdrive/internal/stratos/types/pot"
)

// rewards returns what a wallet can withdraw now and later.
func (l *ledger) rewards(wallet string) (mature, immature math.Int) {
	l.t.Helper()
	answer := &pot.QueryRewardsByWalletResponse{}
	l.ask("/stratos.pot.v1.Query/RewardsByWallet", &pot.QueryRewardsByWalletRequest{WalletAddress: wallet}, answer)
	return answer.Rewards.MatureTotalReward.AmountOf(stratos.Wei), answer.Rewards.ImmatureTotalReward.AmountOf(stratos.Wei)
}

// The traffic that was recorded on the real chain earns what was recorded
// there, matures an epoch later, less what the wallet owes, and is paid out.
func TestRecordedRewards(t *testing.T) {
	l := newLedger(t, Periods{})
	a, b := l.fund("a", 100), l.fund("b", 100)
	l.do(buy(a, 1), buy(a, 2), buy(b, 1))
	before := l.pool(pot.FoundationAccount)
	l.do(l.report(1, volume(a, 1e9), volume(b, 3e9)))
	l.pass(time.Second)
	first := stos(12).AddRaw(594_475_057_154_860)
	if mature, immature := l.rewards(a); !mature.IsZero() || !immature.Equal(first) {
		t.Errorf("after the report: %s mature, %s immature", mature, immature)
	}
	if paid := before.Sub(l.pool(pot.FoundationAccount)); !paid.Equal(stos(80)) {
		t.Errorf("the foundation paid %s", paid)
	}
	if waits := l.pool(pot.RewardPool); !waits.Equal(stos(64).AddRaw(3_170_533_638_159_256)) {
		t.Errorf("the pool of rewards holds %s", waits)
	}
	if err := l.try(&pot.MsgWithdraw{Amount: weiCoins(math.OneInt()), WalletAddress: a, TargetAddress: a}); !errors.Is(err, pot.ErrWithdraw) {
		t.Errorf("withdrew what is immature: %v", err)
	}
	if err := l.try(l.report(1, volume(a, 1))); !errors.Is(err, pot.ErrMatureEpoch) {
		t.Errorf("the same epoch again: %v", err)
	}
	if err := l.try(l.report(2, volume(a, 1e18))); !errors.Is(err, pot.ErrVolumeReport) {
		t.Errorf("more ozone used up than was sold: %v", err)
	}

	node := l.create(b, "node", 5)
	l.do(node, l.slash(node.NetworkAddress, a, 1e6, false))
	debt := l.debt(a)
	if !debt.IsPositive() {
		t.Fatalf("the debt is %s", debt)
	}
	l.do(l.report(9, volume(b, 1e6)))
	l.pass(time.Second)
	mature, immature := l.rewards(a)
	if !mature.Equal(first.Sub(debt)) || !immature.IsZero() || !l.debt(a).IsZero() {
		t.Errorf("mature: %s, %s immature, %s owed", mature, immature, l.debt(a))
	}
	had := l.held(b)
	l.do(&pot.MsgWithdraw{Amount: weiCoins(stos(1)), WalletAddress: a, TargetAddress: b})
	if got := l.held(b).Sub(had); !got.Equal(stos(1)) {
		t.Errorf("paid out %s", got)
	}
	if err := l.try(&pot.MsgWithdraw{Amount: weiCoins(mature), WalletAddress: a, TargetAddress: a}); !errors.Is(err, pot.ErrWithdraw) {
		t.Errorf("withdrew more than there is: %v", err)
	}
	l.check()
}

func (l *ledger) debt(wallet string) math.Int {
	l.t.Helper()
	owed, err := l.app.own.register.Debt(l.ctx, wallet)
	if err != nil {
		l.t.Fatalf("debt: %v", err)
	}
	return owed
}

// A block makes the rewards of 100 wallets mature, and blocks are wanted until
// none is left.
func TestManyWalletsMature(t *testing.T) {
	l := newLedger(t, Periods{})
	l.do(buy(l.fund("buyer", 100), 50))
	var all []pot.SingleWalletVolume
	for i := range 249 { // and the owner of the meta node
		all = append(all, volume(sdk.AccAddress(fmt.Sprintf("wallet %13d", i)).String(), 1e6+int64(i)))
	}
	l.do(l.report(1, all...))
	l.pass(time.Second)
	l.do(l.report(2, volume(all[0].WalletAddress, 1)))
	for want := range 4 {
		waiting, err := l.app.own.pot.Waiting(l.ctx)
		if err != nil || waiting != (want < 3) {
			t.Fatalf("after %d blocks: waiting is %v, %v", want, waiting, err)
		}
		l.pass(time.Second)
		l.check()
		ripe := 0
		for _, v := range all {
			if mature, _ := l.rewards(v.WalletAddress); mature.IsPositive() {
				ripe++
			}
		}
		if least := min(100*(want+1), 250) - 1; ripe < least || ripe > least+1 {
			t.Errorf("after %d blocks %d wallets have mature rewards", want+1, ripe)
		}
	}
}

// The supply comes back to its size, from and to the community pool.
func TestSupplyIsHeld(t *testing.T) {
	l := newLedger(t, Periods{})
	l.fund("a", 1)
	lost := stos(7)
	faucet := addressOf(t, l.k.Faucet)
	if err := l.app.bank.SendCoinsFromAccountToModule(l.ctx, faucet, govtypes.ModuleName, weiCoins(lost)); err != nil {
		t.Fatal(err)
	}
	if err := l.app.bank.BurnCoins(l.ctx, govtypes.ModuleName, weiCoins(lost)); err != nil {
		t.Fatal(err)
	}
	supply := func() math.Int { return l.app.bank.GetSupply(l.ctx, stratos.Wei).Amount }
	l.pass(time.Second)
	if !supply().Equal(stos(totalSupply).Sub(lost)) {
		t.Fatalf("the supply is %s", supply())
	}
	l.ctx = l.ctx.WithBlockHeight(10_001)
	l.pass(time.Second)
	if !supply().Equal(stos(totalSupply)) {
		t.Errorf("made up to %s", supply())
	}
	l.check()
	if err := l.app.bank.MintCoins(l.ctx, pot.ModuleName, weiCoins(stos(3))); err != nil {
		t.Fatal(err)
	}
	to := sdk.AccAddress(authtypes.NewModuleAddress("nobody"))
	if err := l.app.bank.SendCoinsFromModuleToAccount(l.ctx, pot.ModuleName, to, weiCoins(stos(3))); err != nil {
		t.Fatal(err)
	}
	l.ctx = l.ctx.WithBlockHeight(20_001)
	l.pass(time.Second)
	if !supply().Equal(stos(totalSupply)) {
		t.Errorf("brought down to %s", supply())
	}
	l.check()
}

// Mining ends with the coins of the foundation account: then a report fails
// and changes nothing.
func TestEmptyFoundation(t *testing.T) {
	l := newLedger(t, Periods{})
	a := l.fund("a", 100)
	l.do(buy(a, 50))
	all := l.pool(pot.FoundationAccount)
	if err := l.app.bank.SendCoinsFromModuleToModule(l.ctx, pot.FoundationAccount, govtypes.ModuleName, weiCoins(all)); err != nil {
		t.Fatal(err)
	}
	if err := l.try(l.report(1, volume(a, 1e9))); !errors.Is(err, pot.ErrVolumeReport) {
		t.Errorf("an empty foundation account: %v", err)
	}
	l.do(&pot.MsgFoundationDeposit{Amount: weiCoins(stos(49)), From: a})
	if err := l.try(l.report(1, volume(a, 1e9))); !errors.Is(err, pot.ErrVolumeReport) {
		t.Errorf("less than an epoch in the foundation account: %v", err)
	}
	l.check()
}
