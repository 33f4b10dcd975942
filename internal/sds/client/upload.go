package client

import (
	"context"
	"errors"
	"fmt"
	"hash/maphash"
	"io"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/sds/wire"
)

// UploadOptions are the choices of an upload. The zero value stores an
// ordinary file and waits until it is stored.
type UploadOptions struct {
	Kind     wire.Kind               // Ordinary (also 0) or Video: cut into segments by the node
	Progress func(done, total int64) // bytes; never goes back
	OnSent   func(id string)         // the network accepted the file; it is not stored yet
	DontWait bool                    // return when accepted
	Estimate bool                    // the cost, instead of measuring it, which takes a call
	// OnStored is told later, once, how it ended when DontWait returned early:
	// stored with its replicas, or not, and then the file has to be sent again.
	OnStored func(Uploaded, error)
}

// Uploaded describes an uploaded file.
type Uploaded struct {
	ID       string
	Size     int64
	Replicas int // copies when it was FINISHED; 0 with DontWait
	Cost     Cost
}

// Limits of an upload.
const (
	restarts     = 5         // sessions that may break off
	staleNumbers = 12        // numbers that may be used up by other devices
	askFirst     = 256 << 10 // larger files are asked for before they are sent
)

// errStored ends an upload of a file that the account has stored already.
var errStored = errors.New("already stored")

// Upload stores size bytes of src under name and returns when the network has
// stored them (state FINISHED). src is read twice, in ranges that the node
// asks for, and must not change; if it does, ErrChanged. A file that the
// account has stored already is not sent again. A broken session begins again,
// on another gateway if there is one.
func (c *Client) Upload(ctx context.Context, name string, src io.ReaderAt, size int64, o UploadOptions) (Uploaded, error) {
	if size <= 0 {
		return Uploaded{}, explain(ErrEmpty, "upload %s", name)
	}
	u := &upload{c: c, name: SafeName(name), src: src, size: size, o: o, seed: maphash.MakeSeed()}
	if u.o.Kind == 0 {
		u.o.Kind = wire.Ordinary
	}
	if err := u.hash(ctx); err != nil {
		return Uploaded{}, explain(err, "upload %s", name)
	}
	s, err := u.run(ctx)
	if err != nil {
		return Uploaded{ID: u.id, Size: size}, explain(err, "upload %s as %s", u.name, u.id)
	}
	if o.DontWait && o.OnStored != nil {
		err = c.background(u.watch)
	}
	return u.result(s), explain(err, "upload %s as %s", u.name, u.id)
}

func (u *upload) result(s FileStatus) Uploaded {
	r := Uploaded{ID: u.id, Size: u.size, Replicas: s.Replicas}
	switch copies := int64(s.Replicas); {
	case u.cost != nil:
		r.Cost = *u.cost
	case copies == 0:
		r.Cost.Noz = u.size * usualCopies
	default:
		r.Cost.Noz = u.size * copies
	}
	return r
}

// watch tells the caller how an accepted file ended.
func (u *upload) watch(ctx context.Context) {
	s, err := u.c.waitFinished(ctx, u.at, u.id, u.grace)
	if u.c.life.Err() != nil {
		err = fmt.Errorf("%w: %v", ErrClosed, err)
	}
	u.o.OnStored(u.result(s), explain(err, "store %s as %s", u.name, u.id))
}

// upload is one file on its way.
type upload struct {
	c      *Client
	name   string
	id     string
	src    io.ReaderAt
	size   int64
	o      UploadOptions
	seed   maphash.Seed
	sum    uint64 // of the content when the id was computed
	shown  int64  // progress
	stale  int    // numbers refused
	broken int    // sessions broken off
	bill   *bill  // of the last signature
	cost   *Cost  // once measured
	at     *endpoint
	grace  time.Duration // for at to know the accepted file
	alone  bool          // on the line when a piece took too long
	waited bool          // for another session as long as a node keeps one
	met    bool          // a gateway answered
	gone   patience
	stuck  bool // accepted by a gateway that went away with it
}

// hash computes the id, and a fast sum by which a later change is noticed.
func (u *upload) hash(ctx context.Context) error {
	h, fast := wire.NewFileHasher(), maphash.Hash{}
	fast.SetSeed(u.seed)
	p := make([]byte, 256<<10)
	for at := int64(0); at < u.size; {
		if err := ctx.Err(); err != nil {
			return err
		}
		n := min(int64(len(p)), u.size-at)
		if err := readFull(u.src, p[:n], at); err != nil {
			return err
		}
		h.Write(p[:n])
		fast.Write(p[:n])
		at += n
	}
	u.id, u.sum = h.Sum(u.o.Kind), fast.Sum64()
	return nil
}

// run sends the file until it is stored or accepted.
func (u *upload) run(ctx context.Context) (FileStatus, error) {
	var last FileStatus
	err := u.existing(ctx, u.size > askFirst, &last)
	for err == nil {
		e := u.c.best()
		if err = u.once(ctx, e, &last); err == nil {
			return last, nil
		}
		if ctx.Err() != nil || errors.Is(err, errStored) || !u.again(e, err) {
			break
		}
		if err = u.pause(ctx, e); err != nil {
			break
		}
		err = u.existing(ctx, true, &last)
	}
	if errors.Is(err, errStored) {
		return last, u.stored()
	}
	return last, err
}

// stored reports a file that need not be sent.
func (u *upload) stored() error {
	u.progress(u.size)
	u.cost = &Cost{Measured: true}
	if u.o.OnSent != nil {
		u.o.OnSent(u.id)
	}
	return nil
}

// existing asks whether the file is there already: errStored. One that is on
// its way is waited for. Questions without an answer do not stop an upload.
func (u *upload) existing(ctx context.Context, ask bool, s *FileStatus) error {
	if !ask {
		return nil
	}
	e := u.c.best()
	u.at, u.grace = e, 0
	now, err := u.c.status(ctx, e, u.id)
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if err == nil && !u.stuck && (now.State == wire.StateUploading || now.State == wire.StateConfirming) {
		if u.o.DontWait && now.HasFile {
			return errStored
		}
		now, err = u.c.waitFinished(ctx, e, u.id, 0)
	}
	if err == nil && now.Finished() {
		*s = now
		return errStored
	}
	return ctx.Err()
}

// once makes one session, to the end.
func (u *upload) once(ctx context.Context, e *endpoint, s *FileStatus) error {
	grace, err := u.session(ctx, e)
	if err != nil {
		if isRefusal(err) { // perhaps "Same file with the name exists"
			u.stuck = false // what is there is the one to wait for
			if known := u.existing(ctx, true, s); known != nil {
				return known
			}
		}
		return err
	}
	u.c.gateways.well(e)
	u.at, u.grace = e, grace
	if !u.o.Estimate {
		if cost, ok := u.c.measure(ctx, e, u.bill); ok {
			u.cost = &cost
		}
	}
	if u.o.OnSent != nil {
		u.o.OnSent(u.id)
	}
	if u.o.DontWait {
		return nil
	}
	*s, err = u.c.waitFinished(ctx, e, u.id, grace)
	u.stuck = errors.Is(err, errStuck)
	return err
}

// again decides whether another session may do better than the one that ended
// with err.
func (u *upload) again(e *endpoint, err error) bool {
	if _, ok := errors.AsType[*refusedNumber](err); ok {
		u.stale++
		return u.stale <= staleNumbers
	}
	if errors.Is(err, ErrTooSlow) { // perhaps several pieces shared the line; now there are fewer
		u.broken++
		return u.broken == 1 || (u.broken == 2 && !u.alone)
	}
	if errors.Is(err, errConflict) && u.waited {
		return false
	}
	if u.met && u.gone.waits(err, u.c.clock.Now()) {
		u.c.gateways.fail(e, u.c.clock.Now())
		return true
	}
	if !gatewayFault(err) && !errors.Is(err, errRestart) && !errors.Is(err, errConflict) {
		return false
	}
	u.c.gateways.fail(e, u.c.clock.Now())
	u.broken++
	return u.broken <= restarts
}

// pause waits a random time, so that devices that collided do so no more.
func (u *upload) pause(ctx context.Context, e *endpoint) error {
	if !u.gone.since.IsZero() {
		return u.c.awayPause(ctx)
	}
	d := 50 * time.Millisecond << min(u.stale+u.broken, 6)
	if !e.loopback {
		d *= 4
	}
	return u.c.clock.Sleep(ctx, jitter(d))
}

func (u *upload) progress(done int64) {
	if u.o.Progress != nil && done > u.shown {
		u.shown = done
		u.o.Progress(done, u.size)
	}
}

// changed compares the sum of what was sent in order with that of the first
// reading.
func (u *upload) changed(sent *maphash.Hash, inOrder bool) error {
	if inOrder && sent.Sum64() == u.sum {
		return nil
	}
	if inOrder {
		return ErrChanged
	}
	id, _, err := wire.HashFile(io.NewSectionReader(u.src, 0, u.size), u.o.Kind)
	if err == nil && id != u.id {
		err = fmt.Errorf("%w: other content now", ErrChanged)
	}
	return err
}
