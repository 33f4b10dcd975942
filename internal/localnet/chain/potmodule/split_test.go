package potmodule

import (
	"math/big"
	"testing"

	"cosmossdk.io/math"
	"pgregory.net/rapid"

	"github.com/stratosdrive/stratosdrive/internal/stratos/types/pot"
)

func stos(n int64) math.Int {
	return math.NewIntFromBigInt(new(big.Int).Mul(big.NewInt(n), big.NewInt(1e18)))
}

func volumes(noz ...int64) []pot.SingleWalletVolume {
	var all []pot.SingleWalletVolume
	for i, n := range noz {
		all = append(all, pot.SingleWalletVolume{WalletAddress: string(rune('a' + i)), Volume: math.NewInt(n)})
	}
	return all
}

// The report was recorded on the real chain: a deposit of 10 000 STOS, three
// prepays of 4 STOS together, one meta node, two wallets.
func TestRecordedReport(t *testing.T) {
	sold := math.NewInt(999_900_009_999 + 1_999_200_259_920 + 999_300_369_825)
	m := market{deposit: stos(10_000), unissued: stos(4), remaining: math.NewInt(1e16).Sub(sold)}
	params := pot.DefaultParams()
	stage, reward := stageAt(params.MiningRewardParams, math.ZeroInt())
	e := epoch{
		mining: divide(reward.ToLegacyDec(), stage), traffic: divide(m.worth(math.NewInt(4e9)), stage),
		tax: params.CommunityTax, volumes: volumes(1e9, 3e9), metas: []string{"meta"},
	}
	p := e.pay()
	for name, c := range map[string]struct{ got, want math.Int }{
		"mining of validators":  {e.mining.validators, stos(16)},
		"mining of the first":   {p.wallets["a"].mining, stos(12)},
		"mining of the second":  {p.wallets["b"].mining, stos(36)},
		"mining of the meta":    {p.wallets["meta"].mining, stos(16)},
		"mining of all nodes":   {p.mining, stos(64)},
		"traffic of validators": {e.traffic.validators, math.NewInt(800_639_807_615_974)},
		"traffic of the first":  {p.wallets["a"].traffic, math.NewInt(594_475_057_154_860)},
		"traffic of all nodes":  {p.traffic, math.NewInt(3_170_533_638_159_256)},
		"tax":                   {p.tax, math.NewInt(32_025_592_304_638)},
	} {
		if !c.got.Equal(c.want) {
			t.Errorf("%s: %s, recorded %s", name, c.got, c.want)
		}
	}
}

// The stages are those of the real chain, and no epoch mines more than there
// is.
func TestStages(t *testing.T) {
	params := pot.DefaultParams()
	if err := params.Validate(); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		mined, reward  math.Int
		resource, meta int64
	}{
		{math.ZeroInt(), stos(80), 6000, 2000},
		{stos(16_819_200).SubRaw(1), stos(80), 6000, 2000},
		{stos(16_819_200), stos(40), 6200, 1800},
		{stos(25_228_800), stos(20), 6400, 1600},
		{stos(29_433_600), stos(10), 6600, 1400},
		{stos(31_536_000), stos(5), 6800, 1200},
		{stos(32_587_200), stos(5).QuoRaw(2), 7000, 1000},
		{stos(39_999_999), stos(1), 7000, 1000},
		{stos(40_000_000), math.ZeroInt(), 7000, 1000},
		{stos(50_000_000), math.ZeroInt(), 7000, 1000},
	} {
		stage, reward := stageAt(params.MiningRewardParams, c.mined)
		if !reward.Equal(c.reward) {
			t.Errorf("after %s an epoch mines %s, not %s", c.mined, reward, c.reward)
		}
		if stage.ResourceNodePercentageInBp.Int64() != c.resource || stage.MetaNodePercentageInBp.Int64() != c.meta {
			t.Errorf("after %s the shares are %s", c.mined, stage.String())
		}
	}
}

func amount(t *rapid.T, name string, bits int) math.Int {
	raw := rapid.SliceOfN(rapid.Byte(), 0, bits/8).Draw(t, name)
	return math.NewIntFromBigInt(new(big.Int).SetBytes(raw))
}

// Whatever is paid comes out of the pool, and what the cuts leave over is less
// than a wei for each cut.
func TestNothingIsMade(t *testing.T) {
	params := pot.DefaultParams()
	rapid.Check(t, func(t *rapid.T) {
		m := market{deposit: amount(t, "deposit", 88), unissued: amount(t, "unissued", 88), remaining: amount(t, "remaining", 64)}
		used := math.ZeroInt()
		var list []pot.SingleWalletVolume
		for i := range rapid.IntRange(1, 12).Draw(t, "wallets") {
			v := amount(t, "volume", 56).AddRaw(1)
			list = append(list, pot.SingleWalletVolume{WalletAddress: string(rune('a' + i%9)), Volume: v})
			used = used.Add(v)
		}
		mined := stos(rapid.Int64Range(0, 41_000_000).Draw(t, "mined"))
		metas := []string{"a", "m", "n"}[:rapid.IntRange(1, 3).Draw(t, "metas")]
		stage, reward := stageAt(params.MiningRewardParams, mined)
		worth := m.worth(used)
		e := epoch{
			mining: divide(reward.ToLegacyDec(), stage), traffic: divide(worth, stage),
			tax: params.CommunityTax, volumes: list, metas: metas,
		}
		p := e.pay()
		if e.mining.sum().GT(reward) || e.traffic.sum().GT(worth.TruncateInt()) {
			t.Fatalf("divided %s of %s and %s of %s", e.mining.sum(), reward, e.traffic.sum(), worth)
		}
		// A share has 18 decimals, so besides the cut the last of them counts.
		cuts := math.NewInt(int64(2*len(list) + 2*len(metas) + 4))
		slack := func(pool math.Int) math.Int { return cuts.Add(pool.Mul(cuts).Quo(stos(1))) }
		nodes := e.mining.resource.Add(e.mining.meta)
		if left := nodes.Sub(p.mining); left.LT(slack(nodes).Neg()) || left.GT(slack(nodes)) {
			t.Fatalf("mining: %s of %s left", left, nodes)
		}
		nodes = e.traffic.resource.Add(e.traffic.meta)
		if left := nodes.Sub(p.traffic).Sub(p.tax); left.LT(slack(nodes).Neg()) || left.GT(slack(nodes)) {
			t.Fatalf("traffic: %s of %s left", left, nodes)
		}
		sum := earning{math.ZeroInt(), math.ZeroInt()}
		for _, w := range p.wallets {
			sum = earning{sum.mining.Add(w.mining), sum.traffic.Add(w.traffic)}
		}
		if !sum.mining.Equal(p.mining) || !sum.traffic.Equal(p.traffic) {
			t.Fatalf("the wallets have %v, paid %s and %s", sum, p.mining, p.traffic)
		}
	})
}
