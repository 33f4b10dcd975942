package simdisk

import (
	"io/fs"
	"syscall"
)

// Rename implements disk.FS.
func (d *Disk) Rename(from, to string) error { return d.rename(from, to, true) }

// RenameNew implements disk.FS.
func (d *Disk) RenameNew(from, to string) error { return d.rename(from, to, false) }

func (d *Disk) rename(from, to string, replace bool) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	src, a, err := d.parent("rename", from)
	if err != nil {
		return err
	}
	dst, b, err := d.parent("rename", to)
	if err != nil {
		return err
	}
	e, ok := src.kids[d.key(a)]
	if !ok {
		return fail("rename", from, fs.ErrNotExist)
	}
	old, taken := dst.kids[d.key(b)]
	taken = taken && old.node != e.node
	switch {
	case taken && !replace:
		return fail("rename", to, fs.ErrExist)
	case taken && (old.node.mode.IsDir() || e.node.mode.IsDir()):
		return fail("rename", to, syscall.EISDIR)
	case src.mode&0o200 == 0, dst.mode&0o200 == 0:
		return fail("rename", to, fs.ErrPermission)
	case e.node.mode.IsDir() && e.node.holds(dst):
		return fail("rename", to, syscall.EINVAL)
	}
	d.set(name{dir: src, key: d.key(a)}, name{dst, d.key(b), entry{b, e.node}})
	d.tell(true, from, to)
	if taken {
		d.release(old.node)
	}
	return nil
}

func (n *node) holds(o *node) bool {
	if n == o {
		return true
	}
	for _, e := range n.kids {
		if e.node.holds(o) {
			return true
		}
	}
	return false
}

// Exchange implements disk.FS.
func (d *Disk) Exchange(a, b string) (bool, error) {
	if d.opt.NoExchange {
		return false, nil
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	x, xa, err := d.parent("exchange", a)
	if err != nil {
		return false, err
	}
	y, yb, err := d.parent("exchange", b)
	if err != nil {
		return false, err
	}
	p, okP := x.kids[d.key(xa)]
	q, okQ := y.kids[d.key(yb)]
	switch {
	case !okP, !okQ:
		return false, fail("exchange", b, fs.ErrNotExist)
	case x.mode&0o200 == 0, y.mode&0o200 == 0:
		return false, fail("exchange", b, fs.ErrPermission)
	}
	d.set(name{x, d.key(xa), entry{xa, q.node}}, name{y, d.key(yb), entry{yb, p.node}})
	d.tell(true, a, b)
	return true, nil
}
