package report

import (
	"context"
	"fmt"
	"math/big"

	"cosmossdk.io/math"
	sdk "github.com/cosmos/cosmos-sdk/types"
	banktypes "github.com/cosmos/cosmos-sdk/x/bank/types"
	"github.com/cosmos/gogoproto/proto"

	"github.com/stratosdrive/stratosdrive/internal/localnet/chain"
	"github.com/stratosdrive/stratosdrive/internal/localnet/node"
	"github.com/stratosdrive/stratosdrive/internal/stratos"
)

// Amounts of a storage node on the chain, in wei.
var (
	deposit = big.NewInt(1e18) // the least that the chain takes
	purse   = big.NewInt(1e17) // what the owner has besides, for fees
	fuel    = new(big.Int).Mul(big.NewInt(100), big.NewInt(1e18))
)

// fund gives the owners what they need, from the owner of the meta node, who
// gets it from the faucet account.
func (f *fleet) fund(ctx context.Context, m chain.MetaNode, nodes []*node.Node) error {
	if len(nodes) == 0 {
		return nil
	}
	each := new(big.Int).Add(deposit, purse)
	if err := f.fuel(ctx, m.Owner.Address(), new(big.Int).Mul(each, big.NewInt(int64(len(nodes))))); err != nil {
		return err
	}
	var sends []proto.Message
	for _, n := range nodes {
		held, err := f.balance(ctx, n.Owner())
		if err != nil {
			return err
		}
		if held.Cmp(each) < 0 {
			sends = append(sends, &banktypes.MsgSend{
				FromAddress: m.Owner.Address().String(), ToAddress: n.Owner(), Amount: sdk.NewCoins(wei(each)),
			})
		}
	}
	if len(sends) == 0 {
		return nil
	}
	_, err := f.Chain.Send(ctx, []stratos.PrivateKey{m.Owner}, uint64(moveGas*(1+len(sends))), sends...)
	return err
}

func wei(amount *big.Int) sdk.Coin { return sdk.NewCoin(stratos.Wei, math.NewIntFromBigInt(amount)) }

// fuel sees to it that an account has more wei besides some for fees. It takes
// them from the faucet account.
func (f *fleet) fuel(ctx context.Context, account stratos.Address, more *big.Int) error {
	held, err := f.balance(ctx, account.String())
	if err != nil {
		return err
	}
	need := big.NewInt(1e18)
	if more != nil {
		need.Add(need, more)
	}
	if held.Cmp(need) >= 0 {
		return nil
	}
	_, err = f.Chain.Credit(ctx, account.String(), new(big.Int).Add(need, fuel))
	return err
}

func (f *fleet) balance(ctx context.Context, account string) (*big.Int, error) {
	answer := &banktypes.QueryBalanceResponse{}
	err := f.Chain.Query(ctx, "/cosmos.bank.v1beta1.Query/Balance", &banktypes.QueryBalanceRequest{Address: account, Denom: stratos.Wei}, answer)
	if err != nil {
		return nil, fmt.Errorf("ask for a balance: %w", err)
	}
	return answer.Balance.Amount.BigInt(), nil
}
