// Package span keeps account of which bytes of something are there.
package span

import (
	"slices"
	"sort"
)

// Span is the bytes from From up to To, without To.
type Span struct{ From, To int64 }

// Set is a list of spans that are in order, apart and not empty.
type Set []Span

// Add joins n bytes at an offset with what is there, and returns how many of
// them are new.
func (s *Set) Add(off, n int64) (fresh int64) {
	if n <= 0 {
		return 0
	}
	in := Span{off, off + n}
	i := sort.Search(len(*s), func(k int) bool { return (*s)[k].To >= in.From })
	j, known := i, int64(0)
	for j < len(*s) && (*s)[j].From <= in.To {
		known += min(in.To, (*s)[j].To, off+n) - max(off, (*s)[j].From)
		in.From, in.To = min(in.From, (*s)[j].From), max(in.To, (*s)[j].To)
		j++
	}
	*s = slices.Replace(*s, i, j, in)
	return n - known
}

// Cover tells whether all of n bytes at an offset are there.
func (s Set) Cover(off, n int64) bool { return n <= 0 || s.End(off) >= off+n }

// End returns where the bytes that are there from an offset on end; the offset
// itself where its byte is missing.
func (s Set) End(off int64) int64 {
	i := sort.Search(len(s), func(k int) bool { return s[k].To > off })
	if i < len(s) && s[i].From <= off {
		return s[i].To
	}
	return off
}

// Gaps returns which of n bytes at an offset are missing.
func (s Set) Gaps(off, n int64) (missing []Span) {
	at, end := off, off+n
	for i := sort.Search(len(s), func(k int) bool { return s[k].To > off }); i < len(s) && s[i].From < end; i++ {
		if s[i].From > at {
			missing = append(missing, Span{at, s[i].From})
		}
		at = s[i].To
	}
	if at < end {
		missing = append(missing, Span{at, end})
	}
	return missing
}

// Total is the number of bytes that are there.
func (s Set) Total() (n int64) {
	for _, p := range s {
		n += p.To - p.From
	}
	return n
}
