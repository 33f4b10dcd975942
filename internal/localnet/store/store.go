package store

import (
	"context"
	"fmt"
	"io"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"golang.org/x/sync/errgroup"
	"golang.org/x/sync/singleflight"

	"github.com/stratosdrive/stratosdrive/internal/localnet/meta"
	"github.com/stratosdrive/stratosdrive/internal/localnet/node"
)

// Store is all files of the local network. Its methods may be called from many
// goroutines.
type Store struct {
	meta     *meta.Meta
	pool     *node.Pool
	log      io.Writer
	clock    func() time.Time
	settings Settings
	idle     bool

	// gate keeps removing apart from keeping: who gives copies their names and
	// puts them on record holds it for reading, who removes holds it alone.
	gate  sync.RWMutex
	fleet fleet

	proofs  proofs
	proving singleflight.Group

	stop    context.CancelFunc
	work    sync.WaitGroup
	damage  damage
	busy    keyLocks
	survey  chan struct{}     // somebody wants all slices looked at
	short   atomic.Bool       // some slice could not get all its copies
	sampled map[string]string // the last slice that a look proved, by node; only look has it
	retried int64             // unix seconds of the last survey for that; with the fleet's lock
}

// Settings are the periods and limits of the work in the background. Zero
// takes the default of a network on one computer, which changes soon enough
// to be watched.
type Settings struct {
	// Probe is the time between two looks at every node; 30 s.
	Probe time.Duration
	// Grace is how long a node may be away before its copies are made again
	// elsewhere; 5 min.
	Grace time.Duration
	// ScrubRate is how many bytes of copies are proved each second; 512 KiB.
	// Negative: none.
	ScrubRate int64
	// ScrubRest is the least time from the start of one round of the scrubber
	// to the start of the next; 1 h.
	ScrubRest time.Duration
}

func (s Settings) filled() Settings {
	d := Settings{Probe: 30 * time.Second, Grace: 5 * time.Minute, ScrubRate: 512 << 10, ScrubRest: time.Hour}
	if s.Probe > 0 {
		d.Probe = s.Probe
	}
	if s.Grace > 0 {
		d.Grace = s.Grace
	}
	if s.ScrubRate != 0 {
		d.ScrubRate = s.ScrubRate
	}
	if s.ScrubRest > 0 {
		d.ScrubRest = s.ScrubRest
	}
	return d
}

// Options are what a store needs.
type Options struct {
	Meta     *meta.Meta
	Pool     *node.Pool
	Log      io.Writer        // one line for each damage found; nil: nowhere
	Clock    func() time.Time // nil: the system's
	Settings Settings
	// Idle opens the store for looking only: nothing is removed or repaired
	// and nothing runs in the background.
	Idle bool
}

// Open opens a store with the default settings. log may be nil.
func Open(ctx context.Context, m *meta.Meta, pool *node.Pool, log io.Writer) (*Store, error) {
	return OpenWith(ctx, Options{Meta: m, Pool: pool, Log: log})
}

// OpenWith makes the nodes agree with the records: nodes take up the state in
// which they were left, folders of removed nodes go, and so do copies that are
// not on record. Then repairs begin in the background, until Close.
func OpenWith(ctx context.Context, o Options) (*Store, error) {
	s, err := openQuiet(ctx, o)
	if err == nil && !s.idle {
		s.begin(ctx)
	}
	return s, err
}

// openQuiet is [OpenWith] without the work in the background.
func openQuiet(ctx context.Context, o Options) (*Store, error) {
	if o.Log == nil {
		o.Log = io.Discard
	}
	if o.Clock == nil {
		o.Clock = time.Now
	}
	s := &Store{
		meta: o.Meta, pool: o.Pool, log: o.Log, clock: o.Clock, settings: o.Settings.filled(), idle: o.Idle,
		proofs: newProofs(), damage: newDamage(), survey: make(chan struct{}, 1), sampled: map[string]string{}, stop: func() {},
	}
	if err := s.muster(ctx); err != nil {
		return nil, err
	}
	if s.idle {
		return s, nil
	}
	var group errgroup.Group
	for _, n := range o.Pool.Nodes() {
		group.Go(func() error { return s.sweep(ctx, n) })
	}
	return s, group.Wait()
}

// begin starts the work in the background.
func (s *Store) begin(ctx context.Context) {
	run, stop := context.WithCancel(context.WithoutCancel(ctx))
	s.stop = stop
	for range repairers {
		s.work.Go(func() { s.repair(run) })
	}
	s.work.Go(func() { s.surveyLoop(run) })
	s.work.Go(func() { s.lookLoop(run) })
	if s.settings.ScrubRate > 0 {
		s.work.Go(func() { s.scrubLoop(run) })
	}
	s.wantSurvey()
}

// Close ends the work in the background.
func (s *Store) Close() {
	s.stop()
	s.work.Wait()
}

// Pool returns the nodes.
func (s *Store) Pool() *node.Pool { return s.pool }

func (s *Store) logf(format string, args ...any) {
	fmt.Fprintf(s.log, format+"\n", args...)
}

func (s *Store) sweep(ctx context.Context, n *node.Node) error {
	known, used := map[string]bool{}, int64(0)
	err := s.meta.NodeSlices(ctx, n.Address(), func(hash string, size int64) {
		known[hash] = true
		used += size
	})
	if err != nil {
		return err
	}
	n.SetUsed(used)
	_, err = n.Sweep(func(hash string) bool { return known[hash] })
	return err
}

// Delete removes a file of owner, its shares and the copies that no other file
// needs. The error is [meta.NoFile] when there is no such file.
func (s *Store) Delete(ctx context.Context, owner, hash string) error {
	s.gate.Lock()
	defer s.gate.Unlock()
	free, err := s.meta.DeleteFile(ctx, owner, hash)
	if err != nil {
		return err
	}
	for _, c := range free {
		s.removeCopy(c.Node, c.Hash)
	}
	return nil
}

// dropUnrecorded removes those copies of slices that are on no record.
func (s *Store) dropUnrecorded(ctx context.Context, list []meta.Slice) {
	s.gate.Lock()
	defer s.gate.Unlock()
	for _, slice := range list {
		holders, err := s.meta.Holders(ctx, slice.Hash)
		if err != nil {
			return // they go at the next start
		}
		for _, address := range slice.Nodes {
			if !slices.Contains(holders, address) {
				s.removeCopy(address, slice.Hash)
			}
		}
	}
}

// removeCopy removes bytes that are on no record; what cannot be removed now
// goes at the next start.
func (s *Store) removeCopy(address, hash string) {
	n := s.pool.Node(address)
	if n == nil {
		return
	}
	if err := n.Remove(hash); err != nil {
		s.logf("storage node %s: %v", n.Name(), err)
	}
}
