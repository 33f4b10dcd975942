package app

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"net/url"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/network/monitor"
	"github.com/stratosdrive/stratosdrive/network/nodelog"
)

// NewNode is a resource node to watch.
type NewNode struct {
	Name    string // as its owner calls it; empty: by its address
	Monitor string // ws://host:18381
	Token   string // that the node shows; a secret
	RPC     string // http://host:18281, where it tells its owner its class; may be empty
	Anyway  bool   // also when it does not answer now
}

// errNoSuchNode is a node that is not kept.
var errNoSuchNode = errors.New("no such node")

func noSuchNode(name string) error {
	return fault.Wrong(errNoSuchNode, "There is no node called %s in your list. Nothing was changed.", name)
}

// tokenDigits is the length of a token.
const tokenDigits = 64

func checkToken(token string) error {
	if raw, err := hex.DecodeString(token); err != nil || len(raw) != tokenDigits/2 {
		return fault.Wrong(nil, "A token has 64 digits and letters from a to f. The node's program shows it; nothing was changed.")
	}
	return nil
}

// longestName is how long the name of a node may be, in letters.
const longestName = 40

func checkNodeName(name string) (string, error) {
	name = strings.Join(strings.Fields(name), " ")
	if len([]rune(name)) > longestName {
		return "", fault.Wrong(nil, "The name of a node has at most %d letters. Nothing was changed.", longestName)
	}
	return name, nil
}

// AddNode watches a node from now on, after asking it once. Its token is sealed
// at once and told to nobody else.
func (a *App) AddNode(ctx context.Context, n NewNode) (MyNode, error) {
	name, err := checkNodeName(n.Name)
	n.Token, n.Monitor = strings.ToLower(strings.TrimSpace(n.Token)), strings.TrimSpace(n.Monitor)
	if err := firstError(err, monitor.CheckURL(n.Monitor), checkToken(n.Token), checkRPC(n.RPC)); err != nil {
		return MyNode{}, err
	}
	kept := keptNode{ID: strings.ToLower(rand.Text()[:12]), Name: name, Monitor: n.Monitor, RPC: n.RPC, Added: time.Now().UTC().Round(time.Second)}
	secrets, log := nodeSecrets{Token: n.Token}, nodelog.New()
	if err := firstLook(ctx, n, &secrets, log); err != nil {
		return MyNode{}, err
	}
	err = a.changeNodes(func(f *nodesFile) error {
		if slices.ContainsFunc(f.Nodes, func(k keptNode) bool { return sameMonitor(k.Monitor, n.Monitor) }) {
			return fault.Wrong(nil, "This node is in your list already. Nothing was changed.")
		}
		if err := a.sealNode(f, &kept, secrets); err != nil {
			return err
		}
		f.Nodes = append(f.Nodes, kept)
		return nil
	})
	if err != nil {
		return MyNode{}, err
	}
	return viewNode(kept, log, time.Now()), a.nodesChanged(a.keepNodeLog(kept.ID, log))
}

// firstLook asks a node that is about to be added who it is.
func firstLook(ctx context.Context, n NewNode, secrets *nodeSecrets, log *nodelog.Log) error {
	who, samples, err := monitor.Look(ctx, monitor.Source{URL: n.Monitor, Token: func(context.Context) (string, error) { return n.Token, nil }})
	switch {
	case err == nil:
	case n.Anyway && !errors.Is(err, monitor.ErrToken) && ctx.Err() == nil:
		return nil
	case errors.Is(err, monitor.ErrToken):
		return fault.Wrong(err, "The node does not take this token. It shows a new one every hour, and with each start; nothing was changed.")
	default:
		return fault.Say(err, "The node does not answer at this address. Nothing was added; check that it runs and that this computer can reach it.")
	}
	secrets.Ticket, log.Address = who.Ticket, who.Address
	for _, s := range samples {
		keepSample(log, s)
	}
	log.State, log.Since = nodeStates[monitor.Offline], log.Heard
	if log.Online != 0 {
		log.State, log.Since = nodeStates[monitor.Online], log.Online
	}
	return nil
}

// sameMonitor tells whether two addresses are one node.
func sameMonitor(a, b string) bool {
	x, err1 := url.Parse(a)
	y, err2 := url.Parse(b)
	return err1 == nil && err2 == nil && strings.EqualFold(x.Host, y.Host)
}

// nodesChanged tells everybody that the list is another one.
func (a *App) nodesChanged(err error) error {
	a.hub.send(Event{Kind: NodesChanged})
	return err
}

// AddPracticeNodes watches the nodes of the network in use whose tokens lie on
// this computer, those of the practice network, and tells how many are new.
func (a *App) AddPracticeNodes() (added int, err error) {
	list, err := a.PracticeNodes()
	if err != nil {
		return 0, err
	}
	if len(list) == 0 {
		return 0, fault.Wrong(nil, "This network names no nodes that can be watched. Give the address of a node's monitor.")
	}
	err = a.changeNodes(func(f *nodesFile) error {
		for _, n := range list {
			if slices.ContainsFunc(f.Nodes, func(k keptNode) bool { return sameMonitor(k.Monitor, n.Monitor) }) {
				continue
			}
			added++
			f.Nodes = append(f.Nodes, keptNode{
				ID: strings.ToLower(rand.Text()[:12]), Monitor: n.Monitor, TokenFile: n.TokenFile, Added: time.Now().UTC().Round(time.Second),
			})
		}
		return nil
	})
	return added, a.nodesChanged(err)
}

// changeNode edits the entry of a node: by its id, its name or its address.
func (a *App) changeNode(which string, edit func(*nodesFile, *keptNode) error) error {
	return a.nodesChanged(a.changeNodes(func(f *nodesFile) error {
		n, err := a.whichNode(f, which)
		if err != nil {
			return err
		}
		return edit(f, n)
	}))
}

// whichNode finds a node by its id, its name, its address or that of its
// monitor.
func (a *App) whichNode(f *nodesFile, which string) (*keptNode, error) {
	var found []*keptNode
	for i := range f.Nodes {
		n := &f.Nodes[i]
		l := a.readNodeLog(n.ID)
		if n.ID == which || strings.EqualFold(shownName(*n, l), which) || l.Address == which || n.Monitor == which {
			found = append(found, n)
		}
	}
	switch len(found) {
	case 0:
		return nil, noSuchNode(which)
	case 1:
		return found[0], nil
	}
	return nil, fault.Wrong(nil, "Several nodes are called %s. Say which one by its address.", which)
}

// RenameNode gives a node another name; an empty one takes its name away.
func (a *App) RenameNode(which, name string) error {
	name, err := checkNodeName(name)
	if err != nil {
		return err
	}
	return a.changeNode(which, func(_ *nodesFile, n *keptNode) error {
		n.Name = name
		return nil
	})
}

// SetNodeToken gives a node the token that it shows now.
func (a *App) SetNodeToken(ctx context.Context, which, token string) error {
	token = strings.ToLower(strings.TrimSpace(token))
	if err := checkToken(token); err != nil {
		return err
	}
	f, err := a.readNodes()
	if err != nil {
		return err
	}
	kept, err := a.whichNode(&f, which)
	if err != nil {
		return err
	}
	secrets := nodeSecrets{Token: token}
	err = firstLook(ctx, NewNode{Monitor: kept.Monitor, Token: token, Anyway: true}, &secrets, nodelog.New())
	if err != nil {
		return err
	}
	return a.changeNode(kept.ID, func(f *nodesFile, n *keptNode) error {
		n.Change++
		n.TokenFile = ""
		return a.sealNode(f, n, secrets)
	})
}

// ForgetNode watches a node no more and forgets what was known of it. The node
// itself, its deposit and its rewards stay as they are.
func (a *App) ForgetNode(which string) error {
	return a.changeNode(which, func(f *nodesFile, n *keptNode) error {
		id := n.ID
		f.Nodes = slices.DeleteFunc(f.Nodes, func(k keptNode) bool { return k.ID == id })
		if err := os.Remove(a.profile.nodeLog(id)); err != nil && !errors.Is(err, os.ErrNotExist) {
			return fault.Say(err, "What is remembered of the node could not be deleted. It is still in your list.")
		}
		return nil
	})
}

// MyNode shows one node: by its id, its name or its address.
func (a *App) MyNode(which string) (MyNode, error) {
	f, err := a.readNodes()
	if err != nil {
		return MyNode{}, err
	}
	n, err := a.whichNode(&f, which)
	if err != nil {
		return MyNode{}, err
	}
	return a.nodeView(*n, time.Now()), nil
}
