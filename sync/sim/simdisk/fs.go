package simdisk

import (
	"errors"
	"io/fs"
	"os"
	"slices"
	"strings"
	"syscall"
	"time"

	"github.com/stratosdrive/stratosdrive/sync/disk"
)

// Open implements disk.FS.
func (d *Disk) Open(name string) (disk.File, error) { return d.OpenFile(name, os.O_RDONLY, 0) }

// OpenIn implements disk.FS.
func (d *Disk) OpenIn(dir, name string) (disk.File, error) {
	full := strings.TrimSuffix(dir, "/") + "/" + name
	info, err := d.Lstat(full)
	if errors.Is(err, syscall.ENOTDIR) || err == nil && !info.Mode().IsRegular() {
		return nil, fail("open", full, disk.ErrNotRegular)
	}
	return d.Open(full)
}

// OpenFile implements disk.FS.
func (d *Disk) OpenFile(path string, flag int, perm fs.FileMode) (disk.File, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	dir, base, err := d.parent("open", path)
	if err != nil {
		return nil, err
	}
	e, there := dir.kids[d.key(base)]
	switch {
	case there && flag&(os.O_CREATE|os.O_EXCL) == os.O_CREATE|os.O_EXCL:
		return nil, fail("open", path, fs.ErrExist)
	case !there && flag&os.O_CREATE == 0:
		return nil, fail("open", path, fs.ErrNotExist)
	case !there && dir.mode&0o200 == 0, there && e.node.mode&0o400 == 0:
		return nil, fail("open", path, fs.ErrPermission)
	case there && e.node.mode&fs.ModeSymlink != 0:
		return nil, fail("open", path, fs.ErrNotExist) // links lead out of this disk
	case !there && d.full:
		return nil, fail("open", path, syscall.ENOSPC)
	case !there:
		e = entry{base, d.newNode(perm & fs.ModePerm)}
		d.set(name{dir, d.key(base), e})
		d.tell(true, path)
	}
	if flag&os.O_TRUNC != 0 && len(e.node.data) > 0 {
		e.node.data, e.node.shared, e.node.wet = nil, false, true
		e.node.mtime = d.now()
		d.tell(false, path)
	}
	e.node.open++
	return &file{d: d, n: e.node, name: e.name, path: path, crashes: d.crashes}, nil
}

// Lstat implements disk.FS.
func (d *Disk) Lstat(path string) (fs.FileInfo, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	n, err := d.find("lstat", path)
	if err != nil {
		return nil, err
	}
	all := parts(path)
	return n.info(append([]string{"/"}, all...)[len(all)]), nil
}

// ReadDir implements disk.FS.
func (d *Disk) ReadDir(path string) ([]fs.DirEntry, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	n, err := d.find("open", path)
	if err != nil {
		return nil, err
	}
	switch {
	case !n.mode.IsDir():
		return nil, fail("readdir", path, syscall.ENOTDIR)
	case n.mode&0o400 == 0:
		return nil, fail("open", path, fs.ErrPermission)
	}
	var out []fs.DirEntry
	for _, e := range n.kids {
		out = append(out, fs.FileInfoToDirEntry(e.node.info(e.name)))
	}
	slices.SortFunc(out, func(a, b fs.DirEntry) int { return strings.Compare(a.Name(), b.Name()) })
	return out, nil
}

// Readlink implements disk.FS.
func (d *Disk) Readlink(path string) (string, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	n, err := d.find("readlink", path)
	if err == nil && n.mode&fs.ModeSymlink == 0 {
		err = fail("readlink", path, syscall.EINVAL)
	}
	if err != nil {
		return "", err
	}
	return n.target, nil
}

// Symlink implements disk.FS.
func (d *Disk) Symlink(target, path string) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.make("symlink", path, fs.ModeSymlink|0o777, target)
}

// Mkdir implements disk.FS.
func (d *Disk) Mkdir(path string, perm fs.FileMode) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.make("mkdir", path, fs.ModeDir|perm&fs.ModePerm, "")
}

func (d *Disk) make(op, path string, mode fs.FileMode, target string) error {
	dir, base, err := d.parent(op, path)
	if err != nil {
		return err
	}
	switch _, there := dir.kids[d.key(base)]; {
	case there:
		return fail(op, path, fs.ErrExist)
	case dir.mode&0o200 == 0:
		return fail(op, path, fs.ErrPermission)
	case d.full:
		return fail(op, path, syscall.ENOSPC)
	}
	n := d.newNode(mode)
	n.target = target
	d.set(name{dir, d.key(base), entry{base, n}})
	d.tell(true, path)
	return nil
}

// MkdirAll implements disk.FS.
func (d *Disk) MkdirAll(path string, perm fs.FileMode) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	all := parts(path)
	for i := range all {
		p := "/" + strings.Join(all[:i+1], "/")
		n, err := d.find("mkdir", p)
		if err == nil && !n.mode.IsDir() {
			return fail("mkdir", path, syscall.ENOTDIR)
		}
		if err == nil {
			continue
		}
		if err := d.make("mkdir", p, fs.ModeDir|perm&fs.ModePerm, ""); err != nil {
			return err
		}
	}
	return nil
}

// Remove implements disk.FS.
func (d *Disk) Remove(path string) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	dir, base, err := d.parent("remove", path)
	if err != nil {
		return err
	}
	e, ok := dir.kids[d.key(base)]
	switch {
	case !ok:
		return fail("remove", path, fs.ErrNotExist)
	case len(e.node.kids) > 0:
		return fail("remove", path, syscall.ENOTEMPTY)
	case dir.mode&0o200 == 0:
		return fail("remove", path, fs.ErrPermission)
	}
	d.set(name{dir: dir, key: d.key(base)})
	d.tell(true, path)
	d.release(e.node)
	return nil
}

// RemoveAll implements disk.FS.
func (d *Disk) RemoveAll(path string) error {
	if _, err := d.Lstat(path); err != nil {
		return nil //nolint:nilerr // it is not there
	}
	kids, _ := d.ReadDir(path) // only a folder has some
	for _, k := range kids {
		if err := d.RemoveAll(path + "/" + k.Name()); err != nil {
			return err
		}
	}
	return d.Remove(path)
}

// Chmod implements disk.FS.
func (d *Disk) Chmod(path string, mode fs.FileMode) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	n, err := d.find("chmod", path)
	if err == nil {
		n.mode = n.mode.Type() | mode&fs.ModePerm
		d.tell(false, path)
	}
	return err
}

// Chtimes implements disk.FS.
func (d *Disk) Chtimes(path string, mtime time.Time) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	n, err := d.find("chtimes", path)
	if err == nil {
		n.mtime = d.round(mtime.UnixNano())
		d.tell(false, path)
	}
	return err
}

// SyncDir implements disk.FS.
func (d *Disk) SyncDir(path string) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	n, err := d.find("sync", path)
	if err == nil {
		d.settleNames(n)
	}
	return err
}

// SyncAll implements disk.FS.
func (d *Disk) SyncAll(path string) (bool, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if _, err := d.find("sync", path); err != nil {
		return true, err
	}
	for _, c := range d.pending {
		c.apply()
	}
	d.pending = nil
	d.root.settleAll()
	return true, nil
}

func (n *node) settleAll() {
	if !n.mode.IsDir() {
		n.settle()
	}
	for _, e := range n.kids {
		e.node.settleAll()
	}
}
