package app

import (
	"context"
	"os"
	"strconv"
	"strings"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/network/monitor"
	"github.com/stratosdrive/stratosdrive/network/nodelog"
)

// WatchedNode is a resource node that is followed by its monitor.
type WatchedNode struct {
	Monitor   string // ws://host:18381
	Token     string // what the node's program shows; it is a secret
	TokenFile string // or the file that holds the present one
}

func (w WatchedNode) source() monitor.Source {
	return monitor.Source{URL: w.Monitor, Token: func(context.Context) (string, error) {
		if w.TokenFile == "" {
			return w.Token, nil
		}
		raw, err := os.ReadFile(w.TokenFile)
		if err != nil {
			return "", fault.Say(err, "The file with the node's token cannot be read, so the node is not heard.")
		}
		return strings.TrimSpace(string(raw)), nil
	}}
}

// NodeSample is what is heard of a node at a time.
type NodeSample struct {
	ID       string    `json:"id,omitempty"`   // of a node that is kept
	Name     string    `json:"name,omitempty"` // as its owner calls it
	Monitor  string    `json:"monitor"`
	Address  string    `json:"address,omitempty"` // stsds1...
	At       time.Time `json:"at"`
	State    string    `json:"state"`              // online, offline, silent or refusing (it does not take the token)
	Since    time.Time `json:"since,omitzero"`     // of the state
	In       int64     `json:"in"`                 // bytes taken in since the sample before
	Out      int64     `json:"out"`                // bytes given out
	Disk     int64     `json:"disk"`               // bytes that slices take
	Missed   bool      `json:"missed,omitempty"`   // an older sample, read later: traffic only
	Trouble  string    `json:"trouble,omitempty"`  // why nothing is heard, a sentence
	WentOff  bool      `json:"went_off,omitempty"` // its owner is told that it is off
	CameBack bool      `json:"came_back,omitempty"`
}

var nodeStates = map[monitor.State]string{
	monitor.Unheard: "silent", monitor.Silent: "silent", monitor.Online: "online", monitor.Offline: "offline",
	monitor.Refusing: "refusing",
}

// stateNamed is the state of a name; Unheard for none.
func stateNamed(name string) monitor.State {
	for _, s := range []monitor.State{monitor.Online, monitor.Offline, monitor.Silent, monitor.Refusing} {
		if nodeStates[s] == name {
			return s
		}
	}
	return monitor.Unheard
}

// PracticeNodes are the nodes of the network in use whose tokens lie on this
// computer: those of the practice network.
func (a *App) PracticeNodes() ([]WatchedNode, error) {
	n, err := a.network()
	if err != nil {
		return nil, err
	}
	var list []WatchedNode
	for _, node := range n.Nodes {
		if node.Monitor != "" && node.TokenFile != "" {
			list = append(list, WatchedNode{Monitor: node.Monitor, TokenFile: node.TokenFile})
		}
	}
	return list, nil
}

// CheckNodePatience refuses a time after which the owner of a node that went off
// is told, if that is too short to mean anything, or longer than what keeps the
// word of two minutes.
func CheckNodePatience(after time.Duration) error {
	if after < time.Second || after > monitor.Patience {
		return fault.Wrong(nil, "A node can be called off after 1 to %d seconds. Give a time such as 10s.", int(monitor.Patience.Seconds()))
	}
	return nil
}

// WatchNodes calls heard for everything that nodes tell, from one goroutine at a
// time, until ctx ends. A node that is off for so long is told of, within two
// minutes; after 0 is [monitor.Patience].
func WatchNodes(ctx context.Context, nodes []WatchedNode, after time.Duration, heard func(NodeSample)) error {
	for _, n := range nodes {
		if err := monitor.CheckURL(n.Monitor); err != nil {
			return err
		}
	}
	d := newNodeDuty(heard, nil)
	d.watch.After = after
	for i, n := range nodes {
		d.add(ctx, &nodeGuard{id: strconv.Itoa(i), url: n.Monitor, log: nodelog.New(), nameless: true}, n.source())
	}
	d.run(ctx)
	return nil
}
