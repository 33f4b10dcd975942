package chain

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"sync"
	"time"

	"cosmossdk.io/log"
	cmttypes "github.com/cometbft/cometbft/types"
	dbm "github.com/cosmos/cosmos-db"
	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/stratosdrive/stratosdrive/internal/fault"
)

// Config says where a chain lives. The addresses are host:port on loopback.
type Config struct {
	Dir  string    // everything is kept here; created when missing
	RPC  string    // CometBFT RPC
	REST string    // gRPC gateway
	GRPC string    // gRPC without TLS
	Log  io.Writer // what the chain reports; nil for nowhere
}

// Chain is a running chain.
type Chain struct {
	engine  *engine
	db      dbm.DB
	keys    keys
	heights *heights
	servers []closer
	credits sync.Mutex // one transaction of the faucet account at a time

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
// after the first block. ctx bounds the start only. A folder or port that
// another program uses is an error with a sentence for people.
func Start(ctx context.Context, cfg Config) (*Chain, error) {
	listeners, err := listen(cfg)
	if err != nil {
		return nil, err
	}
	c := &Chain{done: make(chan struct{})}
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
		c.serve(listeners)
		c.engine.wake.block()
		err = c.waitAbove(ctx, before)
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
	}()
	logger := newLogger(cfg.Log)
	for _, dir := range []string{cfg.Dir, filepath.Join(cfg.Dir, stateDir), filepath.Dir(filepath.Join(cfg.Dir, walFile))} {
		if err := os.MkdirAll(dir, 0o700); err != nil {
			return fmt.Errorf("make the folder of the practice chain: %w", err)
		}
	}
	c.db, err = dbm.NewGoLevelDB("application", filepath.Join(cfg.Dir, stateDir), nil)
	if err != nil {
		return fault.Say(err, "The practice network in this folder cannot be opened: another program may be running it already.")
	}
	return c.assemble(ctx, cfg.Dir, logger)
}

func (c *Chain) assemble(ctx context.Context, dir string, logger log.Logger) (err error) {
	if c.keys, err = loadKeys(dir); err != nil {
		return err
	}
	signer, err := loadSigner(dir)
	if err != nil {
		return err
	}
	a, err := newApp(c.db, sdk.ConsAddress(signer.GetAddress()), logger)
	if err != nil {
		return err
	}
	genesis, err := a.loadGenesis(dir, c.keys, signer)
	if err != nil {
		return err
	}
	c.engine, err = newEngine(ctx, dir, a, genesis, signer, failureLog{logger, c.consensusFailed})
	if err != nil {
		return err
	}
	c.heights = newHeights(c.engine.blockStore.Height())
	return nil
}

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

// waitAbove waits for a block above height.
func (c *Chain) waitAbove(ctx context.Context, height int64) error {
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
		case <-time.After(retryBlock):
			c.engine.wake.block()
		}
	}
}

// Height returns the height of the newest block.
func (c *Chain) Height() int64 { return c.heights.newest() }
