package node

import (
	"context"
	"errors"
	"math/big"
	"testing"

	"pgregory.net/rapid"

	"github.com/stratosdrive/stratosdrive/internal/stratos"
	"github.com/stratosdrive/stratosdrive/wallet/chain"
)

const (
	rewardRules = `{"params":{"mature_epoch":"2016","community_tax":"0.010000000000000000","mining_reward_params":[
		{"total_mined_valve_end":{"denom":"wei","amount":"16819200000000000000000000"},"resource_node_percentage_in_bp":"6000"},
		{"total_mined_valve_end":{"denom":"wei","amount":"25228800000000000000000000"},"resource_node_percentage_in_bp":"6200"}]}}`
	minedSoFar = `{"total_mined_token":{"denom":"wei","amount":"80000000000000000000"}}`
)

// The recorded report: 1 of 4 billion noz brought its wallet 12 STOS of what was
// mined and 594 475 057 154 860 wei of the traffic.
func TestExpectedAsRecorded(t *testing.T) {
	a := answers{
		"/stratos/pot/v1/params": rewardRules, "/stratos/pot/v1/total_mined_token": minedSoFar,
		"/stratos/pot/v1/total_reward/1": `{"total_reward":{"mining_reward":[{"denom":"wei","amount":"80000000000000000000"}],
			"traffic_reward":[{"denom":"wei","amount":"4003199038079868"}]}}`,
	}
	pool, err := EpochPool(context.Background(), a, 1)
	if err != nil {
		t.Fatal(err)
	}
	want, err := stratos.ParseWei("12000594475057154860")
	if err != nil {
		t.Fatal(err)
	}
	got := Expected(pool, big.NewInt(1e9), big.NewInt(4e9))
	if off := new(big.Int).Sub(got.Wei(), want.Wei()); off.CmpAbs(big.NewInt(2)) > 0 {
		t.Errorf("expected %s, and it was %s", got, want)
	}
	if got := Expected(pool, big.NewInt(1), new(big.Int)); !got.IsZero() {
		t.Errorf("of no traffic: %s", got)
	}
	a["/stratos/pot/v1/total_mined_token"] = `{"total_mined_token":{"denom":"wei","amount":"40000000000000000000000000"}}`
	late, err := EpochPool(context.Background(), a, 1)
	if err != nil || late.Cmp(pool) <= 0 { // the last stage gives nodes more of it
		t.Errorf("%s after %s: %v", late, pool, err)
	}
}

func TestRulesWithoutSense(t *testing.T) {
	for _, rules := range []string{`{"params":{}}`, `{"params":{"community_tax":"x","mining_reward_params":[{}]}}`} {
		a := answers{
			"/stratos/pot/v1/params": rules, "/stratos/pot/v1/total_mined_token": minedSoFar,
			"/stratos/pot/v1/total_reward/1": `{"total_reward":{}}`,
		}
		if _, err := EpochPool(context.Background(), a, 1); err == nil {
			t.Errorf("%s makes sense", rules)
		}
	}
	if _, err := EpochPool(context.Background(), answers{}, 1); !errors.Is(err, chain.ErrNotFound) {
		t.Errorf("no answer: %v", err)
	}
}

// Parts of a pool never sum up to more than the pool.
func TestPartsOfThePool(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		pool := stratos.NewAmount(new(big.Int).Mul(big.NewInt(rapid.Int64Range(0, 1<<62).Draw(t, "pool")), big.NewInt(1000)))
		volumes := rapid.SliceOfN(rapid.Int64Range(0, 1<<50), 1, 8).Draw(t, "volumes")
		all := new(big.Int)
		for _, v := range volumes {
			all.Add(all, big.NewInt(v))
		}
		var sum stratos.Amount
		for _, v := range volumes {
			sum = sum.Add(Expected(pool, big.NewInt(v), all))
		}
		if left, ok := pool.Sub(sum); !ok || all.Sign() > 0 && left.Cmp(stratos.WeiAmount(uint64(len(volumes)))) > 0 {
			t.Fatalf("%s of %s", sum, pool)
		}
	})
}

// The reward of an epoch is known until it is mature.
func TestEpochReward(t *testing.T) {
	wallet, err := stratos.ParseAddress(bob)
	if err != nil {
		t.Fatal(err)
	}
	a := answers{
		"/stratos/pot/v1/rewards/wallet/" + bob + "/epoch/3": `{"rewards":[{"reward_from_mining_pool":[{"denom":"wei","amount":"5"}],"reward_from_traffic_pool":[{"denom":"wei","amount":"2"}]}]}`,
		"/stratos/pot/v1/rewards/wallet/" + bob + "/epoch/2": `{"rewards":[]}`,
	}
	if r, known, err := EpochReward(context.Background(), a, wallet, 3); err != nil || !known || r.String() != "7" {
		t.Errorf("%s %v %v", r, known, err)
	}
	if r, known, err := EpochReward(context.Background(), a, wallet, 2); err != nil || known || !r.IsZero() {
		t.Errorf("%s %v %v", r, known, err)
	}
}
