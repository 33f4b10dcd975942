package gateway

import "time"

// The open uploads of a gateway. One lapses when nothing happened in it for
// too long; that is found out when somebody asks for it.

// register opens the session of a hash. While another one is open it refuses;
// but who died in mid upload must not wait for the idle limit, so the owner
// may take over a session in which nothing happens. Of videos the reference
// forgets the session that was open.
func (g *Gateway) register(u *upload) bool {
	if old := g.findUpload(u.hash); old != nil {
		if !g.mayTakeOver(old, u) {
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

// mayTakeOver tells whether u may end the session old, in which no call is
// being served.
func (g *Gateway) mayTakeOver(old, u *upload) bool {
	if !old.mu.TryLock() {
		return false
	}
	defer old.mu.Unlock()
	switch {
	case old.phase > waiting:
		return false
	case g.quirks.keepStopped:
		return u.video
	}
	return old.owner == u.owner && g.clock.Now().Sub(old.touched) > g.limits.takeOver
}

// findUpload returns the session of a hash, or nil.
func (g *Gateway) findUpload(hash string) *upload {
	g.mu.Lock()
	u := g.uploads[hash]
	g.mu.Unlock()
	if u == nil || g.lapse(u) {
		return nil
	}
	return u
}

// lapse ends the session if its time is over. One in which a call is being
// served goes on.
func (g *Gateway) lapse(u *upload) bool {
	if !u.mu.TryLock() {
		return false
	}
	defer u.mu.Unlock()
	if u.phase > waiting || g.clock.Now().Before(u.deadline) {
		return false
	}
	g.discard(u)
	return true
}

func (g *Gateway) openUploads() []*upload {
	g.mu.Lock()
	defer g.mu.Unlock()
	open := make([]*upload, 0, len(g.uploads))
	for _, u := range g.uploads {
		open = append(open, u)
	}
	return open
}

// sweepUploads frees what lapsed and nobody asks for.
func (g *Gateway) sweepUploads() {
	for _, u := range g.openUploads() {
		g.lapse(u)
	}
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

// arm lets the session lapse unless something happens in time. u.mu is held.
func (g *Gateway) arm(u *upload, after time.Duration) {
	u.touched = g.clock.Now()
	u.deadline = u.touched.Add(after)
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
	if u.pump != nil {
		_ = u.pump.wait()
		u.to.Discard()
	}
	g.forget(u)
}
