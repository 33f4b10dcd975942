package gateway

import (
	"github.com/stratosdrive/stratosdrive/internal/localnet/meta"
	"github.com/stratosdrive/stratosdrive/internal/sds/wire"
)

// requestShare: a refusal is free text in "return". The real network does not
// tell the password of a private share to anyone; here it is part of the link.
func (g *Gateway) requestShare(c *call, p wire.ShareParams) any {
	if text := checkShape(p.Signature); text != "" {
		return wire.ShareResult{Return: text}
	}
	if len(p.MetaInfo) > wire.MaxMetaInfo {
		return wire.ShareResult{Return: wire.WrongInput.String() + ", invalid meta info"}
	}
	c.asked(oneAnswer)
	if p.Signature.Verify(wire.ShareMessage(p.FileHash, p.Signature.Address, p.ReqTime)) != nil {
		return wire.ShareResult{Return: meta.BadSignature.Error()}
	}
	s, err := g.newShare(c, p)
	if err != nil {
		return wire.ShareResult{Return: g.text(err)}
	}
	return wire.ShareResult{Return: wire.Success.String(), ShareID: s.ID, ShareLink: g.link(s)}
}

// newShare: content that has an id in another network may be shared under it.
func (g *Gateway) newShare(c *call, p wire.ShareParams) (meta.Share, error) {
	owner := p.Signature.Address
	if p.IPFSCID != "" {
		return g.meta.NewShareAs(c.ctx, p.IPFSCID, owner, p.FileHash, p.Duration, p.Private)
	}
	return g.meta.NewShare(c.ctx, owner, p.FileHash, p.Duration, p.Private)
}

func (g *Gateway) link(s meta.Share) string {
	if g.quirks.hidePassword {
		s.Password = ""
	}
	return s.Link()
}

// requestListShare lists the shares of a wallet, 20 a page, by id.
func (g *Gateway) requestListShare(c *call, p wire.ListParams) any {
	if text := checkShape(p.Signature); text != "" {
		return wire.ShareResult{Return: text}
	}
	c.asked(oneAnswer)
	refused := wire.ShareResult{Return: wire.InternalComm.String()}
	if p.Signature.Verify(wire.ListShareMessage(p.Signature.Address, p.ReqTime)) != nil {
		return refused
	}
	shares, total, err := g.meta.Shares(c.ctx, p.Signature.Address, pageStart(p.Page), wire.PageSize)
	if err != nil {
		g.logf("%v", err)
		return refused
	}
	r := wire.ShareResult{Return: wire.Success.String(), TotalNumber: uint64(total), Page: p.Page}
	for _, s := range shares {
		r.Files = append(r.Files, wire.FileInfo{
			FileHash: s.Hash, FileSize: s.Size, FileName: s.Name,
			LinkTime: s.Created, LinkTimeExp: s.Expires, ShareID: s.ID, ShareLink: g.link(s),
		})
	}
	return r
}

// requestStopShare: any refusal is -1.
func (g *Gateway) requestStopShare(c *call, p wire.StopShareParams) any {
	if text := checkShape(p.Signature); text != "" {
		return wire.ShareResult{Return: text}
	}
	c.asked(oneAnswer)
	err := error(meta.BadSignature)
	if p.Signature.Verify(wire.StopShareMessage(p.ShareID, p.Signature.Address, p.ReqTime)) == nil {
		err = g.meta.StopShare(c.ctx, p.Signature.Address, p.ShareID)
	}
	if err != nil {
		_ = g.text(err) // trouble goes to the log
		return wire.ReturnResult{Return: wire.Generic.String()}
	}
	return wire.ReturnResult{Return: wire.Success.String()}
}

// requestClearExpired: the reference answers success with nothing but zeroes.
func (g *Gateway) requestClearExpired(c *call, p wire.SignedParams) any {
	if text := checkShape(p.Signature); text != "" {
		return wire.ClearExpiredResult{Return: text}
	}
	c.asked(oneAnswer)
	refused := wire.ClearExpiredResult{Return: wire.InternalComm.String()}
	if p.Signature.Verify(wire.ClearExpiredMessage(p.Signature.Address, p.ReqTime)) != nil {
		return refused
	}
	deleted, left, err := g.meta.ClearExpired(c.ctx, p.Signature.Address)
	if err != nil {
		g.logf("%v", err)
		return refused
	}
	if g.quirks.emptyClear {
		return wire.ClearExpiredResult{}
	}
	return wire.ClearExpiredResult{
		Return: wire.Success.String(), Wallet: p.Signature.Address,
		Deleted: uint32(deleted), NewCount: uint32(left),
	}
}
