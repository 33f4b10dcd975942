package chain

import (
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"sync"
	"time"

	"cosmossdk.io/log"
	cmttypes "github.com/cometbft/cometbft/types"
	dbm "github.com/cosmos/cosmos-db"
	sdk "github.com/cosmos/cosmos-sdk/types"
)

// DefaultRest lies between two blocks at least.
const DefaultRest = 200 * time.Millisecond

// Config says where a chain lives. The addresses are host:port on loopback.
type Config struct {
	Dir  string    // everything is kept here; created when missing
	RPC  string    // CometBFT RPC
	REST string    // gRPC gateway
	GRPC string    // gRPC without TLS
	Log  io.Writer // what the chain reports; nil for nowhere

	// Periods hold for a folder from its creation on; zero for the defaults.
	Periods Periods

	// Rest is the least time between two blocks; zero for DefaultRest.
	Rest time.Duration
}

// Chain is a running chain.
type Chain struct {
	engine  *engine
	at      *listeners
	folder  *folder
	db      dbm.DB
	keys    keys
	heights *heights
	servers []closer
	sends   sync.Mutex // one transaction of this process at a time

	stores sync.RWMutex // held for reading while stores are read, for writing to close them
	closed bool

	cancel context.CancelFunc // ends the goroutines of the chain
	work   sync.WaitGroup
	done   chan struct{}
	stop   sync.Once

	mu     sync.Mutex
	err    error  // why the chain ended
	reason string // what consensus said when it gave up
}

// closer is a server that can be closed.
type closer interface{ Close() error }

// Start runs the chain of the folder, which it creates at first, and returns
// after the first block. Nothing is answered before: whoever connects earlier
// waits. ctx bounds the start only. A folder or port that
// another program uses is an error with a sentence for people.
func Start(ctx context.Context, cfg Config) (*Chain, error) {
	listeners, err := listen(cfg)
	if err != nil {
		return nil, err
	}
	c := &Chain{at: listeners, done: make(chan struct{})}
	running, cancel := context.WithCancel(context.WithoutCancel(ctx))
	c.cancel = cancel
	if err := c.open(ctx, cfg); err != nil {
		cancel()
		listeners.Close()
		return nil, err
	}
	before := c.heights.newest()
	err = c.run(running)
	if err == nil {
		c.engine.wake.block()
		err = c.waitAbove(ctx, before, standstill)
	}
	if err == nil {
		// Only now: until a block is committed, transactions are checked as if
		// the chain were at its start, where every account has the number 0.
		c.serve(listeners)
		err = c.folder.begun()
	}
	if err != nil {
		listeners.Close()
		return nil, errors.Join(err, c.Stop())
	}
	return c, nil
}

// open reads everything below the folder and prepares the engine.
func (c *Chain) open(ctx context.Context, cfg Config) (err error) {
	defer func() {
		if r := recover(); r != nil { // the SDK panics where a state cannot be read
			err = fmt.Errorf("open the practice chain: %v", r)
		}
		if err != nil && c.db != nil {
			c.db.Close()
		}
		if err != nil && c.folder != nil {
			c.folder.Close()
		}
	}()
	if c.folder, err = openFolder(cfg.Dir); err != nil {
		return err
	}
	c.db, err = openApplication(cfg.Dir)
	if err != nil {
		return err
	}
	return c.assemble(ctx, cfg, newLogger(cfg.Log))
}

func openApplication(dir string) (dbm.DB, error) {
	db, err := dbm.NewGoLevelDB("application", filepath.Join(dir, stateDir), nil)
	if err != nil {
		return nil, fmt.Errorf("open the application database: %w", err)
	}
	return db, nil
}

func (c *Chain) assemble(ctx context.Context, cfg Config, logger log.Logger) (err error) {
	if c.keys, err = loadKeys(cfg.Dir); err != nil {
		return err
	}
	signer, err := loadSigner(cfg.Dir)
	if err != nil {
		return err
	}
	a, err := newApp(c.db, c.keys, cfg.Periods, sdk.ConsAddress(signer.GetAddress()), logger)
	if err != nil {
		return err
	}
	genesis, err := a.loadGenesis(cfg.Dir, c.keys, signer, cfg.Periods)
	if err != nil {
		return err
	}
	c.engine, err = newEngine(ctx, engineConfig(cfg), a, genesis, signer, failureLog{logger, c.consensusFailed})
	if err != nil {
		return err
	}
	c.heights = newHeights(c.engine.blockStore.Height())
	return nil
}

// Born returns when the chain began: it tells it from others of the same id.
func (c *Chain) Born() time.Time { return c.engine.genesis.GenesisTime }

// run starts consensus and the goroutines that watch it.
func (c *Chain) run(ctx context.Context) error {
	blocks, err := c.engine.events.SubscribeUnbuffered(ctx, "chain", cmttypes.EventQueryNewBlockHeader)
	if err != nil {
		return fmt.Errorf("watch for new blocks: %w", err)
	}
	c.work.Go(func() { c.followHeights(ctx, blocks) })
	if err := c.engine.start(); err != nil {
		return err
	}
	c.work.Go(func() { c.wakeWhenDue(ctx) })
	c.work.Go(func() { c.watchProgress(ctx) })
	go c.waitForEnd()
	return nil
}

func (c *Chain) followHeights(ctx context.Context, blocks cmttypes.Subscription) {
	for {
		select {
		case <-ctx.Done():
			return
		case <-blocks.Canceled():
			return
		case message := <-blocks.Out():
			c.heights.set(message.Data().(cmttypes.EventDataNewBlockHeader).Header.Height)
		}
	}
}

// waitAbove waits for a block above height, but not longer than limit.
func (c *Chain) waitAbove(ctx context.Context, height int64, limit time.Duration) error {
	late := time.After(limit)
	for {
		moved := c.heights.next()
		if c.heights.newest() > height {
			return nil
		}
		select {
		case <-moved:
		case <-c.done:
			return c.Err()
		case <-ctx.Done():
			return fmt.Errorf("wait for a block above %d: %w", height, ctx.Err())
		case <-late:
			return failure(fmt.Errorf("no block after %d for %s", height, limit))
		case <-time.After(retryBlock):
			c.engine.wake.block()
		}
	}
}

// Height returns the height of the newest block.
func (c *Chain) Height() int64 { return c.heights.newest() }
