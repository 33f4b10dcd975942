package proof

import (
	"context"
	"errors"
	"fmt"
	"math/big"
	"strconv"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/internal/stratos"
)

// prepayAccount is the module that holds prepaid coins.
const prepayAccount = "total_unissued_prepay"

// lookup finds what a replay needs besides messages.
type lookup struct {
	ctx     context.Context
	get     Getter
	wallets map[string]string // who earns with a meta node
}

// wallet is who earns with a meta node.
func (l *lookup) wallet(node string) (string, error) {
	if wallet := l.wallets[node]; wallet != "" {
		return wallet, nil
	}
	var reply struct {
		Node struct {
			Beneficiary string `json:"beneficiary_address"`
		} `json:"node"`
	}
	if err := l.get.Get(l.ctx, "/stratos/register/v1/meta_node/"+node, nil, &reply); err != nil {
		return "", fmt.Errorf("read a meta node: %w", err)
	}
	l.wallets[node] = reply.Node.Beneficiary
	return reply.Node.Beneficiary, nil
}

// share is the share of creators that held in an epoch. It is a setting, which
// votes may have changed since.
func (l *lookup) share(epoch int64) (Decimal, error) {
	r, err := readRecord(l.ctx, l.get, epoch)
	if err != nil || r == nil {
		return Decimal{new(big.Int)}, err
	}
	return parseDecimal(r.Share)
}

// record is what the chain keeps of the creator rewards of an epoch.
type record struct {
	Share   string `json:"share"`
	Worth   string `json:"worth"`
	Used    string `json:"used"`
	Owners  []part `json:"owners"`
	Servers []part `json:"servers"`
	Refused string `json:"refused"`
}

type part struct {
	Wallet string `json:"wallet_address"`
	Volume string `json:"volume"`
	Amount string `json:"amount"`
}

// readRecord returns nil for an epoch without content.
func readRecord(ctx context.Context, g Getter, epoch int64) (*record, error) {
	var reply struct {
		Record *record `json:"record"`
	}
	if err := g.Get(ctx, "/stratosdrive/creator/v1/epoch/"+strconv.FormatInt(epoch, 10), nil, &reply); err != nil {
		return nil, fmt.Errorf("read the creator rewards of an epoch: %w", err)
	}
	return reply.Record, nil
}

func readRules(ctx context.Context, g Getter) (rules, error) {
	var reply struct {
		Params struct {
			Mature string `json:"mature_epoch"`
			Tax    string `json:"community_tax"`
			Stages []struct {
				End        coin   `json:"total_mined_valve_end"`
				Reward     coin   `json:"mining_reward"`
				Validators string `json:"block_chain_percentage_in_bp"`
				Nodes      string `json:"resource_node_percentage_in_bp"`
				Metas      string `json:"meta_node_percentage_in_bp"`
			} `json:"mining_reward_params"`
		} `json:"params"`
	}
	if err := g.Get(ctx, "/stratos/pot/v1/params", nil, &reply); err != nil {
		return rules{}, fmt.Errorf("read the settings of rewards: %w", err)
	}
	var r rules
	var e1, e2 error
	r.mature, e1 = strconv.ParseInt(reply.Params.Mature, 10, 32)
	r.tax, e2 = parseDecimal(reply.Params.Tax)
	n := numbers{err: errors.Join(e1, e2)}
	for _, s := range reply.Params.Stages {
		r.stages = append(r.stages, stage{
			n.whole(s.End.Amount), n.whole(s.Reward.Amount), n.whole(s.Validators), n.whole(s.Nodes), n.whole(s.Metas),
		})
	}
	if len(r.stages) == 0 && n.err == nil {
		n.err = errors.New("there are no stages of mining")
	}
	return r, n.err
}

// numbers reads numbers and keeps the first error.
type numbers struct{ err error }

func (n *numbers) whole(text string) *big.Int {
	i, err := parseWhole(text)
	if n.err == nil {
		n.err = err
	}
	return i
}

func (n *numbers) decimal(text string) Decimal {
	d, err := parseDecimal(text)
	if n.err == nil {
		n.err = err
	}
	return d
}

func oneMetaNode(ctx context.Context, g Getter) error {
	var reply struct {
		Number string `json:"number"`
	}
	if err := g.Get(ctx, "/stratos/register/v1/meta_node_count", nil, &reply); err != nil {
		return fmt.Errorf("count the meta nodes: %w", err)
	}
	changed, err := transactions(ctx, g, notFollowed)
	if err == nil && (reply.Number != "1" || len(changed) > 0) {
		err = fault.Say(ErrMetaNodes, "The rewards of this network cannot be worked out again, because its meta nodes changed and it does not tell who earned with them when.")
	}
	return err
}

func readPresent(ctx context.Context, g Getter) (present, error) {
	var price struct{ Price string }
	var supply struct{ Remaining string }
	var mined struct {
		Mined coin `json:"total_mined_token"`
	}
	var held struct {
		Balance coin `json:"balance"`
	}
	err := errors.Join(
		g.Get(ctx, "/stratos/sds/v1/noz_price", nil, &price),
		g.Get(ctx, "/stratos/sds/v1/noz_supply", nil, &supply),
		g.Get(ctx, "/stratos/pot/v1/total_mined_token", nil, &mined),
		g.Get(ctx, "/cosmos/bank/v1beta1/balances/"+stratos.ModuleAddress(prepayAccount).String()+"/by_denom",
			map[string][]string{"denom": {"wei"}}, &held),
	)
	if err != nil {
		return present{}, fmt.Errorf("read the state of the market: %w", err)
	}
	n := numbers{}
	p := present{left: n.whole(supply.Remaining), unissued: n.whole(held.Balance.Amount), mined: n.whole(mined.Mined.Amount)}
	at := n.decimal(price.Price)
	if n.err == nil {
		p.money = at.timesWhole(p.left).round() // the price has more decimals than are lost here
	}
	return p, n.err
}
