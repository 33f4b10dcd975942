package registermodule

import (
	"context"
	"errors"

	"cosmossdk.io/math"
	sdk "github.com/cosmos/cosmos-sdk/types"
	authtypes "github.com/cosmos/cosmos-sdk/x/auth/types"
	stakingtypes "github.com/cosmos/cosmos-sdk/x/staking/types"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	"github.com/stratosdrive/stratosdrive/internal/stratos"
	"github.com/stratosdrive/stratosdrive/internal/stratos/types/register"
)

type queryServer struct{ keeper *Keeper }

var _ register.QueryServer = queryServer{}

// ResourceNode returns a storage node.
func (s queryServer) ResourceNode(ctx context.Context, req *register.QueryResourceNodeRequest) (*register.QueryResourceNodeResponse, error) {
	if err := checkAddress(req.GetNetworkAddr()); err != nil {
		return nil, err
	}
	node, err := s.keeper.resource(ctx, req.NetworkAddr)
	if errors.Is(err, register.ErrNoResourceNode) {
		return nil, notFound(req.NetworkAddr)
	}
	return &register.QueryResourceNodeResponse{Node: &node}, err
}

// MetaNode returns a meta node.
func (s queryServer) MetaNode(ctx context.Context, req *register.QueryMetaNodeRequest) (*register.QueryMetaNodeResponse, error) {
	if err := checkAddress(req.GetNetworkAddr()); err != nil {
		return nil, err
	}
	node, err := s.keeper.meta(ctx, req.NetworkAddr)
	if errors.Is(err, register.ErrNoMetaNode) {
		return nil, notFound(req.NetworkAddr)
	}
	return &register.QueryMetaNodeResponse{Node: &node}, err
}

func checkAddress(node string) error {
	if node == "" {
		return status.Error(codes.InvalidArgument, "network address cannot be empty")
	}
	if _, err := stratos.DecodeBech32(stratos.PrefixNode, node); err != nil {
		return status.Error(codes.InvalidArgument, err.Error())
	}
	return nil
}

func notFound(node string) error {
	return status.Errorf(codes.NotFound, "network address %s not found", node)
}

// Params returns the settings.
func (s queryServer) Params(ctx context.Context, _ *register.QueryParamsRequest) (*register.QueryParamsResponse, error) {
	params, err := s.keeper.params.Get(ctx)
	return &register.QueryParamsResponse{Params: &params}, err
}

// DepositTotal adds up all deposits by kind and state.
func (s queryServer) DepositTotal(ctx context.Context, _ *register.QueryDepositTotalRequest) (*register.QueryDepositTotalResponse, error) {
	params, err := s.keeper.params.Get(ctx)
	if err != nil {
		return nil, err
	}
	held := func(pool string) sdk.Coin {
		return s.keeper.bank.GetBalance(ctx, authtypes.NewModuleAddress(pool), params.BondDenom)
	}
	resource, resourceOut := held(register.ResourceBondedPool), held(register.ResourceNotBondedPool)
	meta, metaOut := held(register.MetaBondedPool), held(register.MetaNotBondedPool)
	leaving := math.ZeroInt()
	err = s.keeper.unbonding.Walk(ctx, nil, func(_ string, node register.UnbondingNode) (bool, error) {
		for _, entry := range node.Entries {
			leaving = leaving.Add(entry.Balance)
		}
		return false, nil
	})
	coin := func(amount math.Int) *sdk.Coin { return &sdk.Coin{Denom: params.BondDenom, Amount: amount} }
	return &register.QueryDepositTotalResponse{
		ResourceNodesTotalDeposit: coin(resource.Add(resourceOut).Amount), MetaNodesTotalDeposit: coin(meta.Add(metaOut).Amount),
		TotalBondedDeposit:    coin(resource.Add(meta).Amount),
		TotalUnbondedDeposit:  coin(resourceOut.Add(metaOut).Amount.Sub(leaving)),
		TotalUnbondingDeposit: coin(leaving),
	}, err
}

// BondedResourceNodeCount counts the storage nodes whose deposit is not on its
// way back.
func (s queryServer) BondedResourceNodeCount(ctx context.Context, _ *register.QueryBondedResourceNodeCountRequest) (*register.QueryBondedResourceNodeCountResponse, error) {
	answer := &register.QueryBondedResourceNodeCountResponse{}
	err := s.keeper.resources.Walk(ctx, nil, func(_ string, node register.ResourceNode) (bool, error) {
		if node.Status == stakingtypes.Bonded {
			answer.Number++
		}
		return false, nil
	})
	return answer, err
}

// BondedMetaNodeCount counts the meta nodes that were voted in.
func (s queryServer) BondedMetaNodeCount(ctx context.Context, _ *register.QueryBondedMetaNodeCountRequest) (*register.QueryBondedMetaNodeCountResponse, error) {
	all, err := s.keeper.ActiveMetaNodes(ctx)
	return &register.QueryBondedMetaNodeCountResponse{Number: uint64(len(all))}, err
}

// RemainingOzoneLimit returns the ozone left to sell.
func (s queryServer) RemainingOzoneLimit(ctx context.Context, _ *register.QueryRemainingOzoneLimitRequest) (*register.QueryRemainingOzoneLimitResponse, error) {
	left, err := s.keeper.market.RemainingNoz(ctx)
	return &register.QueryRemainingOzoneLimitResponse{OzoneLimit: left}, err
}
