package registermodule

import (
	"context"
	"errors"

	"cosmossdk.io/math"
	sdk "github.com/cosmos/cosmos-sdk/types"
	"github.com/cosmos/cosmos-sdk/types/query"
	stakingtypes "github.com/cosmos/cosmos-sdk/x/staking/types"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	"github.com/stratosdrive/stratosdrive/internal/stratos"
	"github.com/stratosdrive/stratosdrive/internal/stratos/types/register"
)

// Kinds of nodes in [register.QueryDepositByNodeRequest].
const (
	anyNode = iota
	metaNodes
	resourceNodes
)

// pageSize is the number of deposits on a page when nothing else is asked for.
const pageSize = 100

// DepositByNode returns the deposit of a node. A node that does not exist has
// an empty one.
func (s queryServer) DepositByNode(ctx context.Context, req *register.QueryDepositByNodeRequest) (*register.QueryDepositByNodeResponse, error) {
	if err := checkAddress(req.GetNetworkAddr()); err != nil {
		return nil, err
	}
	answer := &register.QueryDepositByNodeResponse{DepositInfo: s.empty()}
	if req.QueryType == anyNode || req.QueryType == metaNodes {
		node, err := s.keeper.meta(ctx, req.NetworkAddr)
		if err == nil {
			answer.DepositInfo, err = s.metaDeposit(ctx, node)
		}
		if err != nil && !errors.Is(err, register.ErrNoMetaNode) {
			return nil, err
		}
	}
	if req.QueryType == anyNode || req.QueryType == resourceNodes {
		node, err := s.keeper.resource(ctx, req.NetworkAddr)
		if err == nil {
			answer.DepositInfo, err = s.resourceDeposit(ctx, node)
		}
		if err != nil && !errors.Is(err, register.ErrNoResourceNode) {
			return nil, err
		}
	}
	return answer, nil
}

// DepositByOwner returns the nodes of an owner, storage nodes first.
func (s queryServer) DepositByOwner(ctx context.Context, req *register.QueryDepositByOwnerRequest) (*register.QueryDepositByOwnerResponse, error) {
	owner := req.GetOwnerAddr()
	if owner == "" {
		return nil, status.Error(codes.InvalidArgument, "owner address cannot be empty")
	}
	if _, err := stratos.DecodeBech32(stratos.PrefixAccount, owner); err != nil {
		return nil, status.Error(codes.InvalidArgument, err.Error())
	}
	all, err := s.depositsOf(ctx, owner)
	if err != nil {
		return nil, err
	}
	page := req.Pagination
	if page == nil {
		page = &query.PageRequest{}
	}
	first := min(page.Offset, uint64(len(all)))
	limit := page.Limit
	if limit == 0 {
		limit = pageSize
	}
	last := min(first+min(limit, uint64(len(all))), uint64(len(all)))
	return &register.QueryDepositByOwnerResponse{
		DepositInfos: all[first:last], Pagination: &query.PageResponse{Total: uint64(len(all))},
	}, nil
}

func (s queryServer) depositsOf(ctx context.Context, owner string) ([]*register.DepositInfo, error) {
	var all []*register.DepositInfo
	err := s.keeper.resources.Walk(ctx, nil, func(_ string, node register.ResourceNode) (bool, error) {
		if node.OwnerAddress != owner {
			return false, nil
		}
		info, err := s.resourceDeposit(ctx, node)
		all = append(all, info)
		return false, err
	})
	if err != nil {
		return nil, err
	}
	err = s.keeper.metas.Walk(ctx, nil, func(_ string, node register.MetaNode) (bool, error) {
		if node.OwnerAddress != owner {
			return false, nil
		}
		info, err := s.metaDeposit(ctx, node)
		all = append(all, info)
		return false, err
	})
	return all, err
}

func (s queryServer) empty() *register.DepositInfo {
	none := sdk.NewCoin(stratos.Wei, math.ZeroInt())
	return &register.DepositInfo{Tokens: math.ZeroInt(), BondedDeposit: none, UnBondingDeposit: none, UnBondedDeposit: none}
}

func (s queryServer) resourceDeposit(ctx context.Context, n register.ResourceNode) (*register.DepositInfo, error) {
	info := s.empty()
	info.NetworkAddress, info.Pubkey, info.Suspend, info.Status = n.NetworkAddress, n.Pubkey, n.Suspend, n.Status
	info.Tokens, info.OwnerAddress, info.Description = n.Tokens, n.OwnerAddress, n.Description
	info.CreationTime, info.NodeType = n.CreationTime, n.NodeType
	return info, s.divide(ctx, info)
}

func (s queryServer) metaDeposit(ctx context.Context, n register.MetaNode) (*register.DepositInfo, error) {
	info := s.empty()
	info.NetworkAddress, info.Pubkey, info.Suspend, info.Status = n.NetworkAddress, n.Pubkey, n.Suspend, n.Status
	info.Tokens, info.OwnerAddress, info.Description = n.Tokens, n.OwnerAddress, n.Description
	info.CreationTime = n.CreationTime
	return info, s.divide(ctx, info)
}

// divide says in which state the deposit is.
func (s queryServer) divide(ctx context.Context, info *register.DepositInfo) error {
	coin, err := s.keeper.coin(ctx, info.Tokens)
	if err != nil {
		return err
	}
	switch info.Status {
	case stakingtypes.Bonded:
		info.BondedDeposit = coin
	case stakingtypes.Unbonding:
		info.UnBondingDeposit = coin
	default:
		info.UnBondedDeposit = coin
	}
	return nil
}
