package update

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"time"

	"github.com/gofrs/flock"

	"github.com/stratosdrive/stratosdrive/internal/fault"
)

// Get fetches a file of an index into a folder and returns its path. What was
// fetched before is gone on with, whatever ended it. The file has its name only
// when it is complete and is what was signed, and it is on the disk then. tell,
// which may be nil, learns how many bytes are there.
func (s Source) Get(ctx context.Context, f File, dir string, tell func(done, total int64)) (string, error) {
	if err := f.check(); err != nil {
		return "", err
	}
	path := filepath.Join(dir, f.Name)
	if Verify(path, f) == nil {
		return path, nil // fetched before
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return "", noRoom(err)
	}
	unlock, err := lockDownloads(ctx, dir)
	if err != nil {
		return "", err
	}
	defer unlock()
	if Verify(path, f) == nil {
		return path, nil // another program fetched it meanwhile
	}
	address, err := s.at(f)
	if err != nil {
		return "", unreachable(err)
	}
	d := &download{source: s, file: f, address: address, tell: tell, part: filepath.Join(dir, f.SHA256+".part")}
	if err := d.run(ctx); err != nil {
		return "", err
	}
	if err := errors.Join(os.Rename(d.part, path), syncFolder(dir)); err != nil {
		return "", noRoom(err)
	}
	return path, nil
}

// nextTry is how long to wait before the lock of the downloads is asked for again.
const nextTry = 200 * time.Millisecond

// lockDownloads lets one program at a time write into a folder of downloads, and
// waits for it. The lock lies beside the folder, where nothing is swept. Where
// there are no locks, others are trusted not to.
func lockDownloads(ctx context.Context, dir string) (unlock func(), err error) {
	lock := flock.New(dir + ".lock")
	if mine, _ := lock.TryLockContext(ctx, nextTry); !mine && ctx.Err() != nil {
		return nil, ctx.Err()
	}
	return func() { _ = lock.Close() }, nil
}

// Verify tells whether a file is what was signed.
func Verify(path string, f File) error {
	file, err := os.Open(path)
	if err != nil {
		return err
	}
	defer file.Close()
	return verify(file, f)
}

func verify(r io.Reader, f File) error {
	sum := sha256.New()
	n, err := io.Copy(sum, io.LimitReader(r, f.Size+1))
	switch {
	case err != nil:
		return fmt.Errorf("read %s: %w", f.Name, err)
	case n != f.Size || hex.EncodeToString(sum.Sum(nil)) != f.SHA256:
		return fmt.Errorf("%w: %s", ErrDamaged, f.Name)
	}
	return nil
}

func noRoom(err error) error {
	return fault.Say(err, "The new version could not be saved. Your version goes on working; check that the disk is not full.")
}

// download is one file on its way.
type download struct {
	source  Source
	file    File
	address string
	part    string // called by its hash, so that two releases are never mixed
	tell    func(done, total int64)
}

// run completes the part and proves it. A part that was begun earlier and turns
// out wrong is thrown away, and fetched once more from the beginning.
func (d *download) run(ctx context.Context) error {
	for {
		resumed, err := d.complete(ctx)
		if err != nil {
			return err
		}
		err = Verify(d.part, d.file)
		if err == nil {
			return nil
		}
		_ = os.Remove(d.part)
		if !resumed {
			return fault.Say(err, "What the server sent is not the new version that its makers signed. It was thrown away, and your version goes on working.")
		}
	}
}

// complete fetches what the part lacks.
func (d *download) complete(ctx context.Context) (resumed bool, err error) {
	out, err := os.OpenFile(d.part, os.O_WRONLY|os.O_CREATE, 0o600)
	if err != nil {
		return false, noRoom(err)
	}
	defer out.Close()
	have, err := out.Seek(0, io.SeekEnd)
	if err != nil {
		return false, noRoom(err)
	}
	if have > d.file.Size {
		have = 0
	}
	resumed = have > 0
	if have < d.file.Size {
		if resumed, err = d.fetch(ctx, out, have); err != nil {
			return resumed, err
		}
	}
	if err := errors.Join(out.Sync(), out.Close()); err != nil {
		return resumed, noRoom(err)
	}
	return resumed, nil
}

func (d *download) fetch(ctx context.Context, out *os.File, have int64) (resumed bool, err error) {
	body, err := d.source.fetch(ctx, d.address, have)
	if err != nil {
		return false, unreachable(err)
	}
	defer body.close()
	if have > 0 && !body.continues(have, d.file.Size) {
		if have = 0; body.status != http.StatusOK { // what it offers is of no use
			body.close()
			if body, err = d.source.fetch(ctx, d.address, 0); err != nil {
				return false, unreachable(err)
			}
			defer body.close()
		}
	}
	if err := errors.Join(out.Truncate(have), seek(out, have)); err != nil {
		return false, noRoom(err)
	}
	return have > 0, d.copy(out, body, have)
}

func seek(f *os.File, to int64) error {
	_, err := f.Seek(to, io.SeekStart)
	return err
}

// continues tells whether an answer goes on at a byte of a file of this size.
func (a *answer) continues(from, size int64) bool {
	return a.status == http.StatusPartialContent &&
		a.header.Get("Content-Range") == fmt.Sprintf("bytes %d-%d/%d", from, size-1, size)
}

// copy writes what comes, and never more than there is.
func (d *download) copy(out io.Writer, body *answer, have int64) error {
	for buf := make([]byte, 64<<10); have < d.file.Size; {
		n, err := body.Read(buf)
		n = int(min(int64(n), d.file.Size-have))
		if _, werr := out.Write(buf[:n]); werr != nil {
			return noRoom(werr)
		}
		have += int64(n)
		if d.tell != nil && n > 0 {
			d.tell(have, d.file.Size)
		}
		switch {
		case have == d.file.Size:
		case errors.Is(err, io.EOF):
			return unreachable(fmt.Errorf("%s ends after %d of %d bytes: %w", d.file.Name, have, d.file.Size, io.ErrUnexpectedEOF))
		case err != nil:
			return unreachable(err)
		}
	}
	return nil
}

// Sweep removes what lies in a folder of downloads and is not of a release: files
// and parts of others, also where they are called alike.
func Sweep(dir string, keep Release) error {
	found, err := os.ReadDir(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	names := map[string]bool{}
	for _, f := range keep.Files {
		names[f.Name], names[f.SHA256+".part"] = Verify(filepath.Join(dir, f.Name), f) == nil, true
	}
	for _, f := range found {
		if !names[f.Name()] && f.Type().IsRegular() {
			err = errors.Join(err, os.Remove(filepath.Join(dir, f.Name())))
		}
	}
	return err
}
