package pot_test

import (
	"errors"
	"math/big"
	"testing"

	"cosmossdk.io/math"
	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/stratosdrive/stratosdrive/internal/stratos/types/pot"
)

const (
	wallet = "st18yesadx3t8x3jjsygpqeqzh0j7xh2vh66945zx"
	node   = "stsds1kchgvlaz7va0uck466ckgtsky825xvrc5r590k"
)

func TestReportIsCheckedBeforeInclusion(t *testing.T) {
	huge := math.NewIntFromBigInt(new(big.Int).Lsh(big.NewInt(1), 97))
	for name, c := range map[string]struct {
		spoil func(m *pot.MsgVolumeReport)
		want  error
	}{
		"good":             {func(*pot.MsgVolumeReport) {}, nil},
		"no volumes":       {func(m *pot.MsgVolumeReport) { m.WalletVolumes = nil }, pot.ErrEmptyWalletVolumes},
		"less than zero":   {func(m *pot.MsgVolumeReport) { m.WalletVolumes[0].Volume = math.NewInt(-1) }, pot.ErrNegativeVolume},
		"no volume":        {func(m *pot.MsgVolumeReport) { m.WalletVolumes[0].Volume = math.Int{} }, pot.ErrNegativeVolume},
		"beyond all coins": {func(m *pot.MsgVolumeReport) { m.WalletVolumes[0].Volume = huge }, pot.ErrInvalidAmount},
		"a node as wallet": {func(m *pot.MsgVolumeReport) { m.WalletVolumes[0].WalletAddress = node }, pot.ErrMissingWallet},
		"no epoch":         {func(m *pot.MsgVolumeReport) { m.Epoch = math.ZeroInt() }, pot.ErrEpochNotPositive},
		"a huge epoch":     {func(m *pot.MsgVolumeReport) { m.Epoch = huge }, pot.ErrEpochNotPositive},
		"no reference":     {func(m *pot.MsgVolumeReport) { m.ReportReference = "" }, pot.ErrEmptyReference},
		"no reporter":      {func(m *pot.MsgVolumeReport) { m.Reporter = wallet }, pot.ErrReporterAddress},
		"no owner":         {func(m *pot.MsgVolumeReport) { m.ReporterOwner = node }, pot.ErrReporterOwner},
	} {
		m := &pot.MsgVolumeReport{
			WalletVolumes: []pot.SingleWalletVolume{{WalletAddress: wallet, Volume: math.OneInt()}}, Reporter: node,
			Epoch: math.OneInt(), ReportReference: "ref", ReporterOwner: wallet,
		}
		c.spoil(m)
		if err := m.ValidateBasic(); !errors.Is(err, c.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestOtherMessagesAreChecked(t *testing.T) {
	one := sdk.NewCoins(sdk.NewInt64Coin("wei", 1))
	slash := func(noz math.Int, owners ...string) *pot.MsgSlashingResourceNode {
		return &pot.MsgSlashingResourceNode{Reporters: []string{node}, ReporterOwner: owners, NetworkAddress: node, WalletAddress: wallet, Slashing: noz}
	}
	for _, c := range []struct {
		msg  sdk.HasValidateBasic
		want error
	}{
		{&pot.MsgWithdraw{Amount: one, WalletAddress: wallet, TargetAddress: wallet}, nil},
		{&pot.MsgWithdraw{WalletAddress: wallet, TargetAddress: wallet}, pot.ErrWithdrawAmount},
		{&pot.MsgWithdraw{Amount: one, TargetAddress: wallet}, pot.ErrMissingWallet},
		{&pot.MsgWithdraw{Amount: one, WalletAddress: wallet, TargetAddress: node}, pot.ErrMissingTarget},
		{&pot.MsgFoundationDeposit{Amount: one, From: wallet}, nil},
		{&pot.MsgFoundationDeposit{Amount: one}, pot.ErrEmptyFromAddr},
		{&pot.MsgFoundationDeposit{Amount: sdk.Coins{{Denom: "wei", Amount: math.ZeroInt()}}, From: wallet}, pot.ErrFoundationAmount},
		{slash(math.ZeroInt(), wallet), nil},
		{slash(math.NewInt(-1), wallet), pot.ErrInvalidAmount},
		{slash(math.OneInt()), pot.ErrReporterOrOwner},
		{slash(math.OneInt(), node), pot.ErrReporterOrOwner},
	} {
		if err := c.msg.ValidateBasic(); !errors.Is(err, c.want) {
			t.Errorf("%v: %v", c.msg, err)
		}
	}
}

func TestParamsAreChecked(t *testing.T) {
	if err := pot.DefaultParams().Validate(); err != nil {
		t.Error(err)
	}
	for name, spoil := range map[string]func(p *pot.Params){
		"two coins":           func(p *pot.Params) { p.RewardDenom = "utros" },
		"nothing matures":     func(p *pot.Params) { p.MatureEpoch = 0 },
		"a tax of everything": func(p *pot.Params) { p.CommunityTax = math.LegacyNewDec(2) },
		"no tax":              func(p *pot.Params) { p.CommunityTax = math.LegacyDec{} },
		"no coins":            func(p *pot.Params) { p.InitialTotalSupply = sdk.Coin{} },
		"no stages":           func(p *pot.Params) { p.MiningRewardParams = nil },
		"a gap":               func(p *pot.Params) { p.MiningRewardParams = p.MiningRewardParams[1:] },
		"more than a whole":   func(p *pot.Params) { p.MiningRewardParams[0].MetaNodePercentageInBp = math.NewInt(2001) },
		"a negative share": func(p *pot.Params) {
			p.MiningRewardParams[0].MetaNodePercentageInBp = math.NewInt(-1)
			p.MiningRewardParams[0].BlockChainPercentageInBp = math.NewInt(4001)
		},
	} {
		p := pot.DefaultParams()
		spoil(&p)
		if p.Validate() == nil {
			t.Errorf("%s is accepted", name)
		}
	}
}
