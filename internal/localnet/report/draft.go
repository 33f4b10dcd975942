package report

import (
	"context"
	"fmt"
	"maps"
	"math/big"
	"slices"
	"time"

	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	"github.com/stratosdrive/stratosdrive/internal/localnet/meta"
	"github.com/stratosdrive/stratosdrive/internal/stratos/types/register"
	"github.com/stratosdrive/stratosdrive/internal/stratos/types/sds"
)

// settling is how old a minute of the ledger must be to be complete.
const settling = 5 * time.Second

// endOfTime is later than anything in the ledger.
var endOfTime = time.Date(9999, 1, 1, 0, 0, 0, 0, time.UTC)

// entry is what is added up: the traffic of a node, that of somebody's content
// there, or the repairs that a node did for the owner of another one.
type entry struct{ node, failed, content string }

func (e entry) key() string {
	if e.content != "" {
		return e.node + "  " + e.content
	}
	return e.node + " " + e.failed
}

// entryOf says where traffic is added up. Content earns when somebody else than
// its owner pays, who must have it by a link.
func entryOf(t meta.Traffic) entry {
	e := entry{node: t.Node}
	switch {
	case t.Kind == meta.Repair:
		e.failed = t.Wallet
	case t.Kind == meta.Down && t.Wallet != t.Owner:
		e.content = t.Owner
	}
	return e
}

// draft works out the report that follows on last. One noz is one byte on one
// node, as in the price of storage.
//
// The ledger keeps minutes and a report may come in the middle of one, so a
// report also holds what it took of the minutes that were still open.
func (r *Reporter) draft(ctx context.Context, last meta.Report) (meta.Report, error) {
	open := r.now().Add(-settling).Truncate(time.Minute)
	if open.Before(last.Until) {
		open = last.Until // a clock that was set back
	}
	next := meta.Report{Epoch: r.epoch(last.Epoch), Until: open, Taken: map[string]int64{}}
	sums := map[entry]int64{}
	err := r.Meta.TrafficBetween(ctx, last.Until, endOfTime, func(t meta.Traffic, minute time.Time, bytes int64) {
		e := entryOf(t)
		sums[e] += bytes
		if !minute.Before(open) {
			next.Taken[e.key()] += bytes
		}
	})
	if err != nil {
		return next, err
	}
	for e := range sums {
		sums[e] = max(0, sums[e]-last.Taken[e.key()])
	}
	wallets, err := r.wallets(ctx, sums)
	if err != nil {
		return next, err
	}
	next.Volumes, next.Owed = byWallet(sums, wallets, last.Owed)
	if err := r.fit(ctx, next.Volumes); err != nil {
		return next, err
	}
	next.Content = contentOf(sums, wallets, next.Volumes)
	return next, nil
}

// byWallet adds up the traffic of each wallet's nodes, and charges repairs.
func byWallet(sums map[entry]int64, wallets map[string]string, before map[string]map[string]int64) (volumes map[string]int64, owed map[string]map[string]int64) {
	volumes, owed = map[string]int64{}, map[string]map[string]int64{}
	for failed, helpers := range before {
		owed[failed] = maps.Clone(helpers)
	}
	for e, bytes := range sums {
		switch wallet := wallets[e.node]; {
		case bytes == 0:
		case e.failed == "":
			volumes[wallet] += bytes
		case e.failed != wallet:
			if owed[e.failed] == nil {
				owed[e.failed] = map[string]int64{}
			}
			owed[e.failed][wallet] += bytes
		}
	}
	charge(volumes, owed)
	return volumes, owed
}

// charge moves volume from owners of nodes that failed to those whose nodes
// made the copies again. Nobody gives more than he has; the rest stays owed.
// The sum of all volumes stays what was really used up.
func charge(volumes map[string]int64, owed map[string]map[string]int64) {
	for _, failed := range slices.Sorted(maps.Keys(owed)) {
		helpers := owed[failed]
		for _, helper := range slices.Sorted(maps.Keys(helpers)) {
			paid := min(helpers[helper], volumes[failed])
			volumes[failed] -= paid
			volumes[helper] += paid
			if helpers[helper] -= paid; helpers[helper] == 0 {
				delete(helpers, helper)
			}
		}
		if len(helpers) == 0 {
			delete(owed, failed)
		}
	}
	maps.DeleteFunc(volumes, func(_ string, noz int64) bool { return noz == 0 })
}

// wallets says who earns with each node: the beneficiary that the chain knows,
// or who it was before the node left.
func (r *Reporter) wallets(ctx context.Context, sums map[entry]int64) (map[string]string, error) {
	wallets, err := r.Meta.NodeWallets(ctx)
	if err != nil {
		return nil, err
	}
	for e := range sums {
		answer := &register.QueryResourceNodeResponse{}
		err := r.Chain.Query(ctx, "/stratos.register.v1.Query/ResourceNode", &register.QueryResourceNodeRequest{NetworkAddr: e.node}, answer)
		switch {
		case err == nil:
			wallets[e.node] = answer.Node.BeneficiaryAddress
		case status.Code(err) != codes.NotFound && status.Code(err) != codes.InvalidArgument:
			return nil, fmt.Errorf("ask for the owner of a node: %w", err)
		case wallets[e.node] == "":
			if wallets[e.node], err = r.ownWallet(); err != nil {
				return nil, err
			}
		}
	}
	return wallets, nil
}

// ownWallet earns what nobody else can: traffic of nodes that left before they
// were registered.
func (r *Reporter) ownWallet() (string, error) {
	m, err := r.Chain.MetaNode()
	if err != nil {
		return "", err
	}
	defer m.Owner.Wipe()
	return m.Owner.Address().String(), nil
}

// fit scales volumes down when they are more than the ozone that was sold. That
// cannot be, but a report that says so would fail for ever.
func (r *Reporter) fit(ctx context.Context, volumes map[string]int64) error {
	if len(volumes) == 0 {
		return nil
	}
	supply := &sds.QueryNozSupplyResponse{}
	if err := r.Chain.Query(ctx, "/stratos.sds.v1.Query/NozSupply", &sds.QueryNozSupplyRequest{}, supply); err != nil {
		return fmt.Errorf("ask for the ozone that is sold: %w", err)
	}
	sold, used := supply.Total.Sub(supply.Remaining).BigInt(), new(big.Int)
	for _, noz := range volumes {
		used.Add(used, big.NewInt(noz))
	}
	if used.Cmp(sold) <= 0 {
		return nil
	}
	for wallet, noz := range volumes {
		part := new(big.Int).Mul(big.NewInt(noz), sold)
		volumes[wallet] = part.Quo(part, used).Int64()
	}
	maps.DeleteFunc(volumes, func(_ string, noz int64) bool { return noz == 0 })
	return nil
}
