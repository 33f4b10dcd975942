package chunk

import (
	"bytes"
	"crypto/sha256"
	"math/rand"
	"testing"
)

func cutter(t *testing.T, key byte) *Cutter {
	t.Helper()
	c, err := NewCutter(bytes.Repeat([]byte{key}, 32))
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func noise(n int) []byte {
	p := make([]byte, n)
	rand.New(rand.NewSource(1)).Read(p)
	return p
}

func cut(t *testing.T, c *Cutter, p []byte) (sizes []int, ids map[[32]byte]int) {
	t.Helper()
	ids = map[[32]byte]int{}
	at := 0
	err := c.Cut(bytes.NewReader(p), func(b []byte) error {
		if !bytes.Equal(b, p[at:at+len(b)]) {
			t.Fatal("chunk differs at", at)
		}
		at += len(b)
		sizes = append(sizes, len(b))
		ids[sha256.Sum256(b)] = len(b)
		return nil
	})
	if err != nil || at != len(p) {
		t.Fatal(at, err)
	}
	return sizes, ids
}

func TestSizes(t *testing.T) {
	p := noise(24 << 20)
	sizes, _ := cut(t, cutter(t, 1), p)
	for i, n := range sizes {
		if n > Max || (n < Min && i < len(sizes)-1) {
			t.Error("chunk of", n)
		}
	}
	if len(sizes) < 8 || len(sizes) > 48 {
		t.Error(len(sizes), "chunks")
	}
	if s, _ := cut(t, cutter(t, 1), p[:1000]); len(s) != 1 {
		t.Error("small file cut", s)
	}
	if s, _ := cut(t, cutter(t, 1), nil); len(s) != 0 {
		t.Error("empty file cut", s)
	}
}

func TestInsertedByteChangesLittle(t *testing.T) {
	p := noise(16 << 20)
	c := cutter(t, 1)
	_, before := cut(t, c, p)
	_, after := cut(t, c, append([]byte{42}, p...))
	fresh := 0
	for id, n := range after {
		if before[id] == 0 {
			fresh += n
		}
	}
	if fresh > Max {
		t.Error(fresh, "new bytes")
	}
}

func TestKeysCutDifferently(t *testing.T) {
	p := noise(8 << 20)
	a, _ := cut(t, cutter(t, 1), p)
	b, _ := cut(t, cutter(t, 2), p)
	if len(a) == len(b) && a[0] == b[0] {
		t.Error("same cuts under two keys", a, b)
	}
}

func TestMediaKeepsEveryByte(t *testing.T) {
	p := noise(3 << 20)
	got := make([]byte, len(p))
	first := int64(-1)
	err := cutter(t, 1).CutMedia("a.avi", bytes.NewReader(p), int64(len(p)), func(off int64, b []byte) error {
		if first < 0 {
			first = off
		}
		copy(got[off:], b)
		return nil
	})
	if err != nil || !bytes.Equal(got, p) || first != 0 {
		t.Fatal(err, first)
	}
}

func TestSmallFilesAreOneChunk(t *testing.T) {
	for _, n := range []int{0, 1, Min - 1, Min, Min + 1} {
		p := noise(n)
		var got []byte
		err := cutter(t, 1).CutFile(bytes.NewReader(p), int64(n), func(b []byte) error {
			got = append(got, b...)
			return nil
		})
		if err != nil || !bytes.Equal(got, p) {
			t.Error(n, len(got), err)
		}
	}
}
