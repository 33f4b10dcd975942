package gateway

import (
	"context"
	"math"
	"net/http"
	"time"
)

// Clock is the time of a gateway: what it compares and what it waits for.
type Clock interface {
	Now() time.Time
	// Sleep returns when d has gone by, or with an error when ctx ended.
	Sleep(ctx context.Context, d time.Duration) error
}

type systemClock struct{}

// Now implements [Clock].
func (systemClock) Now() time.Time { return time.Now() }

// Sleep implements [Clock].
func (systemClock) Sleep(ctx context.Context, d time.Duration) error {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// forever is a wait that only the client or the end of the gateway ends.
const forever = time.Duration(math.MaxInt64)

// wait lets d go by. When the client leaves or the gateway closes before, the
// call is broken off without an answer.
func (g *Gateway) wait(ctx context.Context, d time.Duration) {
	if d <= 0 {
		return
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	defer context.AfterFunc(g.ctx, cancel)()
	if g.clock.Sleep(ctx, d) != nil {
		panic(http.ErrAbortHandler)
	}
}

// hang never answers.
func (g *Gateway) hang(ctx context.Context) { g.wait(ctx, forever) }

// onTime breaks off answers that come later than the reference could deliver
// them: the client sees the connection end.
type onTime struct {
	http.ResponseWriter
	g     *Gateway
	until time.Time
}

// answerUntil gives an answer to w the time that the reference has for one.
func (g *Gateway) answerUntil(w http.ResponseWriter) *onTime {
	return &onTime{w, g, g.clock.Now().Add(g.quirks.reply)}
}

func (o *onTime) check() {
	if o.g.quirks.reply > 0 && o.g.clock.Now().After(o.until) {
		panic(http.ErrAbortHandler)
	}
}

// WriteHeader sends the status, if it is not too late.
func (o *onTime) WriteHeader(status int) {
	o.check()
	o.ResponseWriter.WriteHeader(status)
}

// Write sends a part of the answer, if it is not too late.
func (o *onTime) Write(p []byte) (int, error) {
	o.check()
	return o.ResponseWriter.Write(p)
}
