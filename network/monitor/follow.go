package monitor

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/sds/wire"
)

// Pauses between tries.
const (
	firstPause = time.Second
	lastPause  = 30 * time.Second
	pollEvery  = 10 * time.Second // where a node tells nothing by itself
	// quiet is how long a node that tells samples by itself may tell none before
	// it is asked: a connection that is up says nothing of what hangs behind it.
	quiet = 25 * time.Second
)

// follower is what is kept of a node from one connection to the next.
type follower struct {
	Source
	sink Sink
	id   string // of the last subscription: good for questions without a token
	anew bool   // the node was started again, and took no token since
	seen trafficInfo
	now  func() time.Time
	wait func(context.Context, time.Duration) error

	quiet time.Duration
}

// Follow tells sink about a node until ctx ends. It goes on after everything
// that can go wrong, with longer pauses the longer it does.
func Follow(ctx context.Context, source Source, sink Sink) {
	newFollower(source, sink).run(ctx)
}

func newFollower(source Source, sink Sink) *follower {
	return &follower{Source: source, sink: sink, now: time.Now, wait: sleep, quiet: quiet, id: source.Ticket, seen: trafficInfo{Time: source.Seen}}
}

func sleep(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (f *follower) run(ctx context.Context) {
	for pause := firstPause; ctx.Err() == nil; {
		heard, err := f.once(ctx)
		if ctx.Err() != nil {
			return
		}
		f.sink.Lost(err)
		if heard {
			pause = firstPause
		}
		if f.wait(ctx, pause) != nil {
			return
		}
		pause = min(2*pause, lastPause)
	}
}

// once follows a node over one connection, and tells whether it heard of it.
func (f *follower) once(ctx context.Context) (heard bool, err error) {
	c, err := dial(ctx, f.URL)
	if err != nil {
		return false, err
	}
	defer c.close()
	stop := context.AfterFunc(ctx, func() { c.socket.Close() })
	defer stop()
	told, err := f.enter(ctx, c)
	if err != nil {
		return false, err
	}
	if err := f.greet(ctx, c); err != nil {
		return false, err
	}
	for {
		n, err := f.next(ctx, c, told)
		if err != nil {
			return true, err
		}
		f.tell(n, nil)
	}
}

// enter subscribes with a token. When there is none that the node takes, an
// earlier subscription still answers questions; told is false then.
func (f *follower) enter(ctx context.Context, c *conn) (told bool, err error) {
	if err := f.recall(ctx, c); err != nil {
		return false, err
	}
	var id string
	token, err := f.Token(ctx)
	if err == nil {
		err = c.call(ctx, subscribe, []any{"subscription", token}, &id)
	} else if f.id != "" {
		return false, nil //nolint:nilerr // it is not needed
	}
	if err == nil {
		c.mu.Lock()
		c.topic, f.id = id, id
		c.mu.Unlock()
		return true, nil
	}
	switch refused := refusal(err); {
	case !errors.Is(refused, ErrToken):
		return false, refused
	case f.id != "":
		return false, nil
	case f.anew:
		return false, ErrStartedAgain
	default:
		return false, refused
	}
}

// recall finds out whether the node knows the last subscription: it forgets all
// of them when it is started again, and else never.
func (f *follower) recall(ctx context.Context, c *conn) error {
	if f.id == "" {
		return nil
	}
	_, err := f.ask(ctx, c, details, 0)
	if errors.Is(err, ErrToken) {
		f.id, f.anew = "", true
		return nil
	}
	return err
}

// said tells whether a node refused with these words.
func said(err error, words string) bool {
	var refused *wire.RPCError
	return errors.As(err, &refused) && refused.Message == words
}

// refusal tells a token that is too old from other trouble.
func refusal(err error) error {
	if said(err, badToken) || said(err, unknownID) {
		return ErrToken
	}
	return err
}

// greet tells who the node is, how it is, and what was missed.
func (f *follower) greet(ctx context.Context, c *conn) error {
	who, err := f.ask(ctx, c, details, 0)
	if err != nil {
		return err
	}
	f.sink.Connected(Greeting{Address: who.Node.Address, Ticket: f.id, Restarted: f.anew})
	f.anew = false
	n, missed, err := f.look(ctx, c, day)
	if err != nil {
		return err
	}
	f.tell(n, missed)
	return nil
}

// How many samples are read: those of a day at a connection, which may have been
// missed, and those between two questions.
const (
	day  = 8640
	some = 6
)

func (f *follower) ask(ctx context.Context, c *conn, method string, lines int) (answer, error) {
	params := map[string]any{"subid": f.id}
	if lines > 0 {
		params["lines"] = lines
	}
	var a answer
	if err := c.call(ctx, method, []any{params}, &a); err != nil {
		return a, refusal(err)
	}
	return a, nil
}

// look asks for all that a notice would tell, and for samples that are newer
// than the last one that was seen, the oldest first.
func (f *follower) look(ctx context.Context, c *conn, lines int) (n notice, missed []trafficInfo, err error) {
	flow, err := f.ask(ctx, c, traffic, lines)
	if err != nil {
		return n, nil, err
	}
	state, err := f.ask(ctx, c, online, 0)
	if err != nil {
		return n, nil, err
	}
	used, err := f.ask(ctx, c, disk, 0)
	if err != nil {
		return n, nil, err
	}
	n.Online, n.Disk = state.Online, used.Disk
	fresh := f.fresh(flow.Traffic)
	if len(fresh) > 0 {
		n.Traffic, fresh = fresh[len(fresh)-1], fresh[:len(fresh)-1]
	}
	return n, fresh, nil
}

// fresh turns samples, the newest first, around and leaves out those that were
// seen. Times of a node go back when its clock is set; what is not after the
// last one counts as seen then.
func (f *follower) fresh(list []trafficInfo) []trafficInfo {
	list = slices.Clone(list)
	slices.Reverse(list)
	last, known := f.seen.stamp()
	return slices.DeleteFunc(list, func(t trafficInfo) bool {
		at, ok := t.stamp()
		return !ok || (known && !at.After(last))
	})
}

// next waits for what a node tells, or asks for it where it tells nothing.
func (f *follower) next(ctx context.Context, c *conn, told bool) (notice, error) {
	if told {
		late := time.NewTimer(f.quiet)
		defer late.Stop()
		select {
		case n := <-c.notices:
			return n, nil
		case <-c.done:
			return notice{}, c.err
		case <-late.C:
		}
	} else if err := f.pause(ctx, c); err != nil {
		return notice{}, err
	}
	n, missed, err := f.look(ctx, c, some)
	if err == nil && len(missed) > 0 {
		f.sink.Sampled(f.late(missed, n))
	}
	return n, err
}

// pause waits until it is time for the next question, or the connection ends.
func (f *follower) pause(ctx context.Context, c *conn) error {
	ctx, end := context.WithCancel(ctx)
	defer end()
	go func() {
		select {
		case <-c.done:
			end()
		case <-ctx.Done():
		}
	}()
	if err := f.wait(ctx, pollEvery); err != nil {
		select {
		case <-c.done:
			return c.err
		default:
			return err
		}
	}
	return nil
}
