package codec

import (
	"bytes"
	"errors"
	"testing"

	"pgregory.net/rapid"
)

func TestRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		u, i := rapid.Uint64().Draw(t, "u"), rapid.Int64().Draw(t, "i")
		b, s := rapid.SliceOf(rapid.Byte()).Draw(t, "b"), rapid.String().Draw(t, "s")
		var w Writer
		w.Head(7, 2)
		w.Uint(u)
		w.Int(i)
		w.Blob(b)
		w.Text(s)
		r := NewReader(w.Bytes())
		if v := r.Head(7, 3); v != 2 {
			t.Fatalf("version %d", v)
		}
		if r.Uint() != u || r.Int() != i || !bytes.Equal(r.Blob(), b) || r.Text(1<<20) != s || r.End() != nil {
			t.Fatal("values changed", r.Err())
		}
	})
}

func TestRefusals(t *testing.T) {
	cases := map[string]func(*Reader){
		"padded number": func(r *Reader) { r.Uint() },
		"over limit":    func(r *Reader) { r.UintMax(4) },
		"long count":    func(r *Reader) { r.Count(1) },
		"short blob":    func(r *Reader) { r.Blob() },
		"bad text":      func(r *Reader) { r.Text(9) },
		"left over":     func(r *Reader) { r.Uint() },
		"other kind":    func(r *Reader) { r.Head(1, 1) },
	}
	in := map[string][]byte{
		"padded number": {0x80, 0}, "over limit": {5}, "long count": {9, 1}, "short blob": {2, 1},
		"bad text": {1, 0xff}, "left over": {1, 1}, "other kind": {2, 1},
	}
	for name, read := range cases {
		r := NewReader(in[name])
		read(r)
		if !errors.Is(r.End(), ErrMalformed) {
			t.Errorf("%s: %v", name, r.End())
		}
	}
}

func TestNewerVersion(t *testing.T) {
	r := NewReader([]byte{1, 2})
	r.Head(1, 1)
	if !errors.Is(r.End(), ErrNewer) {
		t.Fatal(r.End())
	}
}
