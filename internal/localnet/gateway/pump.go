package gateway

import (
	"io"
	"sync"
)

// pump carries the pieces of an upload to their place while the next one is on
// its way. It holds at most two pieces.
type pump struct {
	queue chan *blob
	done  chan struct{} // closed when everything was carried
	mu    sync.Mutex
	err   error
}

func newPump(to io.Writer) *pump {
	p := &pump{queue: make(chan *blob), done: make(chan struct{})}
	go p.run(to)
	return p
}

func (p *pump) run(to io.Writer) {
	defer close(p.done)
	for b := range p.queue {
		if p.failure() == nil {
			if _, err := to.Write(b.bytes()); err != nil {
				p.fail(err)
			}
		}
		b.release()
	}
}

// send hands b over. It waits while an earlier piece is still being carried.
func (p *pump) send(b *blob) error {
	p.queue <- b
	return p.failure()
}

// close tells that no more pieces come.
func (p *pump) close() { close(p.queue) }

// wait returns when everything was carried, with the first failure.
func (p *pump) wait() error {
	<-p.done
	return p.failure()
}

func (p *pump) fail(err error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.err = err
}

func (p *pump) failure() error {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.err
}
