package object

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"fmt"
	"slices"

	"github.com/stratosdrive/stratosdrive/sync/codec"
)

// SettingWatched is the key of the setting that says how far videos were
// watched. Unlike the others it is joined entry by entry.
const SettingWatched = "watched"

// mostWatched bounds the list: it is repeated in every head.
const mostWatched = 100

// maxMoment is the longest video in milliseconds: a year.
const maxMoment = 366 * 24 * 3600 * 1000

// WatchKey names what was watched. That of a file follows from its content, so
// it survives renaming and moving.
type WatchKey [8]byte

// WatchKeyOf returns the key for a content as a folder says it, or for any
// other text that names a video, such as a link.
func WatchKeyOf(text string) WatchKey {
	sum := sha256.Sum256([]byte(text))
	return WatchKey(sum[:8])
}

// Watched says how far somebody had come in a video.
type Watched struct {
	Key    WatchKey
	Time   int64 // when that was, Unix milliseconds
	At     int64 // where, milliseconds from the start; 0 begins anew
	Length int64 // of the video, milliseconds; 0 is not known
}

// EncodeWatched returns the encoding of a list, which it sorts by key.
func EncodeWatched(all []Watched) []byte {
	slices.SortFunc(all, func(a, b Watched) int { return bytes.Compare(a.Key[:], b.Key[:]) })
	var w codec.Writer
	w.Head('W', version1)
	w.Uint(uint64(len(all)))
	for _, x := range all {
		w.Fixed(x.Key[:])
		w.Int(x.Time)
		w.Uint(uint64(x.At))
		w.Uint(uint64(x.Length))
	}
	return w.Bytes()
}

// DecodeWatched reads a list; one that is longer than writers make it is
// malformed.
func DecodeWatched(p []byte) ([]Watched, error) {
	r := codec.NewReader(p)
	r.Head('W', version1)
	all := make([]Watched, r.Count(len(WatchKey{})+3))
	if len(all) > mostWatched {
		r.Fail("%d videos", len(all))
		all = nil
	}
	for i := range all {
		x := &all[i]
		copy(x.Key[:], r.Fixed(len(x.Key)))
		x.Time, x.At, x.Length = r.Int(), int64(r.UintMax(maxMoment)), int64(r.UintMax(maxMoment))
		if i > 0 && bytes.Compare(all[i-1].Key[:], x.Key[:]) >= 0 {
			r.Fail("videos out of order")
			break
		}
	}
	if err := r.End(); err != nil {
		return nil, fmt.Errorf("watched videos: %w", err)
	}
	return all, nil
}

// laterWatched orders what two devices say about one video.
func laterWatched(a, b Watched) int {
	return cmp.Or(cmp.Compare(a.Time, b.Time), cmp.Compare(a.At, b.At), cmp.Compare(a.Length, b.Length))
}

// joinWatched joins two values of [SettingWatched]: of each video the later
// entry, and of all the newest. A value that cannot be read is from a later
// version and holds.
func joinWatched(a, b Setting) Setting {
	x, xerr := DecodeWatched(a.Value)
	y, yerr := DecodeWatched(b.Value)
	switch {
	case xerr == nil && yerr == nil:
		return Setting{SettingWatched, max(a.Time, b.Time), EncodeWatched(newestWatched(x, y))}
	case xerr != nil && (yerr == nil || laterSetting(a, b) > 0):
		return a
	}
	return b
}

func newestWatched(lists ...[]Watched) []Watched {
	newest := map[WatchKey]Watched{}
	for _, list := range lists {
		for _, x := range list {
			if old, there := newest[x.Key]; !there || laterWatched(x, old) > 0 {
				newest[x.Key] = x
			}
		}
	}
	out := make([]Watched, 0, len(newest))
	for _, x := range newest {
		out = append(out, x)
	}
	slices.SortFunc(out, func(a, b Watched) int {
		return cmp.Or(cmp.Compare(b.Time, a.Time), bytes.Compare(a.Key[:], b.Key[:]))
	})
	return out[:min(len(out), mostWatched)]
}
