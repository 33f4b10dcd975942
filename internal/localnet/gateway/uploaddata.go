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
// length end the session; the reference then leaves the call hanging, here the
// answer comes at once.
func (g *Gateway) uploadData(c *call, p wire.UploadDataParams) any {
	u := g.findUpload(p.FileHash)
	if u == nil {
		if p.Signature.Verify(dataMessage(p)) != nil {
			return result(wire.BadSignature)
		}
		return result(wire.SessionStopped)
	}
	u.mu.Lock()
	defer u.mu.Unlock()
	if !sameAsFirst(u, p) && p.Signature.Verify(dataMessage(p)) != nil {
		return result(wire.BadSignature)
	}
	if u.owner != p.Signature.Address || u.phase != receiving {
		return result(wire.SessionStopped)
	}
	if p.Stop {
		g.discard(u)
		return result(wire.SessionStopped)
	}
	return g.take(c, u, p)
}

func dataMessage(p wire.UploadDataParams) string {
	return wire.UploadMessage(p.FileHash, p.Signature.Address, p.SequenceNumber, p.ReqTime)
}

// sameAsFirst tells whether the signature is the one that opened the session
// and was checked then.
func sameAsFirst(u *upload, p wire.UploadDataParams) bool {
	return p.Signature == u.first.Signature && p.SequenceNumber == u.first.SequenceNumber && p.ReqTime == u.first.ReqTime
}

// take stores a piece and asks for the next one. u.mu is held.
func (g *Gateway) take(c *call, u *upload, p wire.UploadDataParams) any {
	b := c.body.find(p.Data)
	if b == nil {
		b = newBlob()
		b.feed([]byte(p.Data))
	}
	if int64(b.n) != u.end-u.next || b.bad || b.rest != 0 {
		b.release()
		g.discard(u)
		return wire.Result{Return: wire.SessionStopped.String(), Detail: "the data is not the range that was asked for"}
	}
	if err := u.pump.send(b); err != nil {
		g.discard(u)
		return g.refusal(wire.InternalData, roomRefusal(err))
	}
	if u.end < u.size {
		return g.ask(u, u.end)
	}
	u.pump.close()
	if u.video {
		return g.finishStream(u)
	}
	u.phase = waiting
	g.arm(u, g.limits.sign)
	return result(wire.Success)
}

// uploadSign brings the signature with the fresh number to the meta node.
// Success means that the file is paid for and on its way to the nodes; mostly
// it is there already.
func (g *Gateway) uploadSign(c *call, p wire.UploadSignParams) any {
	message := wire.UploadMessage(p.FileHash, p.Signature.Address, p.SequenceNumber, p.ReqTime)
	if p.Signature.Verify(message) != nil {
		return result(wire.BadSignature)
	}
	if p.FileHash == emptyHash() {
		return wire.Result{Return: wire.InternalData.String(), Detail: "sizes of the slices do not add up to the file size"}
	}
	u := g.findUpload(p.FileHash)
	if u == nil || u.owner != p.Signature.Address {
		return wire.Result{Return: wire.SessionStopped.String(), Detail: errStopped.Error()}
	}
	u.mu.Lock()
	defer u.mu.Unlock()
	if u.phase != waiting {
		return wire.Result{Return: wire.SessionStopped.String(), Detail: errStopped.Error()}
	}
	err := error(meta.BadTime)
	if g.inWindow(p.ReqTime) {
		err = g.accept(u, p.SequenceNumber)
	}
	if err != nil {
		return g.refuseSign(u, err)
	}
	return result(wire.Success)
}

// emptyHash is the hash of a file without bytes.
func emptyHash() string { return wire.NewFileHasher().Sum(wire.Ordinary) }

// refuseSign tells why the meta node refused. After a stale number or time the
// session stays open for another uploadSign. u.mu is held.
func (g *Gateway) refuseSign(u *upload, err error) wire.Result {
	again := isRefusal(err, meta.BadSignature) || isRefusal(err, meta.BadTime)
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
	u.timer.Stop()
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
		err = draft.Commit(ctx, order, accepted)
	}
	if err == nil {
		g.countUpload(order, draft.Slices())
	}
	draft.Discard() // what is left after a failure
	u.phase = ended
	g.forget(u)
	return err
}

func (g *Gateway) countUpload(order meta.Upload, slices []meta.Slice) {
	for _, s := range slices {
		for _, n := range s.Nodes {
			g.meta.Count(meta.Traffic{Wallet: order.Owner, Owner: order.Owner, Hash: order.Hash, Node: n, Kind: meta.Up}, s.Size)
		}
	}
}
