package monitor

import (
	"sync"
	"time"
)

// maxSamples are kept: a day of them at the usual interval.
const maxSamples = 24 * 60 * 6

// timeLayout is how times are written, in the node's zone.
const timeLayout = "2006-01-02 15:04:05"

// sample is the traffic, in bytes, since the one before it.
type sample struct {
	at      int64 // unix seconds
	in, out int64
}

func (s sample) wire() trafficInfo {
	return trafficInfo{Inbound: s.in, Outbound: s.out, Time: time.Unix(s.at, 0).Format(timeLayout)}
}

// history is the newest samples.
type history struct {
	mu      sync.Mutex
	ring    []sample
	next    int // where the next one goes once the ring is full
	in, out int64
}

// add notes what the counters of a node say now.
func (h *history) add(now time.Time, in, out int64) sample {
	h.mu.Lock()
	defer h.mu.Unlock()
	s := sample{at: now.Unix(), in: max(in-h.in, 0), out: max(out-h.out, 0)}
	h.in, h.out = in, out
	if len(h.ring) < maxSamples {
		h.ring = append(h.ring, s)
	} else {
		h.ring[h.next] = s
	}
	h.next = (h.next + 1) % maxSamples
	return s
}

// newest returns up to count samples, the newest first.
func (h *history) newest(count uint64) []trafficInfo {
	h.mu.Lock()
	defer h.mu.Unlock()
	n := int(min(count, uint64(len(h.ring))))
	list := make([]trafficInfo, 0, n)
	for i := range n {
		list = append(list, h.ring[(h.next-1-i+maxSamples)%maxSamples].wire())
	}
	return list
}
