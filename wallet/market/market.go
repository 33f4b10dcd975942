// Package market tells what ozone costs and how much STOS there is.
//
// Ozone is sold along a curve: with S wei of deposits, P wei of prepaid money
// and L noz left, an amount X buys floor(L*X / (S+P+X)) noz, and the price of
// the next noz is (S+P)/L. The state moves until a purchase is in a block, so
// everything here is an estimate.
package market

import (
	"context"
	"errors"
	"fmt"
	"math/big"

	"github.com/stratosdrive/stratosdrive/internal/stratos"
	"github.com/stratosdrive/stratosdrive/wallet/chain"
)

// Ozone is the market of ozone at one moment.
type Ozone struct {
	Price *big.Rat // wei per noz
	Left  *big.Int // noz that can still be sold
	Total *big.Int // noz
}

// Source is the part of [chain.Client] that knows the market.
type Source interface {
	NozPrice(ctx context.Context) (*big.Rat, error)
	NozSupply(ctx context.Context) (remaining, total *big.Int, err error)
}

// Read reads the market.
func Read(ctx context.Context, s Source) (Ozone, error) {
	price, err1 := s.NozPrice(ctx)
	left, total, err2 := s.NozSupply(ctx)
	if err := errors.Join(err1, err2); err != nil {
		return Ozone{}, err
	}
	return Ozone{price, left, total}, nil
}

// Buys returns how many noz an amount would buy. The chain's own quote may
// differ in the last digits, since its price is rounded.
func (o Ozone) Buys(amount stratos.Amount) *big.Int {
	x := new(big.Rat).SetInt(amount.Wei())
	money := new(big.Rat).Mul(o.Price, new(big.Rat).SetInt(o.Left)) // S+P
	money.Add(money, x)
	if money.Sign() == 0 {
		return new(big.Int)
	}
	noz := x.Mul(x, new(big.Rat).SetInt(o.Left)).Quo(x, money)
	return new(big.Int).Quo(noz.Num(), noz.Denom())
}

// Point is one place of the price curve.
type Point struct {
	Amount stratos.Amount // spent at once
	Noz    *big.Int       // bought for it
	Price  *big.Rat       // paid on average, wei per noz; nil when nothing is bought
}

// Curve returns steps points for amounts up to most, evenly spaced, so that a
// person sees how the price rises with the amount.
func (o Ozone) Curve(most stratos.Amount, steps int) []Point {
	points := make([]Point, 0, max(steps, 0))
	for i := 1; i <= steps; i++ {
		wei := most.Wei()
		wei.Mul(wei, big.NewInt(int64(i))).Quo(wei, big.NewInt(int64(steps)))
		p := Point{Amount: stratos.NewAmount(wei)}
		p.Noz = o.Buys(p.Amount)
		if p.Noz.Sign() > 0 {
			p.Price = new(big.Rat).SetFrac(wei, p.Noz)
		}
		points = append(points, p)
	}
	return points
}

// Money is how much STOS there is, in wei.
type Money struct {
	Supply      stratos.Amount
	Circulating stratos.Amount
	Mined       stratos.Amount // paid out of the mining pool so far
	Staked      stratos.Amount
	Deposits    stratos.Amount // of storage nodes
}

// ReadMoney reads what the chain counts.
func ReadMoney(ctx context.Context, g chain.Getter) (Money, error) {
	var reply struct {
		Metrics struct {
			Supply      string `json:"total_supply"`
			Circulating string `json:"circulation_supply"`
			Mined       string `json:"total_mined_tokens"`
			Staked      string `json:"total_bonded_delegation"`
			Deposits    string `json:"total_resource_nodes_deposit"`
		} `json:"metrics"`
	}
	if err := g.Get(ctx, "/stratos/pot/v1/metrics", nil, &reply); err != nil {
		return Money{}, fmt.Errorf("read supply: %w", err)
	}
	var m Money
	var err error
	for text, amount := range map[*string]*stratos.Amount{
		&reply.Metrics.Supply: &m.Supply, &reply.Metrics.Circulating: &m.Circulating, &reply.Metrics.Mined: &m.Mined,
		&reply.Metrics.Staked: &m.Staked, &reply.Metrics.Deposits: &m.Deposits,
	} {
		a, perr := number(*text)
		*amount, err = a, errors.Join(err, perr)
	}
	if err != nil {
		return Money{}, fmt.Errorf("read supply: %w", err)
	}
	return m, nil
}

// number reads wei with or without its denomination, or nothing.
func number(text string) (stratos.Amount, error) {
	if text == "" {
		return stratos.Amount{}, nil
	}
	if a, err := stratos.ParseAmount(text); err == nil {
		return a, nil
	}
	return stratos.ParseWei(text)
}
