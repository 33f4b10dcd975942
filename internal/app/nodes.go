package app

import (
	"context"
	"errors"
	"math/big"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/stratosdrive/stratosdrive/internal/stratos"
	"github.com/stratosdrive/stratosdrive/wallet/chain"
	"github.com/stratosdrive/stratosdrive/wallet/history"
	"github.com/stratosdrive/stratosdrive/wallet/message"
	"github.com/stratosdrive/stratosdrive/wallet/node"
	"github.com/stratosdrive/stratosdrive/wallet/reports"
)

// OwnNodes lists the resource nodes of the wallet, and what nodes earned for
// it; it may be paid for nodes that it does not own.
func (a *App) OwnNodes(ctx context.Context) ([]OwnNode, NodeRewards, error) {
	c, info, err := a.viewer()
	if err != nil {
		return nil, NodeRewards{}, err
	}
	var list []node.Node
	var rules node.Rules
	var rewards NodeRewards
	group, gctx := errgroup.WithContext(ctx)
	group.Go(func() (err error) { list, err = node.Owned(gctx, c, info.Address); return })
	group.Go(func() (err error) { rules, err = node.ReadRules(gctx, c); return })
	group.Go(func() (err error) { rewards, err = nodeRewards(gctx, c, info.Address); return })
	if err := group.Wait(); err != nil {
		return nil, NodeRewards{}, err
	}
	own := make([]OwnNode, len(list))
	for i, n := range list {
		own[i] = ownNode(n, rules)
		if n.State == node.Unbonding {
			own[i].Back = a.depositBack(ctx, c, info.Address, n, rules)
		}
	}
	return own, rewards, nil
}

func ownNode(n node.Node, rules node.Rules) OwnNode {
	own := OwnNode{
		Address: n.Address.String(), Name: n.Description.Moniker, Website: n.Description.Website, Contact: n.Description.Contact,
		Details: n.Description.Details, State: string(n.State), Work: message.KindNames(n.Kinds),
		Deposit: n.Deposit, Effective: n.Effective, Created: n.Created,
	}
	if n.PaidTo != (stratos.Address{}) {
		own.PaidTo = n.PaidTo.String()
	}
	if n.State != node.Unbonding && n.State != node.Gone {
		own.BackIfRemoved = rules.Back(n.Created, time.Now())
	}
	return own
}

// depositBack tells when the deposit of a node that was given up is back; zero
// when the history does not know when that was. The chain has no query for it.
func (a *App) depositBack(ctx context.Context, c *chain.Client, self stratos.Address, n node.Node, rules node.Rules) time.Time {
	log, err := a.openHistory()
	if err != nil {
		return time.Time{}
	}
	removed := history.Query{Text: n.Address.String(), Kinds: []history.Kind{history.NodeRemoved}, Limit: 1}
	found, err := log.Find(ctx, c.ChainID(), self, removed)
	if err == nil && len(found) == 0 { // it may have been given up elsewhere
		if _, err = a.refreshHistory(ctx, log, c, self); err == nil {
			found, err = log.Find(ctx, c.ChainID(), self, removed)
		}
	}
	if err != nil || len(found) == 0 || found[0].State != chain.Done {
		return time.Time{}
	}
	return rules.Back(n.Created, found[0].Time)
}

// reportsForRhythm is how many reports tell how long an epoch takes.
const reportsForRhythm = 4

// nodeRewards reads what nodes earned for a wallet, and when that is mature.
func nodeRewards(ctx context.Context, c *chain.Client, self stratos.Address) (NodeRewards, error) {
	var r node.Rewards
	var last []reports.Report
	group, gctx := errgroup.WithContext(ctx)
	group.Go(func() (err error) { r, err = node.ReadRewards(gctx, c, self); return })
	group.Go(func() (err error) { last, err = reports.Recent(gctx, c, reportsForRhythm); return })
	if err := group.Wait(); err != nil {
		return NodeRewards{}, err
	}
	rewards := NodeRewards{Mature: r.Mature, Immature: r.Immature, Slashed: r.Slashed, Matures: []Ripening{}, LastTraffic: "0"}
	if len(last) == 0 {
		return rewards, nil
	}
	rewards.LastReport = last[0].Time
	if noz := last[0].Volumes[self.String()]; noz != nil {
		rewards.LastTraffic = new(big.Int).Set(noz).String()
	}
	if r.Immature.IsZero() {
		return rewards, nil
	}
	ripe, err := node.Maturing(ctx, c, self, last, time.Now())
	if err != nil && !errors.Is(err, chain.ErrNotFound) {
		return NodeRewards{}, err
	}
	rewards.MatureAll = ripe.All
	for _, one := range ripe.Next {
		rewards.Matures = append(rewards.Matures, Ripening{Epoch: one.Until, Amount: one.Amount, At: one.At})
	}
	return rewards, nil
}
