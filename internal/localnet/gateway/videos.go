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
	seen   *audience
}

// again is the same reading once more, which counts anew.
func (v *videoSession) again() *videoSession {
	return &videoSession{v.wallet, v.reader, v.index, v.seen.again()}
}

// part is the number of a slice among those with segments, from 0.
func (v *videoSession) part(s meta.Slice) int { return int(s.Number) - int(v.index.StartSliceNumber) }

// segment returns the slice that holds a segment.
func (v *videoSession) segment(name string) (meta.Slice, bool) {
	number, ok := v.index.SegmentToSlice[name]
	if !ok {
		return meta.Slice{}, false
	}
	return v.reader.Slice(int64(number))
}

// openVideo finds a video, takes its price and opens a session.
func (g *Gateway) openVideo(ctx context.Context, find func() (bill, error)) (*videoSession, error) {
	b, err := find()
	if err != nil {
		return nil, err
	}
	if !b.file.Video {
		return nil, errNoVideo
	}
	reader, err := g.store.OpenFile(ctx, b.file)
	if err != nil {
		return nil, err
	}
	v := &videoSession{wallet: b.wallet, reader: reader}
	served, err := v.readIndex(ctx)
	if err != nil {
		return nil, err
	}
	if err := g.charge(ctx, b); err != nil {
		return nil, err
	}
	v.seen = g.newAudience(b, len(v.index.SegmentToSlice)-1) // the playlist is none
	for node, bytes := range served {
		v.count(g, node, bytes)
	}
	return v, nil
}

// handingOut counts a slice piece by piece, before anybody can know the bytes:
// who has the last one finds it counted.
func (v *videoSession) handingOut(g *Gateway, s meta.Slice) func(node string, bytes int64) {
	left := s.Size
	return func(node string, bytes int64) {
		v.count(g, node, bytes)
		if left -= bytes; left == 0 {
			v.seen.gave(v.part(s))
		}
	}
}

// count notes bytes that a node served.
func (v *videoSession) count(g *Gateway, node string, bytes int64) {
	g.count(v.wallet, v.reader.File(), node, bytes)
	v.seen.sent(bytes)
}

// readIndex reads slice 1, which tells where the segments are, and tells which
// nodes served it.
func (v *videoSession) readIndex(ctx context.Context) (served map[string]int64, err error) {
	s, ok := v.reader.Slice(1)
	if !ok {
		return nil, meta.NotReady
	}
	var raw bytes.Buffer
	served = map[string]int64{}
	if err := v.reader.CopySlice(ctx, &raw, s, func(node string, n int64) { served[node] += n }); err != nil {
		return nil, err
	}
	v.index, err = wire.ParseVideoMap(raw.Bytes())
	return served, err
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
	c.asked(oneAnswer)
	v, err := g.openVideo(c.ctx, func() (bill, error) { return g.ownFile(c.ctx, h, p) })
	if err != nil {
		return g.refuseDownload(err)
	}
	return wire.Result{Return: wire.DownloadOK.String(), ReqID: g.videos.add(v), FileHash: h.Hash}
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
	c.asked(oneAnswer)
	v, err := g.openVideo(c.ctx, func() (bill, error) { return g.sharedFile(c.ctx, link, p.Signature, p.ReqTime) })
	switch {
	case err != nil && g.quirks.crashes:
		return crashed()
	case err != nil:
		return g.refuseShared(err)
	}
	return wire.Result{Return: wire.DownloadOK.String(), ReqID: g.videos.add(v), FileHash: v.reader.File().Hash}
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
	err := v.reader.CopySlice(c.ctx, &raw, s, v.handingOut(g, s))
	if err != nil {
		g.logf("%v", err)
		return result(wire.InternalData)
	}
	return wire.Result{Return: wire.DownloadOK.String(), FileData: base64.StdEncoding.EncodeToString(raw.Bytes())}
}
