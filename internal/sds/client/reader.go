package client

import (
	"context"
	"fmt"
	"io"
	"os"
	"slices"
	"sync"
)

// Reader reads a file of the network while it still comes in: for players. The
// network delivers a file as a whole and in an order of its own, so all of it
// is fetched ahead of the reading, into a temporary file; a read waits until
// the bytes it begins with are there. Nothing of it is verified before all has
// come: then a wrong file fails every read with ErrWrongContent. A Reader is
// safe for concurrent use and must be closed.
type Reader struct {
	file SharedFile
	tmp  *os.File
	stop context.CancelFunc
	over chan struct{} // closed when nothing writes any more

	mu   sync.Mutex
	news chan struct{} // closed and replaced whenever something arrived
	have spans
	end  error // why nothing more will come
}

// OpenReader begins to fetch the file id of owner (empty for the client's own
// account) with the size that the list says. ctx is for the whole fetch only
// in what it carries, see [Urgent]; the fetch ends with Close.
func (c *Client) OpenReader(ctx context.Context, id, owner string, size int64) (*Reader, error) {
	if err := c.checkID(id); err != nil {
		return nil, explain(err, "open %s", id)
	}
	if size <= 0 || size > maxFile {
		return nil, explain(fmt.Errorf("%w: size %d", ErrWrongContent, size), "open %s", id)
	}
	f := SharedFile{ID: id, Size: size}
	return c.openReader(ctx, func(ctx context.Context, begin func(SharedFile) error, piece func(int64, []byte) error) error {
		if err := begin(f); err != nil {
			return err
		}
		s := &sink{size: size, piece: piece, early: true}
		return explain(c.transfer(ctx, c.ownFile(id, owner), s), "fetch %s", id)
	})
}

// OpenSharedReader is OpenReader for a share link, with or without sds://. It
// returns when the gateway has told the name and the size.
func (c *Client) OpenSharedReader(ctx context.Context, link string) (*Reader, error) {
	return c.openReader(ctx, func(ctx context.Context, begin func(SharedFile) error, piece func(int64, []byte) error) error {
		_, err := c.FetchShared(ctx, link, begin, piece)
		return err
	})
}

// openReader runs fetch until the reader is closed, and returns the reader
// when begin was called.
func (c *Client) openReader(ctx context.Context, fetch func(context.Context, func(SharedFile) error, func(int64, []byte) error) error) (*Reader, error) {
	life, stop := context.WithCancel(context.WithoutCancel(ctx))
	known, failed := make(chan *Reader, 1), make(chan error, 1)
	err := c.background(func(context.Context) { // calls end with the client by themselves
		var r *Reader
		err := fetch(life, func(f SharedFile) (err error) {
			if r, err = newReader(c.tempDir, f, stop); err == nil {
				known <- r
			}
			return err
		}, func(offset int64, p []byte) error { return r.piece(offset, p) })
		if r == nil {
			failed <- err
			return
		}
		if err == nil {
			err = explain(r.verify(), "read %s", r.file.ID)
		}
		r.finish(err)
	})
	if err != nil {
		stop()
		return nil, explain(err, "open a file")
	}
	select {
	case r := <-known:
		return r, nil
	case err := <-failed:
		stop()
		return nil, err
	case <-ctx.Done():
		stop()
		go func() { // it may have begun just now
			select {
			case r := <-known:
				_ = r.Close()
			case <-failed:
			}
		}()
		return nil, ctx.Err()
	}
}

func newReader(dir string, f SharedFile, stop context.CancelFunc) (*Reader, error) {
	tmp, err := os.CreateTemp(dir, "arriving-*")
	if err != nil {
		return nil, fmt.Errorf("keep what arrives: %w", err)
	}
	return &Reader{file: f, tmp: tmp, stop: stop, over: make(chan struct{}), news: make(chan struct{})}, nil
}

// piece stores bytes that came in. What is there already is never replaced, so
// that what was read stays what is verified.
func (r *Reader) piece(offset int64, p []byte) error {
	if offset < 0 || offset+int64(len(p)) > r.file.Size {
		return fmt.Errorf("%w: bytes at %d of %d", ErrWrongContent, offset, r.file.Size)
	}
	r.mu.Lock()
	missing := r.have.gaps(offset, offset+int64(len(p)))
	r.mu.Unlock()
	for _, g := range missing {
		if _, err := r.tmp.WriteAt(p[g.start-offset:g.end-offset], g.start); err != nil {
			return fmt.Errorf("keep what arrives: %w", err)
		}
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, g := range missing {
		r.have = r.have.add(g.start, g.end)
	}
	r.tell()
	return nil
}

// verify compares all that came with the id.
func (r *Reader) verify() error {
	v := newVerifier(r.file.ID, r.file.Size, r.tmp, "")
	return v.finish(context.Background())
}

// finish says that nothing more will come; err is why, nil when all is there.
func (r *Reader) finish(err error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.end = err
	r.tell()
	close(r.over)
}

// tell wakes all who wait. r.mu is held.
func (r *Reader) tell() {
	close(r.news)
	r.news = make(chan struct{})
}

// File describes what is read; its name is empty for [Client.OpenReader].
func (r *Reader) File() SharedFile { return r.file }

// Arrived is how many bytes have come.
func (r *Reader) Arrived() int64 {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.have.total()
}

// ReadAt is [io.ReaderAt]. It waits for every byte asked for.
func (r *Reader) ReadAt(p []byte, offset int64) (n int, err error) {
	for n < len(p) && err == nil {
		var m int
		m, err = r.ReadAtContext(context.Background(), p[n:], offset+int64(n))
		n += m
	}
	return n, err
}

// ReadAtContext is ReadAt that can be given up. It returns fewer bytes than
// asked for, without an error, when the rest has not arrived.
func (r *Reader) ReadAtContext(ctx context.Context, p []byte, offset int64) (int, error) {
	if offset >= r.file.Size {
		return 0, io.EOF
	}
	for {
		end, news, err := r.at(offset)
		if err != nil {
			return 0, err
		}
		if end > offset {
			return r.tmp.ReadAt(p[:min(int64(len(p)), end-offset)], offset)
		}
		select {
		case <-ctx.Done():
			return 0, ctx.Err()
		case <-news:
		}
	}
}

// at returns where the bytes that are there from offset on end.
func (r *Reader) at(offset int64) (end int64, news <-chan struct{}, err error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	i := slices.IndexFunc(r.have, func(s span) bool { return s.start <= offset && offset < s.end })
	if i >= 0 {
		offset = r.have[i].end
	}
	return offset, r.news, r.end
}

// Close ends the fetch and gives the bytes up.
func (r *Reader) Close() error {
	r.stop()
	<-r.over
	err := r.tmp.Close()
	if rerr := os.Remove(r.tmp.Name()); err == nil {
		err = rerr
	}
	return err
}
