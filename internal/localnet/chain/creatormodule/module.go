package creatormodule

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/cosmos/cosmos-sdk/client"
	"github.com/cosmos/cosmos-sdk/codec"
	codectypes "github.com/cosmos/cosmos-sdk/codec/types"
	sdk "github.com/cosmos/cosmos-sdk/types"
	"github.com/cosmos/cosmos-sdk/types/module"
	gateway "github.com/grpc-ecosystem/grpc-gateway/runtime"

	"github.com/stratosdrive/stratosdrive/internal/stratos/types/creator"
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
func (Module) Name() string { return creator.ModuleName }

// RegisterLegacyAminoCodec registers the amino names of the messages.
func (Module) RegisterLegacyAminoCodec(amino *codec.LegacyAmino) {
	creator.RegisterLegacyAminoCodec(amino)
}

// RegisterInterfaces registers the messages.
func (Module) RegisterInterfaces(registry codectypes.InterfaceRegistry) {
	creator.RegisterInterfaces(registry)
}

// RegisterGRPCGatewayRoutes serves the queries over REST.
func (Module) RegisterGRPCGatewayRoutes(ctx client.Context, mux *gateway.ServeMux) {
	if err := creator.RegisterQueryHandlerClient(context.Background(), mux, creator.NewQueryClient(ctx)); err != nil {
		panic(err)
	}
}

// RegisterServices serves messages and queries.
func (m Module) RegisterServices(cfg module.Configurator) {
	creator.RegisterMsgServer(cfg.MsgServer(), msgServer{m.keeper})
	creator.RegisterQueryServer(cfg.QueryServer(), queryServer{m.keeper})
}

// ConsensusVersion is the version of the state layout.
func (Module) ConsensusVersion() uint64 { return 1 }

// DefaultGenesis has the default settings.
func (Module) DefaultGenesis(cdc codec.JSONCodec) json.RawMessage {
	return cdc.MustMarshalJSON(&creator.GenesisState{Params: creator.DefaultParams()})
}

// ValidateGenesis refuses a state that the module cannot start from.
func (Module) ValidateGenesis(cdc codec.JSONCodec, _ client.TxEncodingConfig, raw json.RawMessage) error {
	var state creator.GenesisState
	if err := cdc.UnmarshalJSON(raw, &state); err != nil {
		return fmt.Errorf("read creator genesis: %w", err)
	}
	return state.Params.Validate()
}

// InitGenesis writes the state before the first block. A bad one panics, as
// the application cannot start from it.
func (m Module) InitGenesis(ctx sdk.Context, cdc codec.JSONCodec, raw json.RawMessage) {
	var state creator.GenesisState
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

// InitGenesis writes the settings before the first block.
func (k *Keeper) InitGenesis(ctx context.Context, state *creator.GenesisState) error {
	return k.params.Set(ctx, state.Params)
}

// ExportGenesis reads the settings.
func (k *Keeper) ExportGenesis(ctx context.Context) (*creator.GenesisState, error) {
	params, err := k.params.Get(ctx)
	return &creator.GenesisState{Params: params}, err
}
