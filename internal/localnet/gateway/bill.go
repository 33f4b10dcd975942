package gateway

import (
	"context"

	"github.com/stratosdrive/stratosdrive/internal/localnet/meta"
	"github.com/stratosdrive/stratosdrive/internal/sds/wire"
)

// bill is a reading that somebody wants and may pay for.
type bill struct {
	wallet   string
	sequence string
	file     meta.File
	share    string // that led there; empty for an own file
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
	return g.checkBill(ctx, bill{wallet: p.Signature.Address, sequence: a.Sequence, file: f}, err)
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
	return g.checkBill(ctx, bill{s.Address, a.Sequence, f, link.ShareID}, err)
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
