package app

import (
	"context"
	"os"
	"strings"
	"sync"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/network/monitor"
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
	Monitor  string    `json:"monitor"`
	Address  string    `json:"address,omitempty"` // stsds1...
	At       time.Time `json:"at"`
	State    string    `json:"state"`              // online, offline or silent
	Since    time.Time `json:"since,omitzero"`     // of the state
	In       int64     `json:"in"`                 // bytes taken in since the sample before
	Out      int64     `json:"out"`                // bytes given out
	Disk     int64     `json:"disk"`               // bytes that slices take
	Missed   bool      `json:"missed,omitempty"`   // an older sample, read later: traffic only
	Trouble  string    `json:"trouble,omitempty"`  // why nothing is heard, a sentence
	WentOff  bool      `json:"went_off,omitempty"` // it is off for half a minute now
	CameBack bool      `json:"came_back,omitempty"`
}

var nodeStates = map[monitor.State]string{
	monitor.Unheard: "silent", monitor.Silent: "silent", monitor.Online: "online", monitor.Offline: "offline",
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

// WatchNodes calls heard for everything that nodes tell, from one goroutine at a
// time, until ctx ends. A node that goes off is told of within two minutes.
func WatchNodes(ctx context.Context, nodes []WatchedNode, heard func(NodeSample)) error {
	for _, n := range nodes {
		if err := monitor.CheckURL(n.Monitor); err != nil {
			return err
		}
	}
	var all sync.WaitGroup
	var one sync.Mutex
	for _, n := range nodes {
		w := &nodeWatch{url: n.Monitor, heard: heard, one: &one}
		all.Go(func() { monitor.Follow(ctx, n.source(), w) })
	}
	all.Wait()
	return nil
}

// nodeWatch turns what is heard of one node into samples.
type nodeWatch struct {
	url     string
	address string
	health  monitor.Health
	heard   func(NodeSample)
	one     *sync.Mutex // of all nodes, held while heard is called
}

// Connected notes who the node is.
func (w *nodeWatch) Connected(address string) { w.address = address }

// Sampled passes samples on.
func (w *nodeWatch) Sampled(list []monitor.Sample) {
	for _, s := range list {
		if !s.Missed {
			w.health.Heard(s.At, s.Online)
		}
		sample := w.sample(s.At)
		sample.In, sample.Out, sample.Disk, sample.Missed = s.In, s.Out, s.Disk, s.Missed
		if !s.Missed && !s.Since.IsZero() {
			sample.Since = s.Since
		}
		w.pass(sample)
	}
}

// Lost tells that nothing is heard.
func (w *nodeWatch) Lost(reason error) {
	now := time.Now()
	w.health.Lost(now)
	sample := w.sample(now)
	sample.Trouble = nodeTrouble(reason)
	w.pass(sample)
}

func (w *nodeWatch) sample(at time.Time) NodeSample {
	state, since := w.health.State()
	return NodeSample{Monitor: w.url, Address: w.address, At: at, State: nodeStates[state], Since: since}
}

func (w *nodeWatch) pass(s NodeSample) {
	if news, tell, _ := w.health.News(s.At); tell && !s.Missed {
		s.WentOff, s.CameBack = news != monitor.Online, news == monitor.Online
	}
	w.one.Lock()
	defer w.one.Unlock()
	w.heard(s)
}
