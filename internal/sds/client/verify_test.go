package client

import (
	"bytes"
	"io"
	"os"
	"testing"

	"github.com/stratosdrive/stratosdrive/internal/sds/wire"
	"pgregory.net/rapid"
)

// A gateway that sends a right start, and then a piece that reaches back over
// it with other bytes, does not get those onto the disk.
func TestProvenBytesAreNotReplaced(t *testing.T) {
	data := content(2, 1000)
	h := wire.NewFileHasher()
	h.Write(data)
	for _, dst := range []io.WriterAt{new(file), new(readable)} {
		v := newVerifier(h.Sum(wire.Ordinary), 1000, dst, t.TempDir())
		evil := append(make([]byte, 300), data[500:]...)
		for _, p := range []struct {
			at int64
			p  []byte
		}{{0, data[:500]}, {200, evil}, {100, make([]byte, 50)}} {
			if err := v.piece(p.at, p.p); err != nil {
				t.Fatal(err)
			}
		}
		if err := v.finish(t.Context()); err != nil || !bytes.Equal(written(dst), data) {
			t.Errorf("%T: %v, same content %v", dst, err, bytes.Equal(written(dst), data))
		}
		v.close()
	}
}

func TestVerifierTakesPiecesInAnyOrder(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		data := content(rapid.Uint64().Draw(rt, "seed"), rapid.IntRange(1, 5000).Draw(rt, "size"))
		step := rapid.IntRange(1, 1000).Draw(rt, "step")
		var starts []int
		for at := 0; at < len(data); at += step {
			starts = append(starts, at)
		}
		order := rapid.Permutation(starts).Draw(rt, "order")
		h := wire.NewFileHasher()
		h.Write(data)
		dir := t.TempDir()
		for _, dst := range []io.WriterAt{new(file), new(readable)} {
			v := newVerifier(h.Sum(wire.Ordinary), int64(len(data)), dst, dir)
			for _, at := range order {
				if err := v.piece(int64(at), data[at:min(at+step, len(data))]); err != nil {
					rt.Fatal(err)
				}
			}
			if err := v.finish(t.Context()); err != nil || !bytes.Equal(written(dst), data) {
				rt.Fatalf("%T: %v", dst, err)
			}
			v.close()
		}
		if left, _ := os.ReadDir(dir); len(left) != 0 {
			rt.Fatalf("%d temporary files left", len(left))
		}
	})
}

func TestSpans(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var s spans
		var there [64]bool
		for range rapid.IntRange(1, 20).Draw(t, "count") {
			start := rapid.IntRange(0, 62).Draw(t, "start")
			end := rapid.IntRange(start+1, 63).Draw(t, "end")
			s = s.add(int64(start), int64(end))
			for i := start; i < end; i++ {
				there[i] = true
			}
		}
		total := 0
		for i, want := range there {
			if want {
				total++
			}
			if s.has(int64(i), int64(i)+1) != want {
				t.Fatalf("%v at %d", s, i)
			}
		}
		if s.total() != int64(total) {
			t.Fatalf("%v has %d bytes, want %d", s, s.total(), total)
		}
		for i := 1; i < len(s); i++ {
			if s[i].start <= s[i-1].end {
				t.Fatalf("%v is not apart", s)
			}
		}
	})
}
