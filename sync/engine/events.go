package engine

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

// Expecting tells that more files are going to move. Progress counts them.
type Expecting struct {
	Up    bool
	Files int
	Bytes int64
}

// Round tells that disk and network are the same, and what that took.
type Round struct{ Summary }

// Gone tells that the drive goes on elsewhere: a sync ended with [ErrMoved].
type Gone struct{}

func (Expecting) event()   {}
func (Gone) event()        {}
func (Round) event()       {}
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
	Paused     // a person wants it to wait
	Stopped    // a brake stopped it; a person must look
	Offline    // the network is out of reach
	OutOfOzone // the account cannot pay
	OutOfDisk  // there is no room on this disk
)

// String returns the activity in a word or two.
func (a Activity) String() string {
	return [...]string{"up to date", "syncing", "paused", "stopped", "offline", "out of ozone", "out of disk"}[a]
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
