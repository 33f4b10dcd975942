package fetch

import "time"

// Kind says what an [Order] is.
type Kind int

// Kinds of orders.
const (
	Start  Kind = iota // fetch a part
	Cancel             // end a fetch; its bytes so far stay where they are
	GiveUp             // tell those who wait for a part that it does not come
)

// Reason says why a part is fetched.
type Reason int

// Reasons, the most urgent first.
const (
	Deadline Reason = iota // a reader waits for it
	Hedge                  // it was asked for, and does not come
	Lead                   // it holds the header or the index
	Ahead                  // it is in the window
)

// Order is a decision of the scheduler.
type Order struct {
	Kind    Kind
	ID      int // of the fetch, for Start and Cancel
	Part    int
	From    int64 // Start: byte of the part to begin with; 0 unless parts can be resumed
	Gateway int   // Start: index
	Why     Reason
}

// Outcome says how a fetch ended.
type Outcome int

// Outcomes.
const (
	Done    Outcome = iota // all of the part has come
	Failed                 // it broke off; another try may help
	Refused                // no further try of that gateway will help
)

// Options are what a scheduler is made of.
type Options struct {
	Gateways int           // how many there are; at least 1
	Parallel int           // fetches at a time that nobody waits for; 0 means 2
	Latency  time.Duration // until a fetch brings something, before that was measured; 0 means 300 ms
	Need     int64         // bytes per second that the video takes; 0 means 625,000 until told
	Resume   bool          // a fetch may begin within a part
	Window   int64         // most bytes ahead; 0 means 96 MiB
	Patience time.Duration // how long a part that fails is tried; 0 means [Patience]
}

// Limits of patience.
const (
	// Patience is how long a part that fails is tried before it is given up,
	// unless options say otherwise.
	Patience = 20 * time.Second

	leastTries = 4
	aheadTries = 3 // failures after which a part is left until somebody waits for it
	firstPause = 250 * time.Millisecond
	mostPause  = 4 * time.Second
)

func (o Options) withDefaults() Options {
	o.Gateways = max(o.Gateways, 1)
	if o.Parallel <= 0 {
		o.Parallel = 2
	}
	if o.Latency <= 0 {
		o.Latency = 300 * time.Millisecond
	}
	if o.Need <= 0 {
		o.Need = 625_000
	}
	if o.Patience <= 0 {
		o.Patience = Patience
	}
	if o.Window <= 0 {
		o.Window = 96 << 20
	}
	return o
}
