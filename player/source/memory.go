package source

import (
	"context"
	"fmt"
	"sync"

	"github.com/stratosdrive/stratosdrive/internal/span"
)

// Memory is a [Keeper] that keeps everything in memory: for what is small, and
// where there is no disk to keep it on. The zero value is empty.
type Memory struct {
	mu  sync.Mutex
	all map[string]*memoryFile
}

type memoryFile struct {
	p    []byte
	have span.Set
}

// Fetch implements [Keeper].
func (m *Memory) Fetch(ctx context.Context, name string, size int64, src func(context.Context, func(int64, []byte) error) error, arrived func(int64)) error {
	f := m.file(name, size)
	err := src(ctx, func(off int64, p []byte) error {
		if off < 0 || off+int64(len(p)) > size {
			return fmt.Errorf("piece of %d bytes at %d of %d", len(p), off, size)
		}
		m.mu.Lock()
		copy(f.p[off:], p)
		f.have.Add(off, int64(len(p)))
		m.mu.Unlock()
		arrived(int64(len(p)))
		return nil
	})
	if err == nil && m.Here(name) < size {
		err = fmt.Errorf("parts of %d bytes did not come", size)
	}
	return err
}

func (m *Memory) file(name string, size int64) *memoryFile {
	m.mu.Lock()
	defer m.mu.Unlock()
	f := m.all[name]
	if f == nil || int64(len(f.p)) != size {
		f = &memoryFile{p: make([]byte, size)}
		if m.all == nil {
			m.all = map[string]*memoryFile{}
		}
		m.all[name] = f
	}
	return f
}

// Peek implements [Keeper].
func (m *Memory) Peek(name string, p []byte, off int64) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	f := m.all[name]
	if f == nil || !f.have.Cover(off, int64(len(p))) {
		return ErrNotHere
	}
	copy(p, f.p[off:])
	return nil
}

// Here implements [Keeper].
func (m *Memory) Here(name string) int64 {
	m.mu.Lock()
	defer m.mu.Unlock()
	if f := m.all[name]; f != nil {
		return f.have.End(0)
	}
	return 0
}

// Whole implements [Keeper].
func (m *Memory) Whole(name string) int64 {
	m.mu.Lock()
	defer m.mu.Unlock()
	if f := m.all[name]; f != nil && f.have.Cover(0, int64(len(f.p))) {
		return int64(len(f.p))
	}
	return 0
}

// Drop loses what is kept under a name.
func (m *Memory) Drop(name string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	delete(m.all, name)
}
