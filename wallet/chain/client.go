package chain

import (
	"cmp"
	"context"
	"fmt"
	"net/http"
	"regexp"
	"sync"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/internal/stratos"
	"github.com/stratosdrive/stratosdrive/internal/stratos/network"
)

// defaultGasPrice is the usual minimum of nodes, in wei per gas; the chain has
// no query for it.
const defaultGasPrice = 1_000_000_000

// Options says which chain to talk to, and how.
type Options struct {
	Network        network.Network // REST, chain id, gas price and faucet
	ConfirmedPlain []string        // hosts, "host:port", that the user allowed over plain http
	HTTP           *http.Client    // nil for the default
	Poll           time.Duration   // between looks at a sent transaction; 0 for 500 ms
	Patience       time.Duration   // until an outcome is called unknown; 0 for 6 minutes
	Blocks         uint64          // that a transaction has to be included; 0 for 50
}

// Client talks to one chain. It may be used by several goroutines; they send
// one after the other.
type Client struct {
	rest     *rest
	rpc      *rest // CometBFT's; nil when the network has none that may be used
	faucet   string
	plain    []string
	chainID  string
	gasPrice stratos.Amount
	poll     time.Duration
	patience time.Duration
	blocks   uint64
	sending  sync.Mutex
}

// New makes a client; it does not talk to the network yet. Plain http is for
// this machine and for confirmed hosts only: else the error wraps [ErrPlain].
func New(o Options) (*Client, error) {
	r, err := newREST(o.Network.ChainID, append([]string{o.Network.REST}, o.Network.RESTMore...), o.ConfirmedPlain, o.HTTP)
	if err != nil {
		return nil, err
	}
	var rpc *rest // what it tells is good to know, and no more
	if o.Network.RPC != "" {
		rpc, _ = newREST("", []string{o.Network.RPC}, o.ConfirmedPlain, o.HTTP)
	}
	price := stratos.WeiAmount(defaultGasPrice)
	if o.Network.MinGasPrice != "" {
		if price, err = stratos.ParseWei(o.Network.MinGasPrice); err != nil {
			return nil, fault.Wrong(err, "The gas price of the network is not a number of wei. Please correct it in the settings.")
		}
	}
	return &Client{
		rest: r, rpc: rpc, faucet: o.Network.Faucet, plain: o.ConfirmedPlain, chainID: o.Network.ChainID, gasPrice: price,
		poll: cmp.Or(max(o.Poll, 0), 500*time.Millisecond), patience: cmp.Or(max(o.Patience, 0), 6*time.Minute),
		blocks: cmp.Or(o.Blocks, timeoutBlocks),
	}, nil
}

// ChainID returns the id of the chain that the user chose.
func (c *Client) ChainID() string { return c.chainID }

// NodeInfo is what a node says about itself.
type NodeInfo struct {
	ChainID string // "stratos-1"
	Version string // of the chain's software
}

const nodeInfoPath = "/cosmos/base/tendermint/v1beta1/node_info"

type nodeInfoJSON struct {
	Node struct {
		Network string `json:"network"`
	} `json:"default_node_info"`
	App struct {
		Version string `json:"version"`
	} `json:"application_version"`
}

// NodeInfo asks the node for its chain and version.
func (c *Client) NodeInfo(ctx context.Context) (NodeInfo, error) {
	var reply nodeInfoJSON
	if err := c.rest.get(ctx, nodeInfoPath, nil, &reply); err != nil {
		return NodeInfo{}, fmt.Errorf("read node info: %w", asUnreachable(err))
	}
	return NodeInfo{ChainID: reply.Node.Network, Version: reply.App.Version}, nil
}

// chainName is what a chain may be called: what a node says is shown to people.
var chainName = regexp.MustCompile(`^[a-zA-Z0-9_.-]{1,50}$`)

// CheckChain makes sure that the node is of the chain that the user chose;
// else the error wraps [ErrWrongChain]. Nothing is signed before it passed.
func (c *Client) CheckChain(ctx context.Context) error {
	info, err := c.NodeInfo(ctx)
	if err != nil {
		return err
	}
	if !chainName.MatchString(info.ChainID) {
		return fault.Say(fmt.Errorf("%w: %q instead of %q", ErrWrongChain, info.ChainID, c.chainID),
			"The address in the settings does not say which network it belongs to. Nothing was signed or sent; please check it.")
	}
	if info.ChainID != c.chainID {
		return fault.Say(fmt.Errorf("%w: %q instead of %q", ErrWrongChain, info.ChainID, c.chainID),
			"The address in the settings belongs to another network (%s instead of %s). Nothing was signed or sent.", info.ChainID, c.chainID)
	}
	return nil
}

// ready makes sure that the node is of the chain that the user chose, and that
// it knows the newest blocks: one that still reads old ones would tell old
// balances and numbers. Else the error wraps [ErrWrongChain] or [ErrBehind].
func (c *Client) ready(ctx context.Context) error {
	if err := c.CheckChain(ctx); err != nil {
		return err
	}
	var reply struct {
		Syncing bool `json:"syncing"`
	}
	err := c.rest.get(ctx, "/cosmos/base/tendermint/v1beta1/syncing", nil, &reply)
	if err == nil && reply.Syncing {
		return fault.Say(ErrBehind, "The network's node is still catching up with the newest blocks. Nothing was sent; please try again later, or choose another address in the settings.")
	}
	return ctx.Err() // one that does not tell is taken as it is
}

// maxBackoff is how many times the polling interval doubles at most.
const maxBackoff = 5

// pause waits one polling interval, or until ctx ends. After failures in a row
// it waits longer each time: who asks too often is not answered sooner.
func (c *Client) pause(ctx context.Context, failures int) error {
	t := time.NewTimer(c.poll << min(failures, maxBackoff))
	defer t.Stop()
	select {
	case <-t.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
