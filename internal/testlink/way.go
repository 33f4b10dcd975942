package testlink

import (
	"net"
	"sync"
	"sync/atomic"
	"time"
)

const (
	parcelSize = 16 << 10
	onTheWay   = 64 // parcels of a connection at most, 1 MiB
)

// parcel is on the way until due.
type parcel struct {
	bytes []byte
	due   time.Time
}

// way carries one direction of a connection until its end.
func (l *Line) way(to, from net.Conn, speed *bucket, count *atomic.Int64) {
	parcels := make(chan parcel, onTheWay)
	gone := make(chan struct{}) // nobody takes parcels any more
	var load sync.WaitGroup
	load.Go(func() {
		defer close(parcels)
		l.load(from, parcels, gone, speed, count)
	})
	if !l.unload(to, parcels) {
		_ = from.Close() // what cannot be delivered need not be sent; it may be closed already
	}
	close(gone)
	load.Wait()
}

// load takes bytes as fast as the line takes them: what waits for its turn is
// one parcel of each connection, so all of them get the same share.
func (l *Line) load(from net.Conn, parcels chan<- parcel, gone <-chan struct{}, speed *bucket, count *atomic.Int64) {
	for {
		buffer := make([]byte, parcelSize)
		n, err := from.Read(buffer)
		count.Add(int64(n))
		if n == 0 && err != nil {
			return
		}
		departs := speed.take(time.Now(), n)
		if !l.sleep(departs) {
			return
		}
		select {
		case parcels <- parcel{buffer[:n], departs.Add(l.roundTrip / 2)}:
		case <-gone:
			return
		}
	}
}

// unload delivers parcels when they are due; false when that is no longer
// possible.
func (l *Line) unload(to net.Conn, parcels <-chan parcel) bool {
	for p := range parcels {
		if !l.sleep(p.due) {
			return false
		}
		if _, err := to.Write(p.bytes); err != nil {
			return false
		}
	}
	if half, ok := to.(interface{ CloseWrite() error }); ok {
		return half.CloseWrite() == nil
	}
	return to.Close() == nil
}

// sleep waits for a moment; false when the line was cut.
func (l *Line) sleep(until time.Time) bool {
	left := time.Until(until)
	if left <= 0 {
		return true
	}
	timer := time.NewTimer(left)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-l.closed:
		return false
	}
}
