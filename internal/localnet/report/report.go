package report

import (
	"context"
	"errors"
	"fmt"
	"io"
	"sync"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/localnet/chain"
	"github.com/stratosdrive/stratosdrive/internal/localnet/meta"
	"github.com/stratosdrive/stratosdrive/internal/localnet/node"
)

// DefaultEpoch is how often traffic is reported. The real network takes about
// ten minutes.
const DefaultEpoch = time.Minute

// lookEvery is how often nodes that came or went are looked for. It costs a
// comparison of names.
const lookEvery = 2 * time.Second

// Config says what is reported to whom.
type Config struct {
	Meta  *meta.Meta
	Chain *chain.Chain
	Pool  *node.Pool
	Epoch time.Duration // zero for DefaultEpoch
	Log   io.Writer     // what went wrong, a line each; nil for nowhere

	now func() time.Time // for tests
}

// Reporter is a running reporter. All methods may be called from many
// goroutines.
type Reporter struct {
	Config
	fleet  fleet
	asked  chan chan<- answer // calls of CloseEpoch
	cancel context.CancelFunc
	done   chan struct{}

	mu    sync.Mutex // one report at a time
	first int64      // the epoch in which this process began
	began time.Time
	lack  int // reports in a row that the chain refused
	pause time.Time
}

// Start reports until Close. It returns at once; what goes wrong is logged and
// tried again.
func Start(ctx context.Context, c Config) (*Reporter, error) {
	if c.Epoch == 0 {
		c.Epoch = DefaultEpoch
	}
	if c.Epoch < 0 {
		return nil, errors.New("an epoch takes some time")
	}
	if c.Log == nil {
		c.Log = io.Discard
	}
	if c.now == nil {
		c.now = time.Now
	}
	r := &Reporter{Config: c, asked: make(chan chan<- answer), done: make(chan struct{}), began: c.now()}
	r.fleet = fleet{Config: c, seen: map[string]*node.Node{}, out: map[string]bool{}}
	last, err := c.Meta.LastReport(ctx)
	if err != nil {
		return nil, err
	}
	onChain, err := r.lastEpoch(ctx)
	if err != nil {
		return nil, err
	}
	r.first = max(last.Epoch, onChain) + 1
	running, cancel := context.WithCancel(context.WithoutCancel(ctx))
	r.cancel = cancel
	go r.run(running)
	return r, nil
}

// Close ends the reporter. Traffic that is not reported yet is reported after
// the next start.
func (r *Reporter) Close() error {
	r.cancel()
	<-r.done
	return nil
}

func (r *Reporter) run(ctx context.Context) {
	defer close(r.done)
	epochs, looks := time.NewTicker(r.Epoch), time.NewTicker(lookEvery)
	defer epochs.Stop()
	defer looks.Stop()
	r.try("register storage nodes", r.fleet.settle(ctx))
	for {
		select {
		case <-ctx.Done():
			return
		case <-r.Chain.Done():
			return
		case reply := <-r.asked:
			reply <- r.closeEpoch(ctx)
		case <-looks.C:
			r.try("register storage nodes", r.fleet.settle(ctx))
		case <-epochs.C:
			if r.now().After(r.pauseEnd()) {
				_, err := r.Report(ctx)
				r.try("report the traffic of an epoch", err)
			}
		}
	}
}

func (r *Reporter) try(what string, err error) {
	if err != nil && !errors.Is(err, context.Canceled) {
		fmt.Fprintf(r.Log, "report: %s: %v\n", what, err)
	}
}

// epoch is the number of the present epoch. It grows with time, whether there
// is anything to report or not, and is greater than that of any report before.
func (r *Reporter) epoch(last int64) int64 {
	return max(r.first+int64(r.now().Sub(r.began)/r.Epoch), last+1)
}

// Report settles what is open and reports the traffic since the last report.
// It returns the epoch, or 0 when there was nothing to report.
func (r *Reporter) Report(ctx context.Context) (epoch int64, err error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	last, err := r.settled(ctx)
	if err != nil {
		return 0, err
	}
	next, err := r.draft(ctx, last)
	if err != nil || len(next.Volumes) == 0 {
		return 0, err
	}
	if err := r.Meta.NewReport(ctx, next); err != nil {
		return 0, err
	}
	return next.Epoch, r.send(ctx, next)
}

// settled returns the last report, which is on the chain or there is none.
func (r *Reporter) settled(ctx context.Context) (meta.Report, error) {
	last, err := r.Meta.LastReport(ctx)
	if err != nil || last.Epoch == 0 || last.TxHash != "" {
		return last, err
	}
	hash, known, err := r.onChain(ctx, last)
	if err != nil {
		return last, err
	}
	if known {
		last.TxHash = hash
		return last, r.Meta.SettleReport(ctx, last.Epoch, hash)
	}
	if err := r.send(ctx, last); err != nil {
		return last, err
	}
	return r.Meta.LastReport(ctx)
}

// pauseEnd is until when no report is tried, since the chain refused some.
func (r *Reporter) pauseEnd() time.Time {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.pause
}

// refused notes that the chain refused a report, and waits longer each time.
func (r *Reporter) refused() {
	r.lack = min(r.lack+1, 6)
	r.pause = r.now().Add(r.Epoch << r.lack)
}
