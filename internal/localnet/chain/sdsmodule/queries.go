package sdsmodule

import (
	"context"
	"errors"

	"cosmossdk.io/collections"
	sdk "github.com/cosmos/cosmos-sdk/types"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	"github.com/stratosdrive/stratosdrive/internal/sds/wire"
	"github.com/stratosdrive/stratosdrive/internal/stratos/types/sds"
)

type queryServer struct{ keeper *Keeper }

var _ sds.QueryServer = queryServer{}

// Fileupload returns what meta nodes reported about a file.
func (s queryServer) Fileupload(ctx context.Context, req *sds.QueryFileUploadRequest) (*sds.QueryFileUploadResponse, error) {
	if req.GetFileHash() == "" {
		return nil, status.Error(codes.InvalidArgument, "file hash cannot be empty")
	}
	if !wire.ValidFileHash(req.FileHash) {
		return nil, status.Error(codes.InvalidArgument, sds.ErrInvalidFileHash.Error())
	}
	info, err := s.keeper.files.Get(ctx, req.FileHash)
	if errors.Is(err, collections.ErrNotFound) {
		return nil, status.Error(codes.NotFound, sds.ErrNoFile.Error())
	}
	return &sds.QueryFileUploadResponse{FileInfo: &info}, err
}

// SimPrepay quotes a prepay at this moment.
func (s queryServer) SimPrepay(ctx context.Context, req *sds.QuerySimPrepayRequest) (*sds.QuerySimPrepayResponse, error) {
	coins, err := sdk.ParseCoinsNormalized(req.GetAmount())
	if err != nil {
		return nil, status.Error(codes.InvalidArgument, err.Error())
	}
	noz, _, err := s.keeper.quote(ctx, coins)
	if err != nil {
		return nil, status.Error(codes.InvalidArgument, err.Error())
	}
	return &sds.QuerySimPrepayResponse{Noz: noz}, nil
}

// NozPrice returns wei per noz.
func (s queryServer) NozPrice(ctx context.Context, _ *sds.QueryNozPriceRequest) (*sds.QueryNozPriceResponse, error) {
	market, err := s.keeper.Market(ctx)
	if err != nil {
		return nil, err
	}
	return &sds.QueryNozPriceResponse{Price: market.Price()}, nil
}

// NozSupply returns the ozone left and the ozone that exists.
func (s queryServer) NozSupply(ctx context.Context, _ *sds.QueryNozSupplyRequest) (*sds.QueryNozSupplyResponse, error) {
	market, err := s.keeper.Market(ctx)
	if err != nil {
		return nil, err
	}
	return &sds.QueryNozSupplyResponse{Remaining: market.Remaining, Total: market.Total()}, nil
}

// Params returns the settings.
func (s queryServer) Params(ctx context.Context, _ *sds.QueryParamsRequest) (*sds.QueryParamsResponse, error) {
	params, err := s.keeper.params.Get(ctx)
	return &sds.QueryParamsResponse{Params: &params}, err
}
