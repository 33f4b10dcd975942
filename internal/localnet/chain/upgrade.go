package chain

import (
	"errors"
	"fmt"
	"slices"

	"cosmossdk.io/math"
	"cosmossdk.io/store/rootmulti"
	storetypes "cosmossdk.io/store/types"
	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/stratosdrive/stratosdrive/internal/stratos"
	"github.com/stratosdrive/stratosdrive/internal/stratos/types/creator"
	"github.com/stratosdrive/stratosdrive/internal/stratos/types/pot"
	"github.com/stratosdrive/stratosdrive/internal/stratos/types/register"
)

// The folder of a chain that was made before there were nodes and rewards, or
// rewards for content, goes on with all that is in it: the missing stores are added when it is opened,
// and get their first state in the next block. Everything that this does
// follows from the folder, so a block that is replayed does the same.

// addedStores came after the first version.
var addedStores = []string{register.StoreKey, pot.StoreKey, creator.StoreKey}

// loadStores reads the newest state and adds the stores that it lacks.
func (a *app) loadStores(stores storetypes.CommitMultiStore) error {
	missing, err := a.missingStores(stores)
	if err != nil {
		return err
	}
	if len(missing) == 0 {
		return stores.LoadLatestVersion()
	}
	return stores.LoadLatestVersionAndUpgrade(&storetypes.StoreUpgrades{Added: missing})
}

func (a *app) missingStores(stores storetypes.CommitMultiStore) ([]string, error) {
	version := rootmulti.GetLatestVersion(a.db)
	if version == 0 {
		return nil, nil // all are made
	}
	root, ok := stores.(*rootmulti.Store)
	if !ok {
		return nil, fmt.Errorf("the state is kept by %T", stores)
	}
	info, err := root.GetCommitInfo(version)
	if err != nil {
		return nil, fmt.Errorf("read what the state holds: %w", err)
	}
	return slices.DeleteFunc(slices.Clone(addedStores), func(name string) bool {
		return slices.ContainsFunc(info.StoreInfos, func(i storetypes.StoreInfo) bool { return i.Name == name })
	}), nil
}

// upgrade gives stores that were added their first state. It does nothing in a
// chain that has it.
func (a *app) upgrade(ctx sdk.Context) error {
	if err := errors.Join(a.addNodes(ctx), a.addCreators(ctx)); err != nil {
		return fmt.Errorf("bring the chain to this version: %w", err)
	}
	return nil
}

func (a *app) addCreators(ctx sdk.Context) error {
	empty, err := a.own.creator.Empty(ctx)
	if err != nil || !empty {
		return err
	}
	return a.own.creator.InitGenesis(ctx, &creator.GenesisState{Params: creator.DefaultParams()})
}

func (a *app) addNodes(ctx sdk.Context) error {
	empty, err := a.own.register.Empty(ctx)
	if err != nil || !empty {
		return err
	}
	nodes, err := firstNodes(a.keys, a.periods, ctx.BlockTime())
	if err != nil {
		return err
	}
	return errors.Join(
		a.own.register.InitGenesis(ctx, nodes),
		a.own.pot.InitGenesis(ctx, firstRewards(a.periods)),
		a.fillFoundation(ctx),
	)
}

// fillFoundation moves what can be mined from the faucet account, which holds
// all coins that nobody has, to the foundation account. The faucet keeps a half
// of what it has at least.
func (a *app) fillFoundation(ctx sdk.Context) error {
	key, err := stratos.NewPrivateKey(a.keys.Faucet)
	if err != nil {
		return err
	}
	defer key.Wipe()
	faucet := key.Address()
	held := a.bank.GetBalance(ctx, faucet[:], stratos.Wei).Amount
	amount := math.MinInt(stos(toMine), held.QuoRaw(2))
	if !amount.IsPositive() {
		return nil
	}
	return a.bank.SendCoinsFromAccountToModule(ctx, faucet[:], pot.FoundationAccount, weiCoins(amount))
}
