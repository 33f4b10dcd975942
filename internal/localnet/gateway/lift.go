package gateway

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"sync"
)

// liftFrom is the length from which a JSON string is decoded as base64 on the
// way in instead of being kept as text.
const liftFrom = 64 << 10

// liftMark starts the text that stands where a string was lifted out.
const liftMark = "\x00lifted "

// body is a request with its long strings lifted out.
type body struct {
	json  bytes.Buffer
	blobs []*blob
}

// find returns the blob that stands behind a string of the request.
func (b *body) find(text string) *blob {
	if !strings.HasPrefix(text, liftMark) {
		return nil
	}
	for i, lifted := range b.blobs {
		if lifted != nil && text == mark(i) {
			b.blobs[i] = nil // it belongs to the caller now
			return lifted
		}
	}
	return nil
}

func mark(i int) string { return fmt.Sprintf("%s%d", liftMark, i) }

// release gives back what nobody took.
func (b *body) release() {
	for _, lifted := range b.blobs {
		if lifted != nil {
			lifted.release()
		}
	}
	b.blobs = nil
}

var chunks = sync.Pool{New: func() any {
	b := make([]byte, 64<<10)
	return &b
}}

// readBody reads a request to its end. It does not check the JSON, it only
// knows where strings begin and end.
func readBody(r io.Reader) (*body, error) {
	chunk := chunks.Get().(*[]byte)
	defer chunks.Put(chunk)
	l := lifter{body: &body{}, from: liftFrom}
	for {
		n, err := r.Read(*chunk)
		l.take((*chunk)[:n])
		if errors.Is(err, io.EOF) {
			return l.body, nil
		}
		if err != nil {
			l.body.release()
			return nil, err
		}
	}
}

// lifter walks through JSON text that comes in chunks.
type lifter struct {
	body    *body
	from    int  // length from which a string is lifted
	in      bool // inside a string
	escaped bool // after a backslash
	start   int  // where the string begins in body.json
	lifting *blob
}

func (l *lifter) take(p []byte) {
	for len(p) > 0 {
		switch {
		case !l.in:
			p = l.outside(p)
		case l.escaped:
			l.escape(p[0])
			p = p[1:]
		default:
			p = l.inside(p)
		}
	}
}

func (l *lifter) outside(p []byte) []byte {
	n := bytes.IndexByte(p, '"') + 1
	if l.in = n > 0; !l.in {
		n = len(p)
	}
	l.body.json.Write(p[:n])
	l.start = l.body.json.Len()
	return p[n:]
}

// inside takes p up to the end of the string or to a backslash.
func (l *lifter) inside(p []byte) []byte {
	n := bytes.IndexByte(p, '"')
	if n < 0 {
		n = len(p)
	}
	if b := bytes.IndexByte(p[:n], '\\'); b >= 0 {
		n = b
	}
	l.text(p[:n])
	if n == len(p) {
		return nil
	}
	if l.escaped = p[n] == '\\'; !l.escaped {
		l.finish()
	} else if l.lifting == nil {
		l.body.json.WriteByte('\\')
	}
	return p[n+1:]
}

func (l *lifter) text(p []byte) {
	if l.lifting != nil {
		l.lifting.feed(p)
		return
	}
	l.body.json.Write(p)
	if l.body.json.Len()-l.start >= l.from {
		l.lift()
	}
}

// lift replaces the string so far by a mark.
func (l *lifter) lift() {
	l.lifting = newBlob()
	for i, part := range bytes.Split(l.body.json.Bytes()[l.start:], []byte{'\\'}) {
		if i > 0 && len(part) > 0 {
			l.escape(part[0])
			part = part[1:]
		}
		l.lifting.feed(part)
	}
	l.body.json.Truncate(l.start)
	fmt.Fprintf(&l.body.json, `\u0000%s`, mark(len(l.body.blobs))[1:])
	l.body.blobs = append(l.body.blobs, l.lifting)
}

// escape takes the character after a backslash. Base64 may hold slashes that
// were escaped, and nothing else.
func (l *lifter) escape(c byte) {
	l.escaped = false
	switch {
	case l.lifting == nil:
		l.body.json.WriteByte(c)
	case c == '/':
		l.lifting.feed([]byte{c})
	case c == 'n', c == 'r': // line breaks do not count
	default:
		l.lifting.bad = true
	}
}

func (l *lifter) finish() {
	l.body.json.WriteByte('"')
	l.in, l.lifting = false, nil
}
