package gateway

import (
	"strings"
	"sync/atomic"

	"github.com/stratosdrive/stratosdrive/internal/sds/wire"
)

// Figures are what a gateway does and has done since it started.
type Figures struct {
	Uploads   int64            // sessions that are open
	Downloads int64            // sessions that are open
	Calls     map[string]int64 // calls by the reference's name of the method
}

// countedAs are the methods that the reference counts under another's name.
var countedAs = map[string]string{
	wire.MethodUploadStream:  wire.MethodUpload,
	wire.MethodVideoDownload: wire.MethodDownload,
	wire.MethodVideoShared:   wire.MethodGetShared,
}

// counters is how often each method was called.
type counters map[string]*atomic.Int64

func newCounters(methods map[string]method) counters {
	c := counters{}
	for name := range methods {
		c[name] = new(atomic.Int64)
	}
	return c
}

// count notes a call; what is no method is not counted.
func (c counters) count(name string) {
	if n := c[name]; n != nil {
		n.Add(1)
	}
}

// Figures tells what the gateway does at the moment.
func (g *Gateway) Figures() Figures {
	f := Figures{Calls: map[string]int64{}}
	for name, n := range g.counts {
		as := name
		if other, ok := countedAs[name]; ok {
			as = other
		}
		if text := strings.TrimPrefix(as, "user_"); n.Load() > 0 && text != as {
			f.Calls[strings.ToUpper(text[:1])+text[1:]] += n.Load()
		}
	}
	g.mu.Lock()
	f.Uploads = int64(len(g.uploads))
	g.mu.Unlock()
	f.Downloads = int64(g.reads.count() + g.videos.count())
	return f
}
