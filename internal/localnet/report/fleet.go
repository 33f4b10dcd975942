package report

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"math/big"
	"slices"

	"cosmossdk.io/math"
	codectypes "github.com/cosmos/cosmos-sdk/codec/types"
	"github.com/cosmos/cosmos-sdk/crypto/keys/ed25519"
	sdk "github.com/cosmos/cosmos-sdk/types"
	banktypes "github.com/cosmos/cosmos-sdk/x/bank/types"
	stakingtypes "github.com/cosmos/cosmos-sdk/x/staking/types"
	"github.com/cosmos/gogoproto/proto"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	"github.com/stratosdrive/stratosdrive/internal/localnet/chain"
	"github.com/stratosdrive/stratosdrive/internal/localnet/node"
	"github.com/stratosdrive/stratosdrive/internal/stratos"
	"github.com/stratosdrive/stratosdrive/internal/stratos/types/pot"
	"github.com/stratosdrive/stratosdrive/internal/stratos/types/register"
)

// Amounts of a storage node on the chain, in wei.
var (
	deposit = big.NewInt(1e18) // the least that the chain takes
	purse   = big.NewInt(1e17) // what the owner has besides, for fees
	fuel    = new(big.Int).Mul(big.NewInt(100), big.NewInt(1e18))
)

// Gas of what is done for nodes.
const (
	moveGas = 200_000 // and for each node of a message
	nodeGas = 400_000
)

// atOnce is how many nodes are registered in a transaction: with the owner of
// the meta node, the chain takes seven signatures.
const atOnce = 6

// fleet keeps the chain's list of nodes like that of the pool. It is used by
// one goroutine, but for fuel.
type fleet struct {
	Config
	seen map[string]*node.Node // settled on the chain, by address
}

// settle registers nodes that came and takes nodes out that left. It asks the
// chain only about those.
func (f *fleet) settle(ctx context.Context) error {
	var come []*node.Node
	here := map[string]bool{}
	for _, n := range f.Pool.Nodes() {
		here[n.Address()] = true
		if f.seen[n.Address()] == nil {
			come = append(come, n)
		}
	}
	var failed []error
	for part := range slices.Chunk(come, atOnce) {
		failed = append(failed, f.register(ctx, part))
	}
	for _, address := range slices.Sorted(maps.Keys(f.seen)) {
		if !here[address] {
			failed = append(failed, f.leave(ctx, f.seen[address]))
		}
	}
	return errors.Join(failed...)
}

// register brings nodes into service: what they miss of coins, their
// registration, and its activation by the meta node.
func (f *fleet) register(ctx context.Context, nodes []*node.Node) error {
	m, err := f.Chain.MetaNode()
	if err != nil {
		return err
	}
	defer m.Owner.Wipe()
	var fresh, asleep []*node.Node
	for _, n := range nodes {
		if err := f.Meta.SetNodeWallet(ctx, n.Address(), n.Owner()); err != nil {
			return err
		}
		known, err := f.onChain(ctx, n.Address())
		switch {
		case err != nil:
			return err
		case known == nil:
			fresh = append(fresh, n)
		case known.Status == stakingtypes.Bonded && known.Suspend:
			asleep = append(asleep, n)
		}
	}
	if err := f.fund(ctx, m, fresh); err != nil {
		return err
	}
	if err := f.enlist(ctx, m, fresh, asleep); err != nil {
		return err
	}
	for _, n := range nodes {
		f.seen[n.Address()] = n
	}
	return nil
}

// onChain returns what the chain knows of a node, nil for nothing.
func (f *fleet) onChain(ctx context.Context, address string) (*register.ResourceNode, error) {
	answer := &register.QueryResourceNodeResponse{}
	err := f.Chain.Query(ctx, "/stratos.register.v1.Query/ResourceNode", &register.QueryResourceNodeRequest{NetworkAddr: address}, answer)
	if status.Code(err) == codes.NotFound {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("ask for a node: %w", err)
	}
	return answer.Node, nil
}

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

// enlist registers nodes and activates all of them, in one transaction that all
// owners sign.
func (f *fleet) enlist(ctx context.Context, m chain.MetaNode, fresh, asleep []*node.Node) error {
	var signers []stratos.PrivateKey
	var messages []proto.Message
	for _, n := range fresh {
		create, err := creation(n)
		if err != nil {
			return err
		}
		signers, messages = append(signers, n.Wallet()), append(messages, create)
	}
	for _, n := range slices.Concat(fresh, asleep) {
		messages = append(messages, &register.MsgUpdateEffectiveDeposit{
			Reporters: []string{m.Address}, ReporterOwner: []string{m.Owner.Address().String()},
			NetworkAddress: n.Address(), EffectiveTokens: math.NewIntFromBigInt(deposit),
		})
	}
	if len(messages) == 0 {
		return nil
	}
	if err := f.fuel(ctx, m.Owner.Address(), nil); err != nil {
		return err
	}
	signers = append(signers, m.Owner) // who pays
	_, err := f.Chain.Send(ctx, signers, uint64(nodeGas*len(messages)), messages...)
	return err
}

func creation(n *node.Node) (proto.Message, error) {
	key, err := codectypes.NewAnyWithValue(&ed25519.PubKey{Key: n.PublicKey()})
	return &register.MsgCreateResourceNode{
		NetworkAddress: n.Address(), Pubkey: key, Value: wei(deposit), OwnerAddress: n.Owner(), BeneficiaryAddress: n.Owner(),
		Description: register.Description{Moniker: "Practice node " + n.Name()}, NodeType: register.Storage,
	}, err
}

// leave starts the return of the deposit of a node that left. If that is not
// possible, the meta node takes it out of service.
func (f *fleet) leave(ctx context.Context, n *node.Node) error {
	known, err := f.onChain(ctx, n.Address())
	if err != nil {
		return err
	}
	if known != nil && known.Status == stakingtypes.Bonded {
		_, err = f.Chain.Send(ctx, []stratos.PrivateKey{n.Wallet()}, nodeGas, &register.MsgRemoveResourceNode{
			ResourceNodeAddress: n.Address(), OwnerAddress: n.Owner(),
		})
		var no *chain.Refused
		if errors.As(err, &no) {
			err = f.suspend(ctx, n.Address(), known.OwnerAddress)
		}
	}
	if err == nil {
		delete(f.seen, n.Address())
	}
	return err
}

func (f *fleet) suspend(ctx context.Context, address, owner string) error {
	m, err := f.Chain.MetaNode()
	if err != nil {
		return err
	}
	defer m.Owner.Wipe()
	_, err = f.Chain.Send(ctx, []stratos.PrivateKey{m.Owner}, nodeGas, &pot.MsgSlashingResourceNode{
		Reporters: []string{m.Address}, ReporterOwner: []string{m.Owner.Address().String()},
		NetworkAddress: address, WalletAddress: owner, Slashing: math.ZeroInt(), Suspend: true,
	})
	return err
}

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
