package gateway

import (
	"bytes"
	"context"
	"encoding/base64"

	"github.com/stratosdrive/stratosdrive/internal/localnet/meta"
	"github.com/stratosdrive/stratosdrive/internal/localnet/store"
	"github.com/stratosdrive/stratosdrive/internal/sds/wire"
)

const (
	textNoInfo  = "failed to get file storage info"
	textNoSlice = "failed to get video slice"
)

// errNoVideo answers a video session for an ordinary file.
const errNoVideo = meta.Refusal("the file was not uploaded as video stream")

// videoSession is a paid reading of a video.
type videoSession struct {
	wallet string // who paid
	reader *store.Reader
	index  wire.VideoMap
}

// segment returns the slice that holds a segment.
func (v *videoSession) segment(name string) (meta.Slice, bool) {
	number, ok := v.index.SegmentToSlice[name]
	if !ok {
		return meta.Slice{}, false
	}
	return v.reader.Slice(int64(number))
}

// openVideo finds a video, takes its price and returns the id of a session
// that lives as long as it is used at least once an hour.
func (g *Gateway) openVideo(ctx context.Context, find func() (bill, error)) (string, error) {
	b, err := find()
	if err != nil {
		return "", err
	}
	if !b.file.Video {
		return "", errNoVideo
	}
	reader, err := g.store.OpenFile(ctx, b.file)
	if err != nil {
		return "", err
	}
	v := &videoSession{wallet: b.wallet, reader: reader}
	if v.index, err = readIndex(ctx, reader); err != nil {
		return "", err
	}
	if err := g.charge(ctx, b); err != nil {
		return "", err
	}
	return g.videos.add(v), nil
}

// readIndex reads slice 1, which tells where the segments are.
func readIndex(ctx context.Context, r *store.Reader) (wire.VideoMap, error) {
	s, ok := r.Slice(1)
	if !ok {
		return wire.VideoMap{}, meta.NotReady
	}
	var raw bytes.Buffer
	if err := r.CopySlice(ctx, &raw, s, func(string, int64) {}); err != nil {
		return wire.VideoMap{}, err
	}
	return wire.ParseVideoMap(raw.Bytes())
}

// requestVideoDownload opens a video session over JSON-RPC; no bytes come.
func (g *Gateway) requestVideoDownload(c *call, p wire.DownloadParams) any {
	h, err := wire.ParseHandle(p.FileHandle)
	if err != nil {
		return result(wire.WrongInput)
	}
	if !rightKey(p.Signature) {
		return result(wire.BadSignature)
	}
	id, err := g.openVideo(c.ctx, func() (bill, error) { return g.ownFile(c.ctx, h, p) })
	if err != nil {
		return wire.Result{Return: wire.FileRefused.String(), Detail: "failed ReqFileStorageInfo" + g.text(err)}
	}
	return wire.Result{Return: wire.DownloadOK.String(), ReqID: id, FileHash: h.Hash}
}

// requestVideoShared is the same for a link; the reference crashes where this
// refuses.
func (g *Gateway) requestVideoShared(c *call, p wire.GetSharedParams) any {
	if len(p.ShareLink) < len(wire.LinkScheme) {
		return crashed()
	}
	link, err := wire.ParseShareLink(p.ShareLink)
	if err != nil {
		return result(wire.WrongInput)
	}
	if !rightKey(p.Signature) {
		return result(wire.BadSignature)
	}
	id, err := g.openVideo(c.ctx, func() (bill, error) { return g.sharedFile(c.ctx, link, p.Signature, p.ReqTime) })
	if err != nil {
		return g.refusal(wire.InternalData, err)
	}
	v, _ := g.videos.find(id)
	return wire.Result{Return: wire.DownloadOK.String(), ReqID: id, FileHash: v.reader.File().Hash}
}

// requestSliceData hands out a whole slice of a video session.
func (g *Gateway) requestSliceData(c *call, p wire.SliceDataParams) any {
	v, ok := g.videos.find(p.ReqID)
	if !ok || v.reader.File().Hash != p.FileHash {
		return result(wire.WrongInput)
	}
	s, ok := v.reader.Slice(int64(p.SliceNumber))
	if !ok {
		return result(wire.WrongInput)
	}
	var raw bytes.Buffer
	file := v.reader.File()
	err := v.reader.CopySlice(c.ctx, &raw, s, func(node string, n int64) { g.count(v.wallet, file, node, n) })
	if err != nil {
		g.logf("%v", err)
		return result(wire.InternalData)
	}
	return wire.Result{Return: wire.DownloadOK.String(), FileData: base64.StdEncoding.EncodeToString(raw.Bytes())}
}
