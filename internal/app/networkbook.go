package app

import (
	"context"
	"strconv"
	"sync"
	"sync/atomic"
	"time"

	"github.com/stratosdrive/stratosdrive/network/figures"
)

const (
	figuresLeast = time.Minute      // between two points that are kept
	figuresEvery = 10 * time.Minute // a window reads the figures so often, for the charts
	figuresTime  = time.Minute      // one such reading may take
)

// figuresBook keeps figures in the profile. The file is opened for each use:
// that is seldom, and other programs use it too.
type figuresBook struct {
	mu      sync.Mutex
	keeping atomic.Bool
}

// note keeps what was read. A chart with a gap is no reason to show nothing, so
// what cannot be kept is left out.
func (b *figuresBook) note(ctx context.Context, path, key string, f NetworkFigures) {
	b.mu.Lock()
	defer b.mu.Unlock()
	book, err := figures.Open(ctx, path)
	if err != nil {
		return
	}
	defer book.Close()
	last, err := book.Last(ctx, key)
	if age := f.At.Sub(last); err != nil || age >= 0 && age < figuresLeast {
		return
	}
	_ = book.Note(ctx, key, figures.Point{At: f.At, Values: f.values()})
}

// NetworkCourse returns what was kept of the network in use since a time, the
// oldest first. What is older is kept in coarser steps.
func (a *App) NetworkCourse(ctx context.Context, since time.Time) ([]FiguresPoint, error) {
	n, err := a.network()
	if err != nil {
		return nil, err
	}
	a.figures.mu.Lock()
	defer a.figures.mu.Unlock()
	book, err := figures.Open(ctx, a.profile.figures())
	if err != nil {
		return nil, err
	}
	defer book.Close()
	points, err := book.Course(ctx, n.Key(), since)
	list := make([]FiguresPoint, len(points))
	for i, p := range points {
		list[i] = FiguresPoint{At: p.At, Values: map[string]string{}}
		for name, value := range p.Values {
			list[i].Values[string(name)] = value
		}
	}
	return list, err
}

// values are the figures that are kept over time.
func (f NetworkFigures) values() figures.Values {
	v := figures.Values{}
	count := func(s figures.Series, n int64) { v[s] = strconv.FormatInt(n, 10) }
	if s := f.Storage; s != nil {
		count(figures.Capacity, s.Capacity)
		count(figures.Used, s.Used)
		count(figures.Files, s.Files)
		count(figures.Slices, s.Slices)
		count(figures.Whole, s.whole())
		count(figures.Serving, int64(s.Serving))
		count(figures.Out, int64(len(s.Nodes)-s.Serving))
		count(figures.Traffic, s.Hour)
	}
	if o := f.Ozone; o != nil {
		v[figures.OzonePrice], v[figures.OzoneLeft], v[figures.OzoneSold] = o.Price, o.Left, o.Sold
	}
	if c := f.Chain; c != nil {
		count(figures.Height, c.Height)
		count(figures.Validators, int64(c.Online))
	}
	if m := f.Money; m != nil {
		v[figures.Circulating], v[figures.Mined], v[figures.Staked] = m.Circulating.String(), m.Mined.String(), m.Staked.String()
	}
	return v
}

// keepFigures reads the figures from time to time as long as the program runs,
// so that charts have no gaps. A reading that fails leaves one.
func (a *App) keepFigures() {
	if !a.figures.keeping.CompareAndSwap(false, true) {
		return
	}
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan struct{})
	a.mu.Lock()
	a.closers = append(a.closers, func() error { cancel(); <-done; a.figures.keeping.Store(false); return nil })
	a.mu.Unlock()
	go func() {
		defer close(done)
		tick := time.NewTicker(figuresEvery)
		defer tick.Stop()
		for {
			select {
			case <-ctx.Done():
				return
			case <-tick.C:
				one, end := context.WithTimeout(ctx, figuresTime)
				_, _ = a.NetworkFigures(one)
				end()
			}
		}
	}()
}
