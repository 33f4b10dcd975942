package engine

import (
	"cmp"
	"slices"
	"sync"
)

// Flow counts what moves in one direction during one sync.
type Flow struct {
	Files, FilesDone int
	Bytes, BytesDone int64 // of content; what the network has already is done at once
}

// Moving is a file on its way.
type Moving struct {
	Path        string
	Up          bool
	Done, Total int64 // bytes
}

// Progress is how far a sync is.
type Progress struct{ Up, Down Flow }

// mostMoving is how many files InMotion names.
const mostMoving = 20

// progress gathers how far each file is, for events and listings.
type progress struct {
	mu   sync.Mutex
	now  Activity
	up   flow
	down flow
}

// flow is one direction: the files on their way, and the sum of all.
type flow struct {
	Flow
	files map[string]Moving
}

func newProgress() *progress {
	return &progress{up: flow{files: map[string]Moving{}}, down: flow{files: map[string]Moving{}}}
}

// expect notes that a file is going to move.
func (f *flow) expect(m Moving) {
	if _, twice := f.files[m.Path]; twice {
		return
	}
	f.files[m.Path] = m
	f.Files++
	f.Bytes += m.Total
}

// moved notes that n more bytes of a file have moved.
func (f *flow) moved(path string, n int64) (Moving, bool) {
	m, ok := f.files[path]
	if !ok || n <= 0 {
		return m, false
	}
	n = min(n, m.Total-m.Done)
	m.Done += n
	f.BytesDone += n
	f.files[path] = m
	if n > 0 && m.Done == m.Total {
		f.FilesDone++
	}
	return m, true
}

// done notes that all that was expected has moved.
func (f *flow) done() {
	f.FilesDone, f.BytesDone = f.Files, f.Bytes
	clear(f.files)
}

func (e *Engine) expect(up bool, files []Moving) {
	p := e.status
	p.mu.Lock()
	f := p.flow(up)
	bytes := f.Bytes
	for _, m := range files {
		m.Up = up
		f.expect(m)
	}
	bytes = f.Bytes - bytes
	p.mu.Unlock()
	if len(files) > 0 {
		e.cfg.Events(Expecting{up, len(files), bytes})
	}
}

func (p *progress) flow(up bool) *flow {
	if up {
		return &p.up
	}
	return &p.down
}

// uploaded notes that the network has more bytes of a file.
func (e *Engine) uploaded(path string, n int64) {
	if m, ok := e.moved(true, path, n); ok {
		e.cfg.Events(Uploading{path, m.Done, m.Total})
	}
}

// downloaded notes that more bytes of a file have arrived.
func (e *Engine) downloaded(path string, n int64) {
	if m, ok := e.moved(false, path, n); ok {
		e.cfg.Events(Downloading{path, m.Done, m.Total})
	}
}

func (e *Engine) moved(up bool, path string, n int64) (Moving, bool) {
	e.status.mu.Lock()
	defer e.status.mu.Unlock()
	return e.status.flow(up).moved(path, n)
}

// allMoved notes that everything expected in one direction is complete.
func (e *Engine) allMoved(up bool) {
	e.status.mu.Lock()
	defer e.status.mu.Unlock()
	e.status.flow(up).done()
}

// begin starts a new count.
func (p *progress) begin() {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, f := range []*flow{&p.up, &p.down} {
		clear(f.files)
		f.Flow = Flow{}
	}
}

// Progress tells how far the sync is that runs, or how far the last one came.
func (e *Engine) Progress() Progress {
	e.status.mu.Lock()
	defer e.status.mu.Unlock()
	return Progress{e.status.up.Flow, e.status.down.Flow}
}

// InMotion tells of the first few files that are on their way, by their paths.
func (e *Engine) InMotion() []Moving {
	e.status.mu.Lock()
	defer e.status.mu.Unlock()
	var out []Moving
	for _, f := range []*flow{&e.status.up, &e.status.down} {
		for _, m := range f.files {
			if m.Done > 0 && m.Done < m.Total {
				out = append(out, m)
			}
		}
	}
	slices.SortFunc(out, func(a, b Moving) int { return cmp.Compare(a.Path, b.Path) })
	return out[:min(len(out), mostMoving)]
}

// Moving tells how far a file is that is on its way.
func (e *Engine) Moving(path string) (Moving, bool) {
	e.status.mu.Lock()
	defer e.status.mu.Unlock()
	for _, f := range []*flow{&e.status.up, &e.status.down} {
		if m, ok := f.files[path]; ok && m.Done > 0 && m.Done < m.Total {
			return m, true
		}
	}
	return Moving{}, false
}
