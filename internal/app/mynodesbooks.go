package app

import (
	"context"
	"errors"
	"math/big"
	"slices"
	"strconv"
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
	k.noteTiers()
	c, err := k.a.chain()
	if err != nil {
		return
	}
	newest, err := reports.Recent(ctx, c, 1)
	if err != nil {
		return
	}
	book := nodeBook{c: c}
	for _, n := range list {
		facts, err := book.read(ctx, n.address)
		if err != nil {
			continue
		}
		var epochs []nodelog.Epoch
		if len(newest) > 0 && newest[0].Epoch != n.epoch && facts.PaidTo != "" {
			epochs, _ = book.epochs(ctx, facts.PaidTo, k.flowOf(n.id))
		}
		k.note(n.id, facts, epochs)
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

// noteTiers takes over which class nodes have, where the network tells it.
func (k *nodeKeeper) noteTiers() {
	n, err := k.a.network()
	if err != nil {
		return
	}
	k.duty.mu.Lock()
	defer k.duty.mu.Unlock()
	for _, g := range k.duty.guards {
		for _, one := range n.Nodes {
			if tier, err := strconv.Atoi(one.Tier.String()); one.P2P == g.log.Address && err == nil {
				g.log.Tier = &tier
			}
		}
	}
}

// flowOf tells what a node moved between two times.
func (k *nodeKeeper) flowOf(id string) func(from, to time.Time) (nodelog.Flow, bool) {
	return func(from, to time.Time) (nodelog.Flow, bool) {
		k.duty.mu.Lock()
		defer k.duty.mu.Unlock()
		if g := k.duty.guards[id]; g != nil {
			return g.log.Between(from, to)
		}
		return nodelog.Flow{}, false
	}
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

// epochs compares, for the last reports, what a wallet got with what the traffic
// of a node stands for.
func (b *nodeBook) epochs(ctx context.Context, paidTo string, flow func(from, to time.Time) (nodelog.Flow, bool)) (list []nodelog.Epoch, err error) {
	wallet, err := stratos.ParseAddress(paidTo)
	if err != nil {
		return nil, err
	}
	if b.last == nil {
		if b.last, err = reports.Recent(ctx, b.c, booksBack+1); err != nil {
			return nil, err
		}
	}
	for i, r := range b.last[:min(booksBack, len(b.last))] {
		e, err := b.epoch(ctx, r, wallet)
		if err != nil {
			return list, err
		}
		if i+1 < len(b.last) {
			sum, whole := flow(epochBegan(b.last[i+1], r), r.Time)
			e.Traffic, e.Whole = sum.Sum(), whole
			if all, ok := new(big.Int).SetString(e.All, 10); ok && whole {
				e.Expected = node.Expected(weiOf(e.Pool), big.NewInt(e.Traffic), all).String()
			}
		}
		list = append(list, e)
	}
	slices.Reverse(list)
	return list, nil
}

// epochBegan is when the traffic of a report began: at the report before, or,
// where epochs without traffic lie between, at the latest two epochs earlier.
func epochBegan(before, r reports.Report) time.Time {
	took := r.Time.Sub(before.Time)
	if epochs := r.Epoch - before.Epoch; epochs > 2 {
		took = 2 * took / time.Duration(epochs)
	}
	return r.Time.Add(-took)
}

// epoch reads what an epoch paid.
func (b *nodeBook) epoch(ctx context.Context, r reports.Report, wallet stratos.Address) (nodelog.Epoch, error) {
	e := nodelog.Epoch{Number: r.Epoch, At: r.Time.Unix(), Volume: "0"}
	all := new(big.Int)
	for _, noz := range r.Volumes {
		all.Add(all, noz)
	}
	e.All = all.String()
	if own := r.Volumes[wallet.String()]; own != nil {
		e.Volume = own.String()
	}
	pool, err := node.EpochPool(ctx, b.c, r.Epoch)
	if err != nil {
		return e, err
	}
	e.Pool = pool.String()
	real, known, err := node.EpochReward(ctx, b.c, wallet, r.Epoch)
	if known || e.Volume == "0" {
		e.Real = real.String()
	}
	return e, err
}
