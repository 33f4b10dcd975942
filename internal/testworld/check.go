package testworld

import (
	"context"
	"errors"
	"fmt"
	"math/big"
	"net/url"
	"slices"

	"github.com/stratosdrive/stratosdrive/internal/stratos"
	"github.com/stratosdrive/stratosdrive/network/proof"
	"github.com/stratosdrive/stratosdrive/wallet/chain"
)

// rewards is what a wallet earned in an epoch, in wei.
type rewards struct{ mining, traffic *big.Int }

// readRewards reads what everybody earned in an epoch whose rewards are
// immature.
func readRewards(ctx context.Context, c *chain.Client, epoch int) (map[string]rewards, error) {
	var reply struct {
		Rewards []struct {
			Wallet  string `json:"wallet_address"`
			Mining  []coin `json:"reward_from_mining_pool"`
			Traffic []coin `json:"reward_from_traffic_pool"`
		} `json:"rewards"`
	}
	if err := c.Get(ctx, fmt.Sprintf("/stratos/pot/v1/rewards/epoch/%d", epoch), url.Values{"pagination.limit": {"1000"}}, &reply); err != nil {
		return nil, fmt.Errorf("read rewards: %w", err)
	}
	by := map[string]rewards{}
	for _, r := range reply.Rewards {
		by[r.Wallet] = rewards{sum(r.Mining), sum(r.Traffic)}
	}
	return by, nil
}

// compare says what is compared from now on.
func (w *world) compare(name string) {
	i := slices.IndexFunc(w.Checks, func(c *Check) bool { return c.Name == name })
	if i < 0 {
		i, w.Checks = len(w.Checks), append(w.Checks, &Check{Name: name})
	}
	w.check = w.Checks[i]
}

func (w *world) faultf(format string, values ...any) {
	w.check.Wrong++
	w.Faults = append(w.Faults, fmt.Sprintf(format, values...))
}

// same compares two amounts.
func (w *world) same(epoch int64, what string, own, chain *big.Int) {
	w.check.Numbers++
	if own.Cmp(chain) != 0 {
		w.faultf("epoch %d: %s is %s and must be %s", epoch, what, chain, own)
		off := new(big.Int).Sub(chain, own)
		w.Off.Add(w.Off, off.Abs(off).Mul(off, big.NewInt(1e18)))
	}
}

// checkAll holds everything against everything.
func (w *world) checkAll(ctx context.Context) error {
	b, err := proof.Read(ctx, w.spare.chain)
	if err != nil {
		return err
	}
	if len(b.Epochs) != w.Epochs {
		return fmt.Errorf("%d epochs are on the chain", len(b.Epochs))
	}
	for i, e := range b.Epochs {
		w.compare("ledger and reports")
		w.checkTold(e, w.told[i])
		w.compare("rewards of wallets")
		w.checkRewards(e, w.rewards[i])
		w.compare("sums and pools")
		w.checkSums(e)
		w.compare("prove it")
		if err := w.prove(ctx, b, e); err != nil {
			return err
		}
	}
	w.compare("cheats")
	w.checkLies(b)
	w.checkCheats(b)
	w.compare("sums and pools")
	w.checkPurchases(b)
	err = errors.Join(w.checkPools(ctx, b), w.checkPurses(ctx, b), w.checkOwners(ctx, b))
	w.compare("audience of a film")
	return errors.Join(err, w.checkAudience(ctx))
}

// checkTold holds what the chain was told against what was counted.
func (w *world) checkTold(e *proof.Epoch, want account) {
	for _, err := range []error{
		same("volumes", want.volumes, e.Told), same("owners of content", want.owners, e.Owners), same("who served content", want.servers, e.Servers),
	} {
		w.check.Numbers++
		if err != nil {
			w.faultf("epoch %d: %v", e.Number, err)
		}
	}
}

// checkRewards holds what each wallet got against the arithmetic.
func (w *world) checkRewards(e *proof.Epoch, got map[string]rewards) {
	for wallet, own := range e.Wallets {
		r, ok := got[wallet]
		if !ok {
			r = rewards{new(big.Int), new(big.Int)}
		}
		w.same(e.Number, "what "+wallet+" got of mining", own.Mining, r.mining)
		w.same(e.Number, "what "+wallet+" got of traffic", own.Paid(), r.traffic)
	}
	for wallet := range got {
		if e.Wallets[wallet] == nil {
			w.faultf("epoch %d: %s got something for nothing", e.Number, wallet)
		}
	}
}

// checkSums holds the sum of all parts against the pools that they come from.
// Each cut leaves less than a wei, and the share of each wallet, which is
// rounded to 18 decimals, moves half of its last decimal at most.
func (w *world) checkSums(e *proof.Epoch) {
	created, gave := new(big.Int), new(big.Int)
	for _, own := range e.Wallets {
		created.Add(created, own.Created)
		gave.Add(gave, own.Gave)
	}
	w.same(e.Number, "what creators got in sum", gave, created)
	for _, pool := range []struct {
		name              string
		have, paid, nodes *big.Int
	}{{"mining", e.Reward, e.Mined(), e.Mining.Nodes}, {"traffic", e.Worth.Floor(), e.Spent(), e.Traffic.Nodes}} {
		w.check.Numbers++
		rest := new(big.Int).Sub(pool.have, pool.paid)
		each := new(big.Int).Quo(pool.nodes, big.NewInt(2e18))
		most := each.Add(each, big.NewInt(2)).Mul(each, big.NewInt(int64(len(e.Wallets))))
		if rest.CmpAbs(most.Add(most, big.NewInt(5))) > 0 {
			w.faultf("epoch %d: %s wei of the pool of %s are left", e.Number, rest, pool.name)
		}
	}
}

// prove adds up the differences of an epoch: for everybody in the last one, for
// creators in the others, since what has matured is told as a total only.
func (w *world) prove(ctx context.Context, b *proof.Books, e *proof.Epoch) error {
	var wallets []string
	if e != b.Epoch(0) {
		for _, p := range w.people[viewers:] {
			wallets = append(wallets, p.wallet)
		}
	}
	list, err := b.Prove(ctx, w.spare.chain, e.Number, wallets...)
	if err != nil {
		return err
	}
	for _, n := range list {
		w.check.Numbers++
		if !n.Difference.IsZero() {
			w.faultf("epoch %d: %s %s is %s, and must be %s", e.Number, n.Name, n.Wallet, n.Chain, n.Own)
			w.Off.Add(w.Off, n.Difference.Atoms().Abs(n.Difference.Atoms()))
		}
	}
	return nil
}

// checkPools holds the coins in the chain's accounts against what is owed.
func (w *world) checkPools(ctx context.Context, b *proof.Books) error {
	owed := new(big.Int)
	for _, a := range b.Accounts {
		owed.Add(owed, a.Mature)
		owed.Add(owed, a.Immature)
	}
	held, err := w.spare.chain.Balance(ctx, stratos.ModuleAddress("total_reward_pool"))
	if err != nil {
		return err
	}
	w.same(0, "what the pool of rewards holds", owed, held.Total.Wei())
	return nil
}

// checkPurchases holds what people bought against the sum of all purchases.
func (w *world) checkPurchases(b *proof.Books) {
	bought := new(big.Int).Set(w.spare.bought)
	for _, p := range w.people {
		bought.Add(bought, p.bought)
	}
	w.same(0, "the ozone that was bought", b.Bought, bought)
}

// checkPurses holds the coins of everybody against what was spent and earned.
func (w *world) checkPurses(ctx context.Context, b *proof.Books) error {
	taken := new(big.Int)
	for _, p := range w.people {
		purse, err := p.purse(ctx)
		if err != nil {
			return err
		}
		w.same(0, "the purse of "+p.wallet, firstCoins.Wei(), purse)
		w.same(0, "what "+p.wallet+" took out", b.Account(p.wallet).Withdrawn, p.taken)
		taken.Add(taken, p.taken)
	}
	if taken.Sign() == 0 {
		w.faultf("nobody took rewards out")
	}
	return nil
}
