package source

import (
	"context"
	"errors"
	"time"

	"github.com/stratosdrive/stratosdrive/player/fetch"
)

// Errors that a [Video] answers with.
var (
	// ErrNotHere means that bytes would have to be fetched first.
	ErrNotHere = errors.New("bytes are not on this computer")
	// ErrRefused means that a part cannot be had from a gateway, however often
	// it is asked.
	ErrRefused = errors.New("part of a video is refused")
)

// Video is a video that comes from elsewhere in parts. A [Session] decides
// which part is fetched when, and from where. Implementations MUST allow
// several calls at a time.
type Video interface {
	// Layout says which bytes come in which part.
	Layout() fetch.Layout
	// Here tells how many bytes of a part are here, from its start on.
	Here(part int) int64
	// Fetch fetches the part of an order, from its From on where parts can be
	// resumed, and keeps it. It tells how many bytes came, each time some did,
	// and returns nil when all of the part is here. It ends soon after ctx
	// does. An error that is ErrRefused is final for that gateway.
	Fetch(ctx context.Context, o fetch.Order, tell Tell) error
	// Peek reads bytes of the video that are here, fewer than asked for where
	// the next ones are not. It waits for nothing. The error is ErrNotHere where
	// the first byte is not here and io.EOF at the end.
	Peek(p []byte, off int64) (int, error)
}

// Tell is how a video tells what comes.
type Tell struct {
	Arrived func(n int64)    // so many bytes more
	Size    func(size int64) // so large is the part: before its first byte, where that was guessed
}

// Rescuer is a video that knows one more way to bytes that cannot be had as the
// layout says, a slow one: another copy, elsewhere.
type Rescuer interface {
	Rescue(ctx context.Context, p []byte, off int64) (int, error)
}

// SessionOptions are what a session is made of.
type SessionOptions struct {
	fetch.Options
	// Whole tells that the network takes the price of a part when it is asked
	// for; else each byte is paid when it comes. A byte costs a nano-ozone.
	Whole bool
	// Free tells that nothing is paid.
	Free bool
	// Now is the time; nil for the system's.
	Now func() time.Time
}
