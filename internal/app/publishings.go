package app

import (
	"cmp"
	"context"
	"slices"
	"sync"
)

// publishings are the videos that this program publishes at the moment.
type publishings struct {
	mu   sync.Mutex
	list []*publishing
}

// publishing is one of them.
type publishing struct {
	key    string // of its register entry
	now    Transfer
	cancel context.CancelFunc
	ended  chan struct{}
}

// beginPublishing makes a video that is published known: Report tells how far it
// is, and StopLink ends it. The returned context ends with it; end must be
// called.
func (a *App) beginPublishing(ctx context.Context, src *streamSource, o *StreamOptions) (inner context.Context, end func()) {
	p := &publishing{key: src.key, now: Transfer{Path: cmp.Or(src.path, src.name), Up: true, Stage: StageUpload}, ended: make(chan struct{})}
	inner, p.cancel = context.WithCancel(ctx)
	told := o.Progress
	o.Progress = func(stage string, done, total int64) {
		if a.publishings.advance(p, stage, done, total) {
			a.hub.send(Event{Kind: StatusChanged})
		}
		if told != nil {
			told(stage, done, total)
		}
	}
	a.publishings.add(p)
	a.hub.send(Event{Kind: StatusChanged})
	return inner, func() {
		p.cancel()
		a.publishings.remove(p)
		close(p.ended)
		a.hub.send(Event{Kind: StatusChanged})
	}
}

func (l *publishings) add(p *publishing) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.list = append(l.list, p)
}

func (l *publishings) remove(p *publishing) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.list = slices.DeleteFunc(l.list, func(x *publishing) bool { return x == p })
}

// advance notes how far one is, and tells whether people would see a difference.
func (l *publishings) advance(p *publishing, stage string, done, total int64) (seen bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	before := p.now
	p.now.Stage, p.now.Done, p.now.Size = stage, done, total
	percent := func(t Transfer) int64 { return t.Done * 100 / max(1, t.Size) }
	return before.Stage != stage || percent(before) != percent(p.now)
}

// transfers tells how far they are.
func (l *publishings) transfers() (out []Transfer) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, p := range l.list {
		out = append(out, p.now)
	}
	return out
}

// stop ends the one of a key and waits until what it uploaded was taken back;
// ok is false where there is none.
func (l *publishings) stop(ctx context.Context, key string) (ok bool, err error) {
	l.mu.Lock()
	i := slices.IndexFunc(l.list, func(p *publishing) bool { return p.key == key })
	if i < 0 {
		l.mu.Unlock()
		return false, nil
	}
	p := l.list[i]
	l.mu.Unlock()
	p.cancel()
	select {
	case <-p.ended:
		return true, nil
	case <-ctx.Done():
		return true, ctx.Err()
	}
}
