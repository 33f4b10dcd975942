package app

import (
	"context"
	"errors"
	"fmt"
	"io"
	"sync/atomic"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/internal/sds/client"
	"github.com/stratosdrive/stratosdrive/sync/repo"
)

// remote is the storage network of one account as the drive needs it.
type remote struct {
	c     *client.Client
	spent *meter
}

// meter counts the ozone that a drive has cost, in noz.
type meter struct{ noz atomic.Int64 }

func (m *meter) add(noz int64) { m.noz.Add(max(noz, 0)) }

func (m *meter) total() int64 { return m.noz.Load() }

// smallUpload is up to how many bytes the cost of an upload is estimated: a
// call to measure it would be a good part of what a commit takes.
const smallUpload = 256 << 10

// Upload implements [repo.Remote].
func (r remote) Upload(ctx context.Context, name string, src io.ReaderAt, size int64) (string, error) {
	up, err := r.c.Upload(ctx, name, src, size, client.UploadOptions{
		Progress: func(done, total int64) { repo.Sent(ctx, done, total) }, Estimate: size <= smallUpload,
	})
	r.spent.add(up.Cost.Noz)
	return up.ID, asRemote(err)
}

// Download implements [repo.Remote].
func (r remote) Download(ctx context.Context, id string, size int64, dst io.WriterAt) error {
	err := r.c.Download(ctx, id, "", size, dst, nil)
	if err == nil {
		r.spent.add(size)
	}
	return asRemote(err)
}

// Fetch implements [repo.Remote]. Measuring what a download cost takes a call
// before its first byte; a byte is a noz, so it is counted instead.
func (r remote) Fetch(ctx context.Context, id string, piece func(off int64, p []byte) error) error {
	return asRemote(r.c.Fetch(ctx, id, "", func(off int64, p []byte) error {
		r.spent.add(int64(len(p)))
		return piece(off, p)
	}))
}

// List implements [repo.Remote].
func (r remote) List(ctx context.Context) ([]repo.RemoteFile, error) {
	list, err := r.c.List(ctx)
	files := make([]repo.RemoteFile, len(list))
	for i, f := range list {
		files[i] = repo.RemoteFile{ID: f.ID, Name: f.Name, Size: f.Size, Created: f.Created}
	}
	return files, asRemote(err)
}

// Share implements [repo.Remote].
func (r remote) Share(ctx context.Context, id string, ttl time.Duration) (string, error) {
	s, err := r.c.Share(ctx, id, client.ShareOptions{Duration: ttl})
	return s.ID, asRemote(err)
}

// StopShare implements [repo.Remote].
func (r remote) StopShare(ctx context.Context, shareID string) error {
	return asRemote(r.c.StopShare(ctx, shareID))
}

// Shares implements [repo.Remote].
func (r remote) Shares(ctx context.Context) ([]repo.RemoteShare, error) {
	list, err := r.c.Shares(ctx)
	shares := make([]repo.RemoteShare, len(list))
	for i, s := range list {
		shares[i] = repo.RemoteShare{ShareID: s.ID, FileID: s.FileID, Name: s.Name, Size: s.Size, Expires: s.Expires}
	}
	return shares, asRemote(err)
}

// Delete implements [repo.Remote].
func (r remote) Delete(ctx context.Context, id string) error {
	return asRemote(r.c.Delete(ctx, id))
}

// TryAnother implements [repo.Several].
func (r remote) TryAnother() bool { return r.c.TryAnother() }

// asRemote adds the drive's word for a failure that it decides on. Whether a
// call happened that nobody answered, the drive finds out by itself.
func asRemote(err error) error {
	if fault.ExitCode(err) == int(fault.Unknown) {
		return fault.Say(fmt.Errorf("%w: %w", repo.ErrOffline, err), "The network broke off. Your files are safe; what is missing is sent and fetched when it is back.")
	}
	for from, to := range map[error]error{
		client.ErrNoOzone: repo.ErrNoOzone, client.ErrUnreachable: repo.ErrOffline,
		client.ErrNotFound: repo.ErrNotFound, client.ErrRefused: repo.ErrRefused,
	} {
		if errors.Is(err, from) {
			return fmt.Errorf("%w: %w", to, err)
		}
	}
	return err
}
