package wire

import (
	"encoding/json"
	"fmt"
	"math"
)

// HeaderFile is the name of a video's playlist.
const HeaderFile = "index.m3u8"

// VideoMap is the content of slice 1 of a video: which slice holds which
// segment. The playlist is always the last slice.
type VideoMap struct {
	FileHash         string            `json:"FileHash"`
	HeaderFile       string            `json:"HeaderFile"`
	StartSliceNumber uint64            `json:"StartSliceNumber"`
	SegmentToSlice   map[string]uint64 `json:"SegmentToSlice"`
	SliceToSegment   map[uint64]string `json:"SliceToSegment"`
}

// ParseVideoMap reads slice 1 of a video and checks that both directions of
// the map agree.
func ParseVideoMap(raw []byte) (VideoMap, error) {
	var m VideoMap
	if err := json.Unmarshal(raw, &m); err != nil {
		return m, fmt.Errorf("read video map: %w", err)
	}
	if _, ok := m.SegmentToSlice[m.HeaderFile]; !ok || len(m.SegmentToSlice) != len(m.SliceToSegment) {
		return m, fmt.Errorf("read video map: it is not complete")
	}
	for segment, slice := range m.SegmentToSlice {
		if m.SliceToSegment[slice] != segment || slice < m.StartSliceNumber {
			return m, fmt.Errorf("read video map: segment %q has no slice", segment)
		}
	}
	return m, nil
}

// SegmentSeconds returns the length of a segment when a node cuts a video of
// size bytes and duration seconds: one segment up to 32 MiB, more and longer
// ones with growing size.
func SegmentSeconds(size, duration int64) int64 {
	units := math.Max(1, float64(size)/SliceSize)
	segments := math.Sqrt(10*units - 9)
	return int64(math.Ceil(float64(duration) / segments))
}

// VideoSliceCount returns how many slices such a video has: the segments, the
// playlist and four in reserve, of which the first holds the map.
func VideoSliceCount(size, duration int64) int64 {
	seconds := SegmentSeconds(size, duration)
	if seconds <= 0 {
		return 5
	}
	return int64(math.Ceil(float64(duration)/float64(seconds))) + 4 + 1
}

// FillerSlice returns the content of a slice between the map and the first
// segment.
func FillerSlice(fileHash string, number uint64) []byte {
	return fmt.Appendf(nil, "%s%d", fileHash, number)
}
