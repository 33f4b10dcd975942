package publish

import (
	"iter"

	"github.com/stratosdrive/stratosdrive/sync/chunk"
	"github.com/stratosdrive/stratosdrive/sync/media"
	"github.com/stratosdrive/stratosdrive/sync/pack"
)

const (
	// inManifest is how many bytes of a file the manifest carries itself: all
	// of a small file, or what a player reads first.
	inManifest = 448 << 10
	// leastChunk and mostChunks settle how long the chunks of a file are.
	leastChunk = 1 << 20
	mostChunks = 1 << 17
	// A part of a media file holds three chunks; if that made more than
	// mediaParts parts, it holds more.
	mediaPart  = 3 << 20
	mediaParts = 300
	// filePart is the size of the parts of all other files.
	filePart = 16 << 20
)

// chunkSize is the length of the chunks of a file in bytes.
func chunkSize(size int64) int64 {
	return min(max((size+mostChunks-1)/mostChunks, leastChunk), maxChunk)
}

// partSize is the largest part of a file in bytes.
func partSize(name string, size int64) int {
	if !media.Is(name) {
		return withSeals(filePart)
	}
	return withSeals(min(max(size/mediaParts, mediaPart), filePart))
}

// folderPart is the largest part of a folder in bytes: as small as those of a
// film, so that one file of it can be fetched for little.
func folderPart(size int64) int { return withSeals(min(max(size/mediaParts, mediaPart), filePart)) }

func withSeals(n int64) int {
	// Parts just hold whole chunks: add what sealing takes.
	return int(n) + pack.HeaderSize + pack.TrailerSize + 64*int(n/leastChunk+2)
}

// carried is how many bytes of a file may lie in its manifest.
func carried(name string, size int64) int64 {
	if media.Is(name) || size <= inManifest {
		return inManifest
	}
	return 0
}

// layout gives the chunks of a file in the order in which they are stored:
// what a player reads first, then the rest as it stands in the file, in chunks
// of step bytes.
func layout(lead []media.Range, size, step int64) iter.Seq[media.Range] {
	return func(yield func(media.Range) bool) {
		for _, r := range lead {
			if !slice(r, chunk.Lead, yield) {
				return
			}
		}
		for _, r := range media.Rest(lead, size) {
			if !slice(r, step, yield) {
				return
			}
		}
	}
}

func slice(r media.Range, step int64, yield func(media.Range) bool) bool {
	for at := r.Off; at < r.End(); at += step {
		if !yield(media.Range{Off: at, Len: min(step, r.End()-at)}) {
			return false
		}
	}
	return true
}
