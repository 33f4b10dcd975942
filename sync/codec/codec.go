// Package codec writes and reads the drive's binary objects.
//
// The encoding has one form for each value: numbers are unsigned LEB128
// without padding, texts and byte strings carry their length in front, lists
// their count. A reader refuses every other form, so two programs that hold
// the same value always hold the same bytes, and so the same id.
package codec

import (
	"encoding/binary"
	"errors"
	"fmt"
	"slices"
	"unicode/utf8"
)

// ErrMalformed is returned for bytes that no writer of this format made.
var ErrMalformed = errors.New("malformed object")

// ErrNewer is returned for an object of a version this program does not know.
var ErrNewer = errors.New("object was written by a newer version of the program")

// Writer appends values to a byte slice. Its zero value is ready for use.
type Writer struct{ b []byte }

// Room makes room for n more bytes, so that writing them does not move what was
// written before.
func (w *Writer) Room(n int) { w.b = slices.Grow(w.b, n) }

// Bytes returns what was written so far.
func (w *Writer) Bytes() []byte { return w.b }

// Len returns how many bytes were written so far.
func (w *Writer) Len() int { return len(w.b) }

// Head writes the two bytes that start every object: what it is, and the
// version of its layout.
func (w *Writer) Head(kind, version byte) { w.b = append(w.b, kind, version) }

// Uint writes an unsigned number.
func (w *Writer) Uint(v uint64) { w.b = binary.AppendUvarint(w.b, v) }

// Int writes a signed number in zigzag form.
func (w *Writer) Int(v int64) { w.b = binary.AppendVarint(w.b, v) }

// Fixed writes bytes whose number the reader knows.
func (w *Writer) Fixed(p []byte) { w.b = append(w.b, p...) }

// Blob writes a byte string with its length.
func (w *Writer) Blob(p []byte) {
	w.Uint(uint64(len(p)))
	w.b = append(w.b, p...)
}

// Text writes a string with its length in bytes.
func (w *Writer) Text(s string) {
	w.Uint(uint64(len(s)))
	w.b = append(w.b, s...)
}

// Reader takes values from a byte slice. After the first error every further
// value is zero, and Err tells the error; so a decoder checks once, at its end.
type Reader struct {
	b   []byte
	err error
}

// NewReader reads from b, which must not change meanwhile.
func NewReader(b []byte) *Reader { return &Reader{b: b} }

// Err returns the first error.
func (r *Reader) Err() error { return r.err }

// Left returns how many bytes have not been read.
func (r *Reader) Left() int { return len(r.b) }

// Fail records an error found by the caller, if none was recorded before.
func (r *Reader) Fail(format string, args ...any) {
	if r.err == nil {
		r.err = fmt.Errorf("%w: %s", ErrMalformed, fmt.Sprintf(format, args...))
	}
	r.b = nil
}

// Head reads the start of an object and returns its version, which is at
// least 1 and at most newest. Another kind is [ErrMalformed], a higher version
// [ErrNewer].
func (r *Reader) Head(kind, newest byte) byte {
	p := r.Fixed(2)
	if r.err != nil {
		return 0
	}
	if p[0] != kind || p[1] == 0 {
		r.Fail("object starts with %x, want kind %x", p, kind)
		return 0
	}
	if p[1] > newest {
		r.err, r.b = fmt.Errorf("%w: kind %x version %d", ErrNewer, p[0], p[1]), nil
		return 0
	}
	return p[1]
}

// Uint reads an unsigned number.
func (r *Reader) Uint() uint64 {
	v, n := binary.Uvarint(r.b)
	if n <= 0 || (n > 1 && r.b[n-1] == 0) {
		r.Fail("number")
		return 0
	}
	r.b = r.b[n:]
	return v
}

// Int reads a signed number.
func (r *Reader) Int() int64 {
	u := r.Uint()
	return int64(u>>1) ^ -int64(u&1)
}

// UintMax reads an unsigned number that is at most limit.
func (r *Reader) UintMax(limit uint64) uint64 {
	v := r.Uint()
	if v > limit {
		r.Fail("number %d over %d", v, limit)
		return 0
	}
	return v
}

// Count reads the length of a list whose items take at least least bytes each,
// so that a short input cannot ask for a large allocation.
func (r *Reader) Count(least int) int {
	return int(r.UintMax(uint64(len(r.b) / max(least, 1))))
}

// Fixed reads n bytes; they share memory with the input.
func (r *Reader) Fixed(n int) []byte {
	if n < 0 || n > len(r.b) {
		r.Fail("%d bytes wanted, %d left", n, len(r.b))
		return make([]byte, max(0, min(n, 64)))
	}
	p := r.b[:n:n]
	r.b = r.b[n:]
	return p
}

// Blob reads a byte string; it shares memory with the input.
func (r *Reader) Blob() []byte { return r.Fixed(r.Count(1)) }

// Text reads a string of at most limit bytes of valid UTF-8.
func (r *Reader) Text(limit int) string {
	s := string(r.Blob())
	if len(s) > limit || !utf8.ValidString(s) {
		r.Fail("text")
		return ""
	}
	return s
}

// End reports the first error, or one if bytes are left.
func (r *Reader) End() error {
	if r.err == nil && len(r.b) > 0 {
		r.Fail("%d bytes too many", len(r.b))
	}
	return r.err
}
