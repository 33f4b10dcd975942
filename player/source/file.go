package source

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/stratosdrive/stratosdrive/internal/fault"
)

// ErrNotFound means that there is no such file.
var ErrNotFound = errors.New("file not found")

// File is a video as bytes at offsets. Implementations MUST allow several
// reads at a time.
type File interface {
	// Title is what people call it, usually the file name with its ending.
	Title() string
	// Size is the number of bytes.
	Size() int64
	// ReadAt fills p from offset, as io.ReaderAt does. It returns soon after
	// ctx ends, and fetches nothing any more then.
	ReadAt(ctx context.Context, p []byte, offset int64) (int, error)
}

// FromReaderAt makes a File of a reader that knows no context.
func FromReaderAt(title string, size int64, r io.ReaderAt) File {
	return &readerAt{title, size, r}
}

type readerAt struct {
	title string
	size  int64
	r     io.ReaderAt
}

// Title implements [File].
func (f *readerAt) Title() string { return f.title }

// Size implements [File].
func (f *readerAt) Size() int64 { return f.size }

// ReadAt implements [File].
func (f *readerAt) ReadAt(ctx context.Context, p []byte, offset int64) (int, error) {
	if err := ctx.Err(); err != nil {
		return 0, err
	}
	return f.r.ReadAt(p, offset)
}

// Local is a file on this computer.
type Local struct {
	File
	f *os.File
}

// OpenLocal opens a file for playing; it must be closed. The error has a
// sentence; it is [ErrNotFound] where there is no file.
func OpenLocal(path string) (*Local, error) {
	f, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fault.Wrong(fmt.Errorf("%w: %w", ErrNotFound, err), "The file %s was not found.", filepath.Base(path))
	}
	if err != nil {
		return nil, fault.Wrong(fmt.Errorf("open video: %w", err), "The file %s cannot be read.", filepath.Base(path))
	}
	info, err := f.Stat()
	if err != nil || !info.Mode().IsRegular() {
		_ = f.Close()
		return nil, fault.Wrong(err, "%s is not a file.", filepath.Base(path))
	}
	return &Local{FromReaderAt(filepath.Base(path), info.Size(), f), f}, nil
}

// Close closes the file.
func (l *Local) Close() error { return l.f.Close() }

// cursor reads a file in order for one request.
type cursor struct {
	ctx    context.Context
	size   int64
	at     int64
	read   func(ctx context.Context, p []byte, off int64) (int, error)
	failed func(error)
}

// Read implements [io.Reader].
func (c *cursor) Read(p []byte) (int, error) {
	left := c.size - c.at
	if left <= 0 {
		return 0, io.EOF
	}
	n, err := c.read(c.ctx, p[:min(int64(len(p)), left)], c.at)
	n = max(0, n)
	c.at += int64(n)
	if err != nil && !errors.Is(err, io.EOF) {
		c.failed(err)
	}
	if n > 0 && errors.Is(err, io.EOF) {
		err = nil
	}
	return n, err
}

// Seek serves http.ServeContent, which asks for the size in this way.
func (c *cursor) Seek(offset int64, whence int) (int64, error) {
	base := map[int]int64{io.SeekStart: 0, io.SeekCurrent: c.at, io.SeekEnd: c.size}
	if base[whence]+offset < 0 {
		return 0, errors.New("seek before the beginning")
	}
	c.at = base[whence] + offset
	return c.at, nil
}

// Played is a video of parts as a file that a server can serve.
type Played struct {
	*Session
	title string
	size  int64
}

// Play makes a file of a session: a video of so many bytes without gaps.
func Play(title string, size int64, s *Session) *Played { return &Played{s, title, size} }

// Title implements [File].
func (p *Played) Title() string { return p.title }

// Size implements [File].
func (p *Played) Size() int64 { return p.size }
