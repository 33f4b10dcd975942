package gateway

import (
	"context"
	"math/big"
	"sync"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/localnet/meta"
	"github.com/stratosdrive/stratosdrive/internal/localnet/store"
	"github.com/stratosdrive/stratosdrive/internal/sds/wire"
)

// uploadData takes the bytes of the range that was asked for. Bytes of another
// length end the session; the reference does not say so, and leaves the call
// that brought the end of a slice hanging.
func (g *Gateway) uploadData(c *call, p wire.UploadDataParams) any {
	u := g.findUpload(p.FileHash)
	if u == nil {
		if p.Signature.Verify(dataMessage(p)) != nil {
			return result(wire.BadSignature)
		}
		return result(wire.SessionStopped)
	}
	r, late := g.takeData(c, u, p)
	g.wait(c.ctx, late)
	return r
}

// takeData serves the call in its session and tells how long the answer is
// held back.
func (g *Gateway) takeData(c *call, u *upload, p wire.UploadDataParams) (r any, late time.Duration) {
	u.mu.Lock()
	defer u.mu.Unlock()
	switch {
	case !sameAsFirst(u, p) && p.Signature.Verify(dataMessage(p)) != nil:
		return result(wire.BadSignature), 0
	case u.owner != p.Signature.Address || u.phase != receiving:
		return result(wire.SessionStopped), 0
	case p.Stop && !g.quirks.keepStopped:
		g.discard(u)
		return result(wire.SessionStopped), 0
	case p.Stop:
		return result(wire.SessionStopped), 0
	}
	return g.take(c, u, p)
}

func dataMessage(p wire.UploadDataParams) string {
	return wire.UploadMessage(p.FileHash, p.Signature.Address, p.SequenceNumber, p.ReqTime)
}

// sameAsFirst tells whether the signature is the one that opened the session
// and was checked then.
func sameAsFirst(u *upload, p wire.UploadDataParams) bool {
	return u.checked && p.Signature == u.first.Signature && p.SequenceNumber == u.first.SequenceNumber && p.ReqTime == u.first.ReqTime
}

// take stores a piece and asks for the next one. u.mu is held.
func (g *Gateway) take(c *call, u *upload, p wire.UploadDataParams) (any, time.Duration) {
	b := c.body.find(p.Data)
	if b == nil {
		b = newBlob()
		b.feed([]byte(p.Data))
	}
	if int64(b.n) != u.end-u.next || b.bad || b.rest != 0 {
		b.release()
		return g.wrongLength(u)
	}
	if err := u.pump.send(b); err != nil {
		g.discard(u)
		return g.refusal(wire.InternalData, roomRefusal(err)), 0
	}
	if u.end < u.size {
		return g.ask(u, u.end), 0
	}
	u.pump.close()
	if u.video {
		return g.finishStream(c, u), 0
	}
	return g.awaitSign(u), 0
}

// wrongLength ends a session whose client sent something else than it was
// asked for. The reference finds that out at the end of a slice and then does
// not answer; before, it asks for the next range of a session that is over.
// u.mu is held.
func (g *Gateway) wrongLength(u *upload) (any, time.Duration) {
	asked := u.end
	g.discard(u)
	switch {
	case !g.quirks.waits:
		return wire.Result{Return: wire.SessionStopped.String(), Detail: "the data is not the range that was asked for"}, 0
	case asked == u.size || asked%wire.SliceSize == 0:
		return result(wire.TimeOut), g.quirks.inner
	}
	start, end := wire.UploadRange(asked, u.size)
	return result(wire.UploadData).WithRange(start, end), 0
}

// uploadSign brings the signature with the fresh number to the meta node.
// Success means that the file is paid for and on its way to the nodes; mostly
// it is there already.
func (g *Gateway) uploadSign(c *call, p wire.UploadSignParams) any {
	message := wire.UploadMessage(p.FileHash, p.Signature.Address, p.SequenceNumber, p.ReqTime)
	if p.Signature.Verify(message) != nil {
		return result(wire.BadSignature)
	}
	r, open := g.signUpload(c, p)
	if open {
		return r
	}
	if g.quirks.waits { // for somebody to listen
		g.wait(c.ctx, g.quirks.inner)
		return result(wire.TimeOut)
	}
	return wire.Result{Return: wire.SessionStopped.String(), Detail: errStopped.Error()}
}

// signUpload brings the signature to the session that waits for it; open is
// false when none does.
func (g *Gateway) signUpload(c *call, p wire.UploadSignParams) (r wire.Result, open bool) {
	u := g.findUpload(p.FileHash)
	if u == nil || u.owner != p.Signature.Address {
		return r, false
	}
	u.mu.Lock()
	defer u.mu.Unlock()
	if u.phase != waiting {
		return r, false
	}
	c.asked(oneAnswer)
	err := error(meta.BadTime)
	switch {
	case u.size == 0:
		err = errNoBytes
	case g.inWindow(p.ReqTime):
		err = g.accept(u, p.SequenceNumber)
	}
	if err != nil {
		return g.refuseSign(u, err), true
	}
	c.asked(signAnswers - oneAnswer)
	return result(wire.Success), true
}

// errNoBytes refuses a file without bytes.
const errNoBytes = meta.Refusal("sizes of the slices do not add up to the file size")

// refuseSign tells why the meta node refused. After a stale number or time the
// session stays open for another uploadSign, unless it is the reference's.
// u.mu is held.
func (g *Gateway) refuseSign(u *upload, err error) wire.Result {
	again := (isRefusal(err, meta.BadSignature) || isRefusal(err, meta.BadTime)) && !g.quirks.endRefused
	if u.phase != ended && !again {
		g.discard(u)
	}
	return g.refusal(wire.InternalData, roomRefusal(err))
}

func (g *Gateway) uploadPrice(size int64) *big.Int {
	return meta.UploadPrice(size, g.store.Pool().Replicas())
}

// order is what the meta node is asked to put on record.
func (g *Gateway) order(u *upload, sequence string) meta.Upload {
	return meta.Upload{
		Owner: u.owner, Hash: u.hash, Name: u.name, Size: u.size, Video: u.video,
		Sequence: sequence, Price: g.uploadPrice(u.size),
	}
}

// accept lets the meta node decide and puts the file on record. It waits a
// moment for the disk, so that most files are finished when it returns; else
// the rest goes on in the background. u.mu is held.
func (g *Gateway) accept(u *upload, sequence string) error {
	order := g.order(u, sequence)
	ctx := context.WithoutCancel(g.ctx) // a commit is not broken off
	defer g.payAlone(u.owner)()
	if err := g.meta.CheckUpload(ctx, order); err != nil {
		return err
	}
	draft := u.to.(*store.Draft)
	flushed := make(chan error, 1)
	g.work.Go(func() {
		err := u.pump.wait()
		if err == nil {
			err = draft.Flush()
		}
		flushed <- err
	})
	u.phase = storing
	select {
	case err := <-flushed:
		return g.commit(ctx, u, draft, order, false, err)
	case <-time.After(g.limits.store):
	}
	if err := g.meta.AcceptUpload(ctx, order); err != nil {
		<-flushed
		g.discard(u)
		return err
	}
	g.work.Go(func() { g.storeLater(ctx, u, draft, order, flushed) })
	return nil
}

// storeLater finishes a file that was accepted before its bytes were on the
// disk.
func (g *Gateway) storeLater(ctx context.Context, u *upload, draft *store.Draft, order meta.Upload, flushed <-chan error) {
	err := <-flushed
	u.mu.Lock()
	defer u.mu.Unlock()
	err = g.commit(ctx, u, draft, order, true, err)
	if err == nil {
		return
	}
	g.logf("a file was accepted but could not be stored, its price is given back: %v", err)
	if err := g.meta.DropUpload(ctx, u.owner, u.hash); err != nil {
		g.logf("%v", err)
	}
	g.noteFailed(ctx, u.owner, u.hash, roomRefusal(err))
}

// payAlone lets one call at a time spend the number of a wallet. A number that
// went to another call between the check of an upload and its commit would
// cost the whole draft instead of one more uploadSign.
func (g *Gateway) payAlone(wallet string) (done func()) {
	m, _ := g.paying.LoadOrStore(wallet, new(sync.Mutex))
	lock := m.(*sync.Mutex)
	lock.Lock()
	return lock.Unlock
}

// commit puts a flushed file on record and ends the session either way. u.mu
// is held.
func (g *Gateway) commit(ctx context.Context, u *upload, draft *store.Draft, order meta.Upload, accepted bool, err error) error {
	if err == nil {
		err = g.commitDraft(ctx, draft, order, accepted)
	}
	draft.Discard() // what is left after a failure
	u.phase = ended
	g.forget(u)
	return err
}

// commitDraft puts a flushed draft on record and notes what follows from that.
func (g *Gateway) commitDraft(ctx context.Context, draft *store.Draft, order meta.Upload, accepted bool) error {
	known := g.known(ctx, draft.Slices())
	if err := draft.Commit(ctx, order, accepted); err != nil {
		return err
	}
	g.countUpload(order, draft.Slices())
	g.noteSent(order.Owner, order.Hash, known)
	return nil
}

// known tells whether the nodes have all of the slices already.
func (g *Gateway) known(ctx context.Context, slices []meta.Slice) bool {
	for _, s := range slices {
		if holders, err := g.meta.Holders(ctx, s.Hash); err != nil || len(holders) == 0 {
			return false
		}
	}
	return true
}

func (g *Gateway) countUpload(order meta.Upload, slices []meta.Slice) {
	for _, s := range slices {
		for _, n := range s.Nodes {
			g.meta.Count(meta.Traffic{Wallet: order.Owner, Owner: order.Owner, Hash: order.Hash, Node: n, Kind: meta.Up}, s.Size)
		}
	}
}
