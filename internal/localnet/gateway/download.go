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
	seen   *audience

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
	c.asked(oneAnswer)
	bill, err := g.ownFile(c.ctx, h, p)
	if err == nil {
		err = g.noVideo(c, bill)
	}
	if err != nil {
		return g.refuseDownload(err)
	}
	return g.openDownload(c, bill, g.refuseDownload, wire.Result{FileName: bill.file.Name})
}

func (g *Gateway) refuseDownload(err error) wire.Result {
	return wire.Result{Return: wire.FileRefused.String(), Detail: "failed ReqFileStorageInfo" + g.text(err)}
}

func (g *Gateway) refuseShared(err error) wire.Result { return g.refusal(wire.InternalData, err) }

// noVideo refuses what can only be played. The reference takes the price and
// then waits for slices that nobody sends.
func (g *Gateway) noVideo(c *call, b bill) error {
	switch {
	case !b.file.Video:
		return nil
	case !g.quirks.waits:
		return errVideo
	}
	if err := g.charge(c.ctx, b); err != nil {
		return err
	}
	g.hang(c.ctx)
	return errVideo
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

// openDownload reads the first piece, takes the price and answers with like,
// filled in. What the meta node has against it is answered with refused.
func (g *Gateway) openDownload(c *call, b bill, refused func(error) wire.Result, like wire.Result) any {
	reader, err := g.store.OpenFile(c.ctx, b.file)
	if err != nil {
		return refused(err)
	}
	d := g.newDownload(b.wallet, reader, g.newAudience(b, len(reader.Slices())))
	d.mu.Lock()
	defer d.mu.Unlock()
	first, err := g.nextPiece(c.ctx, d)
	if err != nil {
		g.logf("%v", err)
		return wire.Result{Return: wire.FileRefused.String(), Detail: errNoData.Error()}
	}
	if err := g.charge(c.ctx, b); err != nil {
		first.release()
		return refused(err)
	}
	c.asked(downloadAnswers - oneAnswer)
	d.handedOut(g, first)
	start, end := first.OffsetStart, first.OffsetEnd
	first.Result = like
	first.Return = wire.DownloadOK.String()
	first.OffsetStart, first.OffsetEnd = start, end
	first.ReqID = g.reads.add(d)
	if g.quirks.shareFetched {
		g.fetched.put(b.file.Hash, d)
	}
	return first
}

func (g *Gateway) newDownload(wallet string, reader *store.Reader, seen *audience) *download {
	return &download{wallet: wallet, reader: reader, seen: seen, slices: g.mix(reader.Slices())}
}

// handedOut counts a piece, which is the last one that [Gateway.nextPiece] read.
func (d *download) handedOut(g *Gateway, p *piece) {
	bytes := int64(len(p.bytes.Data))
	g.count(d.wallet, d.reader.File(), p.bytes.Node, bytes)
	d.seen.sent(bytes)
	if s := d.slices[d.at]; int64(d.piece)*store.PieceSize >= s.Size {
		d.seen.gave(int(s.Number) - 1)
	}
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

// downloadData hands out the next piece.
func (g *Gateway) downloadData(c *call, p wire.DownloadDataParams) any {
	d := g.findDownload(c, p)
	if d == nil {
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
	d.handedOut(g, next)
	return next
}

// findDownload returns the download of a session, or nil. The reference hands
// whatever it has lying around to anyone who knows its hash, and waits for
// ever for the rest.
func (g *Gateway) findDownload(c *call, p wire.DownloadDataParams) *download {
	if d, ok := g.reads.find(p.ReqID); ok && d.reader.File().Hash == p.FileHash {
		return d
	}
	if !g.quirks.shareFetched {
		return nil
	}
	stranger := p.FileHash + " " + p.ReqID
	if d, ok := g.reads.find(stranger); ok {
		return d
	}
	there, ok := g.fetched.find(p.FileHash)
	if !ok {
		g.hang(c.ctx)
	}
	d := g.newDownload(there.wallet, there.reader, there.seen.again())
	g.reads.put(stranger, d)
	return d
}

// downloadedInfo ends a download; nothing of it is verified.
func (g *Gateway) downloadedInfo(_ *call, p downloadedParams) any {
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
	c.asked(oneAnswer)
	b, err := g.sharedFile(c.ctx, link, p.Signature, p.ReqTime)
	if err == nil {
		err = g.noVideo(c, b)
	}
	if err != nil {
		return g.refuseShared(err)
	}
	return g.openDownload(c, b, g.refuseShared, wire.Result{FileHash: b.file.Hash, FileName: b.file.Name, FileSize: b.file.Size})
}
