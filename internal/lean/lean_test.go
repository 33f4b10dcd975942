package lean

import (
	"math"
	"runtime"
	"runtime/debug"
	"testing"
)

func TestLimitLeavesRoomForTheCollector(t *testing.T) {
	const mib = 1 << 20
	for _, c := range []struct {
		use  usage
		want int64 // MiB
	}{
		{usage{}, 200},
		{usage{live: 140 * mib, other: 20 * mib}, 200},
		{usage{live: 160 * mib, other: 20 * mib}, 220},
		{usage{live: 1000 * mib, other: 51 * mib}, 1304},
	} {
		if got := limit(c.use); got != c.want*mib {
			t.Errorf("%+v: the limit is %d MiB, want %d", c.use, got/mib, c.want)
		}
	}
}

// A program that needs more than enough gets what it needs, and a part more.
func TestKeepFollowsWhatIsInUse(t *testing.T) {
	runtime.GC() // what other tests needed is gone
	before := debug.SetMemoryLimit(-1)
	stop := Keep()
	if got := debug.SetMemoryLimit(-1); got != enough {
		t.Errorf("a small program has %d bytes", got)
	}
	need := make([]byte, 300<<20)
	for debug.SetMemoryLimit(-1) < 375<<20 {
		runtime.GC() // the limit is set soon after, or the test never ends
		runtime.Gosched()
	}
	runtime.KeepAlive(need)
	stop()
	if got := debug.SetMemoryLimit(-1); got != before || before != math.MaxInt64 {
		t.Errorf("%d bytes are left, there were %d", got, before)
	}
	if got := debug.SetGCPercent(usual); got != usual {
		t.Errorf("garbage may take %d percent afterwards", got)
	}
}
