package app

import (
	"context"

	"github.com/stratosdrive/stratosdrive/internal/stratos"
	"github.com/stratosdrive/stratosdrive/wallet/market"
)

// curvePoints is how finely the price of ozone is told.
const curvePoints = 5

// OzoneMarket reads what ozone costs, for amounts up to most.
func (a *App) OzoneMarket(ctx context.Context, most string) (OzoneMarket, error) {
	limit, err := amountOf(most)
	if err != nil {
		return OzoneMarket{}, err
	}
	c, err := a.chain()
	if err != nil {
		return OzoneMarket{}, err
	}
	ozone, err := market.Read(ctx, c)
	if err != nil {
		return OzoneMarket{}, err
	}
	one, err := stratos.ParseDecimal("1", stratos.STOS)
	if err != nil {
		return OzoneMarket{}, err
	}
	m := OzoneMarket{PerSTOS: ozone.Buys(one).String(), Left: ozone.Left.String(), Total: ozone.Total.String(), Curve: []OzonePoint{}}
	for _, p := range ozone.Curve(limit, curvePoints) {
		m.Curve = append(m.Curve, OzonePoint{Amount: p.Amount, Noz: p.Noz.String()})
	}
	return m, nil
}
