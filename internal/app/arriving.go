package app

import (
	"context"
	"fmt"
	"io"
	"os"
	"sort"
	"sync"
)

// arriving is a file that can be read while its pieces still come in, in any
// order: a read waits until the bytes it starts with are there.
type arriving struct {
	file *os.File
	size int64

	mu   sync.Mutex
	news chan struct{} // closed and replaced whenever something arrived
	have []span        // sorted, merged
	err  error         // why nothing more will come
}

type span struct{ start, end int64 }

// newArriving keeps the bytes in a file below dir until Close.
func newArriving(dir string, size int64) (*arriving, error) {
	f, err := os.CreateTemp(dir, "arriving-*")
	if err != nil {
		return nil, explainDisk(fmt.Errorf("keep what arrives: %w", err))
	}
	return &arriving{file: f, size: size, news: make(chan struct{})}, nil
}

// piece stores bytes that came in.
func (a *arriving) piece(offset int64, p []byte) error {
	if offset < 0 || offset+int64(len(p)) > a.size {
		return fmt.Errorf("piece at %d of %d bytes lies outside the file", offset, len(p))
	}
	if _, err := a.file.WriteAt(p, offset); err != nil {
		return explainDisk(fmt.Errorf("keep what arrives: %w", err))
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	a.have = insert(a.have, span{offset, offset + int64(len(p))})
	close(a.news)
	a.news = make(chan struct{})
	return nil
}

// insert adds s to sorted, merged spans.
func insert(have []span, s span) []span {
	if s.start == s.end {
		return have
	}
	from := sort.Search(len(have), func(i int) bool { return have[i].end >= s.start })
	to := from
	for to < len(have) && have[to].start <= s.end {
		s.start, s.end = min(s.start, have[to].start), max(s.end, have[to].end)
		to++
	}
	out := append([]span{}, have[:from]...)
	return append(append(out, s), have[to:]...)
}

// finish says that nothing more will come; err is why, nil when all is there.
func (a *arriving) finish(err error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if err == nil {
		err = io.ErrUnexpectedEOF // for whatever is still missing
	}
	a.err = err
	close(a.news)
	a.news = make(chan struct{})
}

// ReadAtContext is [io.ReaderAt] that can be given up. It returns fewer bytes
// than asked for, without an error, when the rest has not arrived.
func (a *arriving) ReadAtContext(ctx context.Context, p []byte, offset int64) (int, error) {
	if offset >= a.size {
		return 0, io.EOF
	}
	for {
		end, news, err := a.at(offset)
		if end > offset {
			n := min(int64(len(p)), end-offset)
			return a.file.ReadAt(p[:n], offset)
		}
		if err != nil {
			return 0, err
		}
		select {
		case <-ctx.Done():
			return 0, ctx.Err()
		case <-news:
		}
	}
}

// at returns where the bytes that are there from offset on end.
func (a *arriving) at(offset int64) (end int64, news <-chan struct{}, err error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	i := sort.Search(len(a.have), func(i int) bool { return a.have[i].end > offset })
	if i < len(a.have) && a.have[i].start <= offset {
		return a.have[i].end, a.news, nil
	}
	return offset, a.news, a.err
}

// arrived is how many bytes are there.
func (a *arriving) arrived() int64 {
	a.mu.Lock()
	defer a.mu.Unlock()
	n := int64(0)
	for _, s := range a.have {
		n += s.end - s.start
	}
	return n
}

// Close gives the bytes up.
func (a *arriving) Close() error {
	err := a.file.Close()
	if rerr := os.Remove(a.file.Name()); err == nil {
		err = rerr
	}
	return err
}
