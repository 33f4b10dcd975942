package chunk

import (
	"errors"

	"github.com/restic/chunker"
)

const (
	window = 64 // bytes that a fingerprint is made of
	degree = 53 // of polynomials
	top    = degree - 8
	lane   = 4 << 10 // positions that are gone through side by side with others
)

// rabin makes Rabin fingerprints of the last 64 bytes: what these bytes leave
// when they are divided by a polynomial. Where its low bits are zero, a file may
// be cut. The fingerprint follows from these bytes alone, so it is made for
// several places at once: at each of them every step waits for the last one.
type rabin struct {
	out [256]uint64 // what a byte has left when it goes out of the window
	mod [256]uint64 // what takes the top bits of a fingerprint away
}

func newRabin(pol chunker.Pol) (*rabin, error) {
	if pol.Deg() != degree {
		return nil, errors.New("polynomial of another degree")
	}
	r := &rabin{}
	for b := range r.mod {
		high := chunker.Pol(b) << degree
		r.mod[b] = uint64(high.Mod(pol) | high)
	}
	for b := range r.out {
		d := r.next(0, byte(b))
		for range window - 1 {
			d = r.next(d, 0)
		}
		r.out[b] = d
	}
	return r, nil
}

// next returns the fingerprint with one byte more.
func (r *rabin) next(d uint64, b byte) uint64 {
	return d<<8 ^ uint64(b) ^ r.mod[byte(d>>top)]
}

// of returns the fingerprint of the bytes before an offset.
func (r *rabin) of(p []byte, end int) (d uint64) {
	for _, b := range p[end-window : end] {
		d = r.next(d, b)
	}
	return d
}

// find returns the first offset from from to to behind which p may be cut, or
// -1. More than a window must lie before from.
func (r *rabin) find(p []byte, from, to int, mask uint64) int {
	for to-from+1 >= 4*lane {
		if r.any(p, from, mask) {
			break
		}
		from += 4 * lane
	}
	if from > to {
		return -1
	}
	d := r.of(p, from)
	for end := from; ; end++ {
		if d&mask == 0 {
			return end
		}
		if end == to {
			return -1
		}
		d = r.next(d^r.out[p[end-window]], p[end])
	}
}

// any reports whether p may be cut behind any of the next 4*lane offsets.
func (r *rabin) any(p []byte, from int, mask uint64) bool {
	s := from - 1
	d0, d1, d2, d3 := r.of(p, s), r.of(p, s+lane), r.of(p, s+2*lane), r.of(p, s+3*lane)
	s -= window
	p0, p1 := (*[window + lane]byte)(p[s:]), (*[window + lane]byte)(p[s+lane:])
	p2, p3 := (*[window + lane]byte)(p[s+2*lane:]), (*[window + lane]byte)(p[s+3*lane:])
	for i := range lane {
		d0 = r.next(d0^r.out[p0[i]], p0[i+window])
		d1 = r.next(d1^r.out[p1[i]], p1[i+window])
		d2 = r.next(d2^r.out[p2[i]], p2[i+window])
		d3 = r.next(d3^r.out[p3[i]], p3[i+window])
		if d0&mask == 0 || d1&mask == 0 || d2&mask == 0 || d3&mask == 0 {
			return true
		}
	}
	return false
}
