package app

import (
	"context"
	"testing"
	"testing/synctest"
	"time"
)

// The first look at many files waits until they are listed, but not for ever.
func TestTheFirstLookWaitsForTheList(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		for _, c := range []struct {
			files, after, want time.Duration
		}{
			{10, time.Hour, 0},
			{manyListed, 300 * time.Millisecond, 300*time.Millisecond + showWait},
			{manyListed, time.Hour, listWait},
		} {
			l, began := newFirstList(int(c.files)), time.Now()
			timer := time.AfterFunc(c.after, func() { l.done(); l.done() })
			l.wait(t.Context())
			if took := time.Since(began); took != c.want {
				t.Errorf("%d files, listed after %s: it waited %s", c.files, c.after, took)
			}
			timer.Stop()
		}
		for _, was := range []bool{false, true} { // whoever closes the drive waits for nothing
			l, began := newFirstList(manyListed), time.Now()
			ctx, cancel := context.WithTimeout(t.Context(), time.Millisecond)
			if was {
				l.done()
			}
			if l.wait(ctx); time.Since(began) != time.Millisecond {
				t.Errorf("it waited %s", time.Since(began))
			}
			cancel()
		}
	})
}
