package sim

import (
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path"
	"slices"
	"strings"
)

// person is who sits in front of a device. What a person saves lasts.
type person struct {
	d   *device
	rng *rand.Rand
}

// typing is a file that a program writes in several steps.
type typing struct {
	path string
	rest string
}

func (u *person) full(p string) string { return path.Join(root, p) }

// must ends the run if the world itself is at fault.
func (u *person) must(err error) bool {
	if err != nil {
		u.d.w.note("%s: a person could not: %v", u.d.name, err)
	}
	return err == nil
}

// paths returns the visible paths of some kind.
func (u *person) paths(kind fs.FileMode) []string {
	var out []string
	for p, s := range u.d.look() {
		if s.kind == kind {
			out = append(out, p)
		}
	}
	slices.Sort(out)
	return out
}

func pickOf[T any](rng *rand.Rand, all []T) T { return all[rng.IntN(len(all))] }

// place draws where a file could lie. There are few names, so that devices
// choose the same ones.
func (u *person) place() string {
	dirs := append(u.paths(fs.ModeDir), "", "", "a", "b", "a/c")
	return path.Join(pickOf(u.rng, dirs), pickOf(u.rng, []string{"note", "Note", "list", "pic.jpg", "déjà vu", "x"}))
}

// fresh returns content that nobody has written before.
func (u *person) fresh() string {
	w := u.d.w
	if w.months && u.rng.IntN(3) > 0 {
		return w.known(u.rng)
	}
	w.words++
	text := fmt.Sprintf("text %d by %s. ", w.words, u.d.name)
	size := 0
	switch p := u.rng.IntN(40); {
	case p == 0:
		size = 140_000 + u.rng.IntN(60_000)
	case p < 5:
		size = 2_000 + u.rng.IntN(20_000)
	}
	if size == 0 {
		return text
	}
	body := make([]byte, size)
	src := rand.NewChaCha8([32]byte{byte(w.words), byte(w.words >> 8), byte(w.seed), byte(w.seed >> 8)})
	_, _ = src.Read(body) // never fails
	return text + string(body)
}

// replaced notes that a person knew what a file held and let it go.
func (u *person) replaced(p string) {
	if s, ok := u.d.look()[u.onDisk(p)]; ok && s.kind == 0 {
		u.d.w.model.letGo(s.content, fmt.Sprintf("%s let %s go", u.d.name, p))
	}
}

// onDisk is how the disk writes a path.
func (u *person) onDisk(p string) string {
	if !u.d.opt.FoldCase {
		return p
	}
	for q := range u.d.look() {
		if strings.EqualFold(p, q) {
			return q
		}
	}
	return p
}

func (u *person) isFolder(p string) bool {
	info, err := u.d.disk.Lstat(u.full(p))
	return err == nil && info.IsDir()
}

func (u *person) exists(p string) bool {
	_, err := u.d.disk.Lstat(u.full(p))
	return err == nil
}

// folders makes the folders that a path lies in; false if a file is in the way.
func (u *person) folders(p string) bool {
	return u.d.disk.MkdirAll(path.Dir(u.full(p)), 0o755) == nil
}

func (u *person) keep(paths ...string) {
	for _, p := range paths {
		u.d.disk.Keep(path.Dir(u.full(p)))
		u.d.disk.Keep(u.full(p))
	}
}

// save writes a file as careful programs do, under another name first.
func (u *person) save(p, body string) {
	if u.isFolder(p) || !u.folders(p) {
		return
	}
	temp := u.full(p) + ".tmp"
	if !u.write(temp, body, os.O_CREATE|os.O_TRUNC) {
		return
	}
	u.d.disk.Keep(temp)
	u.replaced(p)
	u.d.w.model.written[body] = true
	u.must(u.d.disk.Rename(temp, u.full(p)))
	u.keep(p)
	u.d.w.note("%s: person saves %s %q at %v", u.d.name, p, short(body), u.d.now())
}

func short(s string) string { return s[:min(len(s), 24)] }

func (u *person) write(full, body string, flag int) bool {
	f, err := u.d.disk.OpenFile(full, os.O_WRONLY|flag, 0o644)
	if !u.must(err) {
		return false
	}
	_, err = f.WriteAt([]byte(body), 0)
	return u.must(err) && u.must(f.Close())
}

// rewrite writes over a file where it lies.
func (u *person) rewrite(p, body string) {
	u.replaced(p)
	u.write(u.full(p), body, os.O_TRUNC)
	body, _ = u.d.read(p) // a full disk takes only a part
	u.d.w.model.written[body] = true
	u.keep(p)
	u.d.w.note("%s: person rewrites %s %q at %v", u.d.name, p, short(body), u.d.now())
}

// begin writes the first half of a file; end writes the rest.
func (u *person) begin(p string) {
	body := u.fresh()
	half := body[:len(body)/2]
	u.rewrite(p, half)
	u.d.typing = &typing{p, body}
}

func (u *person) end() {
	t := u.d.typing
	u.d.typing = nil
	if s, ok := u.d.look()[u.onDisk(t.path)]; ok && s.kind == 0 {
		u.rewrite(t.path, t.rest)
	}
}

func (u *person) remove(p string) {
	for q, s := range u.d.look() {
		if s.kind == 0 && (q == u.onDisk(p) || strings.HasPrefix(q, u.onDisk(p)+"/")) {
			u.d.w.model.letGo(s.content, fmt.Sprintf("%s removed %s", u.d.name, q))
		}
	}
	u.must(u.d.disk.RemoveAll(u.full(p)))
	u.keep(p)
	u.d.w.note("%s: person removes %s", u.d.name, p)
}

func (u *person) move(from, to string) {
	if strings.EqualFold(from, to) || strings.HasPrefix(to, from+"/") || u.isFolder(to) || !u.folders(to) || u.isFolder(from) && u.exists(to) {
		return
	}
	u.replaced(to)
	u.must(u.d.disk.Rename(u.full(from), u.full(to)))
	u.keep(from, to)
	u.d.w.note("%s: person moves %s to %s", u.d.name, from, to)
}

// swap gives two files each other's name.
func (u *person) swap(a, b string) {
	if a == b {
		return
	}
	temp := u.full(a) + ".tmp"
	u.must(u.d.disk.Rename(u.full(a), temp))
	u.must(u.d.disk.Rename(u.full(b), u.full(a)))
	u.must(u.d.disk.Rename(temp, u.full(b)))
	u.keep(a, b)
	u.d.w.note("%s: person swaps %s and %s", u.d.name, a, b)
}

// tidy is how many files a person keeps, so that nobody deletes so many at once
// that the program asks.
const tidy = 40

// edit makes one change in the folder, of any kind.
func (u *person) edit() {
	if u.d.typing != nil && u.rng.IntN(2) == 0 {
		u.end()
		return
	}
	files, dirs := u.paths(0), u.paths(fs.ModeDir)
	if len(files) < 2 {
		u.save(u.place(), u.fresh())
		return
	}
	p := pickOf(u.rng, files)
	if len(files) > tidy {
		u.remove(p)
		return
	}
	switch u.rng.IntN(20) {
	case 0, 1, 2:
		u.save(u.place(), u.fresh())
	case 3, 4:
		u.save(p, u.fresh())
	case 5, 6:
		u.rewrite(p, u.fresh())
	case 7:
		u.begin(p)
	case 8, 9:
		u.remove(p)
	case 10, 11:
		u.move(p, u.place())
	case 12:
		u.swap(p, pickOf(u.rng, files))
	case 13:
		body, _ := u.d.read(p)
		u.save(u.place(), body)
	case 14:
		u.oddity(p)
	default:
		u.folderEdit(dirs)
	}
}

// folderEdit changes a folder as a whole.
func (u *person) folderEdit(dirs []string) {
	if len(dirs) == 0 {
		u.must(u.d.disk.MkdirAll(u.full("a/c"), 0o755))
		u.keep("a/c")
		return
	}
	p := pickOf(u.rng, dirs)
	switch u.rng.IntN(4) {
	case 0:
		u.remove(p)
	case 1:
		u.move(p, u.place())
	case 2:
		u.move(p, path.Join(pickOf(u.rng, dirs), "in"))
	default:
		u.save(path.Join(p, "list"), u.fresh())
	}
}
