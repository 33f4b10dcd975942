package pack

import (
	"crypto/cipher"
	"crypto/rand"
	"encoding/binary"
	"errors"
	"fmt"
	"io"

	"github.com/stratosdrive/stratosdrive/sync/codec"
)

// ErrFull is returned when a blob does not fit into a pack any more.
var ErrFull = errors.New("pack is full")

// Writer writes one pack. It is for one goroutine.
type Writer struct {
	dst   io.Writer
	aead  cipher.AEAD
	blobs []Blob
	space []byte // for a sealed blob
	at    int
	limit int
}

// NewWriter starts a pack of at most limit bytes with a fresh salt. A limit of
// 0 or above [MaxSize] means MaxSize.
func NewWriter(dst io.Writer, contentKey []byte, use Use, limit int) (*Writer, error) {
	header := make([]byte, HeaderSize)
	copy(header, magic)
	header[4], header[5] = version, byte(use)
	rand.Read(header[saltStart:])
	aead, err := packCipher(contentKey, header)
	if err != nil {
		return nil, err
	}
	if _, err := dst.Write(header); err != nil {
		return nil, fmt.Errorf("write pack header: %w", err)
	}
	if limit <= 0 || limit > MaxSize {
		limit = MaxSize
	}
	return &Writer{dst: dst, aead: aead, at: HeaderSize, limit: limit}, nil
}

// Size is the length of the pack if it were closed now.
func (w *Writer) Size() int { return w.at + directorySize(len(w.blobs)) + TrailerSize }

// Blobs returns what is in the pack so far.
func (w *Writer) Blobs() []Blob { return w.blobs }

// directorySize is what a directory of n blobs takes at most, sealed.
func directorySize(n int) int { return 2 + 3 + n*(1+32+4) + Overhead }

// Add seals one blob. A blob that does not fit is [ErrFull] and leaves the
// pack as it was; the first blob always fits up to [MaxBlob].
func (w *Writer) Add(p Prepared) (Blob, error) {
	full := w.Size() + p.SealedSize() + (1 + 32 + 4)
	if full > MaxSize || (full > w.limit && len(w.blobs) > 0) {
		return Blob{}, ErrFull
	}
	b := Blob{Kind: p.Kind, ID: p.ID, Offset: uint32(w.at), Length: uint32(p.SealedSize())}
	if err := w.seal(b, p); err != nil {
		return Blob{}, err
	}
	w.blobs = append(w.blobs, b)
	return b, nil
}

func (w *Writer) seal(b Blob, p Prepared) error {
	plain := append(append(w.space[:0], p.how), p.body...)
	w.space = w.aead.Seal(plain[:0], nonce(b.Offset), plain, extra(b))
	if _, err := w.dst.Write(w.space); err != nil {
		return fmt.Errorf("write blob: %w", err)
	}
	w.at += len(w.space)
	return nil
}

// Close writes directory and trailer and returns the length of the pack. It
// does not close the destination.
func (w *Writer) Close() (int64, error) {
	d := Plain(Directory, ID{}, encodeDirectory(w.blobs))
	b := Blob{Kind: Directory, Offset: uint32(w.at), Length: uint32(d.SealedSize())}
	if err := w.seal(b, d); err != nil {
		return 0, err
	}
	var t [TrailerSize]byte
	binary.BigEndian.PutUint32(t[:], b.Length)
	copy(t[4:], endMagic)
	if _, err := w.dst.Write(t[:]); err != nil {
		return 0, fmt.Errorf("write pack trailer: %w", err)
	}
	return int64(w.at + TrailerSize), nil
}

const directoryVersion = 1

// Blobs follow each other without gaps, so offsets need not be stored.
func encodeDirectory(blobs []Blob) []byte {
	var w codec.Writer
	w.Head('D', directoryVersion)
	w.Uint(uint64(len(blobs)))
	for _, b := range blobs {
		w.Fixed([]byte{byte(b.Kind)})
		w.Fixed(b.ID[:])
		w.Uint(uint64(b.Length))
	}
	return w.Bytes()
}

func decodeDirectory(p []byte) ([]Blob, error) {
	r := codec.NewReader(p)
	r.Head('D', directoryVersion)
	blobs := make([]Blob, r.Count(34))
	at := uint64(HeaderSize)
	for i := range blobs {
		b := &blobs[i]
		b.Kind = Kind(r.Fixed(1)[0])
		copy(b.ID[:], r.Fixed(32))
		b.Offset, b.Length = uint32(at), uint32(r.UintMax(MaxSize))
		if at += uint64(b.Length); at > MaxSize || b.Length < Overhead {
			r.Fail("blob %d at %d", i, at)
			break
		}
	}
	return blobs, r.End()
}

// ReadDirectory opens a whole pack of size bytes and returns its blobs in
// order.
func ReadDirectory(src io.ReaderAt, size int64, contentKey []byte, use Use) ([]Blob, *Opener, error) {
	if size < HeaderSize+TrailerSize+Overhead || size > MaxSize {
		return nil, nil, fmt.Errorf("%w: %d bytes", ErrDamaged, size)
	}
	head, tail := make([]byte, HeaderSize), make([]byte, TrailerSize)
	if err := readFull(src, head, 0); err != nil {
		return nil, nil, err
	}
	if err := readFull(src, tail, size-TrailerSize); err != nil {
		return nil, nil, err
	}
	o, err := NewOpener(contentKey, use, head)
	if err != nil {
		return nil, nil, err
	}
	n := int64(binary.BigEndian.Uint32(tail))
	if string(tail[4:]) != endMagic || n > size-HeaderSize-TrailerSize {
		return nil, nil, fmt.Errorf("%w: no trailer", ErrDamaged)
	}
	blobs, err := openDirectory(src, o, size-TrailerSize-n, n)
	return blobs, o, err
}

func openDirectory(src io.ReaderAt, o *Opener, at, n int64) ([]Blob, error) {
	sealed := make([]byte, n)
	if err := readFull(src, sealed, at); err != nil {
		return nil, err
	}
	plain, err := o.Open(Blob{Kind: Directory, Offset: uint32(at), Length: uint32(n)}, sealed)
	if err != nil {
		return nil, err
	}
	blobs, err := decodeDirectory(plain)
	if err != nil {
		return nil, fmt.Errorf("pack directory: %w", err)
	}
	if end := dirEnd(blobs); end != at {
		return nil, fmt.Errorf("%w: blobs end at %d, directory at %d", ErrDamaged, end, at)
	}
	return blobs, nil
}

func dirEnd(blobs []Blob) int64 {
	if len(blobs) == 0 {
		return HeaderSize
	}
	last := blobs[len(blobs)-1]
	return int64(last.Offset) + int64(last.Length)
}

// ReadBlob reads and opens one blob from a pack of which at least the bytes of
// that blob are there.
func ReadBlob(src io.ReaderAt, o *Opener, b Blob) ([]byte, error) {
	sealed := make([]byte, b.Length)
	if err := readFull(src, sealed, int64(b.Offset)); err != nil {
		return nil, err
	}
	return o.Open(b, sealed)
}

func readFull(src io.ReaderAt, p []byte, at int64) error {
	n, err := src.ReadAt(p, at)
	if n == len(p) {
		return nil
	}
	if err == nil || errors.Is(err, io.EOF) {
		return fmt.Errorf("%w: cut short", ErrDamaged)
	}
	return fmt.Errorf("read pack: %w", err)
}
