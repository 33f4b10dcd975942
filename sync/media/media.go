// Package media knows which parts of a video or audio file a player reads
// first, so that they can be stored where they arrive first.
package media

import (
	"cmp"
	"io"
	"path"
	"slices"
	"strings"
)

// Range is a part of a file, in bytes.
type Range struct{ Off, Len int64 }

// End is the offset behind the range.
func (r Range) End() int64 { return r.Off + r.Len }

const (
	front    = 192 << 10 // the start of a file: header, first frames
	lead     = 440 << 10 // start and index together, where the index leaves room for more of the start
	back     = 64 << 10  // where some containers keep their index
	maxIndex = 16 << 20  // a larger index is read like the rest
)

var extensions = map[string]func(io.ReaderAt, int64) []Range{
	".mp4": mp4Index, ".m4v": mp4Index, ".mov": mp4Index, ".m4a": mp4Index, ".3gp": mp4Index,
	".mkv": mkvIndex, ".webm": mkvIndex, ".mka": mkvIndex,
	".avi": tail, ".wmv": tail, ".flv": tail, ".ogv": tail, ".ogg": tail, ".opus": tail,
	".mpg": nil, ".mpeg": nil, ".ts": nil, ".m2ts": nil, ".mp3": nil, ".flac": nil, ".aac": nil, ".wav": nil,
}

// Is reports whether a file is played rather than opened, by its name.
func Is(name string) bool {
	_, ok := extensions[strings.ToLower(path.Ext(name))]
	return ok
}

// Lead returns the ranges of a media file that a player reads first, most
// needed first, without overlaps: the start, and the index where it lies
// elsewhere. A file that cannot be understood gets its start only.
func Lead(name string, src io.ReaderAt, size int64) []Range {
	find := extensions[strings.ToLower(path.Ext(name))]
	var index []Range
	if find != nil {
		index = find(src, size)
	}
	start := int64(lead)
	for _, r := range index {
		start -= max(0, r.End()-max(r.Off, lead))
	}
	out := []Range{{0, min(max(start, front), size)}}
	for _, r := range index {
		r.Len = min(r.Len, size-r.Off, maxIndex)
		if r.Off < out[0].Len {
			r = Range{out[0].Len, r.End() - out[0].Len}
		}
		if r.Len > 0 {
			out = append(out, r)
		}
	}
	return out
}

// Rest returns what the lead leaves of a file of size bytes, in file order.
func Rest(lead []Range, size int64) []Range {
	sorted := slices.SortedFunc(slices.Values(lead), func(a, b Range) int { return cmp.Compare(a.Off, b.Off) })
	var out []Range
	at := int64(0)
	for _, r := range sorted {
		if r.Off > at {
			out = append(out, Range{at, r.Off - at})
		}
		at = max(at, r.End())
	}
	if at < size {
		out = append(out, Range{at, size - at})
	}
	return out
}

func tail(_ io.ReaderAt, size int64) []Range {
	at := max(0, size-back)
	return []Range{{at, size - at}}
}
