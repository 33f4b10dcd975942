package chain

import (
	"errors"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"cosmossdk.io/math"
	authtypes "github.com/cosmos/cosmos-sdk/x/auth/types"
	govtypes "github.com/cosmos/cosmos-sdk/x/gov/types"

	"github.com/stratosdrive/stratosdrive/internal/stratos/types/creator"
	"github.com/stratosdrive/stratosdrive/internal/stratos/types/pot"
)

// content is a report of the traffic of content, in noz by wallet.
func (l *ledger) content(epoch int64, owners, servers map[string]int64) *creator.MsgCreatorTraffic {
	return &creator.MsgCreatorTraffic{
		Owners: volumes(owners), Servers: volumes(servers), Reporter: l.k.metaAddress(), Epoch: epoch,
		ReporterOwner: l.owner(), BLSSignature: pot.BLSSignatureInfo{PubKeys: [][]byte{{1}}},
	}
}

func volumes(by map[string]int64) []creator.WalletVolume {
	var list []creator.WalletVolume
	for _, wallet := range slices.Sorted(maps.Keys(by)) {
		list = append(list, creator.WalletVolume{WalletAddress: wallet, Volume: math.NewInt(by[wallet])})
	}
	return list
}

func (l *ledger) settled(epoch int64) *creator.EpochRecord {
	l.t.Helper()
	answer := &creator.QueryEpochResponse{}
	l.ask("/stratosdrive.creator.v1.Query/Epoch", &creator.QueryEpochRequest{Epoch: epoch}, answer)
	return answer.Record
}

func (l *ledger) earned(wallet string) *creator.QueryRewardsResponse {
	l.t.Helper()
	answer := &creator.QueryRewardsResponse{}
	l.ask("/stratosdrive.creator.v1.Query/Rewards", &creator.QueryRewardsRequest{WalletAddress: wallet}, answer)
	return answer
}

// The traffic that was recorded on the real chain pays the owner of content a
// tenth of its price out of what the node that served it earns. Everybody else
// gets what was recorded. It matures and is withdrawn as all rewards are.
func TestContentEarns(t *testing.T) {
	l := newLedger(t, Periods{})
	a, b, artist := l.fund("a", 100), l.fund("b", 100), l.fund("artist", 1)
	l.do(buy(a, 1), buy(a, 2), buy(b, 1))
	l.do(l.content(1, map[string]int64{artist: 1e9}, map[string]int64{b: 1e9}))
	if r := l.settled(1); r != nil {
		t.Fatalf("settled before the report: %v", r)
	}
	l.do(l.report(1, volume(a, 1e9), volume(b, 3e9)))
	l.check()

	r := l.settled(1)
	price := r.Worth.QuoInt(r.Used).MulInt64(1e9).QuoInt64(10).TruncateInt()
	if !price.IsPositive() || len(r.Owners) != 1 || !r.Owners[0].Amount.Equal(price) || !r.Servers[0].Amount.Equal(price) {
		t.Fatalf("settled %v, a tenth of the price is %s", r, price)
	}
	wants := map[string]math.Int{
		a: stos(12).AddRaw(594_475_057_154_860), b: stos(36).AddRaw(3 * 594_475_057_154_860).Sub(price), artist: price,
	}
	for name, want := range wants {
		if _, immature := l.rewards(name); immature.Sub(want).Abs().GT(math.NewInt(2)) { // the recorded amounts are cut
			t.Errorf("%s waits for %s, not %s", name, immature, want)
		}
	}
	if e := l.earned(artist); !e.Total.Amount.Equal(price) || len(e.Epochs) != 1 || e.Epochs[0].Epoch != 1 {
		t.Errorf("the artist's rewards: %v", e)
	}
	l.pass(time.Second)
	l.do(l.report(9, volume(b, 1e6)))
	l.pass(time.Second)
	had := l.held(artist)
	l.do(&pot.MsgWithdraw{Amount: weiCoins(price), WalletAddress: artist, TargetAddress: artist})
	if got := l.held(artist).Sub(had); !got.Equal(price) {
		t.Errorf("the artist was paid %s", got)
	}
	l.check()
}

// Traffic of content that cannot be part of the volume report earns nothing,
// says why, and leaves all other rewards as they are.
func TestContentThatDoesNotFit(t *testing.T) {
	l := newLedger(t, Periods{})
	a, b := l.fund("a", 100), l.fund("b", 100)
	l.do(buy(a, 3))
	for epoch, servers := range []map[string]int64{{a: 2e9}, {b: 1}, {a: 1, b: 1}} {
		n := int64(epoch + 1)
		sum := int64(0)
		for _, v := range servers {
			sum += v
		}
		l.do(l.content(n, map[string]int64{b: sum}, servers), l.report(n, volume(a, 1e9)))
		if r := l.settled(n); !strings.Contains(r.Refused, "did not serve") || len(r.Owners) != 0 {
			t.Errorf("epoch %d: %v", n, r)
		}
		if _, immature := l.rewards(b); !immature.IsZero() {
			t.Errorf("epoch %d: b waits for %s", n, immature)
		}
		l.pass(time.Second)
		l.check()
	}
}

// What was told of an epoch counts for that epoch only: it can be told again
// until the report comes, is dropped with a later report, and refused after it.
func TestContentOfAnotherEpoch(t *testing.T) {
	l := newLedger(t, Periods{})
	a, one, two := l.fund("a", 100), l.fund("one", 1), l.fund("two", 1)
	l.do(buy(a, 3))
	l.do(l.content(3, map[string]int64{one: 5}, map[string]int64{a: 5}))
	l.do(l.content(5, map[string]int64{one: 500_000}, map[string]int64{a: 500_000}))
	l.do(l.content(5, map[string]int64{two: 700_000}, map[string]int64{a: 700_000}))
	l.do(l.report(4, volume(a, 1e9)), l.report(5, volume(a, 1e9)))
	if l.settled(3) != nil || l.settled(4) != nil {
		t.Error("an epoch without a report was settled")
	}
	if r := l.settled(5); len(r.Owners) != 1 || r.Owners[0].WalletAddress != two {
		t.Errorf("settled %v", r)
	}
	if err := l.try(l.content(5, map[string]int64{one: 5}, map[string]int64{a: 5})); !errors.Is(err, creator.ErrEpoch) {
		t.Errorf("told after the report: %v", err)
	}
	stranger := l.content(6, map[string]int64{one: 5}, map[string]int64{a: 5})
	stranger.ReporterOwner = a
	if err := l.try(stranger); !errors.Is(err, creator.ErrReporter) {
		t.Errorf("told by a stranger: %v", err)
	}
	unsigned := l.content(6, map[string]int64{one: 5}, map[string]int64{a: 5})
	unsigned.BLSSignature.PubKeys = nil
	if err := l.try(unsigned); !errors.Is(err, creator.ErrBelowThreshold) {
		t.Errorf("not signed: %v", err)
	}
	l.check()
}

// Governance sets the share; nobody else does.
func TestShareOfContent(t *testing.T) {
	l := newLedger(t, Periods{})
	a, artist := l.fund("a", 100), l.fund("artist", 1)
	set := func(by, share string) error {
		return l.try(&creator.MsgUpdateParams{Authority: by, Params: creator.Params{Share: math.LegacyMustNewDecFromStr(share)}})
	}
	gov := authtypes.NewModuleAddress(govtypes.ModuleName).String()
	if err := set(a, "0.2"); err == nil {
		t.Error("anybody sets the share")
	}
	if err := set(gov, "0.6"); !errors.Is(err, creator.ErrShare) {
		t.Errorf("a share that nodes do not have: %v", err)
	}
	l.do(buy(a, 3))
	for epoch, share := range []string{"0", "0.5"} {
		if err := set(gov, share); err != nil {
			t.Fatal(err)
		}
		n := int64(epoch + 1)
		l.do(l.content(n, map[string]int64{artist: 1e9}, map[string]int64{a: 1e9}), l.report(n, volume(a, 1e9)))
		r := l.settled(n)
		want := r.Worth.Mul(math.LegacyMustNewDecFromStr(share)).TruncateInt()
		if !r.Owners[0].Amount.Equal(want) {
			t.Errorf("a share of %s pays %s, not %s", share, r.Owners[0].Amount, want)
		}
		l.check()
	}
}
