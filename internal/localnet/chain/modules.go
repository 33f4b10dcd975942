package chain

import (
	runtimev1 "cosmossdk.io/api/cosmos/app/runtime/v1alpha1"
	appv1 "cosmossdk.io/api/cosmos/app/v1alpha1"
	authv1 "cosmossdk.io/api/cosmos/auth/module/v1"
	bankv1 "cosmossdk.io/api/cosmos/bank/module/v1"
	consensusv1 "cosmossdk.io/api/cosmos/consensus/module/v1"
	distributionv1 "cosmossdk.io/api/cosmos/distribution/module/v1"
	govv1 "cosmossdk.io/api/cosmos/gov/module/v1"
	mintv1 "cosmossdk.io/api/cosmos/mint/module/v1"
	slashingv1 "cosmossdk.io/api/cosmos/slashing/module/v1"
	stakingv1 "cosmossdk.io/api/cosmos/staking/module/v1"
	"cosmossdk.io/core/appconfig"
	"cosmossdk.io/depinject"
	_ "github.com/cosmos/cosmos-sdk/x/auth" // each module registers itself for the composition below
	authtypes "github.com/cosmos/cosmos-sdk/x/auth/types"
	_ "github.com/cosmos/cosmos-sdk/x/bank"
	banktypes "github.com/cosmos/cosmos-sdk/x/bank/types"
	_ "github.com/cosmos/cosmos-sdk/x/consensus"
	consensustypes "github.com/cosmos/cosmos-sdk/x/consensus/types"
	_ "github.com/cosmos/cosmos-sdk/x/distribution"
	distributiontypes "github.com/cosmos/cosmos-sdk/x/distribution/types"
	_ "github.com/cosmos/cosmos-sdk/x/gov"
	govtypes "github.com/cosmos/cosmos-sdk/x/gov/types"
	_ "github.com/cosmos/cosmos-sdk/x/mint"
	minttypes "github.com/cosmos/cosmos-sdk/x/mint/types"
	_ "github.com/cosmos/cosmos-sdk/x/slashing"
	slashingtypes "github.com/cosmos/cosmos-sdk/x/slashing/types"
	_ "github.com/cosmos/cosmos-sdk/x/staking"
	stakingtypes "github.com/cosmos/cosmos-sdk/x/staking/types"
	"github.com/cosmos/gogoproto/proto"

	"github.com/stratosdrive/stratosdrive/internal/stratos"
	"github.com/stratosdrive/stratosdrive/internal/stratos/types/creator"
	"github.com/stratosdrive/stratosdrive/internal/stratos/types/pot"
	"github.com/stratosdrive/stratosdrive/internal/stratos/types/register"
	"github.com/stratosdrive/stratosdrive/internal/stratos/types/sds"
)

// modules composes the application out of the modules of the SDK. Those of
// Stratos join later, by hand.
func modules() depinject.Config {
	return appconfig.Compose(&appv1.Config{Modules: []*appv1.ModuleConfig{
		module("runtime", &runtimev1.Module{
			AppName:           "stratos-local",
			BeginBlockers:     []string{minttypes.ModuleName, distributiontypes.ModuleName, slashingtypes.ModuleName, stakingtypes.ModuleName},
			EndBlockers:       []string{govtypes.ModuleName, stakingtypes.ModuleName},
			InitGenesis:       genesisOrder(),
			OverrideStoreKeys: []*runtimev1.StoreKeyConfig{{ModuleName: authtypes.ModuleName, KvStoreKey: "acc"}},
		}),
		module(authtypes.ModuleName, &authv1.Module{
			Bech32Prefix:             stratos.PrefixAccount,
			ModuleAccountPermissions: moduleAccounts(),
		}),
		module(banktypes.ModuleName, &bankv1.Module{}),
		module(consensustypes.ModuleName, &consensusv1.Module{}),
		staked(distributiontypes.ModuleName, &distributionv1.Module{}, askedStaking),
		staked(govtypes.ModuleName, &govv1.Module{}, stakingKeeper),
		staked(minttypes.ModuleName, &mintv1.Module{}, stakingKeeper),
		staked(slashingtypes.ModuleName, &slashingv1.Module{}, stakingKeeper),
		module(stakingtypes.ModuleName, &stakingv1.Module{
			Bech32PrefixValidator: stratos.PrefixValidator,
			Bech32PrefixConsensus: stratos.PrefixConsensus,
		}),
	}})
}

func module(name string, config proto.Message) *appv1.ModuleConfig {
	return &appv1.ModuleConfig{Name: name, Config: appconfig.WrapAny(config)}
}

// Names of types that can answer for the staking module.
const (
	stakingKeeper = "github.com/cosmos/cosmos-sdk/x/staking/keeper/*keeper.Keeper"
	askedStaking  = "github.com/stratosdrive/stratosdrive/internal/localnet/chain/*chain.nilStaking"
)

// staked is a module that asks the staking module; implementation says whom it
// gets to ask.
func staked(name string, config proto.Message, implementation string) *appv1.ModuleConfig {
	m := module(name, config)
	m.GolangBindings = []*appv1.GolangBinding{{
		InterfaceType:  "github.com/cosmos/cosmos-sdk/x/" + name + "/types/types.StakingKeeper",
		Implementation: implementation,
	}}
	return m
}

func genesisOrder() []string {
	return []string{
		authtypes.ModuleName, banktypes.ModuleName, distributiontypes.ModuleName, stakingtypes.ModuleName,
		slashingtypes.ModuleName, govtypes.ModuleName, minttypes.ModuleName,
		sds.ModuleName, register.ModuleName, pot.ModuleName, creator.ModuleName,
	}
}

func moduleAccounts() []*authv1.ModuleAccountPermission {
	return []*authv1.ModuleAccountPermission{
		{Account: authtypes.FeeCollectorName},
		{Account: distributiontypes.ModuleName},
		{Account: minttypes.ModuleName, Permissions: []string{authtypes.Minter}},
		{Account: stakingtypes.BondedPoolName, Permissions: []string{authtypes.Burner, stakingtypes.ModuleName}},
		{Account: stakingtypes.NotBondedPoolName, Permissions: []string{authtypes.Burner, stakingtypes.ModuleName}},
		{Account: govtypes.ModuleName, Permissions: []string{authtypes.Burner}},
		{Account: sds.PrepayAccount},
		{Account: register.ResourceBondedPool},
		{Account: register.ResourceNotBondedPool},
		{Account: register.MetaBondedPool},
		{Account: register.MetaNotBondedPool},
		{Account: pot.FoundationAccount},
		{Account: pot.RewardPool},
		{Account: pot.ModuleName, Permissions: []string{authtypes.Minter, authtypes.Burner}},
	}
}
