package proof

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"math/big"
	"slices"
	"strconv"

	"github.com/stratosdrive/stratosdrive/internal/fault"
)

// ErrNoEpoch says that nothing was paid for an epoch.
var ErrNoEpoch = errors.New("no such epoch")

// Number is a number of an epoch as it must be and as the chain has it.
type Number struct {
	Name       string  // such as "traffic_worth"
	Wallet     string  // whose it is; "" for the network's
	Own        Decimal // worked out here
	Chain      Decimal // said by the chain
	Difference Decimal // Chain - Own
}

// Differences adds up by how much numbers differ, without signs.
func Differences(list []Number) Decimal {
	sum := Decimal{new(big.Int)}
	for _, n := range list {
		sum.i.Add(sum.i, new(big.Int).Abs(n.Difference.i))
	}
	return sum
}

// table gathers numbers.
type table struct {
	list   []Number
	wallet string
	read   numbers
}

func (t *table) add(name string, own, chain Decimal) {
	if chain.i == nil {
		return // it cannot be read, which read tells
	}
	t.list = append(t.list, Number{name, t.wallet, own, chain, chain.minus(own)})
}

// whole adds a whole number. What the chain leaves out is 0.
func (t *table) whole(name string, own *big.Int, chain string) {
	if chain == "" {
		chain = "0"
	}
	t.add(name, whole(own), t.read.decimal(chain))
}

// Prove compares all numbers of an epoch, 0 for the last one, and of what
// followed from it for some wallets. Without wallets, those of everybody who
// earned in the epoch are compared. The error wraps [ErrNoEpoch].
func (b *Books) Prove(ctx context.Context, g Getter, epoch int64, wallets ...string) ([]Number, error) {
	e := b.Epoch(epoch)
	if e == nil && epoch == 0 {
		return nil, fault.Wrong(ErrNoEpoch, "Nothing was paid yet: there was no traffic, or no epoch has ended.")
	}
	if e == nil {
		return nil, fault.Wrong(ErrNoEpoch, "Nothing was paid for epoch %d: there was no traffic, or it has not ended yet.", epoch)
	}
	if len(wallets) == 0 {
		wallets = slices.Sorted(maps.Keys(e.Wallets))
	}
	t := &table{}
	b.proveMarket(t)
	err := e.prove(ctx, g, t)
	for _, wallet := range wallets {
		if err == nil {
			t.wallet = wallet
			err = b.proveWallet(ctx, g, t, e)
		}
	}
	if err = errors.Join(err, t.read.err); err != nil {
		return nil, fmt.Errorf("prove epoch %d: %w", e.Number, err)
	}
	return t.list, nil
}

// proveMarket compares what all epochs together led to.
func (b *Books) proveMarket(t *table) {
	t.add("prepaid_left", whole(b.market.unissued), whole(b.now.unissued))
	t.add("ozone_left", whole(b.market.left()), whole(b.now.left))
	t.add("ozone_bought", whole(b.Bought), whole(b.told))
	t.add("mined_so_far", whole(b.Mined), whole(b.now.mined))
}

func (e *Epoch) prove(ctx context.Context, g Getter, t *table) error {
	var reply struct {
		Total struct {
			Mining  []coin `json:"mining_reward"`
			Traffic []coin `json:"traffic_reward"`
		} `json:"total_reward"`
	}
	if err := g.Get(ctx, "/stratos/pot/v1/total_reward/"+strconv.FormatInt(e.Number, 10), nil, &reply); err != nil {
		return fmt.Errorf("read what the epoch paid: %w", err)
	}
	mining, err1 := wei(reply.Total.Mining)
	traffic, err2 := wei(reply.Total.Traffic)
	if err := errors.Join(err1, err2); err != nil {
		return err
	}
	t.add("paid_of_mining", whole(e.Mined()), whole(mining))
	t.add("paid_of_prepaid", whole(e.Spent()), whole(traffic))
	r, err := readRecord(ctx, g, e.Number)
	if err != nil || r == nil {
		if err == nil && len(e.Owners) > 0 {
			err = errors.New("the chain has no record of the content that it was told of")
		}
		return err
	}
	t.add("traffic_worth", e.Worth, t.read.decimal(r.Worth))
	t.whole("traffic_used", e.Used, r.Used)
	e.proveParts(t, r)
	return nil
}

// proveParts compares who got and who gave.
func (e *Epoch) proveParts(t *table, r *record) {
	defer func() { t.wallet = "" }()
	for _, side := range []struct {
		name string
		told []part
		own  func(*Earned) *big.Int
	}{
		{"creator_reward", r.Owners, func(w *Earned) *big.Int { return w.Created }},
		{"given_to_creators", r.Servers, func(w *Earned) *big.Int { return w.Gave }},
	} {
		own, chain := map[string]*big.Int{}, map[string]string{}
		for wallet, w := range e.Wallets {
			if wei := side.own(w); wei.Sign() > 0 {
				own[wallet] = wei
			}
		}
		for _, p := range side.told {
			chain[p.Wallet] = p.Amount
			if own[p.Wallet] == nil {
				own[p.Wallet] = new(big.Int)
			}
		}
		for _, wallet := range slices.Sorted(maps.Keys(own)) {
			t.wallet = wallet
			t.whole(side.name, own[wallet], chain[wallet])
		}
	}
}

// proveWallet compares what a wallet has of the epoch, while the chain tells,
// and of all epochs.
func (b *Books) proveWallet(ctx context.Context, g Getter, t *table, e *Epoch) error {
	var reward struct {
		Rewards []struct {
			Mining  []coin `json:"reward_from_mining_pool"`
			Traffic []coin `json:"reward_from_traffic_pool"`
		} `json:"rewards"`
	}
	var state struct {
		Rewards struct {
			Mature   []coin `json:"mature_total_reward"`
			Immature []coin `json:"immature_total_reward"`
		} `json:"rewards"`
	}
	var content struct {
		Total part `json:"total"`
	}
	path := "/stratos/pot/v1/rewards/wallet/" + t.wallet
	err := errors.Join(
		g.Get(ctx, path, nil, &state), g.Get(ctx, path+"/epoch/"+strconv.FormatInt(e.Number, 10), nil, &reward),
		g.Get(ctx, "/stratosdrive/creator/v1/rewards/"+t.wallet, nil, &content),
	)
	if err != nil {
		return fmt.Errorf("read the rewards of %s: %w", t.wallet, err)
	}
	if w := e.Wallets[t.wallet]; w != nil && len(reward.Rewards) == 1 { // later it is in the totals only
		t.coins("reward_mined", w.Mining, reward.Rewards[0].Mining)
		t.coins("reward_of_traffic", w.Paid(), reward.Rewards[0].Traffic)
	}
	a := b.Account(t.wallet)
	t.coins("maturing", a.Immature, state.Rewards.Immature)
	t.coins("mature", a.Mature, state.Rewards.Mature)
	t.whole("content_traffic", a.Content, content.Total.Volume)
	t.whole("content_reward", a.Created, content.Total.Amount)
	return nil
}

func (t *table) coins(name string, own *big.Int, chain []coin) {
	n, err := wei(chain)
	if err != nil {
		t.read.err = errors.Join(t.read.err, err)
		return
	}
	t.add(name, whole(own), whole(n))
}
