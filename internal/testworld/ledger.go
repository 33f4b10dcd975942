package testworld

import (
	"context"
	"database/sql"
	"fmt"
	"maps"
	"math/big"
	"path/filepath"
	"slices"

	_ "modernc.org/sqlite" // the driver

	"github.com/stratosdrive/stratosdrive/network/proof"
)

// traffic is who caused it on which node, as the meta node counts.
type traffic struct{ payer, owner, node, kind string }

// ledger reads what a meta node counted, from its own file.
type ledger struct {
	db   *sql.DB
	last map[traffic]int64
}

func openLedger(dir string) (*ledger, error) {
	db, err := sql.Open("sqlite", "file:"+filepath.Join(dir, "meta", "meta.db")+"?mode=ro&_pragma=busy_timeout(10000)")
	return &ledger{db: db, last: map[traffic]int64{}}, err
}

// since returns the bytes that were counted since the last call.
func (l *ledger) since(ctx context.Context) (map[traffic]int64, error) {
	rows, err := l.db.QueryContext(ctx, "SELECT wallet, owner, node, kind, SUM(bytes) FROM traffic GROUP BY 1, 2, 3, 4")
	if err != nil {
		return nil, fmt.Errorf("read the ledger: %w", err)
	}
	defer rows.Close()
	fresh := map[traffic]int64{}
	for rows.Next() {
		var t traffic
		var bytes int64
		if err := rows.Scan(&t.payer, &t.owner, &t.node, &t.kind, &bytes); err != nil {
			return nil, fmt.Errorf("read the ledger: %w", err)
		}
		if more := bytes - l.last[t]; more > 0 {
			fresh[t] = more
		}
		l.last[t] = bytes
	}
	return fresh, rows.Err()
}

// owners are the wallets that earn with each node.
func (l *ledger) owners(ctx context.Context) (map[string]string, error) {
	rows, err := l.db.QueryContext(ctx, "SELECT node, wallet FROM node_wallet")
	if err != nil {
		return nil, fmt.Errorf("read the owners of nodes: %w", err)
	}
	defer rows.Close()
	by := map[string]string{}
	for rows.Next() {
		var node, wallet string
		if err := rows.Scan(&node, &wallet); err != nil {
			return nil, fmt.Errorf("read the owners of nodes: %w", err)
		}
		by[node] = wallet
	}
	return by, rows.Err()
}

// account is what must be told to the chain of an epoch.
type account struct {
	volumes, owners, servers map[string]int64 // noz by wallet
}

// books turns traffic into what must be told. owed is what owners of nodes that
// failed owe to those who helped; it is brought up to date.
func books(counted map[traffic]int64, earns map[string]string, owed map[[2]string]int64) account {
	a := account{map[string]int64{}, map[string]int64{}, map[string]int64{}}
	for t, bytes := range counted {
		wallet := earns[t.node]
		if t.kind == "repair" {
			if t.payer != wallet {
				owed[[2]string{t.payer, wallet}] += bytes
			}
			continue
		}
		a.volumes[wallet] += bytes
		if t.kind == "down" && t.payer != t.owner {
			a.owners[t.owner] += bytes
			a.servers[wallet] += bytes
		}
	}
	a.charge(owed)
	a.trim()
	for _, list := range []map[string]int64{a.volumes, a.owners, a.servers} {
		maps.DeleteFunc(list, func(_ string, noz int64) bool { return noz == 0 })
	}
	return a
}

// charge moves volume from those who owe, in the order of wallets.
func (a account) charge(owed map[[2]string]int64) {
	order := func(x, y [2]string) int { return slices.Compare(x[:], y[:]) }
	for _, pair := range slices.SortedFunc(maps.Keys(owed), order) {
		moved := min(owed[pair], a.volumes[pair[0]])
		owed[pair] -= moved
		a.volumes[pair[0]] -= moved
		a.volumes[pair[1]] += moved
	}
}

// trim makes the traffic of content fit into volumes that became smaller.
func (a account) trim() {
	before, after := int64(0), int64(0)
	for wallet, noz := range a.servers {
		a.servers[wallet] = min(noz, a.volumes[wallet])
		before, after = before+noz, after+a.servers[wallet]
	}
	if before == after {
		return
	}
	sum := int64(0)
	for owner, noz := range a.owners {
		part := new(big.Int).Mul(big.NewInt(noz), big.NewInt(after))
		a.owners[owner] = part.Quo(part, big.NewInt(before)).Int64()
		sum += a.owners[owner]
	}
	for _, wallet := range slices.Sorted(maps.Keys(a.servers)) {
		less := min(after-sum, a.servers[wallet])
		a.servers[wallet] -= less
		after -= less
	}
}

// same says how a list that the chain was told differs from what was counted.
func same(what string, want map[string]int64, told []proof.Volume) error {
	got := map[string]int64{}
	for _, v := range told {
		if v.Noz.Sign() > 0 {
			got[v.Wallet] += v.Noz.Int64()
		}
	}
	if !maps.Equal(want, got) {
		return fmt.Errorf("%s: counted %v, told %v", what, want, got)
	}
	return nil
}
