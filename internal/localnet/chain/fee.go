package chain

import (
	"context"
	stdmath "math"

	"cosmossdk.io/math"
	sdk "github.com/cosmos/cosmos-sdk/types"
	sdkerrors "github.com/cosmos/cosmos-sdk/types/errors"
	authtypes "github.com/cosmos/cosmos-sdk/x/auth/types"

	"github.com/stratosdrive/stratosdrive/internal/stratos"
)

// feeUnits are the units that a fee and the question for a price may be given
// in, in wei. Amounts of messages are in wei only.
var feeUnits = map[string]math.Int{
	stratos.Wei:  math.NewInt(1),
	stratos.Gwei: math.NewInt(1e9),
	stratos.STOS: math.NewInt(1e18),
}

// inWei returns coins with those in a unit of fees turned into wei.
func inWei(coins sdk.Coins) sdk.Coins {
	sum := sdk.NewCoins()
	for _, coin := range coins {
		if unit, ok := feeUnits[coin.Denom]; ok && coin.Amount.BigInt().BitLen() < 128 {
			coin = sdk.NewCoin(stratos.Wei, coin.Amount.Mul(unit))
		}
		sum = sum.Add(coin)
	}
	return sum
}

// checkFee refuses a transaction that pays less than the least price for its
// gas before it is in a block, and returns the fee in wei.
func checkFee(ctx sdk.Context, tx sdk.Tx) (sdk.Coins, int64, error) {
	payer, ok := tx.(sdk.FeeTx)
	if !ok {
		return nil, 0, sdkerrors.ErrTxDecode.Wrap("Tx must be a FeeTx")
	}
	fee, gas := inWei(payer.GetFee()), math.NewIntFromUint64(payer.GetGas())
	required := sdk.NewCoins()
	for _, price := range ctx.MinGasPrices() {
		required = required.Add(sdk.NewCoin(price.Denom, price.Amount.MulInt(gas).Ceil().TruncateInt()))
	}
	if ctx.IsCheckTx() && !required.IsZero() && !fee.IsAnyGTE(required) {
		return nil, 0, sdkerrors.ErrInsufficientFee.Wrapf("insufficient fees; got: %s required: %s", fee, required)
	}
	priority := int64(stdmath.MaxInt64)
	if price := fee.AmountOf(stratos.Wei).Quo(math.MaxInt(gas, math.OneInt())); price.IsInt64() {
		priority = price.Int64()
	}
	return fee, priority, nil
}

// feeBank takes fees in every unit that they may be given in. In a simulation
// the SDK asks nobody about the fee and takes it as it is written.
type feeBank struct{ authtypes.BankKeeper }

// SendCoinsFromAccountToModule moves a fee, in wei.
func (b feeBank) SendCoinsFromAccountToModule(ctx context.Context, from sdk.AccAddress, module string, fee sdk.Coins) error {
	return b.BankKeeper.SendCoinsFromAccountToModule(ctx, from, module, inWei(fee))
}
