package chain

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"time"

	cmtdb "github.com/cometbft/cometbft-db"
	cmtconfig "github.com/cometbft/cometbft/config"
	"github.com/cometbft/cometbft/consensus"
	"github.com/cometbft/cometbft/evidence"
	cmtlog "github.com/cometbft/cometbft/libs/log"
	"github.com/cometbft/cometbft/mempool"
	"github.com/cometbft/cometbft/proxy"
	"github.com/cometbft/cometbft/state"
	blockindex "github.com/cometbft/cometbft/state/indexer/block/kv"
	"github.com/cometbft/cometbft/state/txindex"
	txindexkv "github.com/cometbft/cometbft/state/txindex/kv"
	"github.com/cometbft/cometbft/store"
	cmttypes "github.com/cometbft/cometbft/types"
	"github.com/cosmos/cosmos-sdk/server"
)

// engine is a CometBFT node without peers: consensus, memory pool, stores and
// indexes, and none of the reactors that talk to other nodes.
type engine struct {
	app        *app
	genesis    *cmttypes.GenesisDoc
	signer     cmttypes.PrivValidator
	logger     cmtlog.Logger
	config     *cmtconfig.Config
	databases  []cmtdb.DB
	stateStore state.Store
	blockStore *store.BlockStore
	proxy      proxy.AppConns
	events     *cmttypes.EventBus
	txIndex    *txindexkv.TxIndex
	blockIndex *blockindex.BlockerIndexer
	indexer    *txindex.IndexerService
	pool       *mempool.CListMempool
	evidence   *evidence.Pool
	consensus  *consensus.State
	wake       *wakener
}

// engineConfig makes blocks fast and only when there is something in them.
func engineConfig(cfg Config) *cmtconfig.Config {
	c := cmtconfig.DefaultConfig()
	c.SetRoot(cfg.Dir)
	c.Consensus.SetWalFile(filepath.Join(cfg.Dir, walFile))
	c.Consensus.CreateEmptyBlocks = false
	c.Consensus.TimeoutCommit = cmp.Or(cfg.Rest, DefaultRest)
	// The other validator proposes one block in a hundred and never does it.
	c.Consensus.TimeoutPropose, c.Consensus.TimeoutProposeDelta = 500*time.Millisecond, 250*time.Millisecond
	c.Consensus.TimeoutPrevote, c.Consensus.TimeoutPrevoteDelta = 100*time.Millisecond, 100*time.Millisecond
	c.Consensus.TimeoutPrecommit, c.Consensus.TimeoutPrecommitDelta = 100*time.Millisecond, 100*time.Millisecond
	return c
}

// newEngine opens the stores, brings application and stores to the
// same height and prepares consensus. Nothing runs on before start.
func newEngine(ctx context.Context, config *cmtconfig.Config, a *app, genesis *cmttypes.GenesisDoc, signer cmttypes.PrivValidator, logger cmtlog.Logger) (*engine, error) {
	e := &engine{app: a, genesis: genesis, signer: signer, logger: logger, config: config}
	err := e.open(filepath.Join(config.RootDir, stateDir))
	if err == nil {
		err = e.connect()
	}
	if err == nil {
		err = e.handshake(ctx)
	}
	if err == nil {
		err = e.prepare()
	}
	if err != nil {
		return nil, errors.Join(err, e.close())
	}
	return e, nil
}

func (e *engine) open(dir string) error {
	names := []string{"blockstore", "state", "evidence", "tx_index"}
	for _, name := range names {
		db, err := cmtdb.NewDB(name, cmtdb.GoLevelDBBackend, dir)
		if err != nil {
			return fmt.Errorf("open the %s database: %w", name, err)
		}
		e.databases = append(e.databases, db)
	}
	e.blockStore = store.NewBlockStore(e.databases[0])
	e.stateStore = state.NewStore(e.databases[1], state.StoreOptions{})
	e.txIndex = txindexkv.NewTxIndex(e.databases[3])
	e.blockIndex = blockindex.New(cmtdb.NewPrefixDB(e.databases[3], []byte("block_events")))
	return nil
}

// connect starts what must run before blocks are replayed.
func (e *engine) connect() error {
	e.proxy = proxy.NewAppConns(proxy.NewLocalClientCreator(server.NewCometABCIWrapper(e.app)), proxy.NopMetrics())
	e.proxy.SetLogger(e.logger.With("module", "proxy"))
	e.events = cmttypes.NewEventBus()
	e.events.SetLogger(e.logger.With("module", "events"))
	e.indexer = txindex.NewIndexerService(e.txIndex, e.blockIndex, e.events, false)
	e.indexer.SetLogger(e.logger.With("module", "txindex"))
	for _, s := range []interface{ Start() error }{e.proxy, e.events, e.indexer} {
		if err := s.Start(); err != nil {
			return fmt.Errorf("start the chain's services: %w", err)
		}
	}
	return nil
}

// handshake replays what the application or the stores missed when the process
// ended.
func (e *engine) handshake(ctx context.Context) error {
	latest, err := e.stateStore.LoadFromDBOrGenesisDoc(e.genesis)
	if err != nil {
		return fmt.Errorf("read the chain's state: %w", err)
	}
	h := consensus.NewHandshaker(e.stateStore, latest, e.blockStore, e.genesis)
	h.SetLogger(e.logger.With("module", "consensus"))
	h.SetEventBus(e.events)
	if err := h.HandshakeWithContext(ctx, e.proxy); err != nil {
		return fmt.Errorf("bring the application to the newest block: %w", err)
	}
	return e.indexAgain()
}

// prepare makes the memory pool and consensus over the newest state.
func (e *engine) prepare() error {
	latest, err := e.stateStore.Load()
	if err != nil {
		return fmt.Errorf("read the chain's state: %w", err)
	}
	e.pool = mempool.NewCListMempool(e.config.Mempool, e.proxy.Mempool(), latest.LastBlockHeight,
		mempool.WithPreCheck(state.TxPreCheck(latest)), mempool.WithPostCheck(state.TxPostCheck(latest)))
	e.pool.SetLogger(e.logger.With("module", "mempool"))
	e.pool.EnableTxsAvailable()
	e.evidence, err = evidence.NewPool(e.databases[2], e.stateStore, e.blockStore)
	if err != nil {
		return fmt.Errorf("prepare the evidence pool: %w", err)
	}
	blocks := state.NewBlockExecutor(e.stateStore, e.logger.With("module", "state"), e.proxy.Consensus(), e.pool, e.evidence, e.blockStore)
	e.wake = newWakener(e.pool.TxsAvailable())
	e.consensus = consensus.NewState(e.config.Consensus, latest.Copy(), blocks, e.blockStore, e.wake, e.evidence)
	e.consensus.SetLogger(e.logger.With("module", "consensus"))
	e.consensus.SetPrivValidator(e.signer)
	e.consensus.SetEventBus(e.events)
	return nil
}

// start lets consensus run.
func (e *engine) start() error {
	if err := dropPeerStatistics(e.consensus); err != nil {
		return err
	}
	if err := e.consensus.Start(); err != nil {
		return fmt.Errorf("start consensus: %w", err)
	}
	return nil
}

// stop ends consensus between two steps.
func (e *engine) stop() error {
	if !e.consensus.IsRunning() {
		return nil
	}
	err := e.consensus.Stop()
	e.consensus.Wait()
	return err
}

// close closes what open and connect opened.
func (e *engine) close() error {
	var failed []error
	if e.wake != nil {
		e.wake.stop()
	}
	if e.indexer != nil && e.indexer.IsRunning() {
		failed = append(failed, e.indexer.Stop())
	}
	if e.events != nil && e.events.IsRunning() {
		failed = append(failed, e.events.Stop())
	}
	if e.proxy != nil && e.proxy.IsRunning() {
		failed = append(failed, e.proxy.Stop())
	}
	for _, db := range e.databases {
		failed = append(failed, db.Close())
	}
	return errors.Join(failed...)
}
