package fetch

import "slices"

// spans is a sorted list of ranges that do not touch.
type spans []span

type span struct{ from, to int64 }

// add notes that n bytes at an offset have arrived.
func (s *spans) add(off, n int64) {
	in := span{off, off + n}
	i, _ := slices.BinarySearchFunc(*s, in, func(a, b span) int {
		if a.to < b.from {
			return -1
		}
		return 1
	})
	j := i
	for j < len(*s) && (*s)[j].from <= in.to {
		in.from, in.to = min(in.from, (*s)[j].from), max(in.to, (*s)[j].to)
		j++
	}
	*s = slices.Replace(*s, i, j, in)
}

// cover reports whether all of n bytes at an offset have arrived.
func (s spans) cover(off, n int64) bool {
	if n == 0 {
		return true
	}
	for _, in := range s {
		if in.from <= off && off+n <= in.to {
			return true
		}
	}
	return false
}
