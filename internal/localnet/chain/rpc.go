package chain

import (
	"context"
	"net"
	"net/http"

	"github.com/cometbft/cometbft/p2p"
	"github.com/cometbft/cometbft/rpc/core"
	rpcserver "github.com/cometbft/cometbft/rpc/jsonrpc/server"
	"github.com/cometbft/cometbft/version"
)

// environment is what CometBFT's RPC functions work on.
func (e *engine) environment() *core.Environment {
	public, _ := e.signer.GetPubKey() // a key in a file never fails
	return &core.Environment{
		ProxyAppQuery:    e.proxy.Query(),
		ProxyAppMempool:  e.proxy.Mempool(),
		StateStore:       e.stateStore,
		BlockStore:       e.blockStore,
		EvidencePool:     e.evidence,
		ConsensusState:   e.consensus,
		ConsensusReactor: alone{},
		P2PPeers:         alone{},
		P2PTransport:     alone{info: e.nodeInfo(p2p.PubKeyToID(public))},
		PubKey:           public,
		GenDoc:           e.genesis,
		TxIndexer:        e.txIndex,
		BlockIndexer:     e.blockIndex,
		EventBus:         e.events,
		Mempool:          e.pool,
		Logger:           e.logger.With("module", "rpc"),
		Config:           *e.config.RPC,
	}
}

func (e *engine) nodeInfo(id p2p.ID) p2p.DefaultNodeInfo {
	return p2p.DefaultNodeInfo{
		ProtocolVersion: p2p.NewProtocolVersion(version.P2PProtocol, version.BlockProtocol, 0),
		DefaultNodeID:   id,
		Network:         ChainID,
		Version:         version.TMCoreSemVer,
		Moniker:         "practice",
		Other:           p2p.DefaultNodeInfoOther{TxIndex: "on"},
	}
}

// rpcHandler serves CometBFT RPC over HTTP and websocket.
func (e *engine) rpcHandler(env *core.Environment) http.Handler {
	logger := e.logger.With("module", "rpc-server")
	mux := http.NewServeMux()
	routes := env.GetRoutes()
	sockets := rpcserver.NewWebsocketManager(routes, rpcserver.OnDisconnect(func(remote string) {
		_ = e.events.UnsubscribeAll(context.Background(), remote) // it may not have subscribed
	}))
	sockets.SetLogger(logger)
	mux.HandleFunc("/websocket", sockets.WebsocketHandler)
	rpcserver.RegisterRPCFuncs(mux, routes, logger)
	return rpcserver.RecoverAndLogHandler(mux, logger)
}

// alone is the answer to every question about other nodes: there are none.
type alone struct{ info p2p.NodeInfo }

func (alone) WaitSync() bool                         { return false }
func (alone) Listeners() []string                    { return nil }
func (alone) IsListening() bool                      { return false }
func (a alone) NodeInfo() p2p.NodeInfo               { return a.info }
func (alone) AddPersistentPeers([]string) error      { return nil }
func (alone) AddUnconditionalPeerIDs([]string) error { return nil }
func (alone) AddPrivatePeerIDs([]string) error       { return nil }
func (alone) DialPeersAsync([]string) error          { return nil }
func (alone) Peers() p2p.IPeerSet                    { return nobody{} }

type nobody struct{}

func (nobody) Has(p2p.ID) bool     { return false }
func (nobody) HasIP(net.IP) bool   { return false }
func (nobody) Get(p2p.ID) p2p.Peer { return nil }
func (nobody) List() []p2p.Peer    { return nil }
func (nobody) Size() int           { return 0 }
