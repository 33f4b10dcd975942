package publish

import (
	"fmt"
	"os"

	"github.com/stratosdrive/stratosdrive/sync/pack"
)

// spool is a part on disk while it is built and sent.
type spool struct {
	f     *os.File
	w     *pack.Writer
	blobs []blob
	plain int64
}

func newSpool(dir string, key []byte, limit int) (*spool, error) {
	f, err := os.CreateTemp(dir, "part-*")
	if err != nil {
		return nil, fmt.Errorf("make part: %w", err)
	}
	s := &spool{f: f}
	if s.w, err = pack.NewWriter(f, key, pack.Part, limit); err != nil {
		s.remove()
		return nil, err
	}
	return s, nil
}

func (s *spool) add(b blob, sealed pack.Prepared) error {
	at, err := s.w.Add(sealed)
	if err != nil {
		return err
	}
	b.at, b.sealed = at.Offset, at.Length
	s.blobs = append(s.blobs, b)
	s.plain += b.size
	return nil
}

// remove deletes the file; a nil spool is none.
func (s *spool) remove() {
	if s != nil {
		_ = s.f.Close()
		_ = os.Remove(s.f.Name())
	}
}
