package monitor

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/fault"
)

// ErrToken says that a node takes the token no more: it changes every hour, and
// a node that was started again has another one.
var ErrToken = errors.New("the node refuses the token")

// ErrStartedAgain is an [ErrToken] of a node that answered until it was started
// again, as far as that can be told: it has forgotten who listened.
var ErrStartedAgain = fmt.Errorf("%w: it was started again", ErrToken)

// Source is a node to follow.
type Source struct {
	URL string // ws://host:18381/, or wss
	// Token returns the node's present token, 64 hexadecimal digits. It is
	// asked at every connection.
	Token func(context.Context) (string, error)
	// Ticket is that of an earlier [Greeting], or empty. A node that was not
	// started again since answers to it, however old the token is. It is a
	// secret as the token is.
	Ticket string
	// Seen is the [Sample.Stamp] of the newest sample that is known already, or
	// empty.
	Seen string
}

// Greeting is what a connection begins with.
type Greeting struct {
	Address   string // stsds1...
	Ticket    string // for the next [Source]
	Restarted bool   // the node was started again since the connection before
}

// Sample is what a node did between two looks of its own, which are 10 s apart
// as a node comes.
type Sample struct {
	At      time.Time // by this computer's clock
	In, Out int64     // bytes taken in and given out
	// The rest is zero for samples that were missed and read later.
	Missed bool
	Online bool      // the network counts the node as there
	Since  time.Time // since when, if it is online
	Disk   int64     // bytes that slices take
	Stamp  string    // the node's own time of it; empty where there is no new traffic
}

// Sink gets what is heard of a node, from one goroutine at a time.
type Sink interface {
	// Connected tells who the node is, at every connection.
	Connected(who Greeting)
	// Sampled tells samples, the oldest first. The last one is not missed.
	Sampled(samples []Sample)
	// Lost tells why nothing is heard, at every try that failed. It is
	// [ErrToken] when only a new token helps.
	Lost(reason error)
}

// CheckURL refuses an address that is not that of a monitor socket.
func CheckURL(text string) error {
	u, err := url.Parse(text)
	if err != nil || (u.Scheme != "ws" && u.Scheme != "wss") || u.Hostname() == "" || u.User != nil {
		return fault.Wrong(err, "The address of a node's monitor looks like ws://192.168.1.20:18381; nothing was changed.")
	}
	return nil
}
