package repo

import (
	"context"
	"errors"
	"fmt"
	"os"
	"sync"

	"github.com/stratosdrive/stratosdrive/sync/pack"
	"github.com/stratosdrive/stratosdrive/sync/state"
)

// packer fills packs in the spool, one after the other. It is safe for several
// goroutines.
type packer struct {
	repo  *Repo
	use   pack.Use
	limit func() int // largest size of the next pack
	// queue takes what closes a filled pack and notes it, which is done in the
	// background.
	queue func(finish func(ctx context.Context) (job, error)) error

	mu   sync.Mutex
	open *openPack // nil if there is none
}

// openPack is a pack that is being filled.
type openPack struct {
	repo   *Repo
	use    pack.Use
	name   string
	file   *spoolFile
	w      *pack.Writer
	owners map[string]int64 // bytes of each file in it
}

// add puts a blob into the open pack, or into a new one if it does not fit.
func (k *packer) add(p pack.Prepared, owner string, size int64) error {
	k.mu.Lock()
	defer k.mu.Unlock()
	err := k.put(p)
	if errors.Is(err, pack.ErrFull) {
		if err := k.finish(); err != nil {
			return err
		}
		err = k.put(p)
	}
	if err == nil && owner != "" {
		k.open.owners[owner] += size
	}
	return err
}

func (k *packer) put(p pack.Prepared) (err error) {
	if k.open == nil {
		if k.open, err = k.begin(); err != nil {
			return err
		}
	}
	_, err = k.open.w.Add(p)
	return err
}

func (k *packer) begin() (*openPack, error) {
	o := &openPack{repo: k.repo, use: k.use, name: k.repo.keys.NewName(k.use), owners: map[string]int64{}}
	f, err := k.repo.cfg.Disk.OpenFile(k.repo.spoolPath(o.name), os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return nil, fmt.Errorf("make pack: %w", err)
	}
	o.file = newSpoolFile(f)
	if o.w, err = pack.NewWriter(o.file, k.repo.keys.ForUse(k.use), k.use, k.limit()); err != nil {
		o.drop()
		return nil, err
	}
	return o, nil
}

// close finishes the open pack, if there is one.
func (k *packer) close() error {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.open == nil {
		return nil
	}
	return k.finish()
}

// finish sends the open pack on its way.
func (k *packer) finish() error {
	o := k.take()
	err := k.queue(o.finish)
	if err != nil {
		o.drop()
	}
	return err
}

// take returns the open pack, which is not open any more.
func (k *packer) take() *openPack {
	o := k.open
	k.open = nil
	return o
}

// abandon drops the open pack.
func (k *packer) abandon() {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.open != nil {
		k.take().drop()
	}
}

// finish closes a pack: first its bytes are written, then what is known of it
// is noted, even if the work was ended meanwhile, so that it need not be done
// again. The bytes of content need not last through a loss of power: they can
// be made again from the file.
func (o *openPack) finish(ctx context.Context) (job, error) {
	p, err := o.seal()
	if err != nil {
		return job{}, err
	}
	if err := o.repo.cfg.Step("spool"); err != nil {
		return job{}, err
	}
	err = o.repo.st.Update(context.WithoutCancel(ctx), func(tx state.Tx) error {
		p.Num, err = tx.AddPack(p)
		return err
	})
	if err != nil {
		_ = o.repo.cfg.Disk.Remove(o.repo.spoolPath(o.name)) // nobody would: a full disk must not stay full
	}
	return job{pack: p, owners: o.owners}, err
}

func (o *openPack) seal() (state.Pack, error) {
	size, err := o.w.Close()
	if err = errors.Join(err, o.file.finish(o.use != pack.Content)); err != nil {
		_ = o.repo.cfg.Disk.Remove(o.repo.spoolPath(o.name))
		return state.Pack{}, fmt.Errorf("write pack: %w", err)
	}
	return state.Pack{Name: o.name, Use: o.use, Size: size, Stage: state.Spooled, Blobs: o.w.Blobs()}, nil
}

func (o *openPack) drop() {
	o.file.drop()
	_ = o.repo.cfg.Disk.Remove(o.repo.spoolPath(o.name))
}
