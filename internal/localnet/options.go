package localnet

import (
	"io"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/internal/localnet/chain"
	"github.com/stratosdrive/stratosdrive/internal/localnet/monitor"
	"github.com/stratosdrive/stratosdrive/internal/localnet/report"
)

// PortsChoice says where the ports of a network come from.
type PortsChoice string

const (
	// FreePorts are chosen by the system at first and kept for restarts.
	FreePorts PortsChoice = ""
	// ReferencePorts are those of the reference programs.
	ReferencePorts PortsChoice = "reference"
)

// Defaults of [Options].
const (
	DefaultNodes    = 8
	DefaultReplicas = 5
)

// Options are the choices for a network.
type Options struct {
	Dir      string // everything is kept here; made when missing
	Nodes    int    // storage nodes; 0 means DefaultNodes. A network never gets fewer than it has
	Replicas int    // copies of each slice, on as many nodes; 0 means DefaultReplicas
	Ports    PortsChoice
	Faithful bool // with the real network's delays and habits
	// LogInterval lies between two samples that a node's monitor sends; 0
	// means that of the reference, monitor.DefaultInterval.
	LogInterval time.Duration
	Epoch       time.Duration // between two volume reports to the chain; 0 means report.DefaultEpoch
	// BlockRest is the least time between two blocks, which are made when there
	// is something in them; 0 means chain.DefaultRest.
	BlockRest time.Duration
	// Periods are the times of the chain that people wait for; zero for the
	// defaults. A folder keeps those that it was made with.
	Periods  chain.Periods
	Progress io.Writer // one line for each step; nil: nowhere
}

// check fills in defaults and refuses what cannot be.
func (o *Options) check() error {
	if o.Nodes == 0 {
		o.Nodes = DefaultNodes
	}
	if o.Replicas == 0 {
		o.Replicas = DefaultReplicas
	}
	if o.Epoch == 0 {
		o.Epoch = report.DefaultEpoch
	}
	if o.BlockRest == 0 {
		o.BlockRest = chain.DefaultRest
	}
	if o.LogInterval == 0 {
		o.LogInterval = monitor.DefaultInterval
	}
	if o.Progress == nil {
		o.Progress = io.Discard
	}
	switch {
	case o.Dir == "":
		return fault.Wrong(nil, "The network needs a folder for its data; give one with --dir.")
	case o.Nodes < 1 || o.Nodes > 100:
		return fault.Wrong(nil, "The number of storage nodes must be between 1 and 100.")
	case o.Replicas < 1 || o.Replicas > o.Nodes:
		return fault.Wrong(nil, "The number of copies must be between 1 and the number of storage nodes, which is %d.", o.Nodes)
	case o.LogInterval < 10*time.Millisecond || o.LogInterval > time.Hour:
		return fault.Wrong(nil, "The time between two samples of the monitors must be between 10ms and 1h.")
	case o.Epoch < time.Second || o.Epoch > 24*time.Hour:
		return fault.Wrong(nil, "An epoch must be between 1s and 24h.")
	case o.BlockRest < time.Millisecond || o.BlockRest > time.Minute:
		return fault.Wrong(nil, "The time between two blocks must be between 1ms and 1m.")
	case !sensible(o.Periods):
		return fault.Wrong(nil, "The periods of the chain must be between 1s and one year, and rewards mature after 1 to 10000 epochs.")
	case o.Ports != FreePorts && o.Ports != ReferencePorts:
		return fault.Wrong(nil, "The only other choice of ports is \"reference\".")
	}
	return nil
}

// sensible tells whether the periods that were chosen can be waited for.
func sensible(p chain.Periods) bool {
	for _, d := range []time.Duration{p.Unbonding, p.Deposit, p.Voting, p.NodeAge, p.NodeUnbonding, p.MetaVoting} {
		if d != 0 && (d < time.Second || d > 366*24*time.Hour) {
			return false
		}
	}
	return p.MatureEpochs >= 0 && p.MatureEpochs <= 10_000
}
