package repo

import (
	"errors"

	"github.com/stratosdrive/stratosdrive/sync/disk"
)

const (
	spoolBlock  = 256 << 10 // bytes that are written at a time
	spoolBlocks = 4         // of each file: one is filled while others are written
)

// spoolFile writes a file block by block in the background, so that nobody who
// fills it waits for the disk. It is an [io.Writer] for one goroutine at a time;
// what went wrong is told when it is finished.
type spoolFile struct {
	file  disk.File
	block []byte      // that is being filled
	full  chan []byte // on their way to the disk
	spare chan []byte
	ended chan error
}

func newSpoolFile(f disk.File) *spoolFile {
	s := &spoolFile{file: f, full: make(chan []byte, spoolBlocks), spare: make(chan []byte, spoolBlocks), ended: make(chan error, 1)}
	for range spoolBlocks - 1 {
		s.spare <- nil // made when it is needed: most packs are small
	}
	go s.write()
	return s
}

func (s *spoolFile) write() {
	var err error
	for p := range s.full {
		if err == nil {
			_, err = s.file.Write(p)
		}
		s.spare <- p
	}
	s.ended <- err
}

// Write implements io.Writer. It never fails.
func (s *spoolFile) Write(p []byte) (int, error) {
	n := len(p)
	for len(s.block)+len(p) > spoolBlock {
		k := spoolBlock - len(s.block)
		s.full <- append(s.block, p[:k]...)
		p, s.block = p[k:], (<-s.spare)[:0]
	}
	s.block = append(s.block, p...)
	return n, nil
}

// finish writes the rest and closes the file, which lasts only then through a
// loss of power when it is to.
func (s *spoolFile) finish(lasting bool) error {
	s.full <- s.block
	err := s.drain()
	if err == nil && lasting {
		err = s.file.Sync()
	}
	return errors.Join(err, s.file.Close())
}

// drop closes the file without its rest.
func (s *spoolFile) drop() {
	_ = s.drain() // it is removed
	_ = s.file.Close()
}

func (s *spoolFile) drain() error {
	close(s.full)
	return <-s.ended
}
