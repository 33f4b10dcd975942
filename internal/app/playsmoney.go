package app

import (
	"context"
	"errors"
	"math/big"

	"github.com/stratosdrive/stratosdrive/internal/stratos"
	"github.com/stratosdrive/stratosdrive/internal/stratos/network"
	"github.com/stratosdrive/stratosdrive/wallet/market"
)

// PlaysMoney is what publishing brought and took.
type PlaysMoney struct {
	// Earned is all that came of it so far, what is still maturing too. Of one
	// thing it is its part of what the account earned, by traffic.
	Earned stratos.Amount `json:"earned"`
	Cost   stratos.Amount `json:"cost"` // of storing it, at the present price of ozone
	Net    string         `json:"net"`  // Earned less Cost, decimal, in wei; may be negative
}

func moneyOf(earned, cost *big.Int) *PlaysMoney {
	return &PlaysMoney{stratos.NewAmount(earned), stratos.NewAmount(cost), new(big.Int).Sub(earned, cost).String()}
}

// Loses tells whether it cost more than it brought, and by how much; else what
// is left over.
func (m PlaysMoney) Loses() (by stratos.Amount, loses bool) {
	if more, ok := m.Earned.Sub(m.Cost); ok {
		return more, false
	}
	by, _ = m.Cost.Sub(m.Earned)
	return by, true
}

// ownerFiles are the files of an account, and what their traffic earned.
type ownerFiles struct {
	files  []network.AudienceFile
	earned stratos.Amount
}

// fileMoney is what one file earned and cost, in wei.
type fileMoney struct{ earned, cost *big.Int }

// fileMoneyOf divides what each account earned among its files by the bytes that
// others paid for, cut to whole wei, and tells what storing them cost. The answer
// is by hash; equal files of several accounts are one.
func fileMoneyOf(owners []ownerFiles, price *big.Rat) map[string]fileMoney {
	by := map[string]fileMoney{}
	for _, o := range owners {
		all := new(big.Int)
		for _, f := range o.files {
			all.Add(all, paidBytes(f))
		}
		for _, f := range o.files {
			m, known := by[f.Hash]
			if !known {
				m = fileMoney{new(big.Int), new(big.Int)}
				by[f.Hash] = m
			}
			m.cost.Add(m.cost, priceOf(f.Stored, price))
			if all.Sign() > 0 {
				part := paidBytes(f)
				m.earned.Add(m.earned, part.Quo(part.Mul(part, o.earned.Wei()), all))
			}
		}
	}
	return by
}

// paidBytes are the bytes of a file that others paid for.
func paidBytes(f network.AudienceFile) *big.Int {
	sum := new(big.Int)
	for _, d := range f.Days {
		sum.Add(sum, big.NewInt(d.Bytes))
	}
	return sum
}

// priceOf is what noz cost in wei, rounded up as whoever pays is charged.
func priceOf(noz int64, price *big.Rat) *big.Int {
	wei := new(big.Rat).Mul(price, new(big.Rat).SetInt64(noz))
	up := new(big.Int).Add(wei.Num(), new(big.Int).Sub(wei.Denom(), big.NewInt(1)))
	return up.Quo(up, wei.Denom())
}

// addMoney says what each thing and all of them earned and cost. What an account
// earned by files that have no link any more is in the sum only.
func (p *Plays) addMoney(owners []ownerFiles, price *big.Rat) {
	by := fileMoneyOf(owners, price)
	earned, cost := new(big.Int), new(big.Int)
	for _, o := range owners {
		earned.Add(earned, o.earned.Wei())
	}
	for _, m := range by {
		cost.Add(cost, m.cost)
	}
	p.Money = moneyOf(earned, cost)
	for i := range p.Items {
		one := fileMoney{new(big.Int), new(big.Int)}
		for hash := range p.Items[i].hashes {
			if m, known := by[hash]; known {
				one.earned.Add(one.earned, m.earned)
				one.cost.Add(one.cost, m.cost)
			}
		}
		p.Items[i].Money = moneyOf(one.earned, one.cost)
	}
}

// priced reads what the accounts of owners earned and what ozone costs.
func (a *App) priced(ctx context.Context, owners []contentOwner, files [][]network.AudienceFile) ([]ownerFiles, *big.Rat, error) {
	c, err := a.chain()
	if err != nil {
		return nil, nil, err
	}
	ozone, err := market.Read(ctx, c)
	if err != nil {
		return nil, nil, err
	}
	_, err = creatorShare(ctx, c)
	paid := !errors.Is(err, ErrNoCreators)
	if err != nil && paid {
		return nil, nil, err
	}
	var all []ownerFiles
	for i, owner := range owners {
		each := ownerFiles{files: files[i]}
		if paid {
			account, _, err := readCreator(ctx, c, owner)
			if err != nil {
				return nil, nil, err
			}
			each.earned = account.Earned
		}
		all = append(all, each)
	}
	return all, ozone.Price, nil
}
