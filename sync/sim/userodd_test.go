package sim

import (
	"io/fs"
	"time"
)

// oddity changes what is not content.
func (u *person) oddity(p string) {
	u.d.w.note("%s: person changes more of %s", u.d.name, p)
	switch u.rng.IntN(4) {
	case 0:
		u.must(u.d.disk.Chmod(u.full(p), pickOf(u.rng, []fs.FileMode{0o600, 0o644, 0o755, 0o444})))
	case 1:
		u.must(u.d.disk.Chtimes(u.full(p), u.d.now().Add(time.Duration(u.rng.Int64N(1e15)-5e14))))
	case 2:
		u.remove(p)
		u.must(u.d.disk.MkdirAll(u.full(p), 0o755))
	default:
		u.remove(p)
		u.must(u.d.disk.Symlink("somewhere/else", u.full(p)))
	}
	u.keep(p)
}

// interfere changes a file in the very moment before the program takes it away
// or puts another one in its place.
func (u *person) interfere(p string) {
	info, err := u.d.disk.Lstat(u.full(p))
	switch {
	case err != nil || u.rng.IntN(3) == 0:
		u.save(p, u.fresh())
	case info.Mode().IsRegular() && u.rng.IntN(2) == 0:
		u.rewrite(p, u.fresh())
	case info.Mode().IsRegular():
		u.remove(p)
	}
}
