package app

import (
	"context"

	"golang.org/x/sync/errgroup"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/internal/stratos"
	"github.com/stratosdrive/stratosdrive/wallet/message"
	"github.com/stratosdrive/stratosdrive/wallet/node"
)

// OwnNodes lists the resource nodes of the wallet, and what nodes earned for
// it; it may be paid for nodes that it does not own.
func (a *App) OwnNodes(ctx context.Context) ([]OwnNode, NodeRewards, error) {
	c, info, err := a.payer()
	if err != nil {
		return nil, NodeRewards{}, err
	}
	var list []node.Node
	var rewards node.Rewards
	group, ctx := errgroup.WithContext(ctx)
	group.Go(func() (err error) { list, err = node.Owned(ctx, c, info.Address); return })
	group.Go(func() (err error) { rewards, err = node.ReadRewards(ctx, c, info.Address); return })
	if err := group.Wait(); err != nil {
		return nil, NodeRewards{}, err
	}
	own := make([]OwnNode, len(list))
	for i, n := range list {
		own[i] = OwnNode{
			Address: n.Address.String(), Name: n.Description.Moniker, State: string(n.State),
			Deposit: n.Deposit, Effective: n.Effective, Created: n.Created,
		}
		if n.PaidTo != (stratos.Address{}) {
			own[i].PaidTo = n.PaidTo.String()
		}
	}
	return own, NodeRewards(rewards), nil
}

// PreviewWithdraw simulates taking out mature rewards of nodes, or all of them
// for "max", to an address; an empty one is the wallet itself.
func (a *App) PreviewWithdraw(ctx context.Context, amount, to string) (TxPreview, error) {
	c, info, err := a.payer()
	if err != nil {
		return TxPreview{}, err
	}
	target := info.Address
	if to != "" {
		if target, err = recipient(to); err != nil {
			return TxPreview{}, err
		}
	}
	rewards, err := node.ReadRewards(ctx, c, info.Address)
	if err != nil {
		return TxPreview{}, err
	}
	value := rewards.Mature
	if !isEverything(amount) {
		if value, err = amountOf(amount); err != nil {
			return TxPreview{}, err
		}
	}
	if value.IsZero() || value.Cmp(rewards.Mature) > 0 {
		return TxPreview{}, fault.Wrong(nil, "Only %s of node rewards can be taken out now. Nothing was sent.", stos(rewards.Mature))
	}
	return a.preview(ctx, order{
		message: message.Withdraw{Wallet: info.Address, Target: target, Amount: value},
		title:   said("Take out " + stos(value) + " of node rewards"),
		lines:   told(PreviewLine{"Amount", stos(value)}, PreviewLine{"To", target.String()}),
	})
}
