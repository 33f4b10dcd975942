package names

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"

	"github.com/stratosdrive/stratosdrive/sync/disk"
)

// Probe finds out which names the disk of a folder takes, by trying. The
// folder must be there; what is made in it is gone afterwards. An error says
// that the disk could not be tried, never that it refused a name.
func Probe(fsys disk.FS, dir string) (Disk, error) {
	dir = filepath.Join(dir, "names")
	if err := fsys.RemoveAll(dir); err != nil {
		return Disk{}, fmt.Errorf("try names: %w", err)
	}
	if err := fsys.Mkdir(dir, 0o700); err != nil {
		return Disk{}, fmt.Errorf("try names: %w", err)
	}
	p := &prober{fs: fsys, dir: dir}
	d := p.disk()
	return d, errors.Join(p.err, fsys.RemoveAll(dir))
}

type prober struct {
	fs  disk.FS
	dir string
	err error
}

const (
	usual    = 255 // the longest name nearly everywhere
	narrow   = 143 // the longest one where names are encrypted
	accented = "\u00e9"
	apart    = "e\u0301"
)

func (p *prober) disk() Disk {
	kept := p.make("Case", accented, "a:b", "what?", "dot.", "\xff", strings.Repeat("n", usual), strings.Repeat("é", usual))
	d := Disk{
		FoldsCase: p.has("cASE"),
		FoldsForm: p.has(apart),
		Windows:   !kept["a:b"] || !kept["what?"] || !kept["dot."],
		Bytes:     kept["\xff"],
		MaxBytes:  usual,
		MaxPath:   p.longestPath(),
		NoModes:   !p.keepsModes(),
		NoLinks:   p.refused(p.fs.Symlink("Case", filepath.Join(p.dir, "link"))),
	}
	switch {
	case kept[strings.Repeat("é", usual)]:
		d.MaxBytes, d.MaxUnits = 0, usual
	case !kept[strings.Repeat("n", usual)]:
		d.MaxBytes = narrow
	}
	return d
}

// make makes files and reports which of them are there under the names they
// were given.
func (p *prober) make(names ...string) map[string]bool {
	for i, name := range names {
		f, err := p.fs.OpenFile(filepath.Join(p.dir, name), os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
		if err == nil {
			err = f.Close()
		}
		if p.refused(err) && i == 0 { // nobody refuses the first one
			p.note(err)
		}
	}
	entries, err := p.fs.ReadDir(p.dir)
	p.note(err)
	kept := map[string]bool{}
	for _, e := range entries {
		kept[e.Name()] = true
	}
	return kept
}

func (p *prober) note(err error) {
	if err != nil && p.err == nil {
		p.err = fmt.Errorf("try names: %w", err)
	}
}

// refused reports whether a disk does not want what it was asked for, as
// against being full or broken, which says nothing about names.
func (p *prober) refused(err error) bool {
	for _, sick := range []error{syscall.ENOSPC, syscall.EDQUOT, syscall.EIO, syscall.EROFS} {
		if errors.Is(err, sick) {
			p.note(err)
			return false
		}
	}
	return err != nil
}

func (p *prober) has(name string) bool {
	_, err := p.fs.Lstat(filepath.Join(p.dir, name))
	return err == nil
}

// keepsModes reports whether permission bits can be set and cleared.
func (p *prober) keepsModes() bool {
	path := filepath.Join(p.dir, "Case")
	for _, mode := range []fs.FileMode{0o700, 0o600} {
		if p.refused(p.fs.Chmod(path, mode)) {
			return false
		}
		if info, err := p.fs.Lstat(path); err != nil || info.Mode().Perm() != mode {
			return false
		}
	}
	return true
}

// longestPath returns how long a path may be: a longer one is refused and not
// looked for.
func (p *prober) longestPath() int {
	for _, size := range []int{32_000, 4095} {
		path := p.dir + strings.Repeat(string(filepath.Separator)+"x", size)[:max(0, size-len(p.dir)-1)] + "x"
		if _, err := p.fs.Lstat(path); errors.Is(err, fs.ErrNotExist) {
			return size
		}
	}
	return 1023
}
