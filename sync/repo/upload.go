package repo

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"sync"
	"time"

	"github.com/stratosdrive/stratosdrive/sync/disk"
	"github.com/stratosdrive/stratosdrive/sync/pack"
	"github.com/stratosdrive/stratosdrive/sync/state"
)

// job is a pack to be sent.
type job struct {
	pack   state.Pack
	old    bool // built by an earlier run, which may have sent it
	owners map[string]int64
}

// uploader sends packs, several at a time, while others are being built.
type uploader struct {
	repo     *Repo
	ctx      context.Context
	cancel   context.CancelFunc
	jobs     chan job
	building chan struct{} // has room for the packs that may be made ready at a time
	progress Progress
	wg       sync.WaitGroup

	mu   sync.Mutex
	err  error
	open int // packs that are being made ready, wait or are being sent
	// changed is closed and made anew whenever a pack was sent or has failed.
	changed chan struct{}
}

// buildsAtOnce is how many packs are made ready at a time while the next one is
// being filled.
const buildsAtOnce = 2

func (r *Repo) newUploader(ctx context.Context, progress Progress) *uploader {
	u := &uploader{repo: r, jobs: make(chan job, 2*r.cfg.Uploads), building: make(chan struct{}, buildsAtOnce), progress: progress, changed: make(chan struct{})}
	u.ctx, u.cancel = context.WithCancel(ctx)
	for range r.cfg.Uploads {
		u.wg.Go(u.work)
	}
	return u
}

// send queues a pack. It waits while too many are queued, so that the spool
// stays small, and returns the first error of any pack.
func (u *uploader) send(j job) error {
	if err := u.begin(); err != nil {
		return err
	}
	return u.enqueue(j)
}

// build queues a pack that is made ready in the background. It waits as send
// does; an error of ready is returned by what is called next.
func (u *uploader) build(ready func(ctx context.Context) (job, error)) error {
	if err := u.begin(); err != nil {
		return err
	}
	select {
	case u.building <- struct{}{}:
	case <-u.ctx.Done():
		return u.failure()
	}
	u.wg.Go(func() {
		defer func() { <-u.building }()
		j, err := ready(u.ctx)
		if err == nil {
			err = u.enqueue(j)
		}
		if err != nil {
			u.finish(err)
		}
	})
	return nil
}

// begin counts a pack.
func (u *uploader) begin() error {
	u.mu.Lock()
	defer u.mu.Unlock()
	u.open++
	return u.err
}

func (u *uploader) enqueue(j job) error {
	select {
	case u.jobs <- j:
		return nil
	case <-u.ctx.Done():
		return u.failure()
	}
}

func (u *uploader) failure() error {
	u.mu.Lock()
	defer u.mu.Unlock()
	return errors.Join(u.err, u.ctx.Err())
}

// wait returns when all queued packs were sent, or with the first error.
func (u *uploader) wait(ctx context.Context) error {
	for {
		u.mu.Lock()
		open, changed, err := u.open, u.changed, u.err
		u.mu.Unlock()
		if err != nil || open == 0 {
			return err
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// close ends all transfers and waits for them.
func (u *uploader) close() {
	u.cancel()
	u.wg.Wait()
}

func (u *uploader) work() {
	for {
		select {
		case <-u.ctx.Done():
			return
		case j := <-u.jobs:
			parts := newPortions(j.owners, u.progress)
			err := u.repo.uploadPack(parts.under(u.ctx), j.pack, j.old)
			if err == nil {
				parts.upTo(1, 1)
				u.repo.dropSent(j.pack)
			}
			u.finish(err)
		}
	}
}

func (u *uploader) finish(err error) {
	u.mu.Lock()
	defer u.mu.Unlock()
	u.open--
	if err != nil && u.err == nil {
		u.err = err
		u.cancel()
	}
	close(u.changed)
	u.changed = make(chan struct{})
}

// dropSent makes room in the spool, which else would hold all of a large folder
// until its commit. Packs of metadata and heads are read again soon.
func (r *Repo) dropSent(p state.Pack) {
	if p.Use == pack.Content {
		_ = r.cfg.Disk.Remove(r.spoolPath(p.Name)) // else it goes with the commit
	}
}

const uploadTries = 4

// uploadPack sends a pack from the spool and notes its id. A pack that the
// network has already is not sent again.
func (r *Repo) uploadPack(ctx context.Context, p state.Pack, old bool) error {
	f, err := r.cfg.Disk.Open(r.spoolPath(p.Name))
	if err != nil {
		return fmt.Errorf("open pack: %w", err)
	}
	defer f.Close()
	if err := r.cfg.Step("upload"); err != nil {
		return err
	}
	id, err := r.uploadFile(ctx, p, f, old)
	if err != nil {
		return fmt.Errorf("upload pack: %w", err)
	}
	if err := r.cfg.Step("uploaded"); err != nil {
		return err
	}
	return r.st.Update(ctx, func(tx state.Tx) error { return tx.SetSent(p.Num, id) })
}

func (r *Repo) uploadFile(ctx context.Context, p state.Pack, f io.ReaderAt, old bool) (string, error) {
	for try := 1; ; try++ {
		id, err := r.uploadOnce(ctx, p, f, old)
		if err == nil || final(err) || try == uploadTries {
			return id, err
		}
		old = true
		select {
		case <-ctx.Done():
			return "", ctx.Err()
		case <-time.After(time.Duration(try*try) * 50 * time.Millisecond):
		}
	}
}

// uploadOnce sends a pack. One that may have been sent before is sent only when
// the network says that it lacks it.
func (r *Repo) uploadOnce(ctx context.Context, p state.Pack, f io.ReaderAt, old bool) (string, error) {
	if old {
		if id, ok, err := r.stored(ctx, f, p.Size); ok || err != nil {
			return id, err
		}
	}
	return r.cfg.Remote.Upload(ctx, p.Name, f, p.Size)
}

func (r *Repo) stored(ctx context.Context, f io.ReaderAt, size int64) (string, bool, error) {
	p, ok := r.cfg.Remote.(Prover)
	if !ok {
		return "", false, nil
	}
	return p.Stored(ctx, f, size)
}

// resumeSpool queues the packs that an earlier run left in the spool. A pack
// whose file is missing or cut short is forgotten; its chunks are packed anew.
func (r *Repo) resumeSpool(ctx context.Context, u *uploader) error {
	packs, err := r.st.Packs(ctx, state.Spooled)
	if err != nil {
		return err
	}
	for _, p := range packs {
		if p.Use == pack.Head {
			continue // resumed by its publication, or dropped with it
		}
		if !r.spoolIntact(p) {
			if err := r.dropSpooled(ctx, p); err != nil {
				return err
			}
			continue
		}
		if err := u.send(job{pack: p, old: true}); err != nil {
			return err
		}
	}
	return nil
}

// spoolIntact reports whether a spooled pack can be read from end to end.
func (r *Repo) spoolIntact(p state.Pack) bool {
	file, err := disk.ReadFile(r.cfg.Disk, r.spoolPath(p.Name))
	if err != nil || int64(len(file)) != p.Size {
		return false
	}
	src := bytes.NewReader(file)
	blobs, o, err := pack.ReadDirectory(src, p.Size, r.keys.ForUse(p.Use), p.Use)
	if err != nil || len(blobs) != len(p.Blobs) {
		return false
	}
	for _, b := range blobs {
		if _, err := pack.ReadBlob(src, o, b); err != nil {
			return false
		}
	}
	return true
}

func (r *Repo) dropSpooled(ctx context.Context, p state.Pack) error {
	err := r.st.Update(ctx, func(tx state.Tx) error { return tx.DropPack(p) })
	_ = r.cfg.Disk.Remove(r.spoolPath(p.Name))
	return err
}
