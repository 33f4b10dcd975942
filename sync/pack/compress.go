package pack

import (
	"bytes"
	"fmt"
	"slices"

	"github.com/klauspost/compress/zstd"
)

const (
	storedPlain = 0
	storedZstd  = 1
)

// Prepared is the content of a blob, compressed if that pays, ready to be
// sealed. Preparing takes most of the time of writing a blob and can be done
// by many goroutines; sealing follows the order in the pack.
type Prepared struct {
	Kind Kind
	ID   ID
	how  byte   // body is stored
	body []byte // may be the content itself
}

// SealedSize is the length of the sealed blob in bytes.
func (p Prepared) SealedSize() int { return len(p.body) + Overhead }

// Keep returns a blob that stays as it is when the content that was prepared
// changes.
func (p Prepared) Keep() Prepared {
	p.body = bytes.Clone(p.body)
	return p
}

// Compressor prepares blobs. It is safe for several goroutines.
type Compressor struct{ enc *zstd.Encoder }

// NewCompressor returns a compressor for up to n goroutines at a time.
func NewCompressor(n int) (*Compressor, error) {
	enc, err := zstd.NewWriter(nil, zstd.WithEncoderConcurrency(max(n, 1)), zstd.WithEncoderLevel(zstd.SpeedDefault), zstd.WithWindowSize(4<<20))
	if err != nil {
		return nil, fmt.Errorf("make compressor: %w", err)
	}
	return &Compressor{enc}, nil
}

// sample is how much of a large blob is tried before all of it is compressed.
const sample = 64 << 10

// Prepare compresses content where that saves at least one part in 16. The
// content must stay as it is until the blob is sealed or kept.
func (c *Compressor) Prepare(kind Kind, id ID, content []byte) Prepared {
	if random(content) || len(content) > 4*sample && !c.pays(content[len(content)/2:][:sample]) {
		return Plain(kind, id, content)
	}
	out := c.enc.EncodeAll(content, make([]byte, 0, len(content)/2))
	if !pays(1+len(out), len(content)) {
		return Plain(kind, id, content)
	}
	return Prepared{kind, id, storedZstd, out}
}

// Content of these sizes tells by how often it has each byte whether it is
// random. Less is too little for that, and of more a sample is tried.
const (
	leastCounted = 1 << 10
	mostCounted  = 16 << 10
)

// random reports whether content has all bytes as often as random content has,
// which is what is encrypted or compressed well: then the squares of their
// counts add up to about n²/256 + n. Where some bytes are more frequent, or
// parts come again, it is more than that, and in a regular pattern less.
func random(content []byte) bool {
	if len(content) < leastCounted || len(content) > mostCounted {
		return false
	}
	var count [2][256]uint32 // in turn: the next byte does not wait for the last
	for i := 1; i < len(content); i += 2 {
		count[0][content[i-1]]++
		count[1][content[i]]++
	}
	if len(content)%2 == 1 {
		count[0][content[len(content)-1]]++
	}
	sum, n := uint64(0), uint64(len(content))
	for b := range count[0] {
		c := uint64(count[0][b] + count[1][b])
		sum += c * c
	}
	even := n*n/256 + n
	return sum > even-n/4 && sum < even+n/4
}

// pays reports whether a sample of content can be compressed.
func (c *Compressor) pays(sample []byte) bool {
	for part := range slices.Chunk(sample, mostCounted) {
		if !random(part) {
			return pays(len(c.enc.EncodeAll(sample, nil)), len(sample))
		}
	}
	return false
}

func pays(small, full int) bool { return small <= full-full/16 }

// Plain prepares content without compressing it, for bytes that are known to
// be compressed already. The content must stay as it is until the blob is
// sealed or kept.
func Plain(kind Kind, id ID, content []byte) Prepared {
	return Prepared{kind, id, storedPlain, content}
}

var expander = newExpander()

func newExpander() *zstd.Decoder {
	dec, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(0), zstd.WithDecoderMaxMemory(MaxBlob))
	if err != nil {
		panic(err) // only wrong options can fail
	}
	return dec
}

func expand(stored []byte) ([]byte, error) {
	if len(stored) == 0 {
		return nil, fmt.Errorf("%w: empty blob", ErrDamaged)
	}
	return expandBody(stored[0], stored[1:])
}

func expandBody(how byte, body []byte) ([]byte, error) {
	switch how {
	case storedPlain:
		return body, nil
	case storedZstd:
		out, err := expander.DecodeAll(body, nil)
		if err != nil {
			return nil, fmt.Errorf("%w: %w", ErrDamaged, err)
		}
		return out, nil
	}
	return nil, fmt.Errorf("%w: blob stored in way %d", ErrNewer, how)
}

// Content returns the content that was prepared; it may be the bytes that were
// given.
func (p Prepared) Content() ([]byte, error) { return expandBody(p.how, p.body) }
