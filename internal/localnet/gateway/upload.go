package gateway

import (
	"errors"
	"io"
	"strings"
	"sync"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/localnet/meta"
	"github.com/stratosdrive/stratosdrive/internal/localnet/node"
	"github.com/stratosdrive/stratosdrive/internal/sds/wire"
)

// phase is how far an upload has come.
type phase int

const (
	receiving phase = iota
	waiting         // for uploadSign
	storing         // for the disk, or a video for ffmpeg
	ended
)

// target takes the bytes of an upload.
type target interface {
	io.Writer
	Discard()
}

// upload is an open upload session. There is one per file hash.
type upload struct {
	owner, hash, name string
	size              int64
	video             bool
	first             uploadParams // what was signed at the beginning

	inTime  bool // first came within the window
	checked bool // the signature of first was found right

	mu       sync.Mutex // held by the call that is being served
	phase    phase
	next     int64 // where the asked range begins
	end      int64
	to       target
	pump     *pump
	deadline time.Time // when the session lapses
	touched  time.Time
}

// errStopped means that no session is open for the caller.
var errStopped = errors.New("no open upload session")

// requestUpload opens a session for an ordinary file and asks for its first
// bytes. A file without any waits for its uploadSign at once, which refuses
// it.
func (g *Gateway) requestUpload(c *call, p uploadParams) any {
	u := g.newUpload(p, false)
	if !u.checked {
		return result(wire.BadSignature)
	}
	if r, bad := checkUpload(u); bad {
		return r
	}
	if err := g.coversUpload(c, u); err != nil {
		return g.refusal(wire.InternalData, err)
	}
	return g.openUpload(u, func() (target, error) { return g.store.NewDraft(u.hash, u.size, u.wish()) })
}

func (g *Gateway) newUpload(p uploadParams, video bool) *upload {
	message := wire.UploadMessage(p.FileHash, p.Signature.Address, p.SequenceNumber, p.ReqTime)
	return &upload{
		owner: p.Signature.Address, hash: p.FileHash, name: p.FileName, size: int64(p.FileSize), video: video,
		first: p, inTime: g.inWindow(p.ReqTime), checked: p.Signature.Verify(message) == nil,
	}
}

// wish is the class of nodes that the client wants. The reference does not look
// at the number.
func (u *upload) wish() node.Wish {
	return node.Wish{Tier: int(min(u.first.DesiredTier, node.MaxTier)), AllowHigher: u.first.AllowHigherTier}
}

// checkUpload is what the node itself looks at besides the signature.
func checkUpload(u *upload) (wire.Result, bool) {
	wrong := !wire.CanonicalFileHash(u.hash) || wire.IsVideo(u.hash) != u.video ||
		u.size < 0 || strings.ContainsRune(u.name, 0)
	return result(wire.WrongInput), wrong
}

// coversUpload refuses at once what the meta node would refuse after all bytes
// were sent.
func (g *Gateway) coversUpload(c *call, u *upload) error {
	if g.quirks.lateRefusal {
		return nil
	}
	ok, err := g.meta.Covers(c.ctx, u.owner, g.uploadPrice(u.size))
	if err == nil && !ok {
		err = meta.NoOzone
	}
	return err
}

// openUpload registers a session and asks for the first range.
func (g *Gateway) openUpload(u *upload, open func() (target, error)) any {
	u.mu.Lock()
	defer u.mu.Unlock()
	if !g.register(u) {
		return result(wire.Conflict)
	}
	g.sent.remove(sendingKey(u.owner, u.hash))
	if u.size == 0 {
		return g.awaitSign(u)
	}
	to, err := open()
	if err != nil {
		u.phase = ended
		g.forget(u)
		return g.refusal(wire.InternalData, roomRefusal(err))
	}
	u.to, u.pump = to, newPump(to)
	return g.ask(u, 0)
}

// awaitSign tells that all bytes are there. u.mu is held.
func (g *Gateway) awaitSign(u *upload) wire.Result {
	u.phase = waiting
	g.arm(u, g.limits.sign)
	return result(wire.Success)
}

// ask moves on to the range that begins at start. u.mu is held.
func (g *Gateway) ask(u *upload, start int64) wire.Result {
	u.next, u.end = wire.UploadRange(start, u.size)
	g.arm(u, g.limits.idle)
	return result(wire.UploadData).WithRange(u.next, u.end)
}

// roomRefusal words a full disk as a refusal.
func roomRefusal(err error) error {
	if errors.Is(err, node.ErrFull) || node.IsDiskFull(err) {
		return meta.NoRoom
	}
	return err
}
