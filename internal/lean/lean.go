// Package lean keeps a program small that runs all day beside others, without
// making it slow: while it needs little it collects garbage as any Go program
// does, and the more it needs the less garbage it lets wait. It is the one place
// that says how much memory a program that syncs may take.
package lean

import (
	"runtime"
	"runtime/debug"
	"runtime/metrics"
	"sync/atomic"
)

const (
	// enough is how many bytes a program may take before it saves any.
	enough = 200 << 20
	// garbage is how much may wait to be cleared, in percent of what is in use,
	// where more than enough is taken. Less would let the collector work all the
	// time.
	garbage = 25
	// usual is what Go programs let wait, in percent.
	usual = 100
)

// Keep lets the program save memory until stop is called. Whoever calls it owns
// the settings of the garbage collector meanwhile.
func Keep() (stop func()) {
	k := &keeper{}
	percent, limit := debug.SetGCPercent(usual), debug.SetMemoryLimit(enough)
	k.adjust()
	k.again(&collected{k})
	return func() {
		k.done.Store(true)
		debug.SetGCPercent(percent)
		debug.SetMemoryLimit(limit)
	}
}

// keeper raises the limit where more is in use than fits under it, so that the
// collector never works in vain.
type keeper struct{ done atomic.Bool }

// collected becomes garbage with every collection.
type collected struct{ k *keeper }

// again calls adjust after the next collection, and after each one from then on.
func (k *keeper) again(c *collected) {
	runtime.SetFinalizer(c, func(c *collected) {
		if !k.done.Load() {
			k.adjust()
			k.again(c)
		}
	})
}

func (k *keeper) adjust() {
	if want := limit(look()); want != debug.SetMemoryLimit(-1) {
		debug.SetMemoryLimit(want)
	}
}

// usage is what the runtime says of its memory, in bytes.
type usage struct {
	live  uint64 // found in use by the last collection
	other uint64 // what is neither objects nor free: stacks, tables, gaps
}

// limit is how much the program may take.
func limit(u usage) int64 {
	const slightly = 4 << 20 // so that it is not set anew for nothing
	need := int64(u.live + u.live*garbage/100 + u.other)
	return max(enough, (need+slightly-1)/slightly*slightly)
}

func look() usage {
	s := []metrics.Sample{
		{Name: "/gc/heap/live:bytes"},
		{Name: "/memory/classes/total:bytes"},
		{Name: "/memory/classes/heap/objects:bytes"},
		{Name: "/memory/classes/heap/free:bytes"},
		{Name: "/memory/classes/heap/released:bytes"},
	}
	metrics.Read(s)
	used := s[1].Value.Uint64()
	for _, x := range s[2:] {
		used -= min(used, x.Value.Uint64())
	}
	return usage{live: s[0].Value.Uint64(), other: used}
}
