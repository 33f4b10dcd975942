package chain

import (
	"net/http"

	"github.com/cosmos/cosmos-sdk/client"
	"github.com/cosmos/cosmos-sdk/client/grpc/cmtservice"
	"github.com/cosmos/cosmos-sdk/codec"
	"github.com/cosmos/cosmos-sdk/server"
	txtypes "github.com/cosmos/cosmos-sdk/types/tx"
	authtx "github.com/cosmos/cosmos-sdk/x/auth/tx"
	authtypes "github.com/cosmos/cosmos-sdk/x/auth/types"
	gogogateway "github.com/cosmos/gogogateway"
	gateway "github.com/grpc-ecosystem/grpc-gateway/runtime"
	"google.golang.org/grpc"
)

// services returns the REST gateway and the gRPC server over the application.
func (a *app) services(rpc client.CometRPC) (http.Handler, *grpc.Server) {
	ctx := client.Context{}.WithChainID(ChainID).WithCodec(a.cdc).WithInterfaceRegistry(a.registry).
		WithLegacyAmino(a.amino).WithTxConfig(a.txConfig).WithClient(rpc).
		WithAccountRetriever(authtypes.AccountRetriever{})
	txtypes.RegisterServiceServer(a.GRPCQueryRouter(), txService{authtx.NewTxServer(ctx, a.Simulate, a.registry)})
	cmtservice.RegisterTendermintService(ctx, a.GRPCQueryRouter(), a.registry, server.NewCometABCIWrapper(a).Query)
	s := grpc.NewServer(grpc.ForceServerCodec(codec.NewProtoCodec(a.registry).GRPCCodec()))
	a.RegisterGRPCServer(s)
	return a.restHandler(ctx), s
}

// restHandler translates REST into calls of the services.
func (a *app) restHandler(ctx client.Context) http.Handler {
	mux := gateway.NewServeMux(
		gateway.WithMarshalerOption(gateway.MIMEWildcard, &gogogateway.JSONPb{
			EmitDefaults: true, OrigName: true, AnyResolver: a.registry,
		}),
		gateway.WithProtoErrorHandler(gateway.DefaultHTTPProtoErrorHandler),
	)
	authtx.RegisterGRPCGatewayRoutes(ctx, mux)
	cmtservice.RegisterGRPCGatewayRoutes(ctx, mux)
	a.basics.RegisterGRPCGatewayRoutes(ctx, mux)
	return withoutConfigQuery(mux)
}

// grpcCloser ends a gRPC server together with its connections.
type grpcCloser struct{ *grpc.Server }

// Close ends the server.
func (s grpcCloser) Close() error {
	s.Stop()
	return nil
}
