package tree

import (
	"math"
	"time"
)

// Nanos returns a time in Unix nanoseconds. A time before 1677 or after 2262,
// which some disks can show, is the first or last one that they can count.
func Nanos(t time.Time) int64 {
	switch {
	case t.After(time.Unix(0, math.MaxInt64)):
		return math.MaxInt64
	case t.Before(time.Unix(0, math.MinInt64)):
		return math.MinInt64
	}
	return t.UnixNano()
}

// Stat is what a disk said about a file when it was read. A file that still
// has it was not changed.
type Stat struct {
	Size  int64
	MTime int64  // Unix nanoseconds
	Inode uint64 // 0 where the system has none
	Dev   uint64
	Mode  uint32 // permission bits
}

// SameBytes reports whether the bytes of a file with stat s are those it had
// with stat o. The zero stat is like none.
func (s Stat) SameBytes(o Stat) bool {
	return s != Stat{} && s.Size == o.Size && s.MTime == o.MTime && s.Inode == o.Inode
}
