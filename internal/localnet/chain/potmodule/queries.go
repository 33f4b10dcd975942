package potmodule

import (
	"context"
	"errors"

	"cosmossdk.io/collections"
	"cosmossdk.io/math"
	sdk "github.com/cosmos/cosmos-sdk/types"
	"github.com/cosmos/cosmos-sdk/types/query"
	authtypes "github.com/cosmos/cosmos-sdk/x/auth/types"
	stakingtypes "github.com/cosmos/cosmos-sdk/x/staking/types"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	"github.com/stratosdrive/stratosdrive/internal/stratos"
	"github.com/stratosdrive/stratosdrive/internal/stratos/types/pot"
	"github.com/stratosdrive/stratosdrive/internal/stratos/types/register"
)

type queryServer struct{ keeper *Keeper }

var _ pot.QueryServer = queryServer{}

// VolumeReport returns what is kept of the report of an epoch, of the last one
// for 0. An epoch without a report has an empty one.
func (s queryServer) VolumeReport(ctx context.Context, req *pot.QueryVolumeReportRequest) (*pot.QueryVolumeReportResponse, error) {
	if req.GetEpoch() < 0 {
		return nil, status.Error(codes.InvalidArgument, "epoch should not be negative")
	}
	epoch := uint64(req.Epoch)
	if epoch == 0 {
		var err error
		if epoch, err = s.keeper.last.Get(ctx); err != nil {
			return nil, err
		}
	}
	record, err := s.keeper.reports.Get(ctx, epoch)
	if err != nil && !errors.Is(err, collections.ErrNotFound) {
		return nil, err
	}
	return &pot.QueryVolumeReportResponse{ReportInfo: &pot.ReportInfo{
		Epoch: int64(epoch), Reference: record.ReportReference, TxHash: record.TxHash, Reporter: record.Reporter,
	}}, nil
}

// RewardsByEpoch returns the immature rewards that were earned in an epoch.
func (s queryServer) RewardsByEpoch(ctx context.Context, req *pot.QueryRewardsByEpochRequest) (*pot.QueryRewardsByEpochResponse, error) {
	ripe, err := s.ripe(ctx, req.GetEpoch())
	if err != nil {
		return nil, err
	}
	rewards, page, err := query.CollectionPaginate(ctx, s.keeper.rewards, req.Pagination,
		func(_ rewardKey, reward pot.Reward) (pot.Reward, error) { return reward, nil },
		query.WithCollectionPaginationPairPrefix[uint64, string](ripe))
	if err != nil {
		return nil, status.Error(codes.InvalidArgument, err.Error())
	}
	answer := &pot.QueryRewardsByEpochResponse{Pagination: page}
	for i := range rewards {
		answer.Rewards = append(answer.Rewards, &rewards[i])
	}
	return answer, nil
}

// ripe is when the rewards of an epoch mature.
func (s queryServer) ripe(ctx context.Context, epoch int64) (uint64, error) {
	if epoch <= 0 {
		return 0, status.Error(codes.InvalidArgument, "epoch cannot be equal to or lower than 0")
	}
	params, err := s.keeper.params.Get(ctx)
	return uint64(epoch) + uint64(params.MatureEpoch), err
}

// RewardsByWalletAndEpoch returns the immature reward of a wallet that was
// earned in an epoch.
func (s queryServer) RewardsByWalletAndEpoch(ctx context.Context, req *pot.QueryRewardsByWalletAndEpochRequest) (*pot.QueryRewardsByWalletAndEpochResponse, error) {
	if err := checkWallet(req.GetWalletAddress()); err != nil {
		return nil, err
	}
	ripe, err := s.ripe(ctx, req.Epoch)
	if err != nil {
		return nil, err
	}
	answer := &pot.QueryRewardsByWalletAndEpochResponse{Pagination: &query.PageResponse{}}
	reward, err := s.keeper.rewards.Get(ctx, collections.Join(ripe, req.WalletAddress))
	if errors.Is(err, collections.ErrNotFound) {
		return answer, nil
	}
	answer.Rewards, answer.Pagination.Total = []*pot.Reward{&reward}, 1
	return answer, err
}

func checkWallet(wallet string) error {
	if wallet == "" {
		return status.Error(codes.InvalidArgument, "wallet address cannot be empty")
	}
	if _, err := stratos.DecodeBech32(stratos.PrefixAccount, wallet); err != nil {
		return status.Error(codes.InvalidArgument, err.Error())
	}
	return nil
}

// RewardsByWallet returns what a wallet can withdraw now and later.
func (s queryServer) RewardsByWallet(ctx context.Context, req *pot.QueryRewardsByWalletRequest) (*pot.QueryRewardsByWalletResponse, error) {
	if err := checkWallet(req.GetWalletAddress()); err != nil {
		return nil, err
	}
	mature, err := amountOf(ctx, s.keeper.mature, req.WalletAddress)
	if err != nil {
		return nil, err
	}
	immature, err := amountOf(ctx, s.keeper.immature, req.WalletAddress)
	if err != nil {
		return nil, err
	}
	params, err := s.keeper.params.Get(ctx)
	return &pot.QueryRewardsByWalletResponse{Rewards: &pot.RewardByWallet{
		WalletAddress:       req.WalletAddress,
		MatureTotalReward:   sdk.NewCoins(sdk.NewCoin(params.RewardDenom, mature)),
		ImmatureTotalReward: sdk.NewCoins(sdk.NewCoin(params.RewardDenom, immature)),
	}}, err
}

// SlashingByOwner returns what a wallet owes, in wei.
func (s queryServer) SlashingByOwner(ctx context.Context, req *pot.QuerySlashingByOwnerRequest) (*pot.QuerySlashingByOwnerResponse, error) {
	if err := checkWallet(req.GetWalletAddress()); err != nil {
		return nil, err
	}
	owed, err := s.keeper.Nodes.Debt(ctx, req.WalletAddress)
	return &pot.QuerySlashingByOwnerResponse{Slashing: owed.String()}, err
}

// Params returns the settings.
func (s queryServer) Params(ctx context.Context, _ *pot.QueryParamsRequest) (*pot.QueryParamsResponse, error) {
	params, err := s.keeper.params.Get(ctx)
	return &pot.QueryParamsResponse{Params: &params}, err
}

// TotalMinedToken returns what was mined so far.
func (s queryServer) TotalMinedToken(ctx context.Context, _ *pot.QueryTotalMinedTokenRequest) (*pot.QueryTotalMinedTokenResponse, error) {
	params, mined, err := s.mined(ctx)
	return &pot.QueryTotalMinedTokenResponse{TotalMinedToken: sdk.Coin{Denom: params.RewardDenom, Amount: mined}}, err
}

func (s queryServer) mined(ctx context.Context) (pot.Params, math.Int, error) {
	params, err := s.keeper.params.Get(ctx)
	if err != nil {
		return params, math.ZeroInt(), err
	}
	mined, err := s.keeper.mined.Get(ctx)
	return params, mined, err
}

// TotalRewardByEpoch returns what an epoch paid from each pool: to validators,
// nodes and the community together.
func (s queryServer) TotalRewardByEpoch(ctx context.Context, req *pot.QueryTotalRewardByEpochRequest) (*pot.QueryTotalRewardByEpochResponse, error) {
	if req.GetEpoch() <= 0 {
		return nil, status.Error(codes.InvalidArgument, "epoch cannot be equal to or lower than 0")
	}
	total, err := s.keeper.totals.Get(ctx, uint64(req.Epoch))
	if errors.Is(err, collections.ErrNotFound) {
		err = nil
	}
	return &pot.QueryTotalRewardByEpochResponse{TotalReward: total}, err
}

// CirculationSupply returns all coins but those that are still to be mined.
func (s queryServer) CirculationSupply(ctx context.Context, _ *pot.QueryCirculationSupplyRequest) (*pot.QueryCirculationSupplyResponse, error) {
	params, mined, err := s.mined(ctx)
	if err != nil {
		return nil, err
	}
	circulating := s.circulating(ctx, params, mined)
	return &pot.QueryCirculationSupplyResponse{CirculationSupply: sdk.NewCoins(sdk.NewCoin(params.BondDenom, circulating))}, nil
}

func (s queryServer) circulating(ctx context.Context, params pot.Params, mined math.Int) math.Int {
	return s.keeper.Bank.GetSupply(ctx, params.BondDenom).Amount.Sub(toMine(params).Sub(mined))
}

// toMine is how much can be mined in all.
func toMine(params pot.Params) math.Int {
	return params.MiningRewardParams[len(params.MiningRewardParams)-1].TotalMinedValveEnd.Amount
}

// Metrics returns the figures of the whole chain.
func (s queryServer) Metrics(ctx context.Context, _ *pot.QueryMetricsRequest) (*pot.QueryMetricsResponse, error) {
	params, mined, err := s.mined(ctx)
	if err != nil {
		return nil, err
	}
	bonded, err := s.keeper.Staking.TotalBondedTokens(ctx)
	if err != nil {
		return nil, err
	}
	held := func(pool string) math.Int {
		return s.keeper.Bank.GetBalance(ctx, authtypes.NewModuleAddress(pool), params.BondDenom).Amount
	}
	stage, reward := stageAt(params.MiningRewardParams, mined)
	split := divide(reward.ToLegacyDec(), stage)
	return &pot.QueryMetricsResponse{Metrics: pot.Metrics{
		TotalSupply: s.keeper.Bank.GetSupply(ctx, params.BondDenom).Amount, TotalMiningSupply: toMine(params), TotalMinedTokens: mined,
		TotalResourceNodesDeposit: held(register.ResourceBondedPool),
		TotalBondedDelegation:     bonded, TotalUnbondedDelegation: math.ZeroInt(),
		TotalUnbondingDelegation: held(stakingtypes.NotBondedPoolName),
		CirculationSupply:        s.circulating(ctx, params, mined),
		TotalMiningReward:        reward, ChainMiningReward: split.validators, ResourceMiningReward: split.resource, MetaMiningReward: split.meta,
	}}, nil
}
