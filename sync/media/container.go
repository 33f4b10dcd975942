package media

import (
	"encoding/binary"
	"io"
	"math/bits"
)

const maxBoxes = 64 // boxes looked at before giving up

// mp4Index finds the moov box of an ISO base media file (ISO/IEC 14496-12, 4.2:
// size, type, and a size of 64 bits where the first is 1).
func mp4Index(src io.ReaderAt, size int64) []Range {
	at := int64(0)
	for range maxBoxes {
		kind, length := boxAt(src, at, size)
		if length <= 0 {
			return nil
		}
		if kind == "moov" {
			return []Range{{at, length}}
		}
		at += length
	}
	return nil
}

// boxAt returns type and length of the box at an offset, 0 where there is none.
func boxAt(src io.ReaderAt, at, size int64) (string, int64) {
	var h [16]byte
	n, _ := src.ReadAt(h[:], at)
	if n < 8 {
		return "", 0
	}
	length := int64(binary.BigEndian.Uint32(h[:]))
	switch {
	case length == 0:
		length = size - at
	case length == 1 && n == 16:
		length = int64(binary.BigEndian.Uint64(h[8:]) & (1<<62 - 1))
	}
	if length < 8 || length > size-at {
		return "", 0
	}
	return string(h[4:8]), length
}

// Element ids of Matroska (RFC 9559).
const (
	idEBML     = 0x1A45DFA3
	idSegment  = 0x18538067
	idSeekHead = 0x114D9B74
	idSeek     = 0x4DBB
	idSeekID   = 0x53AB
	idSeekPos  = 0x53AC
	idCues     = 0x1C53BB6B
)

// mkvIndex finds the cues of a Matroska or WebM file by its seek head.
func mkvIndex(src io.ReaderAt, size int64) []Range {
	buf := make([]byte, min(front, size))
	n, _ := src.ReadAt(buf, 0)
	buf = buf[:n]
	body, ok := element(buf, idEBML)
	if !ok {
		return nil
	}
	rest := buf[body.end:]
	segment, ok := element(rest, idSegment)
	if !ok {
		return nil
	}
	start := int64(body.end + segment.start)
	at, ok := cuesPosition(rest[segment.start:])
	if !ok || at <= 0 || at >= size-start {
		return nil
	}
	return elementAt(src, start+at, size)
}

// cuesPosition reads the seek head and returns the offset of the cues in the
// segment.
func cuesPosition(segment []byte) (int64, bool) {
	head, ok := element(segment, idSeekHead)
	if !ok {
		return 0, false
	}
	for p := segment[head.start:head.end]; ; {
		seek, ok := element(p, idSeek)
		if !ok {
			return 0, false
		}
		in := p[seek.start:seek.end]
		id, okID := element(in, idSeekID)
		pos, okPos := element(in, idSeekPos)
		if okID && okPos && number(in[id.start:id.end]) == idCues {
			return int64(number(in[pos.start:pos.end]) & (1<<62 - 1)), true
		}
		p = p[seek.end:]
	}
}

func elementAt(src io.ReaderAt, at, size int64) []Range {
	var h [16]byte
	n, _ := src.ReadAt(h[:], at)
	id, width := elementID(h[:n])
	length, w := elementSize(h[min(width, n):n])
	if id != idCues || w == 0 || length > uint64(size-at) {
		return nil
	}
	return []Range{{at, int64(width+w) + int64(length)}}
}

type span struct{ start, end int }

// element returns where the content of the first element of that id lies in p,
// skipping others. An element that goes on behind p ends with it.
func element(p []byte, want uint64) (span, bool) {
	for at := 0; at < len(p); {
		id, w := elementID(p[at:])
		length, lw := elementSize(p[min(at+w, len(p)):])
		if w == 0 || lw == 0 {
			return span{}, false
		}
		start := at + w + lw
		end := len(p)
		if length < uint64(end-start) {
			end = start + int(length)
		}
		if id == want {
			return span{start, end}, true
		}
		at = end
	}
	return span{}, false
}

// elementID reads an id with its marker bit; width 0 where there is none.
func elementID(p []byte) (id uint64, width int) {
	if len(p) == 0 || p[0] == 0 {
		return 0, 0
	}
	w := bits.LeadingZeros8(p[0]) + 1
	if w > 4 || w > len(p) {
		return 0, 0
	}
	return number(p[:w]), w
}

func elementSize(p []byte) (length uint64, width int) {
	if len(p) == 0 || p[0] == 0 {
		return 0, 0
	}
	w := bits.LeadingZeros8(p[0]) + 1
	if w > len(p) {
		return 0, 0
	}
	return number(p[:w]) &^ (1 << (7 * w)), w
}

func number(p []byte) uint64 {
	var v uint64
	for _, b := range p[:min(len(p), 8)] {
		v = v<<8 | uint64(b)
	}
	return v
}
