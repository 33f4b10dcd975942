package engine

import "sync"

// Event is something a person may want to see. It is one of the types below.
type Event interface{ event() }

// Uploading tells how many bytes of a file the network has.
type Uploading struct {
	Path        string
	Done, Total int64
}

// Downloading tells how many bytes of a file have arrived.
type Downloading struct {
	Path        string
	Done, Total int64
}

// FileDone tells that a file is the same on the disk and on the network.
type FileDone struct{ Path string }

// State tells what the engine is doing as a whole.
type State struct{ Now Activity }

// Problem is something a person should know, in one plain sentence.
type Problem struct {
	Path     string // "" if it is not about one file
	Sentence string
}

func (Uploading) event()   {}
func (Downloading) event() {}
func (FileDone) event()    {}
func (State) event()       {}
func (Problem) event()     {}

// Activity is what the engine is doing.
type Activity int

// What an engine may be doing.
const (
	UpToDate Activity = iota
	Syncing
	Paused     // a brake stopped it; a person must look
	Offline    // the network is out of reach
	OutOfOzone // the account cannot pay
)

// String returns the activity in a word or two.
func (a Activity) String() string {
	return [...]string{"up to date", "syncing", "paused", "offline", "out of ozone"}[a]
}

// progress gathers how far each file is, for events and listings.
type progress struct {
	mu    sync.Mutex
	now   Activity
	up    map[string]Uploading
	down  map[string]Downloading
	bytes struct{ up, down int64 }
}

func newProgress() *progress {
	return &progress{up: map[string]Uploading{}, down: map[string]Downloading{}}
}

func (e *Engine) expectUpload(path string, size int64) {
	e.status.mu.Lock()
	defer e.status.mu.Unlock()
	e.status.up[path] = Uploading{path, 0, size}
}

// uploaded notes that the network has more bytes of a file.
func (e *Engine) uploaded(path string, n int64) {
	p := e.status
	p.mu.Lock()
	u, ok := p.up[path]
	u.Done = min(u.Done+n, u.Total)
	if ok {
		p.up[path] = u
		p.bytes.up += n
	}
	p.mu.Unlock()
	if ok {
		e.cfg.Events(u)
	}
}

// downloaded notes that more bytes of a file have arrived.
func (e *Engine) downloaded(path string, total, n int64) {
	p := e.status
	p.mu.Lock()
	d := p.down[path]
	d = Downloading{path, d.Done + n, total}
	p.down[path] = d
	p.bytes.down += n
	p.mu.Unlock()
	e.cfg.Events(d)
}

func (e *Engine) setActivity(a Activity) {
	e.status.mu.Lock()
	changed := e.status.now != a
	e.status.now = a
	e.status.mu.Unlock()
	if changed {
		e.cfg.Events(State{a})
	}
}

// Activity returns what the engine is doing.
func (e *Engine) Activity() Activity {
	e.status.mu.Lock()
	defer e.status.mu.Unlock()
	return e.status.now
}

// begin starts a new count of bytes.
func (p *progress) begin() {
	p.mu.Lock()
	defer p.mu.Unlock()
	clear(p.up)
	clear(p.down)
	p.bytes.up, p.bytes.down = 0, 0
}

// problem tells a problem once in the life of the engine.
func (e *Engine) problem(p Problem) {
	key := p.Path + "\x00" + p.Sentence
	e.mu.Lock()
	told := e.told[key]
	e.told[key] = true
	e.mu.Unlock()
	if !told {
		e.cfg.Events(p)
	}
}
