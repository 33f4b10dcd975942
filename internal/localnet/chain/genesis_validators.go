package chain

import (
	"errors"

	"cosmossdk.io/math"
	cmtjson "github.com/cometbft/cometbft/libs/json"
	cmttypes "github.com/cometbft/cometbft/types"
	"github.com/cosmos/cosmos-sdk/crypto/keys/ed25519"
	sdk "github.com/cosmos/cosmos-sdk/types"
	stakingtypes "github.com/cosmos/cosmos-sdk/x/staking/types"
)

// validators puts both validators into the first state. They start Unbonded,
// with their tokens in the pool for that, and the staking module bonds them
// before the first block: only then do the other modules hear of them. A
// validator that starts Bonded has no signing record, and the chain stops at
// its first vote.
func (g *genesis) validators(k keys, homeSigner []byte) {
	home := g.fund(k.HomeOperator, stos(operatorPurse))
	other := g.fund(k.OtherOperator, stos(operatorPurse))
	state := stakingtypes.DefaultGenesisState()
	state.Params.UnbondingTime = g.periods.Unbonding
	state.Params.BondDenom = sdk.DefaultBondDenom
	state.Params.HistoricalEntries = 0 // only other chains ask for those
	for _, v := range []struct {
		operator sdk.AccAddress
		signer   []byte
		name     string
		stake    math.Int
	}{
		{home, homeSigner, "Practice validator", stos(homeStake)},
		{other, k.OtherSigner, "Sleeping validator", stos(otherStake)},
	} {
		state.Validators = append(state.Validators, g.validator(v.operator, v.signer, v.name, v.stake))
		state.Delegations = append(state.Delegations, stakingtypes.NewDelegation(
			v.operator.String(), sdk.ValAddress(v.operator).String(), v.stake.ToLegacyDec()))
	}
	g.pool(stakingtypes.NotBondedPoolName, stos(homeStake+otherStake))
	g.set(stakingtypes.ModuleName, state)
}

func (g *genesis) validator(operator sdk.AccAddress, signer []byte, name string, stake math.Int) stakingtypes.Validator {
	v, err := stakingtypes.NewValidator(
		sdk.ValAddress(operator).String(), &ed25519.PubKey{Key: signer}, stakingtypes.NewDescription(name, "", "", "", ""))
	g.err = errors.Join(g.err, err)
	v.Tokens, v.DelegatorShares = stake, stake.ToLegacyDec()
	v.Commission = stakingtypes.NewCommission(
		math.LegacyNewDecWithPrec(5, 2), math.LegacyNewDecWithPrec(20, 2), math.LegacyNewDecWithPrec(1, 2))
	return v
}

func jsonIndent(doc *cmttypes.GenesisDoc) ([]byte, error) {
	return cmtjson.MarshalIndent(doc, "", "  ")
}
