package localnet

import (
	"encoding/json"
	"fmt"
	"io"
	"path/filepath"
	"strconv"
	"sync"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/localnet/monitor"
	"github.com/stratosdrive/stratosdrive/internal/localnet/node"
	"github.com/stratosdrive/stratosdrive/internal/stratos/network"
)

// tokenName is the file in a node's folder that holds its monitor token.
const tokenName = "monitor.token"

// crew runs the monitors of the storage nodes: one for each that is not
// stopped.
type crew struct {
	dir     string        // of all nodes
	every   time.Duration // between samples
	held    *hold
	log     io.Writer
	figures func(n *node.Node, own bool) monitor.Figures

	mu      sync.Mutex
	own     string // address of the node that the gateway belongs to
	running map[string]*monitor.Monitor
	ports   map[string]nodePorts
}

// follow starts and ends monitors until there is one for each node that runs.
// changed tells whether a node came, went or moved to other ports.
func (c *crew) follow(nodes []*node.Node) (changed bool, err error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.own == "" && len(nodes) > 0 {
		c.own = nodes[0].Address()
	}
	there := map[string]bool{}
	for _, n := range nodes {
		there[n.Address()] = true
		moved, err := c.attend(n)
		if err != nil {
			return changed, err
		}
		changed = changed || moved
	}
	for address := range c.ports {
		if !there[address] {
			c.dismiss(address)
			changed = true
		}
	}
	if changed {
		err = c.held.save()
	}
	return changed, err
}

// attend starts or ends the monitor of one node.
func (c *crew) attend(n *node.Node) (moved bool, err error) {
	m := c.running[n.Address()]
	switch stopped := n.State() == node.Stopped; {
	case stopped && m != nil:
		m.Close()
		delete(c.running, n.Address())
		return false, nil
	case stopped:
		return c.reserve(n)
	case m != nil:
		return false, nil
	}
	own := n.Address() == c.own
	p, socket, figures, err := c.held.listenNode(n.Name(), own)
	if err != nil {
		return false, err
	}
	moved = c.ports[n.Address()] != p
	c.ports[n.Address()] = p
	c.running[n.Address()], err = monitor.Start(monitor.Config{
		Node: n, Online: n.Online, Opponent: c.own, Interval: c.every, Log: c.log,
		Figures:   func() monitor.Figures { return c.figures(n, own) },
		TokenFile: filepath.Join(c.dir, n.Name(), tokenName),
	}, socket, figures)
	if err != nil {
		socket.Close()
		figures.Close()
		delete(c.running, n.Address())
		return moved, fmt.Errorf("start the monitor of storage node %s: %w", n.Name(), err)
	}
	return moved, nil
}

// reserve gives a stopped node the ports that it will have.
func (c *crew) reserve(n *node.Node) (moved bool, err error) {
	if _, known := c.ports[n.Address()]; known {
		return false, nil
	}
	p, socket, figures, err := c.held.listenNode(n.Name(), n.Address() == c.own)
	if err != nil {
		return false, err
	}
	socket.Close()
	figures.Close()
	c.ports[n.Address()] = p
	return true, nil
}

func (c *crew) dismiss(address string) {
	if m := c.running[address]; m != nil {
		m.Close()
		delete(c.running, address)
	}
	c.held.forgetNode(c.ports[address].Name)
	delete(c.ports, address)
}

// describe is the entry of a node in network.json. A stopped node keeps its
// addresses, where nobody answers.
func (c *crew) describe(n *node.Node) network.Node {
	c.mu.Lock()
	defer c.mu.Unlock()
	p := c.ports[n.Address()]
	return network.Node{
		P2P: n.Address(), Monitor: "ws://" + address(p.Monitor), Metrics: "http://" + address(p.Metrics) + "/metrics",
		TokenFile: filepath.Join(c.dir, n.Name(), tokenName), Tier: json.Number(strconv.Itoa(n.Tier())),
	}
}

// Close ends all monitors.
func (c *crew) Close() {
	c.mu.Lock()
	defer c.mu.Unlock()
	for address, m := range c.running {
		m.Close()
		delete(c.running, address)
	}
}
