package registermodule

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

	"github.com/stratosdrive/stratosdrive/internal/stratos/types/register"
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
func (Module) Name() string { return register.ModuleName }

// RegisterLegacyAminoCodec registers the amino names of the messages.
func (Module) RegisterLegacyAminoCodec(amino *codec.LegacyAmino) {
	register.RegisterLegacyAminoCodec(amino)
}

// RegisterInterfaces registers the messages.
func (Module) RegisterInterfaces(registry codectypes.InterfaceRegistry) {
	register.RegisterInterfaces(registry)
}

// RegisterGRPCGatewayRoutes serves the queries over REST.
func (Module) RegisterGRPCGatewayRoutes(ctx client.Context, mux *gateway.ServeMux) {
	if err := register.RegisterQueryHandlerClient(context.Background(), mux, register.NewQueryClient(ctx)); err != nil {
		panic(err)
	}
}

// RegisterServices serves messages and queries.
func (m Module) RegisterServices(cfg module.Configurator) {
	register.RegisterMsgServer(cfg.MsgServer(), msgServer{m.keeper})
	register.RegisterQueryServer(cfg.QueryServer(), queryServer{m.keeper})
}

// ConsensusVersion is the version of the state layout.
func (Module) ConsensusVersion() uint64 { return 1 }

// DefaultGenesis has no nodes.
func (Module) DefaultGenesis(cdc codec.JSONCodec) json.RawMessage {
	return cdc.MustMarshalJSON(&register.GenesisState{
		Params: register.DefaultParams(), RemainingNozLimit: math.ZeroInt(), DepositNozRate: math.LegacyNewDec(1_000_000),
	})
}

// ValidateGenesis refuses a state that the module cannot start from.
func (Module) ValidateGenesis(cdc codec.JSONCodec, _ client.TxEncodingConfig, raw json.RawMessage) error {
	var state register.GenesisState
	if err := cdc.UnmarshalJSON(raw, &state); err != nil {
		return fmt.Errorf("read register genesis: %w", err)
	}
	return state.Params.Validate()
}

// InitGenesis writes the state before the first block. A bad one panics, as
// the application cannot start from it.
func (m Module) InitGenesis(ctx sdk.Context, cdc codec.JSONCodec, raw json.RawMessage) {
	var state register.GenesisState
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
// deposits must lie in the pools already; the ozone belongs to the sds module.
// A first state has no deposits on their way back, no votes and no debts.
func (k *Keeper) InitGenesis(ctx context.Context, state *register.GenesisState) error {
	err := k.params.Set(ctx, state.Params)
	for _, node := range state.ResourceNodes {
		err = errors.Join(err, k.resources.Set(ctx, node.NetworkAddress, node))
	}
	for _, node := range state.MetaNodes {
		err = errors.Join(err, k.metas.Set(ctx, node.NetworkAddress, node))
	}
	return err
}

// ExportGenesis reads settings and nodes.
func (k *Keeper) ExportGenesis(ctx context.Context) (*register.GenesisState, error) {
	params, err := k.params.Get(ctx)
	if err != nil {
		return nil, err
	}
	left, err := k.market.RemainingNoz(ctx)
	if err != nil {
		return nil, err
	}
	state := &register.GenesisState{Params: params, RemainingNozLimit: left, DepositNozRate: math.LegacyNewDec(1_000_000)}
	err = k.resources.Walk(ctx, nil, func(_ string, node register.ResourceNode) (bool, error) {
		state.ResourceNodes = append(state.ResourceNodes, node)
		return false, nil
	})
	return state, errors.Join(err, k.metas.Walk(ctx, nil, func(_ string, node register.MetaNode) (bool, error) {
		state.MetaNodes = append(state.MetaNodes, node)
		return false, nil
	}))
}
