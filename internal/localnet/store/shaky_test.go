package store

import (
	"errors"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/localnet/node"
)

// errDisk is what a failing disk says.
var errDisk = errors.New("input/output error")

// fakeClock stands still unless it is told to go on.
type fakeClock struct {
	mu  sync.Mutex
	now time.Time
}

func newClock() *fakeClock { return &fakeClock{now: time.Unix(1_700_000_000, 0)} }

func (c *fakeClock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *fakeClock) pass(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

// shaky is the files of nodes that may fail or be slow.
type shaky struct {
	node.Files
	clock *fakeClock

	mu     sync.Mutex
	broken map[string]error         // writes on that node
	slow   map[string]time.Duration // opening a slice on that node
}

func (s *shaky) nodeOf(path string) string {
	all := strings.Split(filepath.ToSlash(path), "/")
	for i, p := range all {
		if p == "nodes" && i+1 < len(all) {
			return all[i+1]
		}
	}
	return ""
}

func (s *shaky) breakWrites(name string, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.broken[name] = err
}

func (s *shaky) failure(path string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.broken[s.nodeOf(path)]
}

func (s *shaky) Create(path string) (node.File, error) {
	f, err := s.Files.Create(path)
	return shakyFile{f, s, path}, err
}

func (s *shaky) Open(path string) (node.File, error) {
	s.mu.Lock()
	slow := s.slow[s.nodeOf(path)]
	s.mu.Unlock()
	if filepath.Base(filepath.Dir(path)) == "slices" {
		s.clock.pass(slow)
	}
	return s.Files.Open(path)
}

type shakyFile struct {
	node.File
	s    *shaky
	path string
}

func (f shakyFile) Write(p []byte) (int, error) {
	if err := f.s.failure(f.path); err != nil {
		return 0, err
	}
	return f.File.Write(p)
}
