package monitor

import (
	"context"
	"errors"
	"net/url"
	"slices"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/internal/sds/wire"
)

// ErrToken says that a node takes the token no more: it changes every hour, and
// a node that was started again has another one.
var ErrToken = errors.New("the node refuses the token")

// Source is a node to follow.
type Source struct {
	URL string // ws://host:18381/, or wss
	// Token returns the node's present token, 64 hexadecimal digits. It is
	// asked at every connection.
	Token func(context.Context) (string, error)
}

// Sample is what a node did between two looks of its own, which are 10 s apart
// as a node comes.
type Sample struct {
	At      time.Time // by this computer's clock
	In, Out int64     // bytes taken in and given out
	// The rest is zero for samples that were missed and read later.
	Missed bool
	Online bool      // the network counts the node as there
	Since  time.Time // since when, if it is online
	Disk   int64     // bytes that slices take
}

// Sink gets what is heard of a node, from one goroutine at a time.
type Sink interface {
	// Connected tells the node's address, stsds1..., at every connection.
	Connected(address string)
	// Sampled tells samples, the oldest first. The last one is not missed.
	Sampled(samples []Sample)
	// Lost tells why nothing is heard, at every try that failed. It is
	// [ErrToken] when only a new token helps.
	Lost(reason error)
}

// Pauses between tries.
const (
	firstPause = time.Second
	lastPause  = 30 * time.Second
	pollEvery  = 10 * time.Second // where a node tells nothing by itself
)

// CheckURL refuses an address that is not that of a monitor socket.
func CheckURL(text string) error {
	u, err := url.Parse(text)
	if err != nil || (u.Scheme != "ws" && u.Scheme != "wss") || u.Hostname() == "" || u.User != nil {
		return fault.Wrong(err, "The address of a node's monitor looks like ws://192.168.1.20:18381; nothing was changed.")
	}
	return nil
}

// follower is what is kept of a node from one connection to the next.
type follower struct {
	Source
	sink Sink
	id   string // of the last subscription: good for questions without a token
	seen trafficInfo
	now  func() time.Time
	wait func(context.Context, time.Duration) error
}

// Follow tells sink about a node until ctx ends. It goes on after everything
// that can go wrong, with longer pauses the longer it does.
func Follow(ctx context.Context, source Source, sink Sink) {
	f := &follower{Source: source, sink: sink, now: time.Now, wait: sleep}
	f.run(ctx)
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

// enter subscribes with a token. When the node refuses it, an earlier
// subscription still answers questions; told is false then.
func (f *follower) enter(ctx context.Context, c *conn) (told bool, err error) {
	token, err := f.Token(ctx)
	if err != nil {
		return false, err
	}
	var id string
	err = c.call(ctx, subscribe, []any{"subscription", token}, &id)
	if err == nil {
		c.mu.Lock()
		c.topic, f.id = id, id
		c.mu.Unlock()
		return true, nil
	}
	if said(err, badToken) && f.id != "" {
		return false, nil
	}
	return false, refusal(err)
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
	f.sink.Connected(who.Node.Address)
	n, missed, err := f.look(ctx, c, hour)
	if err != nil {
		return err
	}
	f.tell(n, missed)
	return nil
}

// How many samples are read: those of an hour at a connection, which may have
// been missed, and those between two questions.
const (
	hour = 360
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
		select {
		case n := <-c.notices:
			return n, nil
		case <-c.done:
			return notice{}, c.err
		}
	}
	if err := f.wait(ctx, pollEvery); err != nil {
		return notice{}, err
	}
	n, missed, err := f.look(ctx, c, some)
	if err == nil && len(missed) > 0 {
		f.sink.Sampled(f.late(missed, n))
	}
	return n, err
}

// tell passes a notice on, after the samples that were missed. Traffic that was
// read by a question before the notice came counts once.
func (f *follower) tell(n notice, missed []trafficInfo) {
	if n.Traffic == f.seen {
		n.Traffic = trafficInfo{}
	}
	samples := append(f.late(missed, n), Sample{
		At: f.now(), In: n.Traffic.In, Out: n.Traffic.Out, Online: n.Online.Online, Disk: n.Disk.Bytes,
	})
	if n.Online.Online && n.Online.Since > 0 {
		samples[len(samples)-1].Since = time.Unix(n.Online.Since, 0)
	}
	if n.Traffic.Time != "" {
		f.seen = n.Traffic
	}
	f.sink.Sampled(samples)
}

// late are samples that were missed, at the times that lie as long before now
// as they lie before the newest one for the node.
func (f *follower) late(missed []trafficInfo, newest notice) []Sample {
	end, ok := newest.Traffic.stamp()
	var list []Sample
	for _, m := range missed {
		at, fine := m.stamp()
		if ok && fine {
			list = append(list, Sample{At: f.now().Add(at.Sub(end)), In: m.In, Out: m.Out, Missed: true})
		}
	}
	return list
}
