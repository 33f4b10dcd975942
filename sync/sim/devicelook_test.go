package sim

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"strings"
)

// seen is a file as people see it.
type seen struct {
	kind    fs.FileMode
	content string
	mode    fs.FileMode
}

// look returns what a person sees in the folder, by path. Files that nobody
// may read are left out.
func (d *device) look() map[string]seen {
	out := map[string]seen{}
	d.lookIn("", out)
	return out
}

// lookAside is look for what the program has put aside for a moment.
func (d *device) lookAside() map[string]seen {
	out := map[string]seen{}
	d.lookIn(".stratosdrive/park", out)
	d.lookIn(".stratosdrive/old", out)
	d.lookIn(".stratosdrive/tmp", out)
	return out
}

func (d *device) lookIn(dir string, out map[string]seen) {
	entries, err := d.disk.ReadDir(path.Join(root, dir))
	if err != nil {
		return
	}
	for _, e := range entries {
		p := path.Join(dir, e.Name())
		if p == ".stratosdrive" || strings.HasSuffix(p, ".tmp") {
			continue
		}
		info, err := e.Info()
		if err != nil {
			continue
		}
		s := seen{kind: info.Mode().Type(), mode: info.Mode().Perm()}
		switch {
		case info.IsDir():
			d.lookIn(p, out)
		case s.kind == fs.ModeSymlink:
			s.content, _ = d.disk.Readlink(path.Join(root, p))
		default:
			if s.content, err = d.read(p); err != nil {
				continue
			}
		}
		out[p] = s
	}
}

func (d *device) read(p string) (string, error) {
	f, err := d.disk.Open(path.Join(root, p))
	if err != nil {
		return "", err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return "", err
	}
	buf := make([]byte, info.Size())
	if n, err := f.ReadAt(buf, 0); n < len(buf) {
		return "", fmt.Errorf("read %s: %w", p, err)
	}
	return string(buf), nil
}

// took handles a sync that has ended.
func (d *device) took() {
	l := d.life
	if l == nil || l.busy.Load() || !l.result.fresh {
		return
	}
	l.result.fresh = false
	r := l.result
	if r.space != nil {
		d.tookSpace(r)
	} else {
		d.w.note("%s: sync ends: %+v %v", d.name, r.sum, r.err)
		d.w.model.afterSync(d, r)
		d.afterSleep(r)
	}
	if errors.Is(r.err, errCrash) {
		d.w.fail("%s: a sync says that it crashed: %v", d.name, r.err)
	}
}
