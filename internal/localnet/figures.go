package localnet

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"sync"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/localnet/meta"
	"github.com/stratosdrive/stratosdrive/internal/localnet/store"
	"github.com/stratosdrive/stratosdrive/internal/stratos/network"
)

const (
	figuresPath  = "/figures"
	figuresHours = 48              // of traffic that are told
	figuresAge   = 2 * time.Second // for so long the last count is good enough
)

// account counts what the network publishes about itself, from the records of
// the meta node and what the store knows of its nodes.
type account struct {
	meta  *meta.Meta
	store *store.Store
	now   func() time.Time

	mu   sync.Mutex
	last network.Figures
}

// withFigures answers GET /figures, and everything else as next does.
func (a *account) withFigures(next http.Handler) http.Handler {
	mux := http.NewServeMux()
	mux.Handle("/", next)
	mux.HandleFunc("GET "+figuresPath, func(w http.ResponseWriter, r *http.Request) {
		f, err := a.figures(r.Context())
		if err != nil {
			http.Error(w, "The figures cannot be counted at the moment.", http.StatusInternalServerError)
			return
		}
		w.Header().Set("Content-Type", "application/json")
		_ = json.NewEncoder(w).Encode(f) // who asked may be gone
	})
	return mux
}

// figures counts anew unless it did so just before: counting reads all records.
func (a *account) figures(ctx context.Context) (network.Figures, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	now := a.now()
	if age := now.Sub(a.last.At); a.last.Version != 0 && age >= 0 && age < figuresAge {
		return a.last, nil
	}
	f, err := a.count(ctx, now)
	if err != nil {
		return f, fmt.Errorf("count the figures of the network: %w", err)
	}
	a.last = f
	return f, nil
}

func (a *account) count(ctx context.Context, now time.Time) (network.Figures, error) {
	f := network.Figures{
		Version: network.FiguresVersion, At: now, Replicas: a.store.Pool().Replicas(),
		Copies: []network.CopyCount{}, Hours: []network.Traffic{}, Nodes: []network.NodeState{},
	}
	totals, err := a.meta.Totals(ctx)
	if err != nil {
		return f, err
	}
	f.Files, f.Slices = totals.Files, totals.Slices
	health, err := a.meta.Health(ctx)
	if err != nil {
		return f, err
	}
	f.Repairs.Waiting = health.Lost
	for copies, count := range health.Slices {
		f.Copies = append(f.Copies, network.CopyCount{Copies: copies, Slices: count})
	}
	slices.SortFunc(f.Copies, func(a, b network.CopyCount) int { return cmp.Compare(b.Copies, a.Copies) })
	speeds, err := a.traffic(ctx, &f)
	if err != nil {
		return f, err
	}
	return f, a.nodes(ctx, &f, speeds)
}

// traffic enters what moved, and returns the bytes per second of each node over
// the last whole minute.
func (a *account) traffic(ctx context.Context, f *network.Figures) (speeds map[string]int64, err error) {
	minute := f.At.Truncate(time.Minute)
	for _, part := range []struct {
		from, to time.Time
		period   int64
		enter    func(meta.Flow)
	}{
		{f.At.Add(-figuresHours * time.Hour).Truncate(time.Hour), f.At, 3600, func(w meta.Flow) { f.Hours = append(f.Hours, moved(w)) }},
		{minute.Add(-59 * time.Minute), f.At, 60, func(w meta.Flow) { addTo(&f.Hour, moved(w)) }},
		{minute.Add(-time.Minute), minute, 60, func(w meta.Flow) { speeds = w.Nodes }},
	} {
		flows, err := a.meta.Flows(ctx, part.from, part.to, part.period)
		if err != nil {
			return nil, err
		}
		for _, w := range flows {
			part.enter(w)
		}
	}
	f.Hour.From, f.Repairs.Bytes = minute.Add(-59*time.Minute), f.Hour.Repair
	for _, address := range slices.Collect(maps.Keys(speeds)) {
		speeds[address] /= 60
		f.Now += speeds[address]
	}
	return speeds, nil
}

func moved(w meta.Flow) network.Traffic {
	return network.Traffic{From: w.From, Up: w.Kinds[meta.Up], Down: w.Kinds[meta.Down], Repair: w.Kinds[meta.Repair]}
}

func addTo(t *network.Traffic, more network.Traffic) {
	t.Up, t.Down, t.Repair = t.Up+more.Up, t.Down+more.Down, t.Repair+more.Repair
}

// nodes enters all nodes; what the network holds is the sum of those that serve.
func (a *account) nodes(ctx context.Context, f *network.Figures, speeds map[string]int64) error {
	list, err := a.store.Nodes(ctx)
	if err != nil {
		return err
	}
	for _, n := range list {
		f.Nodes = append(f.Nodes, network.NodeState{
			Name: n.Name, Address: n.Address, Tier: n.Tier, State: n.State, Online: n.Online, Draining: n.Draining, Since: n.Since,
			Score: n.Score, Capacity: n.Capacity, Used: n.Used, Slices: n.Slices, Speed: speeds[n.Address],
		})
		if n.Online {
			f.Capacity, f.Used = f.Capacity+n.Capacity, f.Used+n.Used
		}
	}
	return nil
}
