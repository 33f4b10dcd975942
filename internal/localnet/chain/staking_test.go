package chain

import (
	"net/http"
	"testing"
	"time"

	"cosmossdk.io/math"
	distributiontypes "github.com/cosmos/cosmos-sdk/x/distribution/types"
	stakingtypes "github.com/cosmos/cosmos-sdk/x/staking/types"
	"pgregory.net/rapid"
)

// quietFor is how long the chain must not move to count as at rest.
const quietFor = 2 * time.Second

// atRest waits until the chain has stopped making blocks and returns where.
func atRest(t *testing.T, c *Chain) int64 {
	t.Helper()
	for deadline := time.Now().Add(20 * time.Second); time.Now().Before(deadline); {
		moved := c.heights.next()
		height := c.Height()
		select {
		case <-moved:
		case <-time.After(quietFor):
			return height
		}
	}
	t.Fatal("the chain never rests")
	return 0
}

// At rest there is no block. Then a transaction is in one soon, and that block
// carries the present time, although the time of a block is that of the votes
// before it.
func TestRestsAndWakes(t *testing.T) {
	c := start(t, free(t.TempDir()))
	w := newWallet(t, c, "10stos")
	height := atRest(t, c)
	if time.Sleep(staleAfter - quietFor/2); c.Height() != height {
		t.Fatalf("a block at rest: %d after %d", c.Height(), height)
	}
	asked := time.Now()
	a := w.send(transfer(t, w.address, receiver, "1stos")).must(t)
	t.Logf("found after %s", time.Since(asked))
	var tx struct {
		Answer struct{ Timestamp time.Time } `json:"tx_response"`
	}
	c.get(t, "/cosmos/tx/v1beta1/txs/"+a.Hash, &tx)
	if at := tx.Answer.Timestamp; at.Before(asked.Add(-staleAfter)) {
		t.Errorf("sent at %s, executed at %s", asked.UTC(), at)
	}
}

// Undelegated coins come back on time, though nobody sends a transaction.
func TestUnbondingEndsAtRest(t *testing.T) {
	cfg := free(t.TempDir())
	cfg.Periods.Unbonding = 4 * time.Second
	c := start(t, cfg)
	w := newWallet(t, c, "100stos")
	home, _ := validators(t, c)
	stake := coin(t, "50stos")
	w.send(&stakingtypes.MsgDelegate{DelegatorAddress: w.address, ValidatorAddress: home, Amount: stake}).must(t)
	asked := time.Now()
	w.send(&stakingtypes.MsgUndelegate{DelegatorAddress: w.address, ValidatorAddress: home, Amount: stake}).must(t)
	if free := c.balance(t, w.address); free.GT(coin(t, "50stos").Amount) {
		t.Fatalf("%s are free at once", free)
	}
	eventually(t, "the coins are free", func() bool { return c.balance(t, w.address).GT(coin(t, "99stos").Amount) })
	if took := time.Since(asked); took < cfg.Periods.Unbonding-staleAfter {
		t.Errorf("it took %s", took)
	}
	atRest(t, c)
}

// However much is delegated to the validator that never signs, blocks go on,
// it has at most 1 % of the weight, and rewards follow stake.
func TestStakeWithTheSleepingValidator(t *testing.T) {
	c := start(t, free(t.TempDir()))
	w := newWallet(t, c, "1000010stos")
	home, other := validators(t, c)
	w.send(&stakingtypes.MsgDelegate{DelegatorAddress: w.address, ValidatorAddress: other, Amount: coin(t, "990000stos")}).must(t)
	for range 3 {
		w.send(transfer(t, w.address, receiver, "1stos")).must(t)
	}
	_, set := c.engine.consensus.GetValidators()
	var sleeping, all int64
	for _, v := range set {
		all += v.VotingPower
		if string(v.PubKey.Bytes()) == string(c.keys.OtherSigner) {
			sleeping = v.VotingPower
		}
	}
	if sleeping < 1 || sleeping*100 > all {
		t.Errorf("the sleeping validator has %d of %d", sleeping, all)
	}
	var rewards struct {
		Total []struct{ Amount math.LegacyDec }
	}
	c.get(t, "/cosmos/distribution/v1beta1/delegators/"+w.address+"/rewards", &rewards)
	// Three fees of 400,000 gwei; 99 % of the stake, 5 % commission.
	if least := math.LegacyNewDecFromInt(math.NewInt(3 * 350_000).MulRaw(1e9)); len(rewards.Total) != 1 || rewards.Total[0].Amount.LT(least) {
		t.Errorf("rewards %v, at least %s expected", rewards.Total, least)
	}
	w.send(&distributiontypes.MsgWithdrawDelegatorReward{DelegatorAddress: w.address, ValidatorAddress: other}).must(t)
	w.send(&stakingtypes.MsgBeginRedelegate{
		DelegatorAddress: w.address, ValidatorSrcAddress: other, ValidatorDstAddress: home, Amount: coin(t, "980000stos"),
	}).must(t)
	w.send(transfer(t, w.address, receiver, "1stos")).must(t)
	if status := c.try("/cosmos/slashing/v1beta1/signing_infos", nil); status != http.StatusOK {
		t.Errorf("signing records: status %d", status)
	}
}

func TestWeightsNeverStopTheChain(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		all := map[string]weight{"home": {home: true, power: rapid.Int64Range(10_000_000, 1e11).Draw(t, "home")}}
		all["home"] = weight{home: true, power: all["home"].power, counts: all["home"].power}
		for _, name := range rapid.SliceOfNDistinct(rapid.StringMatching(`[a-z]{3}`), 0, 99, rapid.ID).Draw(t, "others") {
			power := rapid.Int64Range(1, 1e11).Draw(t, "power")
			all[name] = weight{power: power, counts: power}
		}
		capOthers(all)
		var others int64
		for name, w := range all {
			if name != "home" {
				others += w.counts
			}
			if w.counts < 1 || w.counts > w.power {
				t.Fatalf("%s counts %d of %d", name, w.counts, w.power)
			}
		}
		if others*3 >= all["home"].counts {
			t.Fatalf("others have %d, the home validator %d", others, all["home"].counts)
		}
	})
}
