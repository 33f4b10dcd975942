package localnet

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/localnet/chain"
	"github.com/stratosdrive/stratosdrive/internal/localnet/meta"
	"github.com/stratosdrive/stratosdrive/internal/localnet/monitor"
	"github.com/stratosdrive/stratosdrive/internal/localnet/node"
	"github.com/stratosdrive/stratosdrive/internal/stratos/network"
)

// followEvery is how soon a node that comes or goes by itself, since its
// folder does, has its monitor.
const followEvery = 10 * time.Second

// describe is the content of network.json.
func (t *tower) describe() network.Network {
	p := t.held.ports
	url := func(port int) string { return "http://" + address(port) }
	n := network.Network{
		Version: network.Version, Name: network.Local, ChainID: chain.ChainID, Denom: "wei", MinGasPrice: "1000000000",
		RPC: url(p.ChainRPC), REST: url(p.ChainREST), GRPC: address(p.ChainGRPC), Faucet: url(p.Faucet), Figures: url(p.Faucet) + figuresPath,
		Audience:   url(p.Faucet) + audiencePath,
		Gateways:   []network.Gateway{{RPC: url(p.Gateway), REST: url(p.Video)}},
		NozPerByte: meta.NozPerByte,
		PID:        os.Getpid(), Born: t.chain.Born().UnixNano(),
	}
	for _, one := range t.store.Pool().Nodes() {
		n.Nodes = append(n.Nodes, t.crew.describe(one))
	}
	return n
}

func (t *tower) descriptionPath() string { return filepath.Join(t.options.Dir, network.FileName) }

// announce writes network.json: the network is ready.
func (t *tower) announce() error {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.announced = true
	return network.Write(t.descriptionPath(), t.describe())
}

// withdraw takes no more commands and removes network.json.
func (t *tower) withdraw() error {
	if t.control != nil {
		t.control.Close()
		t.control = nil
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	t.announced = false
	return removeFile(t.descriptionPath())
}

// follow brings the monitors and network.json to what the nodes are now.
func (t *tower) follow() error {
	changed, err := t.crew.follow(t.store.Pool().Nodes())
	if err != nil {
		return err
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	if !changed || !t.announced {
		return nil
	}
	return network.Write(t.descriptionPath(), t.describe())
}

func (t *tower) keepFollowing(ctx context.Context) {
	tick := time.NewTicker(followEvery)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			if err := t.follow(); err != nil {
				fmt.Fprintf(t.log, "monitors: %v\n", err)
			}
		}
	}
}

// figures are what the metrics of a node show besides its traffic. The gateway
// counts for its own node.
func (t *tower) figures(n *node.Node, own bool) monitor.Figures {
	var f monitor.Figures
	slices, _, err := t.meta.NodeLoad(context.Background(), n.Address())
	if err != nil {
		fmt.Fprintf(t.log, "metrics of storage node %s: %v\n", n.Name(), err)
	}
	f.Slices = slices
	if own {
		g := t.gateway.Figures()
		f.Uploads, f.Downloads, f.Calls = g.Uploads, g.Downloads, g.Calls
	}
	return f
}
