package gateway

import (
	"context"
	"errors"
	"sync"

	"github.com/stratosdrive/stratosdrive/internal/localnet/meta"
	"github.com/stratosdrive/stratosdrive/internal/localnet/store"
	"github.com/stratosdrive/stratosdrive/internal/sds/wire"
)

// download is a paid reading of a file. Pieces are handed out once each.
type download struct {
	wallet string // who paid
	reader *store.Reader

	mu     sync.Mutex
	slices []meta.Slice // in the order of handing out
	at     int          // index in slices
	piece  int          // index in that slice
}

// errVideo answers a download of a video stream, on which the reference hangs.
const errVideo = meta.Refusal("the file was uploaded as a video stream and can only be played")

// errNoData is what the reference says when there is nothing to hand out.
var errNoData = errors.New("data is empty")

// requestDownload opens a download of an own file and hands out the first
// piece. The price is taken only when that piece could be read.
func (g *Gateway) requestDownload(c *call, p wire.DownloadParams) any {
	h, r, bad := checkDownload(p)
	if bad {
		return r
	}
	bill, err := g.ownFile(c.ctx, h, p)
	if err == nil && bill.file.Video {
		err = errVideo
	}
	if err != nil {
		return wire.Result{Return: wire.FileRefused.String(), Detail: "failed ReqFileStorageInfo" + g.text(err)}
	}
	return g.openDownload(c.ctx, bill, wire.FileRefused, wire.Result{FileName: bill.file.Name})
}

// checkDownload is what the node checks itself.
func checkDownload(p wire.DownloadParams) (wire.Handle, wire.Result, bool) {
	h, err := wire.ParseHandle(p.FileHandle)
	switch {
	case err != nil:
		return h, result(wire.WrongInput), true
	case h.Owner != p.Signature.Address:
		return h, result(wire.WrongWallet), true
	case !rightKey(p.Signature):
		return h, result(wire.BadSignature), true
	}
	return h, wire.Result{}, false
}

// rightKey is what the node looks at before it asks the meta node: that the
// key is the wallet's and the signature can be decoded.
func rightKey(s wire.Signature) bool {
	_, err := wire.ParseSignature(s.Signature)
	return err == nil && wire.CheckKey(s.Address, s.PubKey) == nil
}

// bill is a reading that somebody wants and may pay for.
type bill struct {
	wallet   string
	sequence string
	file     meta.File
}

// ownFile finds a file of the signer and checks that the billed call is right
// so far.
func (g *Gateway) ownFile(ctx context.Context, h wire.Handle, p wire.DownloadParams) (bill, error) {
	a, err := g.meta.Account(ctx, p.Signature.Address)
	if err != nil {
		return bill{}, err
	}
	message := wire.DownloadMessage(h.Hash, p.Signature.Address, a.Sequence, p.ReqTime)
	if err := g.checkBilled(p.Signature, message, p.ReqTime); err != nil {
		return bill{}, err
	}
	f, err := g.meta.File(ctx, h.Owner, h.Hash)
	return g.checkBill(ctx, bill{p.Signature.Address, a.Sequence, f}, err)
}

// sharedFile is like ownFile for a link; whoever calls pays.
func (g *Gateway) sharedFile(ctx context.Context, link wire.ShareLink, s wire.Signature, reqTime int64) (bill, error) {
	a, err := g.meta.Account(ctx, s.Address)
	if err != nil {
		return bill{}, err
	}
	message := wire.SharedMessage(link.Link, s.Address, a.Sequence, reqTime)
	if err := g.checkBilled(s, message, reqTime); err != nil {
		return bill{}, err
	}
	f, err := g.meta.OpenShare(ctx, link)
	return g.checkBill(ctx, bill{s.Address, a.Sequence, f}, err)
}

func (g *Gateway) checkBill(ctx context.Context, b bill, err error) (bill, error) {
	if err != nil {
		return b, err
	}
	if b.file.State != wire.StateFinished {
		return b, meta.NotReady
	}
	return b, g.meta.CheckSpend(ctx, b.wallet, b.sequence, meta.DownloadPrice(b.file.Size))
}

// charge takes the price. From here on the wallet's number has moved.
func (g *Gateway) charge(ctx context.Context, b bill) error {
	defer g.payAlone(b.wallet)()
	return g.meta.Charge(ctx, b.wallet, b.sequence, meta.DownloadPrice(b.file.Size))
}

// openDownload reads the first piece, takes the price and answers with like,
// filled in. A failure is answered with refused.
func (g *Gateway) openDownload(ctx context.Context, b bill, refused wire.Code, like wire.Result) any {
	reader, err := g.store.OpenFile(ctx, b.file)
	if err != nil {
		return g.refusal(refused, err)
	}
	d := &download{wallet: b.wallet, reader: reader, slices: g.quirks.order(reader.Slices())}
	d.mu.Lock()
	defer d.mu.Unlock()
	first, err := g.nextPiece(ctx, d)
	if err != nil {
		g.logf("%v", err)
		return wire.Result{Return: wire.FileRefused.String(), Detail: errNoData.Error()}
	}
	if err := g.charge(ctx, b); err != nil {
		first.release()
		if refused == wire.FileRefused {
			return wire.Result{Return: refused.String(), Detail: "failed ReqFileStorageInfo" + g.text(err)}
		}
		return g.refusal(refused, err)
	}
	g.count(d.wallet, b.file, first.bytes.Node, int64(len(first.bytes.Data)))
	start, end := first.OffsetStart, first.OffsetEnd
	first.Result = like
	first.Return = wire.DownloadOK.String()
	first.OffsetStart, first.OffsetEnd = start, end
	first.ReqID = g.reads.add(d)
	return first
}

// nextPiece reads the piece that is next and moves on. It returns nil when all
// were handed out. d.mu is held.
func (g *Gateway) nextPiece(ctx context.Context, d *download) (*piece, error) {
	for d.at < len(d.slices) && int64(d.piece)*store.PieceSize >= d.slices[d.at].Size {
		d.at, d.piece = d.at+1, 0
	}
	if d.at == len(d.slices) {
		return nil, nil
	}
	s := d.slices[d.at]
	got, err := d.reader.Piece(ctx, s, d.piece)
	if err != nil {
		return nil, err
	}
	if d.piece == 0 && d.at+1 < len(d.slices) {
		g.proveAhead(d.reader, d.slices[d.at+1])
	}
	start := s.Start + int64(d.piece)*store.PieceSize
	d.piece++
	r := wire.Result{Return: wire.DownloadOK.String(), FileName: d.reader.File().Name}
	return &piece{Result: r.WithRange(start, start+int64(len(got.Data))), bytes: got}, nil
}

// count puts a piece that is handed out into the traffic ledger.
func (g *Gateway) count(wallet string, f meta.File, node string, bytes int64) {
	g.meta.Count(meta.Traffic{Wallet: wallet, Owner: f.Owner, Hash: f.Hash, Node: node, Kind: meta.Down}, bytes)
}

// proveAhead lets the next slice be proved while this one is handed out.
func (g *Gateway) proveAhead(r *store.Reader, s meta.Slice) {
	g.work.Go(func() { _ = r.Prove(g.ctx, s) }) // reading it tells what is wrong
}

// downloadData hands out the next piece. The reference hangs on an unknown
// session, and serves a file to anyone once it has it.
func (g *Gateway) downloadData(c *call, p wire.DownloadDataParams) any {
	d, ok := g.reads.find(p.ReqID)
	if !ok || d.reader.File().Hash != p.FileHash {
		return result(wire.WrongInput)
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	next, err := g.nextPiece(c.ctx, d)
	switch {
	case err != nil:
		g.logf("%v", err)
		return wire.Result{Return: wire.Generic.String(), Detail: errNoData.Error()}
	case next == nil:
		return result(wire.DownloadDone)
	}
	g.count(d.wallet, d.reader.File(), next.bytes.Node, int64(len(next.bytes.Data)))
	return next
}

// downloadedInfo ends a download; nothing of it is verified.
func (g *Gateway) downloadedInfo(_ *call, p wire.DownloadedInfoParams) any {
	if d, ok := g.reads.find(p.ReqID); ok && d.reader.File().Hash == p.FileHash {
		g.reads.remove(p.ReqID)
	}
	return result(wire.Success)
}

// requestGetShared opens a download of the file behind a link.
func (g *Gateway) requestGetShared(c *call, p wire.GetSharedParams) any {
	if len(p.ShareLink) < len(wire.LinkScheme) {
		return crashed() // so does the reference
	}
	link, err := wire.ParseShareLink(p.ShareLink)
	if err != nil {
		return result(wire.WrongInput)
	}
	if !rightKey(p.Signature) {
		return result(wire.BadSignature)
	}
	b, err := g.sharedFile(c.ctx, link, p.Signature, p.ReqTime)
	if err == nil && b.file.Video {
		err = errVideo
	}
	if err != nil {
		return g.refusal(wire.InternalData, err)
	}
	return g.openDownload(c.ctx, b, wire.InternalData, wire.Result{FileHash: b.file.Hash, FileName: b.file.Name, FileSize: b.file.Size})
}
