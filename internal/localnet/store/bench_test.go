package store

import (
	"bytes"
	"io"
	"math/big"
	"path/filepath"
	"testing"

	"github.com/stratosdrive/stratosdrive/internal/localnet/meta"
	"github.com/stratosdrive/stratosdrive/internal/localnet/node"
)

// BenchmarkFile stores and reads a file of 100 MiB in five copies.
func BenchmarkFile(b *testing.B) {
	fail := func(err error) {
		if err != nil {
			b.Fatal(err)
		}
	}
	dir := b.TempDir()
	m, err := meta.Open(b.Context(), filepath.Join(dir, "meta.db"), meta.Options{})
	fail(err)
	defer m.Close()
	fail(m.CreditPrepay(b.Context(), meta.Prepay{Height: 1, Beneficiary: "w", Wei: big.NewInt(1), Noz: big.NewInt(1e18)}))
	pool, err := node.OpenPool(filepath.Join(dir, "nodes"), 8, 5)
	fail(err)
	s, err := Open(b.Context(), m, pool, nil)
	fail(err)
	defer s.Close()
	data := bytes.Repeat([]byte("0123456789abcdef"), 100<<20/16)
	hash := hashOf(data)
	b.Run("store", func(b *testing.B) {
		b.SetBytes(int64(len(data)))
		for b.Loop() {
			_ = s.Delete(b.Context(), "w", hash)
			a, err := m.Account(b.Context(), "w")
			fail(err)
			d, err := s.NewDraft(hash, int64(len(data)))
			fail(err)
			for rest := data; len(rest) > 0; rest = rest[min(len(rest), 1<<20):] {
				_, err = d.Write(rest[:min(len(rest), 1<<20)])
				fail(err)
			}
			fail(d.Commit(b.Context(), meta.Upload{
				Owner: "w", Hash: hash, Name: "f", Size: int64(len(data)), Sequence: a.Sequence, Price: big.NewInt(1),
			}, false))
		}
	})
	b.Run("read", func(b *testing.B) {
		b.SetBytes(int64(len(data)))
		for b.Loop() {
			f, err := m.File(b.Context(), "w", hash)
			fail(err)
			r, err := s.OpenFile(b.Context(), f)
			fail(err)
			s.proofs = newProofs() // as after a restart
			for _, one := range r.Slices() {
				fail(r.CopySlice(b.Context(), io.Discard, one, func(string, int64) {}))
			}
		}
	})
}
