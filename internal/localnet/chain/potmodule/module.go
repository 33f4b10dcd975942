package potmodule

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"cosmossdk.io/math"
	"github.com/cosmos/cosmos-sdk/client"
	"github.com/cosmos/cosmos-sdk/codec"
	codectypes "github.com/cosmos/cosmos-sdk/codec/types"
	sdk "github.com/cosmos/cosmos-sdk/types"
	"github.com/cosmos/cosmos-sdk/types/module"
	gateway "github.com/grpc-ecosystem/grpc-gateway/runtime"

	"github.com/stratosdrive/stratosdrive/internal/stratos/types/pot"
)

// Module joins the keeper to a Cosmos SDK application.
type Module struct {
	cdc    codec.Codec
	keeper *Keeper
}

var (
	_ module.AppModuleBasic = Module{}
	_ module.HasServices    = Module{}
	_ module.HasGenesis     = Module{}
)

// NewModule returns the module over keeper.
func NewModule(cdc codec.Codec, keeper *Keeper) Module { return Module{cdc, keeper} }

// IsOnePerModuleType marks the module for dependency injection.
func (Module) IsOnePerModuleType() {}

// IsAppModule marks the module for dependency injection.
func (Module) IsAppModule() {}

// Name returns the name of the module.
func (Module) Name() string { return pot.ModuleName }

// RegisterLegacyAminoCodec registers the amino names of the messages.
func (Module) RegisterLegacyAminoCodec(amino *codec.LegacyAmino) {
	pot.RegisterLegacyAminoCodec(amino)
}

// RegisterInterfaces registers the messages.
func (Module) RegisterInterfaces(registry codectypes.InterfaceRegistry) {
	pot.RegisterInterfaces(registry)
}

// RegisterGRPCGatewayRoutes serves the queries over REST.
func (Module) RegisterGRPCGatewayRoutes(ctx client.Context, mux *gateway.ServeMux) {
	if err := pot.RegisterQueryHandlerClient(context.Background(), mux, pot.NewQueryClient(ctx)); err != nil {
		panic(err)
	}
}

// RegisterServices serves messages and queries.
func (m Module) RegisterServices(cfg module.Configurator) {
	pot.RegisterMsgServer(cfg.MsgServer(), msgServer{m.keeper})
	pot.RegisterQueryServer(cfg.QueryServer(), queryServer{m.keeper})
}

// ConsensusVersion is the version of the state layout.
func (Module) ConsensusVersion() uint64 { return 1 }

// DefaultGenesis has mined nothing.
func (Module) DefaultGenesis(cdc codec.JSONCodec) json.RawMessage {
	return cdc.MustMarshalJSON(FirstState(pot.DefaultParams()))
}

// FirstState is the state of a chain that has mined nothing.
func FirstState(params pot.Params) *pot.GenesisState {
	return &pot.GenesisState{
		Params: params, TotalMinedToken: sdk.NewCoin(params.RewardDenom, math.ZeroInt()),
		LastDistributedEpoch: math.ZeroInt(), MaturedEpoch: math.ZeroInt(),
	}
}

// ValidateGenesis refuses a state that the module cannot start from.
func (Module) ValidateGenesis(cdc codec.JSONCodec, _ client.TxEncodingConfig, raw json.RawMessage) error {
	var state pot.GenesisState
	if err := cdc.UnmarshalJSON(raw, &state); err != nil {
		return fmt.Errorf("read pot genesis: %w", err)
	}
	return state.Params.Validate()
}

// InitGenesis writes the state before the first block. A bad one panics, as
// the application cannot start from it.
func (m Module) InitGenesis(ctx sdk.Context, cdc codec.JSONCodec, raw json.RawMessage) {
	var state pot.GenesisState
	cdc.MustUnmarshalJSON(raw, &state)
	if err := m.keeper.InitGenesis(ctx, &state); err != nil {
		panic(err)
	}
}

// ExportGenesis reads the whole state.
func (m Module) ExportGenesis(ctx sdk.Context, cdc codec.JSONCodec) json.RawMessage {
	state, err := m.keeper.ExportGenesis(ctx)
	if err != nil {
		panic(err)
	}
	return cdc.MustMarshalJSON(state)
}

// InitGenesis writes the state before the first block. The coins of the
// foundation account must lie there already. A first state has no rewards.
func (k *Keeper) InitGenesis(ctx context.Context, state *pot.GenesisState) error {
	return errors.Join(
		k.params.Set(ctx, state.Params),
		k.mined.Set(ctx, state.TotalMinedToken.Amount),
		k.last.Set(ctx, state.LastDistributedEpoch.Uint64()),
		k.matured.Set(ctx, state.MaturedEpoch.Uint64()),
	)
}

// ExportGenesis reads the settings and how far mining has come.
func (k *Keeper) ExportGenesis(ctx context.Context) (*pot.GenesisState, error) {
	params, err := k.params.Get(ctx)
	mined, err2 := k.mined.Get(ctx)
	last, err3 := k.last.Get(ctx)
	matured, err4 := k.matured.Get(ctx)
	return &pot.GenesisState{
		Params: params, TotalMinedToken: sdk.Coin{Denom: params.RewardDenom, Amount: mined},
		LastDistributedEpoch: math.NewIntFromUint64(last), MaturedEpoch: math.NewIntFromUint64(matured),
	}, errors.Join(err, err2, err3, err4)
}
