package session

import "sync"

// Now is what plays at a moment.
type Now struct {
	ID       string // another one for another video: letters and digits
	Title    string // empty: nothing is open
	Playing  bool   // neither paused nor at the end
	Picture  bool   // there is something to look at
	Seekable bool
	Position float64 // seconds
	Length   float64 // seconds, 0 = unknown
	Speed    float64 // 1 = as recorded
	Volume   float64 // percent
	Art      string  // address of a picture for it; may be empty
	Next     bool    // Orders.Next leads somewhere
	Previous bool
}

// Orders is what the desktop may ask for. They come on other goroutines and must
// return soon. None may be nil.
type Orders struct {
	Pause     func(paused bool)
	Seek      func(seconds float64) // to a second of the video
	SetSpeed  func(speed float64)
	SetVolume func(percent float64)
	Next      func()
	Previous  func()
	Raise     func() // bring the window to the front
	Quit      func()
}

// Options says where the desktop is reached. An address may be empty or lead
// nowhere: then that part of the desktop is not told.
type Options struct {
	SessionBus string // D-Bus address of the user's session
	SystemBus  string // D-Bus address of the system
	Orders     Orders
}

// Session is what the desktop knows of one player. Its methods may be called
// from several goroutines and never wait for the desktop, except for Close.
type Session struct {
	news chan struct{} // holds one message: look at now
	end  chan struct{}
	done chan struct{}
	once sync.Once

	mu  sync.Mutex
	now Now
}

// panel is the part of the desktop that shows what plays and has keys for it.
type panel interface {
	show(Now)
	close()
}

// awake keeps the screen on between hold and release. Both may be called again
// and again.
type awake interface {
	hold()
	release()
}

// Open makes a player known to the desktop once something is shown. The session
// must be closed.
func Open(o Options) *Session {
	s := &Session{news: make(chan struct{}, 1), end: make(chan struct{}), done: make(chan struct{})}
	go s.run(o)
	return s
}

// Show tells what plays now.
func (s *Session) Show(n Now) {
	s.mu.Lock()
	s.now = n
	s.mu.Unlock()
	select {
	case s.news <- struct{}{}:
	default:
	}
}

// Close takes everything back. It may be called more than once.
func (s *Session) Close() {
	s.once.Do(func() { close(s.end) })
	<-s.done
}

// run is the only one who talks to the desktop.
func (s *Session) run(o Options) {
	defer close(s.done)
	select {
	case <-s.end:
		return
	case <-s.news:
	}
	desk, light := connect(o)
	defer desk.close()
	defer light.release()
	for {
		now := s.latest()
		desk.show(now)
		if now.Playing && now.Picture {
			light.hold()
		} else {
			light.release()
		}
		select {
		case <-s.end:
			return
		case <-s.news:
		}
	}
}

func (s *Session) latest() Now {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.now
}

// noPanel is a desktop that shows nothing.
type noPanel struct{}

func (noPanel) show(Now) {}
func (noPanel) close()   {}
