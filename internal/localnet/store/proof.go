package store

import (
	"context"
	"errors"
	"fmt"
	"hash/maphash"
	"io"
	"slices"
	"sync"

	"github.com/stratosdrive/stratosdrive/internal/localnet/node"
	"github.com/stratosdrive/stratosdrive/internal/sds/wire"
)

// PieceSize is the unit in which slices are read, in bytes.
const PieceSize = wire.DownloadPiece

// maxProofs bounds the memory of [proofs]; one takes up to about 150 bytes.
const maxProofs = 1 << 14

// ErrLost means that no copy of a slice could be read.
var ErrLost = errors.New("no copy of the slice is readable")

// proof holds a fast checksum of every piece of a slice. It is made while the
// whole slice is compared with its slice hash, and lives in memory only: a
// piece that agrees with it is a piece of that slice.
type proof []uint64

// proofs keeps those made lately.
type proofs struct {
	mu   sync.Mutex
	seed maphash.Seed
	made map[string]proof // by slice hash
}

func newProofs() proofs {
	return proofs{seed: maphash.MakeSeed(), made: map[string]proof{}}
}

func (p *proofs) get(hash string) proof {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.made[hash]
}

func (p *proofs) put(hash string, made proof) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if len(p.made) >= maxProofs {
		for old := range p.made { // any one
			delete(p.made, old)
			break
		}
	}
	p.made[hash] = made
}

// proofMaker makes the proof of a slice from its bytes, written in order in
// parts of any size.
type proofMaker struct {
	sum  maphash.Hash
	fill int
	made proof
}

func (p *proofs) maker() *proofMaker {
	m := &proofMaker{made: proof{}}
	m.sum.SetSeed(p.seed)
	return m
}

func (m *proofMaker) write(p []byte) {
	for len(p) > 0 {
		n := min(len(p), PieceSize-m.fill)
		m.sum.Write(p[:n]) // never fails
		p = p[n:]
		if m.fill += n; m.fill == PieceSize {
			m.cut()
		}
	}
}

func (m *proofMaker) cut() {
	m.made = append(m.made, m.sum.Sum64())
	m.sum.Reset()
	m.fill = 0
}

// proof ends the slice.
func (m *proofMaker) proof() proof {
	if m.fill > 0 {
		m.cut()
	}
	return m.made
}

// wanted names a slice and what it must hash to.
type wanted struct {
	fileHash string
	number   int64
	hash     string
	size     int64
	holders  []string
}

// prove returns the proof of a slice; it reads a copy whole when there is none
// yet. Callers asking for the same slice share the work. The error wraps
// [ErrLost] when no copy is right.
func (s *Store) prove(ctx context.Context, w wanted) (proof, error) {
	if p := s.proofs.get(w.hash); p != nil {
		return p, nil
	}
	made, err, _ := s.proving.Do(w.hash, func() (any, error) { return s.proveAny(w) })
	if err != nil {
		return nil, err
	}
	return made.(proof), ctx.Err()
}

func (s *Store) proveAny(w wanted) (proof, error) {
	err := error(ErrLost)
	for _, n := range s.ordered(w.holders) {
		p, cause := s.proveOn(n, w)
		if cause == nil {
			s.proofs.put(w.hash, p)
			return p, nil
		}
		s.report(n, w, cause)
		err = fmt.Errorf("%w: %w", ErrLost, cause)
	}
	return nil, err
}

var errCorrupt = errors.New("the slice is not what it was")

func (s *Store) proveOn(n *node.Node, w wanted) (proof, error) {
	f, err := n.OpenSlice(w.hash)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return s.proveFile(f, w)
}

// proveAs proves a copy that is opened in another way.
func (s *Store) proveAs(n *node.Node, w wanted, open func(n *node.Node, hash string) (node.File, error)) error {
	f, err := open(n, w.hash)
	if err != nil {
		return err
	}
	defer f.Close()
	_, err = s.proveFile(f, w)
	return err
}

func (s *Store) proveFile(f node.File, w wanted) (proof, error) {
	hasher, err := wire.NewSliceHasher(w.fileHash, uint64(w.number))
	if err != nil {
		return nil, err
	}
	buf := borrowPiece()
	defer returnPiece(buf)
	made := proof{}
	for at := int64(0); at < w.size; at += PieceSize {
		p := (*buf)[:min(PieceSize, w.size-at)]
		if _, err := io.ReadFull(f, p); err != nil {
			return nil, fmt.Errorf("%w: it is too short", errCorrupt)
		}
		hasher.Write(p)
		made = append(made, maphash.Bytes(s.proofs.seed, p))
	}
	if n, _ := f.Read((*buf)[:1]); n > 0 || hasher.Sum() != w.hash {
		return nil, errCorrupt
	}
	return made, nil
}

// readPiece fills p, a whole piece, with piece number i of the slice, and
// tells which node it came from. When no known holder has it, those that are
// on record by now are asked: copies move.
func (s *Store) readPiece(ctx context.Context, w wanted, i int, p []byte) (*node.Node, error) {
	n, err := s.readKnown(ctx, w, i, p)
	if err == nil || !errors.Is(err, ErrLost) {
		return n, err
	}
	holders, herr := s.meta.Holders(ctx, w.hash)
	if herr != nil || slices.Equal(holders, w.holders) {
		return nil, err
	}
	w.holders = holders
	return s.readKnown(ctx, w, i, p)
}

func (s *Store) readKnown(ctx context.Context, w wanted, i int, p []byte) (*node.Node, error) {
	made, err := s.prove(ctx, w)
	if err != nil {
		return nil, err
	}
	err = errors.New("no node has it")
	for _, n := range s.ordered(w.holders) {
		if err = s.readOn(n, w, made, i, p); err == nil {
			return n, nil
		}
		s.report(n, w, err)
	}
	return nil, fmt.Errorf("%w: %w", ErrLost, err)
}

func (s *Store) readOn(n *node.Node, w wanted, made proof, i int, p []byte) error {
	began := s.clock()
	f, err := n.OpenSlice(w.hash)
	if err != nil {
		return err
	}
	defer f.Close()
	if size, err := f.Size(); err != nil || size != w.size {
		return fmt.Errorf("%w: it has another length", errCorrupt)
	}
	if _, err := f.ReadAt(p, int64(i)*PieceSize); err != nil {
		return err
	}
	n.Served(int64(len(p)))
	s.timed(n, int64(len(p)), s.clock().Sub(began))
	if i >= len(made) || maphash.Bytes(s.proofs.seed, p) != made[i] {
		return errCorrupt
	}
	return nil
}

// pieces lends buffers of one piece.
type pieces struct{ pool sync.Pool }

var pieceBuffers = pieces{sync.Pool{New: func() any {
	b := make([]byte, PieceSize)
	return &b
}}}

func borrowPiece() *[]byte  { return pieceBuffers.pool.Get().(*[]byte) }
func returnPiece(b *[]byte) { pieceBuffers.pool.Put(b) }
