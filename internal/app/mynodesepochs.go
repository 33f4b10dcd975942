package app

import (
	"context"
	"math/big"
	"slices"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/stratos"
	"github.com/stratosdrive/stratosdrive/network/nodelog"
	"github.com/stratosdrive/stratosdrive/wallet/node"
	"github.com/stratosdrive/stratosdrive/wallet/reports"
)

// nodeEye is what is known of a node without the chain.
type nodeEye interface {
	// between is what it moved, and what all watched nodes of its wallet did
	// together: 0 when one of them was not heard all the time.
	between(from, to time.Time) (own nodelog.Flow, whole bool, shared int64)
	// rate is how many noz a byte counts, by what was known before an epoch; nil
	// when nobody knows.
	rate(epoch int64) (*big.Rat, nodelog.Basis)
}

// watchedEye is the eye on a node that is listened to.
type watchedEye struct {
	duty   *nodeDuty
	id     string
	paidTo string
	told   int64 // noz per byte by the network's description; 0: it does not tell
}

// eyeOn is the eye on a node whose rewards go to a wallet.
func (k *nodeKeeper) eyeOn(id, paidTo string) nodeEye {
	e := watchedEye{duty: k.duty, id: id, paidTo: paidTo}
	if n, err := k.a.network(); err == nil {
		e.told = n.NozPerByte
	}
	return e
}

func (e watchedEye) between(from, to time.Time) (own nodelog.Flow, whole bool, shared int64) {
	e.duty.mu.Lock()
	defer e.duty.mu.Unlock()
	all := true
	for id, g := range e.duty.guards {
		if id != e.id && g.log.Chain.PaidTo != e.paidTo {
			continue
		}
		sum, heard := g.log.Between(from, to)
		all, shared = all && heard, shared+sum.Sum()
		if id == e.id {
			own, whole = sum, heard
		}
	}
	if !all {
		shared = 0
	}
	return own, whole, shared
}

func (e watchedEye) rate(epoch int64) (*big.Rat, nodelog.Basis) {
	if e.told > 0 {
		return new(big.Rat).SetInt64(e.told), nodelog.Told
	}
	e.duty.mu.Lock()
	defer e.duty.mu.Unlock()
	if g := e.duty.guards[e.id]; g != nil {
		if rate := g.log.NozPerByte(epoch); rate != nil {
			return rate, nodelog.Measured
		}
	}
	return nil, ""
}

// epochs compares, for the last reports, what a wallet got with what the report
// counts for it and with what the traffic of a node stands for, the oldest first.
func (b *nodeBook) epochs(ctx context.Context, paidTo string, eye nodeEye) (list []nodelog.Epoch, err error) {
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
			own, whole, shared := eye.between(epochBegan(b.last[i+1], r), r.Time)
			e.Traffic, e.Whole, e.Shared = own.Sum(), whole, shared
			expect(&e, eye)
		}
		list = append(list, e)
	}
	slices.Reverse(list)
	return list, nil
}

// expect works out what the traffic of an epoch should earn, where that can be
// known.
func expect(e *nodelog.Epoch, eye nodeEye) {
	rate, basis := eye.rate(e.Number)
	if !e.Whole || rate == nil {
		return
	}
	noz := nodelog.Stand(e.Traffic, rate)
	e.Noz, e.Basis, e.Expected = noz.String(), basis, partOf(e.Pool, noz, e.All).String()
}

// partOf is pool * noz / all, in wei.
func partOf(pool string, noz *big.Int, all string) stratos.Amount {
	sum, ok := new(big.Int).SetString(all, 10)
	if !ok {
		return stratos.Amount{}
	}
	return node.Expected(weiOf(pool), noz, sum)
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
	e := nodelog.Epoch{Number: r.Epoch, At: r.Time.Unix()}
	all, own := new(big.Int), new(big.Int)
	for _, noz := range r.Volumes {
		all.Add(all, noz)
	}
	if noz := r.Volumes[wallet.String()]; noz != nil {
		own = noz
	}
	e.All, e.Volume = all.String(), own.String()
	pool, err := node.EpochPool(ctx, b.c, r.Epoch)
	if err != nil {
		return e, err
	}
	e.Pool = pool.String()
	e.Due = partOf(e.Pool, own, e.All).String()
	real, known, err := node.EpochReward(ctx, b.c, wallet, r.Epoch)
	if known || own.Sign() == 0 {
		e.Real = real.String()
	}
	return e, err
}
