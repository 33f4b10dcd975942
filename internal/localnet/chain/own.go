package chain

import (
	"context"
	"fmt"
	"time"

	corestore "cosmossdk.io/core/store"
	"cosmossdk.io/math"
	storetypes "cosmossdk.io/store/types"
	abci "github.com/cometbft/cometbft/abci/types"
	codectypes "github.com/cosmos/cosmos-sdk/codec/types"
	"github.com/cosmos/cosmos-sdk/crypto/keys/ed25519"
	"github.com/cosmos/cosmos-sdk/runtime"
	sdk "github.com/cosmos/cosmos-sdk/types"
	authtypes "github.com/cosmos/cosmos-sdk/x/auth/types"
	distributionkeeper "github.com/cosmos/cosmos-sdk/x/distribution/keeper"
	distributiontypes "github.com/cosmos/cosmos-sdk/x/distribution/types"
	govtypes "github.com/cosmos/cosmos-sdk/x/gov/types"
	stakingtypes "github.com/cosmos/cosmos-sdk/x/staking/types"

	"github.com/stratosdrive/stratosdrive/internal/localnet/chain/creatormodule"
	"github.com/stratosdrive/stratosdrive/internal/localnet/chain/potmodule"
	"github.com/stratosdrive/stratosdrive/internal/localnet/chain/registermodule"
	"github.com/stratosdrive/stratosdrive/internal/localnet/chain/sdsmodule"
	"github.com/stratosdrive/stratosdrive/internal/stratos"
	"github.com/stratosdrive/stratosdrive/internal/stratos/types/creator"
	"github.com/stratosdrive/stratosdrive/internal/stratos/types/pot"
	"github.com/stratosdrive/stratosdrive/internal/stratos/types/register"
	"github.com/stratosdrive/stratosdrive/internal/stratos/types/sds"
)

// ownModules are the modules that are Stratos' own.
type ownModules struct {
	sds      *sdsmodule.Keeper
	register *registermodule.Keeper
	pot      *potmodule.Keeper
	creator  *creatormodule.Keeper
}

// addOwnModules makes the modules of Stratos and joins them to the application.
func (a *app) addOwnModules() (err error) {
	authority := authtypes.NewModuleAddress(govtypes.ModuleName).String()
	keys := storetypes.NewKVStoreKeys(sds.StoreKey, register.StoreKey, pot.StoreKey, creator.StoreKey)
	store := func(name string) corestore.KVStoreService { return runtime.NewKVStoreService(keys[name]) }
	community := communityPool{a.shares}
	if a.own.sds, err = sdsmodule.NewKeeper(a.cdc, store(sds.StoreKey), a.bank, authority); err != nil {
		return err
	}
	if a.own.register, err = registermodule.NewKeeper(a.cdc, store(register.StoreKey), a.bank, community, a.own.sds, authority); err != nil {
		return err
	}
	a.own.pot, err = potmodule.NewKeeper(a.cdc, store(pot.StoreKey), potmodule.With{
		Bank: a.bank, Community: community, Market: a.own.sds, Nodes: a.own.register, Staking: a.staking, Authority: authority,
	})
	if err != nil {
		return err
	}
	a.own.creator, err = creatormodule.NewKeeper(a.cdc, store(creator.StoreKey), creatormodule.With{
		Nodes: a.own.register, Reports: a.own.pot, Authority: authority,
	})
	if err != nil {
		return err
	}
	a.own.sds.SetNodes(a.own.register)
	a.own.pot.SetCreators(a.own.creator)
	for _, key := range keys {
		if err := a.RegisterStores(key); err != nil {
			return fmt.Errorf("mount the store of %s: %w", key.Name(), err)
		}
	}
	return a.RegisterModules(
		sdsmodule.NewModule(a.cdc, a.own.sds),
		registermodule.NewModule(a.cdc, a.own.register),
		potmodule.NewModule(a.cdc, a.own.pot),
		creatormodule.NewModule(a.cdc, a.own.creator),
	)
}

// endBlock does what has fallen due and returns the events of it.
func (m ownModules) endBlock(ctx sdk.Context) ([]abci.Event, error) {
	ctx = ctx.WithEventManager(sdk.NewEventManager())
	if err := m.register.EndBlock(ctx); err != nil {
		return nil, fmt.Errorf("give deposits back: %w", err)
	}
	if err := m.pot.EndBlock(ctx); err != nil {
		return nil, fmt.Errorf("make rewards mature: %w", err)
	}
	return ctx.EventManager().ABCIEvents(), nil
}

// communityPool is the community pool of the distribution module.
type communityPool struct{ distributionkeeper.Keeper }

// Pool returns how much belongs to the community.
func (p communityPool) Pool(ctx context.Context) (distributiontypes.FeePool, error) {
	return p.FeePool.Get(ctx)
}

// SetPool changes how much belongs to the community.
func (p communityPool) SetPool(ctx context.Context, pool distributiontypes.FeePool) error {
	return p.FeePool.Set(ctx, pool)
}

// firstNodes is the first state of the register: one meta node.
func firstNodes(k keys, periods Periods, now time.Time) (*register.GenesisState, error) {
	owner, err := stratos.NewPrivateKey(k.MetaOwner)
	if err != nil {
		return nil, err
	}
	defer owner.Wipe()
	public, err := codectypes.NewAnyWithValue(&ed25519.PubKey{Key: k.MetaNode})
	if err != nil {
		return nil, err
	}
	params := register.DefaultParams()
	params.UnbondingThreasholdTime, params.UnbondingCompletionTime = periods.NodeAge, periods.NodeUnbonding
	params.VotingPeriod = periods.MetaVoting
	return &register.GenesisState{
		Params: params, RemainingNozLimit: stos(metaDeposit).QuoRaw(sdsmodule.NozRate), DepositNozRate: math.LegacyNewDec(sdsmodule.NozRate),
		MetaNodes: []register.MetaNode{{
			NetworkAddress: k.metaAddress(), Pubkey: public, Status: stakingtypes.Bonded, Tokens: stos(metaDeposit),
			OwnerAddress: owner.Address().String(), BeneficiaryAddress: owner.Address().String(),
			Description: register.Description{Moniker: "Practice meta node"}, CreationTime: now,
		}},
	}, nil
}

// firstRewards is the first state of the rewards: nothing was mined.
func firstRewards(periods Periods) *pot.GenesisState {
	params := pot.DefaultParams()
	params.MatureEpoch = periods.MatureEpochs
	return potmodule.FirstState(params)
}
