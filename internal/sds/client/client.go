package client

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/internal/sds/wire"
	"github.com/stratosdrive/stratosdrive/internal/stratos/network"
)

// Options are what a client is made of. Gateways and Signer are required.
type Options struct {
	Gateways []network.Gateway // in order of preference
	Signer   wire.Signer
	// LockDir is one folder per machine for the billing locks, made if it is
	// missing; empty means that no other process uses the account.
	LockDir string
	// ConfirmedPlain are hosts (host, host:port or the address as given) that
	// the user allowed to be reached without https. Loopback always may.
	ConfirmedPlain []string
	HTTP           *http.Client // nil for one that suits gateways
	Clock          Clock        // nil for the system's
	// TempDir holds pieces of downloads whose destination cannot be read
	// back; empty for the system's.
	TempDir string
}

// Client is the storage network as one account sees it. It is safe for
// concurrent use.
type Client struct {
	signer   wire.Signer
	gateways *gateways
	queue    *queue
	http     *http.Client
	clock    Clock
	tempDir  string
	buffers  sync.Pool // of *buffer
	uplink   *uplink
	downlink downlink
	skews    skews
	up, down throttle
	bills    bills
	turns    *turns
	leaving  sync.Map // chan struct{} by file id: sessions that are being given up
	ids      atomic.Int64
	hurry    time.Duration   // divides the time limits of calls; 1 outside tests
	life     context.Context // ends with Close
	end      context.CancelFunc
	mu       sync.Mutex
	closed   bool
	work     sync.WaitGroup // calls that are finished in the background
}

// New makes a client. Gateways with unusable addresses are left out; with none
// left the error says why. No connection is made yet.
func New(o Options) (*Client, error) {
	if o.Signer == nil {
		return nil, errors.New("storage client: no account")
	}
	list, err := endpoints(o.Gateways, o.ConfirmedPlain)
	if err != nil {
		return nil, explain(err, "storage client")
	}
	lock, err := lockPath(o.LockDir, o.Signer.Address())
	if err != nil {
		return nil, err
	}
	c := &Client{
		signer: o.Signer, gateways: newGateways(list), http: o.HTTP,
		clock: o.Clock, tempDir: o.TempDir, uplink: newUplink(list), turns: newTurns(), hurry: 1,
	}
	if c.clock == nil {
		c.clock = systemClock{}
	}
	if c.http == nil {
		c.http = newHTTP()
	}
	c.ids.Store(rand.Int64N(1 << 31))
	c.queue = newQueue(lock, c.clock)
	c.life, c.end = context.WithCancel(context.Background())
	return c, nil
}

// Close breaks off everything that still runs (ErrClosed) and lets go of
// connections. The client cannot be used afterwards.
func (c *Client) Close() {
	c.mu.Lock()
	c.closed = true
	c.mu.Unlock()
	c.end()
	c.work.Wait()
	c.http.CloseIdleConnections()
}

// background runs f in a goroutine that Close waits for. f gets a context that
// ends only with the client.
func (c *Client) background(f func(ctx context.Context)) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.closed {
		return ErrClosed
	}
	c.work.Go(func() { f(c.life) })
	return nil
}

// Address returns the account of the client, st1....
func (c *Client) Address() string { return c.signer.Address() }

func endpoints(list []network.Gateway, plain []string) ([]*endpoint, error) {
	var usable []*endpoint
	var first error
	for _, g := range list {
		e, err := newEndpoint(g, plain)
		if err != nil && first == nil {
			first = err
		}
		if err == nil {
			usable = append(usable, e)
		}
	}
	if len(list) == 0 {
		return nil, fault.Wrong(nil, "This network has no storage gateway yet; add the address of one in the settings.")
	}
	if len(usable) == 0 {
		return nil, first
	}
	return usable, nil
}

func lockPath(dir, address string) (string, error) {
	if dir == "" {
		return "", nil
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return "", fmt.Errorf("folder for billing locks: %w", err)
	}
	return filepath.Join(dir, address+".lock"), nil
}

// urgentKey marks a context, see [Urgent].
type urgentKey struct{}

// Urgent returns a context whose billed calls go before all others of the
// client: for what somebody is watching right now.
func Urgent(ctx context.Context) context.Context {
	return context.WithValue(ctx, urgentKey{}, true)
}

func isUrgent(ctx context.Context) bool { return ctx.Value(urgentKey{}) != nil }

// throughKey marks a context, see [Through].
type throughKey struct{}

// Through returns a context whose downloads go through another gateway than the
// best one: n is how many better ones are passed over. With fewer gateways they
// are counted round.
func Through(ctx context.Context, n int) context.Context {
	return context.WithValue(ctx, throughKey{}, n)
}

// pick returns the gateway for a download.
func (c *Client) pick(ctx context.Context) *endpoint {
	n, _ := ctx.Value(throughKey{}).(int)
	order := c.order()
	return order[n%len(order)]
}

func (c *Client) now() int64 { return c.clock.Now().Unix() }

// tries is how often a call that costs nothing is repeated, over all gateways.
const tries = 4

// eachGateway runs do on one gateway after the other until it succeeds or
// fails in a way that another gateway would not mend.
func (c *Client) eachGateway(ctx context.Context, do func(e *endpoint) error) error {
	var err error
	for try := range tries {
		order := c.order()
		e := order[0]
		if err = do(e); err == nil {
			c.gateways.well(e)
			return nil
		}
		if ctx.Err() != nil || !gatewayFault(err) {
			return err
		}
		c.gateways.fail(e, c.clock.Now())
		if len(order) > 1 && try < len(order)-1 {
			continue
		}
		if try == tries-1 || (errors.Is(err, ErrUnreachable) && try > 0) {
			break
		}
		if serr := c.clock.Sleep(ctx, jitter(100*time.Millisecond<<try)); serr != nil {
			return serr
		}
	}
	return err
}

// gatewayFault tells whether err may be mended by asking again or elsewhere.
func gatewayFault(err error) bool {
	for _, kind := range []error{ErrUnreachable, ErrUnknownOutcome, errGarbage, errBusy, errNoMethod} {
		if errors.Is(err, kind) {
			return true
		}
	}
	return false
}
