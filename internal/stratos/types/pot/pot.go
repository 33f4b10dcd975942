// Package pot holds the messages, events and queries of the chain module that
// turns traffic into rewards, generated from the proto files, and what a Cosmos
// SDK application must know to accept them.
package pot

import (
	"math/big"

	"cosmossdk.io/math"
	"github.com/cosmos/cosmos-sdk/codec"
	"github.com/cosmos/cosmos-sdk/codec/legacy"
	codectypes "github.com/cosmos/cosmos-sdk/codec/types"
	sdk "github.com/cosmos/cosmos-sdk/types"
	"github.com/cosmos/cosmos-sdk/types/msgservice"

	"github.com/stratosdrive/stratosdrive/internal/stratos"
)

const (
	// ModuleName is the codespace of the errors, the value of message.module in
	// events, and the module account that holds the supply at its size.
	ModuleName = "pot"
	// StoreKey names the store of the module.
	StoreKey = ModuleName
	// FoundationAccount is the module account that mining rewards are paid from.
	FoundationAccount = "foundation_account"
	// RewardPool is the module account that holds rewards until they are
	// withdrawn.
	RewardPool = "total_reward_pool"
)

// RegisterInterfaces makes transactions that hold messages of the module
// readable.
func RegisterInterfaces(registry codectypes.InterfaceRegistry) {
	registry.RegisterImplementations((*sdk.Msg)(nil),
		&MsgVolumeReport{}, &MsgWithdraw{}, &MsgFoundationDeposit{}, &MsgSlashingResourceNode{}, &MsgUpdateParams{})
	msgservice.RegisterMsgServiceDesc(registry, &_Msg_serviceDesc)
}

// RegisterLegacyAminoCodec registers the names that the real chain signs with
// in SIGN_MODE_LEGACY_AMINO_JSON.
func RegisterLegacyAminoCodec(amino *codec.LegacyAmino) {
	legacy.RegisterAminoMsg(amino, &MsgVolumeReport{}, "pot/VolumeReportTx")
	legacy.RegisterAminoMsg(amino, &MsgWithdraw{}, "pot/WithdrawTx")
	legacy.RegisterAminoMsg(amino, &MsgFoundationDeposit{}, "pot/FoundationDepositTx")
	legacy.RegisterAminoMsg(amino, &MsgSlashingResourceNode{}, "pot/SlashingResourceNodeTx")
	legacy.RegisterAminoMsg(amino, &MsgUpdateParams{}, "stratos/x/pot/MsgUpdateParams")
}

// stages are those of the real chain: until how many STOS are mined, what an
// epoch pays in hundredths of a STOS, and how validators, resource nodes and
// meta nodes divide it, in ten thousandths.
var stages = []struct{ until, reward, validators, resource, meta int64 }{
	{16_819_200, 8000, 2000, 6000, 2000},
	{25_228_800, 4000, 2000, 6200, 1800},
	{29_433_600, 2000, 2000, 6400, 1600},
	{31_536_000, 1000, 2000, 6600, 1400},
	{32_587_200, 500, 2000, 6800, 1200},
	{40_000_000, 250, 2000, 7000, 1000},
}

// DefaultParams are those of the real chain's mainnet.
func DefaultParams() Params {
	p := Params{
		BondDenom: stratos.Wei, RewardDenom: stratos.Wei, MatureEpoch: 2016,
		CommunityTax:       math.LegacyNewDecWithPrec(1, 2),
		InitialTotalSupply: hundredths(10_000_000_000),
	}
	start := int64(0)
	for _, s := range stages {
		p.MiningRewardParams = append(p.MiningRewardParams, MiningRewardParam{
			TotalMinedValveStart: hundredths(start * 100), TotalMinedValveEnd: hundredths(s.until * 100),
			MiningReward:             hundredths(s.reward),
			BlockChainPercentageInBp: math.NewInt(s.validators), ResourceNodePercentageInBp: math.NewInt(s.resource),
			MetaNodePercentageInBp: math.NewInt(s.meta),
		})
		start = s.until
	}
	return p
}

// hundredths returns n hundredths of a STOS.
func hundredths(n int64) sdk.Coin {
	return sdk.NewCoin(stratos.Wei, math.NewIntFromBigInt(new(big.Int).Mul(big.NewInt(n), big.NewInt(1e16))))
}

// Validate refuses settings that nothing can work with: the stages must follow
// on each other and divide all of a reward.
func (p Params) Validate() error {
	if err := sdk.ValidateDenom(p.BondDenom); err != nil {
		return err
	}
	if p.RewardDenom != p.BondDenom {
		return ErrInvalidDenom.Wrap("rewards are paid in the coin of deposits")
	}
	if p.MatureEpoch <= 0 {
		return ErrInvalid.Wrap("rewards must mature")
	}
	if p.CommunityTax.IsNil() || p.CommunityTax.IsNegative() || p.CommunityTax.GT(math.LegacyOneDec()) {
		return ErrInvalid.Wrap("the community tax lies between 0 and 1")
	}
	if p.InitialTotalSupply.Validate() != nil || !p.InitialTotalSupply.IsPositive() {
		return ErrInvalid.Wrap("there must be coins")
	}
	return p.validateStages()
}

func (p Params) validateStages() error {
	if len(p.MiningRewardParams) == 0 {
		return ErrInvalid.Wrap("there must be a stage of mining")
	}
	end := sdk.NewCoin(p.RewardDenom, math.ZeroInt())
	for i, s := range p.MiningRewardParams {
		for _, coin := range []sdk.Coin{s.TotalMinedValveStart, s.TotalMinedValveEnd, s.MiningReward} {
			if coin.Validate() != nil || coin.Denom != p.RewardDenom {
				return ErrInvalid.Wrapf("stage %d: bad amount", i)
			}
		}
		if !s.TotalMinedValveStart.IsEqual(end) || !s.TotalMinedValveStart.IsLT(s.TotalMinedValveEnd) {
			return ErrInvalid.Wrapf("stage %d does not follow on the one before", i)
		}
		parts := []math.Int{s.BlockChainPercentageInBp, s.ResourceNodePercentageInBp, s.MetaNodePercentageInBp}
		sum := math.ZeroInt()
		for _, part := range parts {
			if part.IsNil() || part.IsNegative() {
				return ErrInvalid.Wrapf("stage %d: bad share", i)
			}
			sum = sum.Add(part)
		}
		if !sum.Equal(math.NewInt(10_000)) {
			return ErrInvalid.Wrapf("stage %d does not divide all of a reward", i)
		}
		end = s.TotalMinedValveEnd
	}
	return nil
}
