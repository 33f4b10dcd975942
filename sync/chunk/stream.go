package chunk

import (
	"errors"
	"io"
)

const firstRead = 512 << 10

// stream holds the part of a file that is being cut.
type stream struct {
	src        io.Reader
	buf        []byte
	start, end int // of what was read and not cut off yet
	over       bool
}

// more reads on. What was cut off before is not there any more.
func (s *stream) more() error {
	if s.end == len(s.buf) {
		s.room()
	}
	n, err := io.ReadFull(s.src, s.buf[s.end:])
	s.end += n
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		s.over, err = true, nil
	}
	return err
}

// room makes room behind the bytes that were read.
func (s *stream) room() {
	to := s.buf
	if s.start < len(s.buf)/2 || len(s.buf) == 0 {
		to = make([]byte, max(2*len(s.buf), firstRead))
	}
	s.end = copy(to, s.buf[s.start:s.end])
	s.buf, s.start = to, 0
}

// next returns the next chunk, which is valid until the next call; none at the
// end. A chunk has least bytes, unless it is the last one, and at most most.
func (s *stream) next(r *rabin, least, most int, mask uint64) ([]byte, error) {
	for from := least; ; {
		have := s.end - s.start
		to := min(have, most)
		if from <= to {
			if cut := r.find(s.buf[s.start:], from, to, mask); cut > 0 {
				return s.take(cut), nil
			}
			from = to + 1
		}
		switch {
		case have >= most:
			return s.take(most), nil
		case s.over:
			return s.take(have), nil
		}
		if err := s.more(); err != nil {
			return nil, err
		}
	}
}

func (s *stream) take(n int) []byte {
	p := s.buf[s.start : s.start+n : s.start+n]
	s.start += n
	return p
}
