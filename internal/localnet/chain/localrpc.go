package chain

import (
	"context"

	"github.com/cometbft/cometbft/libs/bytes"
	rpcclient "github.com/cometbft/cometbft/rpc/client"
	"github.com/cometbft/cometbft/rpc/core"
	coretypes "github.com/cometbft/cometbft/rpc/core/types"
	rpctypes "github.com/cometbft/cometbft/rpc/jsonrpc/types"
	cmttypes "github.com/cometbft/cometbft/types"
	"github.com/cosmos/cosmos-sdk/client"
)

// localRPC calls CometBFT's RPC functions without the way over a socket.
type localRPC struct{ env *core.Environment }

var _ client.CometRPC = localRPC{}

// call is the context of a call that came over no connection.
func call() *rpctypes.Context { return &rpctypes.Context{} }

func (l localRPC) ABCIInfo(_ context.Context) (*coretypes.ResultABCIInfo, error) {
	return l.env.ABCIInfo(call())
}

func (l localRPC) ABCIQuery(ctx context.Context, path string, data bytes.HexBytes) (*coretypes.ResultABCIQuery, error) {
	return l.ABCIQueryWithOptions(ctx, path, data, rpcclient.DefaultABCIQueryOptions)
}

func (l localRPC) ABCIQueryWithOptions(_ context.Context, path string, data bytes.HexBytes, o rpcclient.ABCIQueryOptions) (*coretypes.ResultABCIQuery, error) {
	return l.env.ABCIQuery(call(), path, data, o.Height, o.Prove)
}

func (l localRPC) BroadcastTxCommit(_ context.Context, tx cmttypes.Tx) (*coretypes.ResultBroadcastTxCommit, error) {
	return l.env.BroadcastTxCommit(call(), tx)
}

func (l localRPC) BroadcastTxAsync(_ context.Context, tx cmttypes.Tx) (*coretypes.ResultBroadcastTx, error) {
	return l.env.BroadcastTxAsync(call(), tx)
}

func (l localRPC) BroadcastTxSync(_ context.Context, tx cmttypes.Tx) (*coretypes.ResultBroadcastTx, error) {
	return l.env.BroadcastTxSync(call(), tx)
}

func (l localRPC) Validators(_ context.Context, height *int64, page, perPage *int) (*coretypes.ResultValidators, error) {
	return l.env.Validators(call(), height, page, perPage)
}

func (l localRPC) Status(_ context.Context) (*coretypes.ResultStatus, error) {
	return l.env.Status(call())
}

func (l localRPC) Block(_ context.Context, height *int64) (*coretypes.ResultBlock, error) {
	return l.env.Block(call(), height)
}

func (l localRPC) BlockByHash(_ context.Context, hash []byte) (*coretypes.ResultBlock, error) {
	return l.env.BlockByHash(call(), hash)
}

func (l localRPC) BlockResults(_ context.Context, height *int64) (*coretypes.ResultBlockResults, error) {
	return l.env.BlockResults(call(), height)
}

func (l localRPC) BlockchainInfo(_ context.Context, low, high int64) (*coretypes.ResultBlockchainInfo, error) {
	return l.env.BlockchainInfo(call(), low, high)
}

func (l localRPC) Commit(_ context.Context, height *int64) (*coretypes.ResultCommit, error) {
	return l.env.Commit(call(), height)
}

func (l localRPC) Tx(_ context.Context, hash []byte, prove bool) (*coretypes.ResultTx, error) {
	return l.env.Tx(call(), hash, prove)
}

func (l localRPC) TxSearch(_ context.Context, query string, prove bool, page, perPage *int, order string) (*coretypes.ResultTxSearch, error) {
	return l.env.TxSearch(call(), query, prove, page, perPage, order)
}

func (l localRPC) BlockSearch(_ context.Context, query string, page, perPage *int, order string) (*coretypes.ResultBlockSearch, error) {
	return l.env.BlockSearch(call(), query, page, perPage, order)
}
