package fetch

import (
	"errors"
	"fmt"
	"sort"
)

// Part is what one request to the network brings, from its first byte on: a
// pack, a segment, a block of a file.
type Part struct {
	Size int64 // bytes; an estimate where Guessed
	Lead bool  // holds the header or the index of the container
	// Guessed tells that Size is not known before the part begins to arrive.
	Guessed bool
}

// Extent says in which part some bytes of the video come.
type Extent struct {
	Off, Len int64 // bytes of the video
	Part     int
	At       int64 // where they lie in the part
	// Sealed is how many bytes of the part hold them if none can be used
	// before all have come; 0 where each can be used at once.
	Sealed int64
}

// Layout is a video as the network keeps it. Extents are in the order of their
// offsets and do not overlap; there may be gaps between them, where one segment
// ends and the next begins.
type Layout struct {
	Parts   []Part
	Extents []Extent
}

// ErrLayout means that a layout contradicts itself.
var ErrLayout = errors.New("layout of a video is not consistent")

func (l Layout) check() error {
	end := int64(0)
	for i, e := range l.Extents {
		switch {
		case e.Off < end || e.Len <= 0 || e.At < 0 || e.Sealed < 0 || e.Off > maxOffset-e.Len:
			return fmt.Errorf("%w: extent %d", ErrLayout, i)
		case e.Part < 0 || e.Part >= len(l.Parts):
			return fmt.Errorf("%w: extent %d of part %d", ErrLayout, i, e.Part)
		case !l.Parts[e.Part].Guessed && e.end() > l.Parts[e.Part].Size:
			return fmt.Errorf("%w: extent %d behind the end of its part", ErrLayout, i)
		}
		end = e.Off + e.Len
	}
	return nil
}

const maxOffset = 1 << 62

// end is the offset in the part behind the extent.
func (e Extent) end() int64 {
	if e.Sealed > 0 {
		return e.At + e.Sealed
	}
	return e.At + e.Len
}

// find returns the extent that holds an offset, or the next one behind it.
func (l Layout) find(off int64) int {
	return sort.Search(len(l.Extents), func(i int) bool { return l.Extents[i].Off+l.Extents[i].Len > off })
}

// usable returns how many bytes of an extent can be read when so much of its
// part is here, counted from the part's start.
func (e Extent) usable(here int64) int64 {
	if e.Sealed > 0 {
		if here >= e.At+e.Sealed {
			return e.Len
		}
		return 0
	}
	return min(max(here-e.At, 0), e.Len)
}
