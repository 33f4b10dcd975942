package report

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"

	"cosmossdk.io/math"
	codectypes "github.com/cosmos/cosmos-sdk/codec/types"
	"github.com/cosmos/cosmos-sdk/crypto/keys/ed25519"
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
	seen    map[string]*node.Node // settled on the chain, by address
	out     map[string]bool       // of those: out of service there for their health
	swept   bool                  // nodes that left while nobody looked are out of service
	failed  int                   // tries in a row that failed
	pausing time.Time             // until when nothing is tried
}

// settle brings the list up to date. After a failure it waits before it tries
// again, longer each time, since each try may cost a block.
func (f *fleet) settle(ctx context.Context) error {
	if f.now().Before(f.pausing) {
		return nil
	}
	err := f.follow(ctx)
	if err == nil && !f.swept {
		err = f.sweep(ctx)
	}
	if err == nil {
		f.failed = 0
		return nil
	}
	f.failed = min(f.failed+1, 10)
	f.pausing = f.now().Add(lookEvery << f.failed)
	return err
}

// sweep takes nodes out of service that left while no reporter ran: the keys of
// their owners are gone with them, so their deposits stay.
func (f *fleet) sweep(ctx context.Context) error {
	wallets, err := f.Meta.NodeWallets(ctx)
	if err != nil {
		return err
	}
	for _, address := range slices.Sorted(maps.Keys(wallets)) {
		if f.Pool.Node(address) != nil || f.seen[address] != nil {
			continue
		}
		known, err := f.onChain(ctx, address)
		if err == nil && known != nil && known.Status == stakingtypes.Bonded && !known.Suspend {
			err = f.suspend(ctx, address, known.OwnerAddress)
		}
		if err != nil {
			return err
		}
	}
	f.swept = true
	return nil
}

// follow registers nodes that came and takes nodes out that left. It asks the
// chain only about those.
func (f *fleet) follow(ctx context.Context) error {
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
	return errors.Join(append(failed, f.mirror(ctx))...)
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
		f.out[n.Address()] = n.State() == node.Suspended && (known == nil || known.Suspend)
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
		if f.out[n.Address()] {
			continue // it is not fit to serve
		}
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
		delete(f.out, n.Address())
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
