package media

import (
	"bytes"
	"encoding/binary"
	"testing"

	"pgregory.net/rapid"
)

func box(kind string, n int) []byte {
	b := make([]byte, n)
	binary.BigEndian.PutUint32(b, uint32(n))
	copy(b[4:], kind)
	return b
}

func TestIndexAtTheEndOfMP4(t *testing.T) {
	file := append(append(box("ftyp", 24), box("mdat", 900_000)...), box("moov", 5000)...)
	got := Lead("A.MP4", bytes.NewReader(file), int64(len(file)))
	if len(got) != 2 || got[0] != (Range{0, lead - 5000}) || got[1] != (Range{900_024, 5000}) {
		t.Fatal(got)
	}
}

// TestLargeIndexLeavesTheStart: the index of hours of video is larger than the
// first pack.
func TestLargeIndexLeavesTheStart(t *testing.T) {
	file := append(append(box("ftyp", 24), box("mdat", 900_000)...), box("moov", 1_500_000)...)
	got := Lead("a.mp4", bytes.NewReader(file), int64(len(file)))
	if len(got) != 2 || got[0] != (Range{0, front}) || got[1] != (Range{900_024, 1_500_000}) {
		t.Fatal(got)
	}
}

func TestIndexAtTheStartOfMP4(t *testing.T) {
	file := append(append(box("ftyp", 24), box("moov", 300_000)...), box("mdat", 500_000)...)
	got := Lead("a.mov", bytes.NewReader(file), int64(len(file)))
	if len(got) != 1 || got[0].Len != lead {
		t.Fatal(got)
	}
}

func TestCuesOfMatroska(t *testing.T) {
	const cues = 900_000
	pos := []byte{0x53, 0xAC, 0x83, cues >> 16 & 255, cues >> 8 & 255, cues & 255}
	seek := append([]byte{0x53, 0xAB, 0x84, 0x1C, 0x53, 0xBB, 0x6B}, pos...)
	seek = append([]byte{0x4D, 0xBB, 0x80 | byte(len(seek))}, seek...)
	file := []byte{0x1A, 0x45, 0xDF, 0xA3, 0x80, 0x18, 0x53, 0x80, 0x67, 0x01, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff}
	start := len(file)
	file = append(append(file, 0x11, 0x4D, 0x9B, 0x74, 0x80|byte(len(seek))), seek...)
	file = append(file, make([]byte, start+cues-len(file))...)
	file = append(file, 0x1C, 0x53, 0xBB, 0x6B, 0x82, 1, 2)
	got := Lead("a.webm", bytes.NewReader(file), int64(len(file)))
	if len(got) != 2 || got[1] != (Range{int64(start + cues), 7}) {
		t.Fatal(got)
	}
}

// Lead and rest together cover a file once, whatever bytes are in it.
func TestEveryByteOnce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		name := rapid.SampledFrom([]string{"a.mp4", "a.mkv", "a.avi", "a.ts"}).Draw(t, "name")
		p := bytes.Repeat(rapid.SliceOfN(rapid.Byte(), 1, 64).Draw(t, "bytes"), rapid.IntRange(0, 9000).Draw(t, "times"))
		checkCover(t, name, p)
	})
}

func checkCover(t interface{ Fatal(...any) }, name string, p []byte) {
	size := int64(len(p))
	lead := Lead(name, bytes.NewReader(p), size)
	sum := int64(0)
	for _, r := range append(lead, Rest(lead, size)...) {
		if r.Off < 0 || r.Len < 0 || r.End() > size {
			t.Fatal(r)
		}
		sum += r.Len
	}
	if sum != size {
		t.Fatal(sum, size, lead)
	}
}

func FuzzLead(f *testing.F) {
	f.Add("a.mp4", box("moov", 100))
	f.Add("a.mkv", []byte{0x1A, 0x45, 0xDF, 0xA3, 0x80, 0x18, 0x53, 0x80, 0x67, 0x81, 0})
	f.Fuzz(func(t *testing.T, name string, p []byte) { checkCover(t, name, p) })
}
