package localnet

import (
	"context"
	"errors"
	"fmt"
	"io"
	stdlog "log"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/internal/localnet/chain"
	"github.com/stratosdrive/stratosdrive/internal/localnet/control"
	"github.com/stratosdrive/stratosdrive/internal/localnet/faucet"
	"github.com/stratosdrive/stratosdrive/internal/localnet/gateway"
	"github.com/stratosdrive/stratosdrive/internal/localnet/meta"
	"github.com/stratosdrive/stratosdrive/internal/localnet/monitor"
	"github.com/stratosdrive/stratosdrive/internal/localnet/node"
	"github.com/stratosdrive/stratosdrive/internal/localnet/report"
	"github.com/stratosdrive/stratosdrive/internal/localnet/store"
	"github.com/stratosdrive/stratosdrive/internal/sds/wire"
)

// tower is a running network: its parts in the order in which they stand on
// each other. A part that is nil was not started.
type tower struct {
	options Options
	log     io.Writer

	chain   *chain.Chain
	meta    *meta.Meta
	store   *store.Store
	gateway *gateway.Gateway
	servers []*http.Server
	crew    *crew
	report  *report.Reporter
	control *control.Server

	failed  chan error // what ends the network
	running context.CancelFunc
	work    sync.WaitGroup
	held    *hold

	mu        sync.Mutex
	announced bool // network.json is there
}

// start builds everything and returns when the gateway answers.
func (t *tower) start(ctx context.Context, held *hold) error {
	t.failed = make(chan error, 8)
	say(t.options, "Starting the chain and %d storage nodes in %s.", t.options.Nodes, t.options.Dir)
	var both errgroup.Group
	both.Go(func() error { return t.startChain(ctx, held) })
	both.Go(func() error { return t.startStorage(ctx) })
	if err := both.Wait(); err != nil {
		return err
	}
	running, cancel := context.WithCancel(context.WithoutCancel(ctx))
	t.running = cancel
	figures := &account{meta: t.meta, store: t.store, now: time.Now}
	t.serve(held.take(held.Faucet), withAudience(t.meta, figures.withFigures(faucet.Handler(t.chain))))
	t.serve(held.take(held.Gateway), t.gateway.RPC())
	t.serve(held.take(held.Video), t.gateway.REST())
	t.work.Go(func() { t.followPrepays(running) })
	if err := t.startReports(running); err != nil {
		return err
	}
	if err := t.watchNodes(running, held); err != nil {
		return err
	}
	return askGateway(ctx, held.Gateway)
}

// watchNodes starts the monitors and the control of the storage nodes.
func (t *tower) watchNodes(ctx context.Context, held *hold) error {
	nodes, err := filepath.Abs(nodesPath(t.options.Dir)) // others read it in network.json
	if err != nil {
		return fmt.Errorf("find the storage nodes: %w", err)
	}
	t.held = held
	t.crew = &crew{
		dir: nodes, every: t.options.LogInterval, held: held, log: t.log, figures: t.figures,
		running: map[string]*monitor.Monitor{}, ports: map[string]nodePorts{},
	}
	if err := t.follow(); err != nil {
		return err
	}
	t.work.Go(func() { t.keepFollowing(ctx) })
	t.control, err = control.Serve(t.options.Dir, &fleet{dir: t.options.Dir, store: t.store, follow: t.follow, close: t.report.CloseEpoch}, t.log)
	return err
}

// startReports tells the chain about nodes and traffic.
func (t *tower) startReports(ctx context.Context) error {
	var err error
	t.report, err = report.Start(ctx, report.Config{
		Meta: t.meta, Chain: t.chain, Pool: t.store.Pool(), Epoch: t.options.Epoch, Log: t.log,
	})
	if err != nil {
		return fmt.Errorf("start the volume reports: %w", err)
	}
	return nil
}

func (t *tower) startChain(ctx context.Context, held *hold) (err error) {
	t.chain, err = chain.Start(ctx, chain.Config{
		Dir: filepath.Join(t.options.Dir, "chain"),
		RPC: held.free(held.ChainRPC), REST: held.free(held.ChainREST), GRPC: held.free(held.ChainGRPC),
		Periods: t.options.Periods, Rest: t.options.BlockRest, Log: t.log,
	})
	if err != nil {
		return fmt.Errorf("start the chain: %w", err)
	}
	return nil
}

func (t *tower) startStorage(ctx context.Context) error {
	dir := t.options.Dir
	if err := os.MkdirAll(filepath.Join(dir, "meta"), 0o700); err != nil {
		return fmt.Errorf("make the meta node: %w", err)
	}
	var err error
	if t.meta, err = meta.Open(ctx, filepath.Join(dir, "meta", "meta.db"), meta.Options{}); err != nil {
		return err
	}
	pool, err := node.OpenPool(nodesPath(dir), t.options.Nodes, t.options.Replicas)
	if err != nil {
		return err
	}
	if t.store, err = store.Open(ctx, t.meta, pool, t.log); err != nil {
		return err
	}
	t.gateway, err = gateway.New(gateway.Options{
		Meta: t.meta, Store: t.store, Spool: filepath.Join(dir, "gateway", "spool"),
		Faithful: t.options.Faithful, Log: t.log,
	})
	return err
}

// serve answers on l. The reference breaks off whatever takes longer than
// 30 s; otherwise nothing is broken off.
func (t *tower) serve(l net.Listener, h http.Handler) {
	s := &http.Server{
		Handler: h, ReadHeaderTimeout: 30 * time.Second, IdleTimeout: 120 * time.Second,
		ErrorLog: stdlog.New(t.log, "http: ", 0),
	}
	if t.options.Faithful {
		s.ReadTimeout, s.WriteTimeout = 30*time.Second, 30*time.Second
	}
	t.servers = append(t.servers, s)
	t.work.Go(func() {
		if err := s.Serve(l); !errors.Is(err, http.ErrServerClosed) {
			t.fail(fmt.Errorf("serve on %s: %w", l.Addr(), err))
		}
	})
}

func (t *tower) fail(err error) {
	select {
	case t.failed <- err:
	default: // something else ends the network already
	}
}

// followPrepays brings bought ozone to the accounts. The last height is asked
// for again, since not all of its prepays may have been credited.
func (t *tower) followPrepays(ctx context.Context) {
	height, err := t.meta.PrepayHeight(ctx)
	if err == nil {
		err = t.chain.FollowPrepays(ctx, max(height-1, 0), func(p chain.Prepay) error {
			return t.meta.CreditPrepay(ctx, meta.Prepay(p))
		})
	}
	if err != nil && ctx.Err() == nil {
		t.fail(fmt.Errorf("follow purchases of ozone: %w", err))
	}
}

// askGateway waits for a right answer of the gateway.
func askGateway(ctx context.Context, port int) error {
	ctx, cancel := context.WithTimeout(ctx, 10*time.Second)
	defer cancel()
	body := strings.NewReader(`{"jsonrpc":"2.0","id":1,"method":"` + wire.MethodModules + `"}`)
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, "http://"+address(port)+"/", body)
	if err != nil {
		return fmt.Errorf("ask the gateway: %w", err)
	}
	r.Header.Set("Content-Type", wire.ContentType)
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		return fmt.Errorf("ask the gateway: %w", err)
	}
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		return fmt.Errorf("ask the gateway: %s", answer.Status)
	}
	return nil
}

// wait returns when the network has to end: nil when ctx ended.
func (t *tower) wait(ctx context.Context) error {
	select {
	case <-ctx.Done():
		return nil
	case err := <-t.failed:
		return err
	case <-t.chain.Done():
		if err := t.chain.Err(); err != nil {
			return err
		}
		return fault.Say(nil, "The chain of the practice network stopped by itself. Start the network again; its files are safe.")
	}
}

// stop takes down whatever was started, the newest first.
func (t *tower) stop() error {
	errs := []error{t.withdraw()}
	if t.running != nil {
		t.running()
	}
	grace, cancel := context.WithTimeout(context.Background(), 3*time.Second)
	defer cancel()
	for _, s := range t.servers {
		if s.Shutdown(grace) != nil {
			s.Close() // calls that take too long are broken off
		}
	}
	t.work.Wait()
	if t.report != nil {
		t.report.Close()
	}
	if t.crew != nil {
		t.crew.Close()
	}
	if t.gateway != nil {
		t.gateway.Close()
	}
	if t.store != nil {
		t.store.Close()
	}
	if t.meta != nil {
		errs = append(errs, t.meta.Close())
	}
	if t.chain != nil {
		errs = append(errs, t.chain.Stop())
	}
	return errors.Join(errs...)
}
