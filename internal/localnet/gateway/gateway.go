package gateway

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"sync"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/localnet/meta"
	"github.com/stratosdrive/stratosdrive/internal/localnet/store"
)

// Options are what a gateway needs.
type Options struct {
	Meta  *meta.Meta
	Store *store.Store
	// Spool is a folder for videos on their way in. What lies there when the
	// gateway starts is removed.
	Spool string
	// Hosts are names accepted in the Host header besides IP literals; "*"
	// accepts all.
	Hosts    []string
	Faithful bool
	// Active is a node that stores for the network itself; it refuses to play
	// videos.
	Active bool
	Clock  Clock     // nil: the system's
	Log    io.Writer // nil: nowhere
}

// limits are the waiting times of the reference node.
type limits struct {
	sign     time.Duration // from the last byte to uploadSign
	idle     time.Duration // between two pieces of an upload
	takeOver time.Duration // after so much silence the owner may start an upload again
	store    time.Duration // uploadSign waits so long for the disk before it answers
	session  time.Duration // unused downloads, video sessions, and files that the node has fetched
	cached   time.Duration // videos that nobody plays
	window   int64         // seconds that req_time may be off
}

var defaultLimits = limits{
	sign:     15 * time.Second,
	idle:     120 * time.Second,
	takeOver: 5 * time.Second,
	store:    2 * time.Second,
	session:  time.Hour,
	cached:   48 * time.Hour,
	window:   300,
}

// Gateway serves clients. Make it with [New].
type Gateway struct {
	meta   *meta.Meta
	store  *store.Store
	spool  string
	hosts  map[string]bool
	clock  Clock
	log    io.Writer
	active bool
	quirks quirks
	mix    func([]meta.Slice) []meta.Slice // the order in which slices are handed out
	cut    cutter
	limits limits

	ctx  context.Context // ends with Close
	stop context.CancelFunc
	work sync.WaitGroup // what goes on behind answers

	mu      sync.Mutex
	uploads map[string]*upload // by file hash
	reads   *sessions[*download]
	videos  *sessions[*videoSession]
	sent    *sessions[sending]       // uploads that were accepted lately, by owner and hash
	fetched *sessions[*download]     // what was downloaded lately, by file hash
	cached  *sessions[*videoSession] // videos that were played lately, by link and wallet
	paying  sync.Map                 // *sync.Mutex by wallet: who spends its number
	deletes deletions
	methods map[string]method
	counts  counters
}

// New makes a gateway that runs until Close.
func New(o Options) (*Gateway, error) {
	if o.Clock == nil {
		o.Clock = systemClock{}
	}
	if o.Log == nil {
		o.Log = io.Discard
	}
	q := chooseQuirks(o.Faithful)
	g := &Gateway{
		meta: o.Meta, store: o.Store, spool: o.Spool, hosts: map[string]bool{},
		clock: o.Clock, log: o.Log, active: o.Active, quirks: q, mix: chooseOrder(q), limits: defaultLimits,
		cut: cutWith(o.Faithful), uploads: map[string]*upload{},
	}
	g.openSessions()
	for _, h := range o.Hosts {
		g.hosts[h] = true
	}
	if err := clearSpool(o.Spool); err != nil {
		return nil, err
	}
	g.ctx, g.stop = context.WithCancel(context.Background())
	g.methods = g.methodTable()
	g.counts = newCounters(g.methods)
	g.work.Go(g.sweep)
	return g, nil
}

// Close ends all sessions. Answers that are being written may break off; what
// was reported as stored stays.
func (g *Gateway) Close() {
	g.stop()
	for _, u := range g.openUploads() {
		g.endUpload(u)
	}
	g.work.Wait()
}

// RPC returns the handler of the JSON-RPC port.
func (g *Gateway) RPC() http.Handler { return rootOnly(gzipped(http.HandlerFunc(g.serveRPC))) }

// REST returns the handler of the video port.
func (g *Gateway) REST() http.Handler { return g.restMux() }

func clearSpool(dir string) error {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return fmt.Errorf("make spool folder: %w", err)
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		return fmt.Errorf("clear spool folder: %w", err)
	}
	for _, e := range entries {
		if err := os.RemoveAll(filepath.Join(dir, e.Name())); err != nil {
			return fmt.Errorf("clear spool folder: %w", err)
		}
	}
	return nil
}

func (g *Gateway) openSessions() {
	g.reads = newSessions[*download](g.clock, g.limits.session)
	g.videos = newSessions[*videoSession](g.clock, g.limits.session)
	g.sent = newSessions[sending](g.clock, g.limits.session)
	g.fetched = newSessions[*download](g.clock, g.limits.session)
	g.cached = newSessions[*videoSession](g.clock, g.limits.cached)
}

// sweep frees what was forgotten, every now and then.
func (g *Gateway) sweep() {
	tick := time.NewTicker(10 * time.Second)
	defer tick.Stop()
	for {
		select {
		case <-g.ctx.Done():
			return
		case <-tick.C:
			g.sweepUploads()
			g.reads.sweep()
			g.videos.sweep()
			g.sent.sweep()
			g.fetched.sweep()
			g.cached.sweep()
		}
	}
}

// logf writes one line to the log of the network.
func (g *Gateway) logf(format string, args ...any) {
	fmt.Fprintf(g.log, "gateway: "+format+"\n", args...)
}
