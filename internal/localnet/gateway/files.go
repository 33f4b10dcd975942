package gateway

import (
	"fmt"

	"github.com/stratosdrive/stratosdrive/internal/localnet/meta"
	"github.com/stratosdrive/stratosdrive/internal/sds/wire"
	"github.com/stratosdrive/stratosdrive/internal/stratos"
)

// getOzone is unsigned: anybody may ask about any wallet.
func (g *Gateway) getOzone(c *call, p wire.OzoneParams) any {
	wallet, err := stratos.ParseAddress(p.Wallet)
	if err != nil {
		return wire.OzoneResult{Return: wire.InternalComm.String()}
	}
	c.asked(oneAnswer)
	a, err := g.meta.Account(c.ctx, wallet.String())
	if err != nil {
		g.logf("%v", err)
		return wire.OzoneResult{Return: wire.InternalComm.String()}
	}
	return wire.OzoneResult{Return: wire.Success.String(), Ozone: a.Noz.String(), SequenceNumber: a.Sequence}
}

// fileStatus: "return" is 0 whatever the network knows, the rest tells. While
// this node brings the file to others it answers by itself.
func (g *Gateway) fileStatus(c *call, p wire.FileParams) any {
	if text := shapeError(p.Signature); text != "" {
		return wire.FileStatusResult{Return: wire.WrongInput.String(), Error: text}
	}
	r := wire.FileStatusResult{Return: wire.Success.String()}
	signed := p.Signature.Verify(wire.StatusMessage(p.FileHash, p.Signature.Address, p.ReqTime)) == nil
	if state, failed, ok := g.localState(p.Signature.Address, p.FileHash); ok && signed {
		r.State, r.Error = state, failed
		return r
	}
	c.asked(oneAnswer)
	err := error(meta.BadSignature)
	if signed {
		err = g.fillStatus(c, p, &r)
	}
	if err != nil {
		r.Error = g.text(err)
	}
	return r
}

// noReplicas is what the network says of a file whose copies are all gone.
const noReplicas = "No available replicas remains for the file %s, re-upload it if you still want to use it, " +
	"please be kindly noted that you won't be charged for re-uploading this file"

func (g *Gateway) fillStatus(c *call, p wire.FileParams, r *wire.FileStatusResult) error {
	f, err := g.meta.File(c.ctx, p.Signature.Address, p.FileHash)
	if err != nil {
		return err
	}
	r.State = f.State
	if f.State != wire.StateFinished {
		return nil
	}
	n, err := g.meta.Replicas(c.ctx, f.ID)
	switch {
	case err != nil:
		return err
	case n == 0:
		r.State, r.Error = wire.StateUnknown, fmt.Sprintf(noReplicas, f.Hash)
		return nil
	case g.confirming(f):
		r.State = wire.StateConfirming
	}
	r.HasFile, r.Replicas = true, uint32(n)
	return nil
}

// requestDelete: a refusal is free text in "return".
func (g *Gateway) requestDelete(c *call, p wire.FileParams) any {
	if p.Signature.Verify(wire.DeleteMessage(p.FileHash, p.Signature.Address, p.ReqTime)) != nil {
		return wire.ReturnResult{Return: wire.BadSignature.String()}
	}
	if !g.quirks.mixDeletions {
		return g.deleteFile(c, p)
	}
	place := g.deletes.enter(p.FileHash)
	r := g.deleteFile(c, p)
	g.wait(c.ctx, g.quirks.answer)
	g.deletes.deliver(p.FileHash, r)
	select {
	case r = <-place:
		return r
	default:
		g.wait(c.ctx, g.quirks.patience)
		return wire.ReturnResult{Return: wire.TimeOut.String()}
	}
}

func (g *Gateway) deleteFile(c *call, p wire.FileParams) wire.ReturnResult {
	f, err := g.meta.File(c.ctx, p.Signature.Address, p.FileHash)
	if err == nil && f.State != wire.StateFinished {
		err = meta.NotReady
	}
	if err == nil {
		err = g.store.Delete(c.ctx, p.Signature.Address, p.FileHash)
	}
	if err != nil {
		return wire.ReturnResult{Return: g.text(err)}
	}
	g.sent.remove(sendingKey(p.Signature.Address, p.FileHash))
	return wire.ReturnResult{Return: wire.Success.String()}
}

// requestList lists the finished files of a wallet, 20 a page, by hash.
func (g *Gateway) requestList(c *call, p wire.ListParams) any {
	if text := checkShape(p.Signature); text != "" {
		return wire.ListResult{Return: text}
	}
	c.asked(oneAnswer)
	refused := wire.ListResult{Return: wire.InternalComm.String()}
	if p.Signature.Verify(wire.ListMessage(p.Signature.Address, p.ReqTime)) != nil {
		return refused
	}
	files, total, err := g.meta.Files(c.ctx, p.Signature.Address, pageStart(p.Page), wire.PageSize)
	if err != nil {
		g.logf("%v", err)
		return refused
	}
	r := wire.ListResult{Return: wire.Success.String(), TotalNumber: uint64(total), Page: p.Page}
	for _, f := range files {
		r.Files = append(r.Files, wire.FileInfo{FileHash: f.Hash, FileSize: f.Size, FileName: f.Name, CreateTime: f.Created})
	}
	return r
}

// pageStart returns the offset of a page; one beyond all bounds is empty.
func pageStart(page uint64) int64 {
	return int64(min(page, 1<<40)) * wire.PageSize
}
