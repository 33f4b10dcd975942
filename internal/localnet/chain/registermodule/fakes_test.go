package registermodule

import (
	"context"
	"errors"

	"cosmossdk.io/math"
	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/stratosdrive/stratosdrive/internal/stratos/types/register"
)

// purse is a bank whose accounts and modules have what tests give them.
type purse map[string]math.Int

func (p purse) of(name string) math.Int {
	if held, there := p[name]; there {
		return held
	}
	return math.ZeroInt()
}

func (p purse) move(from, to string, amount sdk.Coins) error {
	wei := amount.AmountOf("wei")
	if p.of(from).LT(wei) {
		return errors.New("not enough in " + from)
	}
	p[from], p[to] = p.of(from).Sub(wei), p.of(to).Add(wei)
	return nil
}

func (p purse) GetBalance(_ context.Context, who sdk.AccAddress, denom string) sdk.Coin {
	return sdk.NewCoin(denom, p.of(who.String()))
}

func (p purse) SendCoinsFromAccountToModule(_ context.Context, from sdk.AccAddress, module string, amount sdk.Coins) error {
	return p.move(from.String(), module, amount)
}

func (p purse) SendCoinsFromModuleToAccount(_ context.Context, module string, to sdk.AccAddress, amount sdk.Coins) error {
	return p.move(module, to.String(), amount)
}

func (p purse) SendCoinsFromModuleToModule(_ context.Context, from, to string, amount sdk.Coins) error {
	return p.move(from, to, amount)
}

// FundCommunityPool takes debts out of the pool that deposits leave from.
func (p purse) FundCommunityPool(_ context.Context, amount sdk.Coins, _ sdk.AccAddress) error {
	return p.move(register.ResourceNotBondedPool, "community", amount)
}

// counted is the effective deposit that a market was told of.
type counted struct{ wei math.Int }

func (c *counted) AddDeposit(_ context.Context, wei math.Int) (math.Int, error) {
	c.wei = c.wei.Add(wei)
	return wei.QuoRaw(1e6), nil
}

func (c *counted) SubtractDeposit(_ context.Context, wei math.Int) (math.Int, error) {
	if c.wei.LT(wei) {
		return math.Int{}, errors.New("its ozone is sold")
	}
	c.wei = c.wei.Sub(wei)
	return wei.QuoRaw(1e6), nil
}

func (c *counted) RemainingNoz(context.Context) (math.Int, error) { return c.wei.QuoRaw(1e6), nil }
