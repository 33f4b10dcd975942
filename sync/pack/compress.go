package pack

import (
	"fmt"

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
	Kind  Kind
	ID    ID
	bytes []byte // first the byte that says how the rest is stored
}

// SealedSize is the length of the sealed blob in bytes.
func (p Prepared) SealedSize() int { return len(p.bytes) + tagSize }

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
// content is copied.
func (c *Compressor) Prepare(kind Kind, id ID, content []byte) Prepared {
	if random(content) || len(content) > 4*sample && !pays(len(c.enc.EncodeAll(content[len(content)/2:][:sample], nil)), sample) {
		return Plain(kind, id, content)
	}
	out := make([]byte, 1, 1+len(content)/2)
	out[0] = storedZstd
	out = c.enc.EncodeAll(content, out)
	if !pays(len(out), len(content)) {
		return Plain(kind, id, content)
	}
	return Prepared{kind, id, out}
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
	var count [256]uint64
	for _, b := range content {
		count[b]++
	}
	sum, n := uint64(0), uint64(len(content))
	for _, c := range count {
		sum += c * c
	}
	even := n*n/256 + n
	return sum > even-n/4 && sum < even+n/4
}

func pays(small, full int) bool { return small <= full-full/16 }

// Plain prepares content without compressing it, for bytes that are known to
// be compressed already. The content is copied.
func Plain(kind Kind, id ID, content []byte) Prepared {
	out := make([]byte, 0, 1+len(content)+tagSize)
	return Prepared{kind, id, append(append(out, storedPlain), content...)}
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
	switch stored[0] {
	case storedPlain:
		return stored[1:], nil
	case storedZstd:
		out, err := expander.DecodeAll(stored[1:], nil)
		if err != nil {
			return nil, fmt.Errorf("%w: %w", ErrDamaged, err)
		}
		return out, nil
	}
	return nil, fmt.Errorf("%w: blob stored in way %d", ErrNewer, stored[0])
}

// Content returns the content that was prepared.
func (p Prepared) Content() ([]byte, error) { return expand(p.bytes) }
