package store

import (
	"context"
	"fmt"
	"io"

	"github.com/stratosdrive/stratosdrive/internal/localnet/meta"
)

// Reader reads a stored file piece by piece.
type Reader struct {
	store  *Store
	file   meta.File
	slices []meta.Slice
}

// OpenFile prepares to read a finished file.
func (s *Store) OpenFile(ctx context.Context, f meta.File) (*Reader, error) {
	slices, err := s.meta.Slices(ctx, f.ID)
	if err != nil {
		return nil, err
	}
	return &Reader{store: s, file: f, slices: slices}, nil
}

// File returns the file that is read.
func (r *Reader) File() meta.File { return r.file }

// Slices returns the slices of the file in order.
func (r *Reader) Slices() []meta.Slice { return r.slices }

// Slice returns the slice with a number, counted from 1.
func (r *Reader) Slice(number int64) (meta.Slice, bool) {
	if number < 1 || number > int64(len(r.slices)) {
		return meta.Slice{}, false
	}
	return r.slices[number-1], true
}

func (r *Reader) want(s meta.Slice) wanted {
	return wanted{fileHash: r.file.Hash, number: s.Number, hash: s.Hash, size: s.Size, holders: s.Nodes}
}

// Piece is a piece of a slice in a borrowed buffer; Release gives it back.
type Piece struct {
	Data []byte
	Node string // which node served it, stsds1...
	buf  *[]byte
}

// Release gives the buffer back. Data must not be used any more.
func (p Piece) Release() { returnPiece(p.buf) }

// Piece reads piece i, counted from 0, of a slice. Its bytes are proved
// against the slice hash. The error wraps [ErrLost] when no copy is right.
func (r *Reader) Piece(ctx context.Context, s meta.Slice, i int) (Piece, error) {
	at := int64(i) * PieceSize
	if i < 0 || at >= s.Size {
		return Piece{}, fmt.Errorf("slice %d has no piece %d", s.Number, i)
	}
	buf := borrowPiece()
	data := (*buf)[:min(PieceSize, s.Size-at)]
	n, err := r.store.readPiece(ctx, r.want(s), i, data)
	if err != nil {
		returnPiece(buf)
		return Piece{}, fmt.Errorf("read slice %d: %w", s.Number, err)
	}
	return Piece{Data: data, Node: n.Address(), buf: buf}, nil
}

// Prove makes the proof of a slice before its pieces are asked for.
func (r *Reader) Prove(ctx context.Context, s meta.Slice) error {
	_, err := r.store.prove(ctx, r.want(s))
	return err
}

// CopySlice writes a whole slice to w and tells served of every piece.
func (r *Reader) CopySlice(ctx context.Context, w io.Writer, s meta.Slice, served func(node string, bytes int64)) error {
	for i := 0; int64(i)*PieceSize < s.Size; i++ {
		p, err := r.Piece(ctx, s, i)
		if err != nil {
			return err
		}
		served(p.Node, int64(len(p.Data))) // before anybody can know the bytes
		_, err = w.Write(p.Data)
		p.Release()
		if err != nil {
			return err
		}
	}
	return nil
}
