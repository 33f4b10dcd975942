package gateway

import (
	"encoding/base64"
	"sync"

	"github.com/stratosdrive/stratosdrive/internal/sds/wire"
)

// blob is the content of one uploadData call, decoded from base64 while the
// text arrives.
type blob struct {
	buf  []byte // of the pool
	n    int    // bytes decoded
	tail [4]byte
	rest int  // characters in tail
	end  bool // padding was seen
	bad  bool // wrong text, or more than one piece
}

var blobs = sync.Pool{New: func() any { return &blob{buf: make([]byte, wire.UploadPiece+8)} }}

func newBlob() *blob { return blobs.Get().(*blob) }

// release gives the buffer back. The blob must not be used any more.
func (b *blob) release() {
	*b = blob{buf: b.buf}
	blobs.Put(b)
}

// bytes returns what was decoded: as far as the text was right.
func (b *blob) bytes() []byte { return b.buf[:b.n] }

// feed decodes more text, cut anywhere.
func (b *blob) feed(text []byte) {
	for b.rest > 0 && len(text) > 0 {
		b.tail[b.rest] = text[0]
		text = text[1:]
		if b.rest++; b.rest == len(b.tail) {
			b.rest = 0
			b.decode(b.tail[:])
		}
	}
	whole := len(text) / 4 * 4
	b.decode(text[:whole])
	b.rest += copy(b.tail[b.rest:], text[whole:])
}

// decode takes groups of four characters.
func (b *blob) decode(groups []byte) {
	if len(groups) == 0 || b.bad {
		return
	}
	if b.end || b.n+len(groups)/4*3 > len(b.buf) {
		b.bad = true
		return
	}
	n, err := base64.StdEncoding.Decode(b.buf[b.n:], groups)
	b.n += n
	b.bad = err != nil
	b.end = n < len(groups)/4*3
}
