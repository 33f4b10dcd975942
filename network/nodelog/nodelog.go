// Package nodelog remembers what a node did: its traffic, thinned out as it gets
// older, when it was off, and what its traffic earned. A log has a bounded size
// however long it is kept (docs/profile.md).
package nodelog

import (
	"errors"
	"slices"
	"time"
)

// Version is the format version of a log.
const Version = 1

// What a log keeps.
const (
	keptSamples = 2 * time.Hour
	keptHours   = 31 * 24 * time.Hour
	keptDays    = 732 * 24 * time.Hour
	keptEvents  = 100
	keptEpochs  = 200

	mostSamples = 3600 // two hours of a node that tells something every 2 s
	mostHours   = int(keptHours/time.Hour) + 1
	mostDays    = int(keptDays/(24*time.Hour)) + 1
)

// Flow is traffic in bytes, of a sample at its end or of an hour or a day from
// its beginning on. Days are those of UTC.
type Flow struct {
	At  int64 `json:"t"` // unix seconds
	In  int64 `json:"i"`
	Out int64 `json:"o"`
}

// Sum is all of it.
func (f Flow) Sum() int64 { return f.In + f.Out }

// What happened to a node.
const (
	WentOff   = "offline"   // the network does not count it as there
	WentMute  = "silent"    // it does not answer
	Refused   = "refusing"  // it does not take the token
	CameBack  = "back"      // after one of these
	Restarted = "restarted" // it was started again
)

// Event is something that happened to a node.
type Event struct {
	At   int64  `json:"t"` // unix seconds
	What string `json:"what"`
}

// Epoch is what an epoch brought the wallet that a node's rewards go to. Amounts
// are decimal, in wei; empty where they are not known.
type Epoch struct {
	Number   int64  `json:"n"`
	At       int64  `json:"t"`                  // of its report, unix seconds
	Traffic  int64  `json:"traffic"`            // bytes that the node moved, as its monitor told
	Whole    bool   `json:"whole"`              // it was heard all the time
	Volume   string `json:"volume"`             // noz that the report counts for the wallet
	All      string `json:"all"`                // noz that the report counts for all wallets
	Pool     string `json:"pool"`               // wei for all storage nodes
	Shared   int64  `json:"shared,omitempty"`   // Traffic of all watched nodes of that wallet; 0 when one of them was not heard
	Noz      string `json:"noz,omitempty"`      // noz that Traffic stands for
	Basis    Basis  `json:"basis,omitempty"`    // of Noz; empty: nobody knows what a byte counts
	Expected string `json:"expected,omitempty"` // wei, by Noz
	Due      string `json:"due,omitempty"`      // wei, by Volume
	Real     string `json:"real,omitempty"`     // wei, by the chain
}

// Chain is what the chain says of a node, and of the wallet that its rewards go
// to. Amounts are decimal, in wei.
type Chain struct {
	At       int64  `json:"t"` // when it was asked, unix seconds
	Name     string `json:"name,omitempty"`
	State    string `json:"state"` // active, waiting, suspended, unbonding or gone; unknown: it is not registered
	PaidTo   string `json:"paid_to,omitempty"`
	Deposit  string `json:"deposit,omitempty"`
	Mature   string `json:"mature,omitempty"` // may be withdrawn
	Immature string `json:"immature,omitempty"`
}

// Log is what is remembered of one node.
type Log struct {
	Version int    `json:"version"`
	Address string `json:"address,omitempty"` // stsds1...
	Stamp   string `json:"stamp,omitempty"`   // the node's own time of the newest sample
	Begun   int64  `json:"begun,omitempty"`   // unix seconds of the first sample
	Heard   int64  `json:"heard,omitempty"`   // of the last answer
	In      int64  `json:"in"`                // bytes since Begun
	Out     int64  `json:"out"`
	Disk    int64  `json:"disk"`            // bytes that slices take
	Online  int64  `json:"online"`          // since when the network counts it as there; 0: it does not
	State   string `json:"state,omitempty"` // how it is
	Since   int64  `json:"since,omitempty"` // of State
	Told    string `json:"told,omitempty"`  // the last state that its owner was told of

	Tier  *int  `json:"tier,omitempty"` // its class, 0 to 3; absent where nobody tells
	Chain Chain `json:"chain,omitzero"` // what the chain told last

	Samples []Flow  `json:"samples,omitempty"`
	Hours   []Flow  `json:"hours,omitempty"`
	Days    []Flow  `json:"days,omitempty"`
	Events  []Event `json:"events,omitempty"`
	Epochs  []Epoch `json:"epochs,omitempty"`
}

// ErrVersion is a log of another version of the program.
var ErrVersion = errors.New("unknown version of a node's log")

// Check refuses what this version cannot read, and puts in order what somebody
// else may have written.
func (l *Log) Check() error {
	if l.Version != Version {
		return ErrVersion
	}
	for _, list := range []*[]Flow{&l.Samples, &l.Hours, &l.Days} {
		slices.SortFunc(*list, func(a, b Flow) int { return int(min(1, max(-1, a.At-b.At))) })
	}
	l.thin()
	return nil
}

// New is a log of nothing.
func New() *Log { return &Log{Version: Version} }

// Note adds the traffic of a sample at its end. Samples come in order; one from
// before the last is counted, too.
func (l *Log) Note(at time.Time, in, out int64) {
	if in < 0 || out < 0 {
		return
	}
	f := Flow{at.Unix(), in, out}
	if l.Begun == 0 || f.At < l.Begun {
		l.Begun = f.At
	}
	l.In, l.Out = l.In+in, l.Out+out
	enter(&l.Samples, f)
	enter(&l.Hours, Flow{at.Truncate(time.Hour).Unix(), in, out})
	enter(&l.Days, Flow{at.UTC().Truncate(24 * time.Hour).Unix(), in, out})
	l.thin()
}

// enter adds to the entry of the same time, or puts a new one where it belongs.
func enter(list *[]Flow, f Flow) {
	i := len(*list)
	for i > 0 && (*list)[i-1].At > f.At {
		i--
	}
	if i > 0 && (*list)[i-1].At == f.At {
		(*list)[i-1].In += f.In
		(*list)[i-1].Out += f.Out
		return
	}
	*list = slices.Insert(*list, i, f)
}

// thin forgets what is too old.
func (l *Log) thin() {
	cut(&l.Samples, keptSamples, mostSamples)
	cut(&l.Hours, keptHours, mostHours)
	cut(&l.Days, keptDays, mostDays)
	l.Events = l.Events[max(0, len(l.Events)-keptEvents):]
	l.Epochs = l.Epochs[max(0, len(l.Epochs)-keptEpochs):]
}

// cut leaves what is not older than kept, counted from the newest, and at most
// so many.
func cut(list *[]Flow, kept time.Duration, most int) {
	if len(*list) == 0 {
		return
	}
	oldest := (*list)[len(*list)-1].At - int64(kept/time.Second)
	i, _ := slices.BinarySearchFunc(*list, oldest, func(f Flow, at int64) int { return int(min(1, max(-1, f.At-at))) })
	*list = (*list)[max(i, len(*list)-most):]
}

// Happened notes an event.
func (l *Log) Happened(at time.Time, what string) {
	l.Events = append(l.Events, Event{at.Unix(), what})
	l.thin()
}

// Between sums up samples after from and until to. whole tells whether the node
// was heard all that time, with no more than a minute between two samples.
func (l *Log) Between(from, to time.Time) (sum Flow, whole bool) {
	const gap = 60
	begin, end := from.Unix(), to.Unix()
	sum.At, whole = end, true
	last := int64(0) // the sample before
	for _, s := range l.Samples {
		if s.At > end {
			break
		}
		if s.At > begin {
			whole = whole && last > 0 && s.At-max(last, begin) <= gap
			sum.In, sum.Out = sum.In+s.In, sum.Out+s.Out
		}
		last = s.At
	}
	return sum, whole && last > 0 && end-last <= gap
}

// LastHour is the traffic of the hour before now.
func (l *Log) LastHour(now time.Time) Flow {
	sum, _ := l.Between(now.Add(-time.Hour), now)
	return sum
}

// Rate is bytes per second in and out, by the newest sample; 0 where that is
// older than a minute.
func (l *Log) Rate(now time.Time) (in, out int64) {
	n := len(l.Samples)
	if n < 2 || now.Unix()-l.Samples[n-1].At > 60 {
		return 0, 0
	}
	last := l.Samples[n-1]
	took := min(max(last.At-l.Samples[n-2].At, 1), 60)
	return last.In / took, last.Out / took
}

// Put notes an epoch, in the place of what was known of it. What is known and
// missing in e stays.
func (l *Log) Put(e Epoch) {
	i, there := slices.BinarySearchFunc(l.Epochs, e.Number, func(a Epoch, n int64) int { return int(min(1, max(-1, a.Number-n))) })
	if there {
		if e.Real == "" {
			e.Real = l.Epochs[i].Real
		}
		if !e.Whole && l.Epochs[i].Whole { // samples of then are forgotten by now
			old := l.Epochs[i]
			e.Traffic, e.Whole, e.Shared, e.Noz, e.Basis, e.Expected = old.Traffic, true, old.Shared, old.Noz, old.Basis, old.Expected
		}
		l.Epochs[i] = e
		return
	}
	l.Epochs = slices.Insert(l.Epochs, i, e)
	l.thin()
}

// Epoch returns what is known of an epoch.
func (l *Log) Epoch(number int64) (Epoch, bool) {
	i, there := slices.BinarySearchFunc(l.Epochs, number, func(a Epoch, n int64) int { return int(min(1, max(-1, a.Number-n))) })
	if !there {
		return Epoch{}, false
	}
	return l.Epochs[i], true
}
