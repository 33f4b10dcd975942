package creatormodule

import (
	"context"
	"errors"

	"cosmossdk.io/collections"
	"github.com/cosmos/cosmos-sdk/types/query"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	"github.com/stratosdrive/stratosdrive/internal/stratos"
	"github.com/stratosdrive/stratosdrive/internal/stratos/types/creator"
)

type queryServer struct{ keeper *Keeper }

var _ creator.QueryServer = queryServer{}

// Params returns the settings.
func (s queryServer) Params(ctx context.Context, _ *creator.QueryParamsRequest) (*creator.QueryParamsResponse, error) {
	params, err := s.keeper.params.Get(ctx)
	return &creator.QueryParamsResponse{Params: params}, err
}

// Epoch returns what the rewards of an epoch were worked out from.
func (s queryServer) Epoch(ctx context.Context, req *creator.QueryEpochRequest) (*creator.QueryEpochResponse, error) {
	if req.GetEpoch() <= 0 {
		return nil, status.Error(codes.InvalidArgument, "the first epoch is 1")
	}
	record, err := s.keeper.records.Get(ctx, uint64(req.Epoch))
	if errors.Is(err, collections.ErrNotFound) {
		return &creator.QueryEpochResponse{}, nil
	}
	return &creator.QueryEpochResponse{Record: &record}, err
}

// Rewards returns what the content of a wallet earned.
func (s queryServer) Rewards(ctx context.Context, req *creator.QueryRewardsRequest) (*creator.QueryRewardsResponse, error) {
	if _, err := stratos.DecodeBech32(stratos.PrefixAccount, req.GetWalletAddress()); err != nil {
		return nil, status.Error(codes.InvalidArgument, err.Error())
	}
	total, err := s.keeper.total(ctx, req.WalletAddress)
	if err != nil {
		return nil, err
	}
	epochs, page, err := query.CollectionPaginate(ctx, s.keeper.parts, req.Pagination,
		func(key partKey, part creator.Part) (creator.EpochPart, error) {
			return creator.EpochPart{Epoch: int64(key.K2()), Volume: part.Volume, Amount: part.Amount}, nil
		},
		query.WithCollectionPaginationPairPrefix[string, uint64](req.WalletAddress))
	if err != nil {
		return nil, status.Error(codes.InvalidArgument, err.Error())
	}
	return &creator.QueryRewardsResponse{Total: total, Epochs: epochs, Pagination: page}, nil
}

// Total returns what all content earned.
func (s queryServer) Total(ctx context.Context, _ *creator.QueryTotalRequest) (*creator.QueryTotalResponse, error) {
	total, err := s.keeper.total(ctx, everybody)
	return &creator.QueryTotalResponse{Volume: total.Volume, Amount: total.Amount}, err
}
