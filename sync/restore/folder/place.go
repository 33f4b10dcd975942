package folder

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"runtime"
	"strconv"
	"strings"
	"syscall"
	"time"
	"unicode/utf8"

	"github.com/stratosdrive/stratosdrive/sync/restore"
)

// add puts an entry of the drive in its place, or notes what must be read for
// it.
func (w *writer) add(ctx context.Context, e restore.Entry, lost error) error {
	if e.Kind == restore.Regular {
		w.AllFiles++
		w.AllBytes += e.Size
	}
	if lost != nil {
		w.miss(e.Path)
		return nil
	}
	parent, err := w.parent(path.Dir(e.Path))
	if err != nil {
		return err
	}
	switch e.Kind {
	case restore.Folder:
		w.folders[e.Path], err = w.place(e.Path, parent, func(to string) (bool, error) { return w.makeFolder(e, to) })
	case restore.Link:
		_, err = w.place(e.Path, parent, func(to string) (bool, error) { return w.makeLink(e, to) })
	case restore.Regular:
		err = w.addFile(ctx, e, parent)
	default:
		w.miss(e.Path)
	}
	return err
}

// parent returns where a folder of the drive lies, making it if it is none of
// the drive's.
func (w *writer) parent(name string) (string, error) {
	if name == "." {
		return "", nil
	}
	if at, known := w.folders[name]; known {
		return at, nil
	}
	parent, err := w.parent(path.Dir(name))
	if err != nil {
		return "", err
	}
	e := restore.Entry{Path: name, Kind: restore.Folder, Mode: 0o755}
	at, err := w.place(name, parent, func(to string) (bool, error) { return w.makeFolder(e, to) })
	w.folders[name] = at
	return at, err
}

// maxNames is how many names are tried for one thing.
const maxNames = 1000

// place tries names for a thing of the drive until put accepts one, and returns
// it. put is false where something else lies.
func (w *writer) place(name, parent string, put func(to string) (bool, error)) (string, error) {
	for n := range maxNames {
		to := path.Join(parent, candidate(path.Base(name), n))
		done, err := put(to)
		if err != nil && !impossible(err) {
			return "", fmt.Errorf("restore %s: %w", name, err)
		}
		if done {
			if path.Base(to) != path.Base(name) {
				w.mu.Lock()
				w.Renamed = append(w.Renamed, to)
				w.mu.Unlock()
			}
			return to, nil
		}
	}
	return "", fmt.Errorf("restore %s: %d other names are taken", name, maxNames)
}

// impossible tells whether a disk cannot have a name, or nothing of its kind.
func impossible(err error) bool {
	for _, is := range []error{syscall.EINVAL, syscall.ENAMETOOLONG, errors.ErrUnsupported} {
		if errors.Is(err, is) {
			return true
		}
	}
	return false
}

// candidate is the n-th name for something: its own, one that every system
// takes, or one with a number.
func candidate(name string, n int) string {
	if n == 0 && runtime.GOOS != "windows" {
		return name
	}
	ext := path.Ext(name)
	if len(ext) > 32 || ext == name {
		ext = ""
	}
	stem := strings.TrimRight(strings.Map(plain, strings.TrimSuffix(name, ext)), " .")
	ext = strings.TrimRight(strings.Map(plain, ext), " .")
	if stem == "" || reserved(stem) {
		stem = "_" + stem
	}
	number := ""
	if n > 1 {
		number = " (" + strconv.Itoa(n) + ")"
	}
	for len(stem)+len(number)+len(ext) > 240 {
		_, size := utf8.DecodeLastRuneInString(stem)
		stem = stem[:len(stem)-size]
	}
	return stem + number + ext
}

func plain(r rune) rune {
	if r < ' ' || strings.ContainsRune(`<>:"|?*\`, r) {
		return '_'
	}
	return r
}

// reserved are the names of devices on Windows.
func reserved(stem string) bool {
	name, _, _ := strings.Cut(strings.ToUpper(stem), ".")
	switch name {
	case "CON", "PRN", "AUX", "NUL":
		return true
	}
	return len(name) == 4 && (name[:3] == "COM" || name[:3] == "LPT") && name[3] >= '0' && name[3] <= '9'
}

func (w *writer) makeFolder(e restore.Entry, to string) (bool, error) {
	err := w.root.Mkdir(to, fs.FileMode(e.Mode)|0o700)
	if errors.Is(err, fs.ErrExist) {
		info, err := w.root.Lstat(to)
		return err == nil && info.IsDir(), err
	}
	if err != nil {
		return false, err
	}
	return true, w.root.Chmod(to, fs.FileMode(e.Mode)|0o700)
}

func (w *writer) makeLink(e restore.Entry, to string) (bool, error) {
	err := w.root.Symlink(e.Content, to)
	if errors.Is(err, fs.ErrExist) {
		target, err := w.root.Readlink(to)
		return err == nil && target == e.Content, nil
	}
	if errors.Is(err, fs.ErrPermission) { // this disk has no links
		w.miss(e.Path)
		return true, nil
	}
	return err == nil, err
}

// addFile notes what must be read for a file, if it is not there already.
func (w *writer) addFile(ctx context.Context, e restore.Entry, parent string) error {
	f := &file{Entry: e, parent: parent, part: partName(e.Path)}
	chunks, err := w.d.Chunks(ctx, e)
	if errors.Is(err, restore.ErrLost) {
		w.miss(e.Path)
		return nil
	}
	if err != nil {
		return fmt.Errorf("read the list of chunks: %w", err)
	}
	if w.has(f, chunks) {
		_ = w.root.Remove(f.part) // of a run that ended just before it did this
		w.Had++
		w.Files++
		w.Bytes += e.Size
		return nil
	}
	return w.demand(f, chunks)
}

// partName is where a file lies until it is complete.
func partName(name string) string {
	sum := sha256.Sum256([]byte(name))
	return parts + "/" + hex.EncodeToString(sum[:16])
}

// sameTime is how coarse times are on some disks.
const sameTime = 2 * time.Second

// has tells whether a file lies in the folder already.
func (w *writer) has(f *file, chunks []restore.Chunk) bool {
	for n := range maxNames {
		at := path.Join(f.parent, candidate(path.Base(f.Path), n))
		info, err := w.root.Lstat(at)
		switch {
		case errors.Is(err, fs.ErrNotExist) && n > 0:
			return false
		case err != nil || !info.Mode().IsRegular() || info.Size() != f.Size:
		case n < 2 && info.ModTime().Sub(f.Time).Abs() <= sameTime, len(w.lacks(at, chunks)) == 0:
			return true
		}
	}
	return false
}
