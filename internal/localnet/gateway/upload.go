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
	first             wire.UploadParams // what was signed at the beginning

	inTime bool // first came within the window

	mu       sync.Mutex // held by the call that is being served
	phase    phase
	next     int64 // where the asked range begins
	end      int64
	to       target
	pump     *pump
	timer    *time.Timer
	deadline time.Time // when the timer ends the session
	touched  time.Time
}

// errStopped means that no session is open for the caller.
var errStopped = errors.New("no open upload session")

// requestUpload opens a session for an ordinary file and asks for its first
// bytes.
func (g *Gateway) requestUpload(c *call, p wire.UploadParams) any {
	if r, bad := g.checkUpload(p, false); bad {
		return r
	}
	if p.FileSize == 0 {
		return result(wire.Success) // zero pieces; uploadSign refuses it
	}
	if err := g.coversUpload(c, p); err != nil {
		return g.refusal(wire.InternalData, err)
	}
	return g.openUpload(p, false, func() (target, error) { return g.store.NewDraft(p.FileHash, p.FileSize) })
}

// checkUpload is what the node checks itself.
func (g *Gateway) checkUpload(p wire.UploadParams, video bool) (wire.Result, bool) {
	message := wire.UploadMessage(p.FileHash, p.Signature.Address, p.SequenceNumber, p.ReqTime)
	switch {
	case p.Signature.Verify(message) != nil:
		return result(wire.BadSignature), true
	case !wire.CanonicalFileHash(p.FileHash) || wire.IsVideo(p.FileHash) != video:
		return result(wire.WrongInput), true
	case p.FileSize < 0 || strings.ContainsRune(p.FileName, 0):
		return result(wire.WrongInput), true
	}
	return wire.Result{}, false
}

// coversUpload refuses at once what the meta node would refuse after all bytes
// were sent.
func (g *Gateway) coversUpload(c *call, p wire.UploadParams) error {
	if g.quirks.lateRefusal {
		return nil
	}
	ok, err := g.meta.Covers(c.ctx, p.Signature.Address, g.uploadPrice(p.FileSize))
	if err == nil && !ok {
		err = meta.NoOzone
	}
	return err
}

// openUpload registers a session and asks for the first range.
func (g *Gateway) openUpload(p wire.UploadParams, video bool, open func() (target, error)) any {
	u := &upload{
		owner: p.Signature.Address, hash: p.FileHash, name: p.FileName, size: p.FileSize,
		video: video, first: p, inTime: g.inWindow(p.ReqTime), touched: time.Now(),
	}
	u.mu.Lock()
	defer u.mu.Unlock()
	if !g.register(u) {
		return result(wire.Conflict)
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

// register opens the session of a hash. While another one is open it refuses;
// but who died in mid upload must not wait for the idle limit, so the owner
// may take over a session in which nothing happens.
func (g *Gateway) register(u *upload) bool {
	if old := g.findUpload(u.hash); old != nil {
		if old.owner != u.owner || !old.quiet(g.limits.takeOver) {
			return false
		}
		g.endUpload(old)
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.uploads[u.hash] != nil {
		return false
	}
	g.uploads[u.hash] = u
	return true
}

// quiet tells whether no call was served for so long and nothing is going on.
func (u *upload) quiet(after time.Duration) bool {
	if !u.mu.TryLock() {
		return false
	}
	defer u.mu.Unlock()
	return u.phase <= waiting && time.Since(u.touched) > after
}

func (g *Gateway) findUpload(hash string) *upload {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.uploads[hash]
}

func (g *Gateway) forget(u *upload) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.uploads[u.hash] == u {
		delete(g.uploads, u.hash)
	}
}

// storing tells whether this gateway is bringing an accepted file to the
// nodes: then it answers for its state itself.
func (g *Gateway) storing(owner, hash string) bool {
	u := g.findUpload(hash)
	if u == nil || u.owner != owner {
		return false
	}
	if !u.mu.TryLock() {
		return u.video // a video is cut while the call that brought it waits
	}
	defer u.mu.Unlock()
	return u.phase == storing
}

// ask moves on to the range that begins at start. u.mu is held.
func (g *Gateway) ask(u *upload, start int64) wire.Result {
	u.next, u.end = wire.UploadRange(start, u.size)
	g.arm(u, g.limits.idle)
	return result(wire.UploadData).WithRange(u.next, u.end)
}

// arm ends the session unless something happens in time. u.mu is held.
func (g *Gateway) arm(u *upload, after time.Duration) {
	u.touched = time.Now()
	u.deadline = u.touched.Add(after)
	if u.timer != nil {
		u.timer.Stop()
	}
	u.timer = time.AfterFunc(after, func() { g.timeOut(u) })
}

// timeOut ends the session if its time has really come: a call may have been
// served while the timer waited for it.
func (g *Gateway) timeOut(u *upload) {
	u.mu.Lock()
	defer u.mu.Unlock()
	if u.phase <= waiting && !time.Now().Before(u.deadline) {
		g.discard(u)
	}
}

// endUpload discards a session that has not been accepted.
func (g *Gateway) endUpload(u *upload) {
	u.mu.Lock()
	defer u.mu.Unlock()
	if u.phase <= waiting {
		g.discard(u)
	}
}

// discard ends the session. u.mu is held.
func (g *Gateway) discard(u *upload) {
	if u.phase == ended {
		return
	}
	if u.phase == receiving && u.pump != nil {
		u.pump.close()
	}
	u.phase = ended
	if u.timer != nil {
		u.timer.Stop()
	}
	if u.pump != nil {
		_ = u.pump.wait()
		u.to.Discard()
	}
	g.forget(u)
}

// roomRefusal words a full disk as a refusal.
func roomRefusal(err error) error {
	if errors.Is(err, node.ErrFull) || node.IsDiskFull(err) {
		return meta.NoRoom
	}
	return err
}
