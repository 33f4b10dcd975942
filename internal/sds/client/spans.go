package client

import "slices"

// span is the bytes [start, end) of a file.
type span struct{ start, end int64 }

// spans are the parts of a file that have arrived: in order, apart, not empty.
type spans []span

// has tells whether all of [start, end) has arrived.
func (s spans) has(start, end int64) bool {
	return slices.ContainsFunc(s, func(p span) bool { return p.start <= start && end <= p.end })
}

// add joins [start, end) with what is there.
func (s spans) add(start, end int64) spans {
	i := slices.IndexFunc(s, func(p span) bool { return p.end >= start })
	if i < 0 {
		return append(s, span{start, end})
	}
	j := i
	for j < len(s) && s[j].start <= end {
		start, end = min(start, s[j].start), max(end, s[j].end)
		j++
	}
	return slices.Replace(s, i, j, span{start, end})
}

// whole tells whether s is one span from 0, and its end. An empty s is not.
func (s spans) whole() (size int64, ok bool) {
	if len(s) != 1 || s[0].start != 0 {
		return 0, false
	}
	return s[0].end, true
}

// total is the number of bytes that have arrived.
func (s spans) total() (n int64) {
	for _, p := range s {
		n += p.end - p.start
	}
	return n
}

// gaps returns the parts of [start, end) that have not arrived.
func (s spans) gaps(start, end int64) (missing []span) {
	for _, p := range s {
		if p.end <= start || p.start >= end {
			continue
		}
		if p.start > start {
			missing = append(missing, span{start, p.start})
		}
		start = p.end
	}
	if start < end {
		missing = append(missing, span{start, end})
	}
	return missing
}
