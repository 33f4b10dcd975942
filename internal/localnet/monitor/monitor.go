package monitor

import (
	"context"
	"errors"
	"io"
	stdlog "log"
	"net"
	"net/http"
	"sync"
	"time"
)

// DefaultInterval lies between two samples of the traffic, as in the
// reference's settings.
const DefaultInterval = 10 * time.Second

// DefaultOrigin is the only browser origin that the reference lets in.
const DefaultOrigin = "localhost"

// Node is what a monitor tells about.
type Node interface {
	// Address returns the P2P address, stsds1....
	Address() string
	// Traffic returns the bytes taken in and given out so far.
	Traffic() (in, out int64)
	// Used returns the bytes of the slices that lie there.
	Used() int64
}

// Config is what a monitor needs.
type Config struct {
	Node Node
	// Online tells whether the network counts the node as there; nil: always.
	Online func() bool
	// Figures are more values for Prometheus; nil: zeros.
	Figures func() Figures
	// Opponent is the P2P address that all traffic of the node goes through.
	Opponent string

	TokenFile string        // holds the current token; empty: none is written
	Interval  time.Duration // between two samples; 0: DefaultInterval
	Origins   []string      // browser origins that may connect; nil: DefaultOrigin
	Clock     func() time.Time
	Log       io.Writer
}

func (c *Config) fill() {
	if c.Online == nil {
		c.Online = func() bool { return true }
	}
	if c.Figures == nil {
		c.Figures = func() Figures { return Figures{} }
	}
	if c.Interval == 0 {
		c.Interval = DefaultInterval
	}
	if c.Origins == nil {
		c.Origins = []string{DefaultOrigin}
	}
	if c.Clock == nil {
		c.Clock = time.Now
	}
	if c.Log == nil {
		c.Log = io.Discard
	}
}

// Monitor watches one node. Its methods may be called from many goroutines.
type Monitor struct {
	config  Config
	token   token
	history history
	metrics *metrics
	servers []*http.Server
	stop    context.CancelFunc
	work    sync.WaitGroup

	mu      sync.Mutex
	closed  bool
	clients map[*client]bool
	ids     idSet
}

// Start serves the socket on one listener and Prometheus on the other until
// Close, which closes both. The token file is written before it returns.
func Start(c Config, socket, figures net.Listener) (*Monitor, error) {
	m := newMonitor(c)
	if err := m.token.write(m.config.Clock()); err != nil {
		return nil, err
	}
	ctx, cancel := context.WithCancel(context.Background())
	m.stop = cancel
	m.serve(socket, m.Handler())
	m.serve(figures, m.metrics.handler())
	m.work.Go(func() { m.run(ctx) })
	return m, nil
}

func newMonitor(c Config) *Monitor {
	c.fill()
	m := &Monitor{
		config: c, clients: map[*client]bool{}, ids: newIDSet(),
		token: token{start: c.Clock().Unix(), address: c.Node.Address(), path: c.TokenFile},
	}
	m.history.in, m.history.out = c.Node.Traffic()
	m.metrics = newMetrics(c)
	return m
}

func (m *Monitor) serve(l net.Listener, h http.Handler) {
	s := &http.Server{
		Handler: h, ReadHeaderTimeout: 30 * time.Second, IdleTimeout: 120 * time.Second,
		ErrorLog: stdlog.New(m.config.Log, "monitor: ", 0),
	}
	m.servers = append(m.servers, s)
	m.work.Go(func() {
		if err := s.Serve(l); !errors.Is(err, http.ErrServerClosed) {
			stdlog.New(m.config.Log, "", 0).Printf("monitor on %s: %v", l.Addr(), err)
		}
	})
}

// run takes samples and keeps the token file current.
func (m *Monitor) run(ctx context.Context) {
	tick := time.NewTicker(m.config.Interval)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			m.sample()
			if err := m.token.write(m.config.Clock()); err != nil {
				stdlog.New(m.config.Log, "", 0).Printf("monitor: %v", err)
			}
		}
	}
}

// sample notes the traffic since the last time and tells all subscribers.
func (m *Monitor) sample() {
	in, out := m.config.Node.Traffic()
	s := m.history.add(m.config.Clock(), in, out)
	m.metrics.speed(s, m.config.Interval)
	n := notification{Traffic: s.wire(), Online: m.online(), Disk: m.disk()}
	m.mu.Lock()
	defer m.mu.Unlock()
	for c := range m.clients {
		c.notify(n)
	}
}

func (m *Monitor) online() onlineState {
	if !m.config.Online() {
		return onlineState{}
	}
	return onlineState{Online: true, Since: m.token.start}
}

func (m *Monitor) disk() diskUsage { return diskUsage{DataHost: m.config.Node.Used()} }

// Close closes the ports and all connections.
func (m *Monitor) Close() {
	m.stop()
	for _, s := range m.servers {
		s.Close()
	}
	m.mu.Lock()
	m.closed = true
	for c := range m.clients {
		c.close()
	}
	m.mu.Unlock()
	m.work.Wait()
}
