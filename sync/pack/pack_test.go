package pack

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"math/rand"
	"testing"

	"pgregory.net/rapid"
)

var testKey = bytes.Repeat([]byte{7}, 32)

func build(t testing.TB, limit int, contents ...[]byte) ([]byte, []Blob) {
	t.Helper()
	c, err := NewCompressor(1)
	if err != nil {
		t.Fatal(err)
	}
	var buf bytes.Buffer
	w, err := NewWriter(&buf, testKey, Content, limit)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range contents {
		if _, err := w.Add(c.Prepare(Data, sha256.Sum256(p), p)); err != nil {
			t.Fatal(err)
		}
	}
	n, err := w.Close()
	if err != nil || n != int64(buf.Len()) || n > int64(w.Size()) {
		t.Fatal("close", n, buf.Len(), w.Size(), err)
	}
	return buf.Bytes(), w.Blobs()
}

func TestRoundTrip(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		contents := rapid.SliceOfN(rapid.SliceOfN(rapid.Byte(), 0, 300), 0, 8).Draw(rt, "contents")
		file, want := build(t, 0, contents...)
		blobs, o, err := ReadDirectory(bytes.NewReader(file), int64(len(file)), testKey, Content)
		if err != nil || len(blobs) != len(contents) {
			rt.Fatal(len(blobs), err)
		}
		for i, b := range blobs {
			got, err := ReadBlob(bytes.NewReader(file), o, b)
			if err != nil || !bytes.Equal(got, contents[i]) || b != want[i] {
				rt.Fatal(i, b, want[i], err)
			}
		}
	})
}

func TestBlobAlone(t *testing.T) {
	file, blobs := build(t, 0, []byte("first"), []byte("second"), []byte("third"))
	o, err := NewOpener(testKey, Content, file[:HeaderSize])
	if err != nil {
		t.Fatal(err)
	}
	b := blobs[1]
	got, err := o.Open(b, file[b.Offset:b.Offset+b.Length])
	if err != nil || string(got) != "second" {
		t.Fatal(string(got), err)
	}
}

// Every flipped bit anywhere in a pack is noticed by reading all of it.
func TestEveryBitCounts(t *testing.T) {
	file, _ := build(t, 0, []byte("a note"), bytes.Repeat([]byte("compressible "), 40))
	for i := range file {
		for bit := range 8 {
			bad := bytes.Clone(file)
			bad[i] ^= 1 << bit
			if readAll(bad) == nil {
				t.Fatalf("bit %d of byte %d", bit, i)
			}
		}
	}
	for n := range file {
		if readAll(file[:n]) == nil {
			t.Fatalf("cut to %d bytes", n)
		}
	}
}

func readAll(file []byte) error {
	blobs, o, err := ReadDirectory(bytes.NewReader(file), int64(len(file)), testKey, Content)
	for _, b := range blobs {
		if _, e := ReadBlob(bytes.NewReader(file), o, b); e != nil {
			err = e
		}
	}
	return err
}

func TestBlobsCannotSwap(t *testing.T) {
	file, blobs := build(t, 0, []byte("first!"), []byte("second"))
	o, _ := NewOpener(testKey, Content, file)
	a, b := blobs[0], blobs[1]
	for name, c := range map[string]Blob{
		"place": {a.Kind, a.ID, b.Offset, a.Length},
		"id":    {a.Kind, b.ID, a.Offset, a.Length},
		"kind":  {Folder, a.ID, a.Offset, a.Length},
	} {
		if _, err := o.Open(c, file[a.Offset:a.Offset+a.Length]); !errors.Is(err, ErrDamaged) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestOtherKeyOrUse(t *testing.T) {
	file, _ := build(t, 0, []byte("x"))
	if _, _, err := ReadDirectory(bytes.NewReader(file), int64(len(file)), make([]byte, 32), Content); !errors.Is(err, ErrDamaged) {
		t.Error(err)
	}
	if _, _, err := ReadDirectory(bytes.NewReader(file), int64(len(file)), testKey, Metadata); !errors.Is(err, ErrDamaged) {
		t.Error(err)
	}
}

func TestLimits(t *testing.T) {
	var buf bytes.Buffer
	w, _ := NewWriter(&buf, testKey, Content, 1000)
	noise := make([]byte, 900)
	rand.New(rand.NewSource(1)).Read(noise)
	if _, err := w.Add(Plain(Data, ID{1}, noise)); err != nil {
		t.Fatal(err)
	}
	if _, err := w.Add(Plain(Data, ID{2}, noise)); !errors.Is(err, ErrFull) {
		t.Fatal(err)
	}
	big := make([]byte, MaxBlob)
	w, _ = NewWriter(&bytes.Buffer{}, testKey, Content, 0)
	for err := error(nil); err == nil; _, err = w.Add(Plain(Data, ID{}, big)) {
		if w.Size() > MaxSize {
			t.Fatal("pack too large")
		}
	}
}

func TestCompressionPays(t *testing.T) {
	c, _ := NewCompressor(1)
	noise := make([]byte, 1<<20)
	rand.New(rand.NewSource(1)).Read(noise)
	if p := c.Prepare(Data, ID{}, noise); p.SealedSize() != len(noise)+Overhead {
		t.Error("noise grew or shrank:", p.SealedSize())
	}
	if p := c.Prepare(Data, ID{}, make([]byte, 1<<20)); p.SealedSize() > 1000 {
		t.Error("zeros take", p.SealedSize())
	}
}

// Only what is random is taken for random: it must look so in whole.
func TestRandomIsTold(t *testing.T) {
	rng := rand.New(rand.NewSource(2))
	text := []byte("a line of some length, and another one that is not the same\n")
	for _, n := range []int{leastCounted, 4 << 10, 10_000, mostCounted} {
		noise, pattern := make([]byte, n), make([]byte, n)
		rng.Read(noise)
		for i := range pattern {
			pattern[i] = byte(i)
		}
		for name, c := range map[string]struct {
			p    []byte
			want bool
		}{
			"noise": {noise, true}, "pattern": {pattern, false}, "noise and its copy": {append(noise[:n/2:n/2], noise[:n/2]...), false},
			"noise and text": {append(noise[:n*3/4:n*3/4], bytes.Repeat(text, n)[:n/4]...), false}, "short noise": {noise[:leastCounted-1], false},
		} {
			if random(c.p) != c.want {
				t.Errorf("%s of %d bytes: random is not %v", name, len(c.p), c.want)
			}
		}
	}
}

func FuzzReadDirectory(f *testing.F) {
	file, _ := build(f, 0, []byte("a"), []byte("b"))
	f.Add(file)
	f.Fuzz(func(t *testing.T, p []byte) {
		_, _, _ = ReadDirectory(bytes.NewReader(p), int64(len(p)), testKey, Content)
		blobs, err := decodeDirectory(p)
		if err == nil && !bytes.Equal(encodeDirectory(blobs), p) {
			t.Fatal("two encodings of one directory")
		}
	})
}
