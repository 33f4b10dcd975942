package repo

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"sync"

	"github.com/stratosdrive/stratosdrive/sync/disk"
	"github.com/stratosdrive/stratosdrive/sync/pack"
	"github.com/stratosdrive/stratosdrive/sync/state"
)

// packer fills packs in the spool, one after the other. It is safe for several
// goroutines.
type packer struct {
	repo  *Repo
	use   pack.Use
	limit func() int // largest size of the next pack
	done  func(p state.Pack, owners map[string]int64) error

	mu     sync.Mutex
	name   string
	file   disk.File
	buf    *bufio.Writer
	w      *pack.Writer
	owners map[string]int64 // bytes of each file in the open pack
}

// add puts a blob into the open pack, or into a new one if it does not fit.
func (k *packer) add(ctx context.Context, p pack.Prepared, owner string, size int64) error {
	k.mu.Lock()
	defer k.mu.Unlock()
	err := k.put(p)
	if errors.Is(err, pack.ErrFull) {
		if err := k.finish(ctx); err != nil {
			return err
		}
		err = k.put(p)
	}
	if err == nil && owner != "" {
		k.owners[owner] += size
	}
	return err
}

func (k *packer) put(p pack.Prepared) error {
	if k.w == nil {
		if err := k.open(); err != nil {
			return err
		}
	}
	_, err := k.w.Add(p)
	return err
}

func (k *packer) open() error {
	k.name = k.repo.keys.NewName(k.use)
	f, err := k.repo.cfg.Disk.OpenFile(k.repo.spoolPath(k.name), os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return fmt.Errorf("make pack: %w", err)
	}
	k.file, k.buf, k.owners = f, bufio.NewWriterSize(f, 1<<20), map[string]int64{}
	k.w, err = pack.NewWriter(k.buf, k.repo.keys.ForUse(k.use), k.use, k.limit())
	return err
}

// close finishes the open pack, if there is one.
func (k *packer) close(ctx context.Context) error {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.w == nil {
		return nil
	}
	return k.finish(ctx)
}

// finish makes the open pack last: first its bytes, then what is known of it.
func (k *packer) finish(ctx context.Context) error {
	w := k.w
	k.w = nil
	p, err := k.seal(w)
	if err != nil {
		return err
	}
	if err := k.repo.cfg.Step("spool"); err != nil {
		return err
	}
	err = k.repo.st.Update(ctx, func(tx state.Tx) error {
		p.Num, err = tx.AddPack(p)
		return err
	})
	if err != nil {
		_ = k.repo.cfg.Disk.Remove(k.repo.spoolPath(k.name)) // nobody would: a full disk must not stay full
		return err
	}
	return k.done(p, k.owners)
}

func (k *packer) seal(w *pack.Writer) (state.Pack, error) {
	size, err := w.Close()
	if err == nil {
		err = k.buf.Flush()
	}
	if err == nil {
		err = k.file.Sync()
	}
	if err = errors.Join(err, k.file.Close()); err != nil {
		_ = k.repo.cfg.Disk.Remove(k.repo.spoolPath(k.name))
		return state.Pack{}, fmt.Errorf("write pack: %w", err)
	}
	return state.Pack{Name: k.name, Use: k.use, Size: size, Stage: state.Spooled, Blobs: w.Blobs()}, nil
}

// abandon drops the open pack.
func (k *packer) abandon() {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.w == nil {
		return
	}
	k.w = nil
	_ = k.file.Close()
	_ = k.repo.cfg.Disk.Remove(k.repo.spoolPath(k.name))
}
