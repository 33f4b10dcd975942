package app

import (
	"context"
	"errors"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/stratos"
	"github.com/stratosdrive/stratosdrive/network/nodelog"
	"github.com/stratosdrive/stratosdrive/wallet/chain"
	"github.com/stratosdrive/stratosdrive/wallet/node"
	"github.com/stratosdrive/stratosdrive/wallet/reports"
)

// How often the chain is asked. On the practice network an epoch takes a minute,
// and its reward can be seen for as long.
const (
	booksEvery    = time.Minute
	booksPractice = 10 * time.Second
	booksBack     = 6 // reports that are looked back at
)

// keepBooks asks the chain about the nodes until ctx ends.
func (k *nodeKeeper) keepBooks(ctx context.Context) {
	wait := time.NewTimer(booksPractice / 5)
	defer wait.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-wait.C:
		}
		every := booksEvery
		if k.a.onPractice() {
			every = booksPractice
		}
		k.books(ctx) // what cannot be read is read the next time
		wait.Reset(every)
	}
}

// bookNode is a node that the chain is asked about.
type bookNode struct {
	id, address, monitor string
	epoch                int64 // the newest that is known
}

// books asks the chain once about all nodes.
func (k *nodeKeeper) books(ctx context.Context) {
	list := k.bookNodes()
	if len(list) == 0 {
		return
	}
	k.noteTiers(ctx)
	c, err := k.a.chain()
	if err != nil {
		return
	}
	newest, err := reports.Recent(ctx, c, 1)
	if err != nil {
		return
	}
	book, paid := nodeBook{c: c}, map[string]nodelog.Chain{}
	for _, n := range list { // before anything is compared: whose traffic goes to one wallet
		if facts, err := book.read(ctx, n.address); err == nil {
			paid[n.id] = facts
			k.note(n.id, facts, nil)
		}
	}
	for _, n := range list {
		facts := paid[n.id]
		if len(newest) > 0 && newest[0].Epoch != n.epoch && facts.PaidTo != "" {
			epochs, _ := book.epochs(ctx, facts.PaidTo, k.eyeOn(n.id, facts.PaidTo))
			k.note(n.id, facts, epochs)
		}
	}
}

// bookNodes are the nodes whose addresses are known.
func (k *nodeKeeper) bookNodes() (list []bookNode) {
	k.duty.mu.Lock()
	defer k.duty.mu.Unlock()
	for id, g := range k.duty.guards {
		if g.log.Address == "" {
			continue
		}
		n := bookNode{id: id, address: g.log.Address, monitor: g.url}
		if last := len(g.log.Epochs) - 1; last >= 0 {
			n.epoch = g.log.Epochs[last].Number
		}
		list = append(list, n)
	}
	return list
}

// note remembers what the chain said.
func (k *nodeKeeper) note(id string, facts nodelog.Chain, epochs []nodelog.Epoch) {
	k.duty.mu.Lock()
	g := k.duty.guards[id]
	if g == nil {
		k.duty.mu.Unlock()
		return
	}
	if g.log.Chain.At == 0 {
		k.saveSoon()
	}
	g.log.Chain, g.dirty = facts, true
	if kept, known := k.keptNode(id); known {
		g.name = shownName(kept, g.log)
	}
	for _, e := range epochs {
		g.log.Put(e)
	}
	k.duty.mu.Unlock()
	k.a.hub.send(Event{Kind: NodesChanged})
	if len(epochs) > 0 {
		k.saveSoon()
	}
}

func (k *nodeKeeper) keptNode(id string) (keptNode, bool) {
	k.mu.Lock()
	defer k.mu.Unlock()
	n, known := k.kept[id]
	return n, known
}

// nodeBook reads what the chain knows, reports once for all nodes.
type nodeBook struct {
	c    *chain.Client
	last []reports.Report
}

// read asks the chain about a node and the wallet that it pays.
func (b *nodeBook) read(ctx context.Context, address string) (nodelog.Chain, error) {
	facts := nodelog.Chain{At: time.Now().Unix(), State: "unknown"}
	at, err := stratos.ParseNodeAddress(address)
	if err != nil {
		return facts, err
	}
	n, err := node.Read(ctx, b.c, at)
	if errors.Is(err, chain.ErrNotFound) {
		return facts, nil
	}
	if err != nil {
		return facts, err
	}
	wallet := n.PaidTo
	if wallet == (stratos.Address{}) {
		wallet = n.Owner
	}
	r, err := node.ReadRewards(ctx, b.c, wallet)
	facts.Name, facts.State, facts.PaidTo = n.Description.Moniker, string(n.State), wallet.String()
	facts.Deposit, facts.Mature, facts.Immature = n.Deposit.String(), r.Mature.String(), r.Immature.String()
	return facts, err
}
