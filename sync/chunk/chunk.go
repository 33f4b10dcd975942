package chunk

import (
	"crypto/aes"
	"crypto/cipher"
	"errors"
	"fmt"
	"io"
	"slices"
	"sync"

	"github.com/stratosdrive/stratosdrive/sync/media"
)

// Sizes of chunks in bytes. A file smaller than Min is one chunk.
const (
	Min  = 256 << 10
	Max  = 4 << 20
	bits = 20 // a cut each 1 MiB on average, behind the first Min bytes

	// A player waits for a whole chunk, so those of media files are smaller.
	mediaMin  = 128 << 10
	mediaMax  = 512 << 10
	mediaBits = 18

	// Lead is the size of the chunks that a player needs first.
	Lead = 128 << 10
)

// Cutter cuts files with a polynomial of its own, which follows from the key
// of a drive, so that nobody else can foretell the sizes of chunks. It is safe
// for several goroutines.
type Cutter struct {
	rabin *rabin
	small sync.Pool // of *[]byte: space for small files, which are read whole
}

// NewCutter derives the polynomial from a key of 32 bytes: the first
// irreducible one in the AES-256-CTR stream of that key, counter from zero.
func NewCutter(key []byte) (*Cutter, error) {
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, fmt.Errorf("chunker key: %w", err)
	}
	stream := cipher.StreamReader{S: cipher.NewCTR(block, make([]byte, aes.BlockSize)), R: zeros{}}
	pol, err := derive(stream)
	if err != nil {
		return nil, fmt.Errorf("derive polynomial: %w", err)
	}
	r, err := newRabin(pol)
	if err != nil {
		return nil, fmt.Errorf("derive polynomial: %w", err)
	}
	return &Cutter{rabin: r, small: sync.Pool{New: func() any { return new([]byte) }}}, nil
}

type zeros struct{}

// Read implements [io.Reader].
func (zeros) Read(p []byte) (int, error) {
	clear(p)
	return len(p), nil
}

// CutFile calls each with every chunk of the first size bytes of src, in order.
// The bytes are valid until each returns; its error ends the work.
func (c *Cutter) CutFile(src io.ReaderAt, size int64, each func(p []byte) error) error {
	if size >= Min {
		return c.Cut(io.NewSectionReader(src, 0, size), each)
	}
	space := c.small.Get().(*[]byte) //nolint:forcetypeassert // holds nothing else
	defer c.small.Put(space)
	*space = slices.Grow((*space)[:0], int(size))
	p := (*space)[:size]
	n, err := src.ReadAt(p, 0)
	if n < len(p) && !errors.Is(err, io.EOF) {
		return err
	}
	if n == 0 {
		return nil
	}
	return each(p[:n])
}

// Cut calls each with every chunk of src in order. The bytes are valid until
// each returns; its error ends the work.
func (c *Cutter) Cut(src io.Reader, each func(p []byte) error) error {
	return c.cut(src, Min, Max, bits, each)
}

func (c *Cutter) cut(src io.Reader, least, most, average int, each func(p []byte) error) error {
	s := &stream{src: src}
	for {
		p, err := s.next(c.rabin, least, most, 1<<average-1)
		if err != nil || len(p) == 0 {
			return err
		}
		if err := each(p); err != nil {
			return err
		}
	}
}

// CutMedia calls each with every chunk of a media file and its offset, first
// those a player needs first, in chunks of [Lead] bytes, then the rest in
// order.
func (c *Cutter) CutMedia(name string, src io.ReaderAt, size int64, each func(off int64, p []byte) error) error {
	lead := media.Lead(name, src, size)
	for _, r := range lead {
		if err := fixed(src, r, each); err != nil {
			return err
		}
	}
	for _, r := range media.Rest(lead, size) {
		at := r.Off
		err := c.cut(io.NewSectionReader(src, r.Off, r.Len), mediaMin, mediaMax, mediaBits, func(p []byte) error {
			off := at
			at += int64(len(p))
			return each(off, p)
		})
		if err != nil {
			return err
		}
	}
	return nil
}

func fixed(src io.ReaderAt, r media.Range, each func(int64, []byte) error) error {
	buf := make([]byte, Lead)
	for at := r.Off; at < r.End(); {
		p := buf[:min(Lead, r.End()-at)]
		if n, err := src.ReadAt(p, at); n < len(p) {
			return fmt.Errorf("read at %d: %w", at, errors.Join(err, io.ErrUnexpectedEOF))
		}
		if err := each(at, p); err != nil {
			return err
		}
		at += int64(len(p))
	}
	return nil
}
