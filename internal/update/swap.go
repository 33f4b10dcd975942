package update

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/fault"
)

// ErrWontStart is what a new version is not taken for.
var ErrWontStart = errors.New("the new version does not start here")

// Swap is a portable program that gets newer.
type Swap struct {
	Root    string // the folder of the program
	Program string // the window's program, relative to it
}

// probeTime is how long a new program may take to tell its version.
const probeTime = time.Minute

// Prepare lays the files of a package beside those of the running version and
// tries whether the new program starts at all. Nothing of the running version is
// touched. from and to are the versions; f is what was signed of the package.
func (s Swap) Prepare(ctx context.Context, pack string, f File, from, to string) error {
	if err := s.clear(); err != nil {
		return notOurs(err)
	}
	names, err := s.lay(pack, f)
	if err == nil {
		err = s.probe(ctx, to)
	}
	if err != nil {
		_ = s.clear()
		return err
	}
	j := journal{Version: journalVersion, Stage: ready, From: from, To: to}
	for _, name := range s.inOrder(names) {
		j.Files = append(j.Files, piece{name, there(filepath.Join(s.Root, name))})
	}
	if err := j.write(s.Root); err != nil {
		return notOurs(err)
	}
	return nil
}

func notOurs(err error) error {
	return fault.Say(err, "The folder of the program cannot be changed. Your version goes on working; get the new one in the way you got this one.")
}

// clear removes what a swap left that did not begin.
func (s Swap) clear() error {
	j, busy, err := readJournal(s.Root)
	if err == nil && busy && j.Stage != ready {
		return fmt.Errorf("a swap to %s is not done", j.To)
	}
	return os.RemoveAll(filepath.Join(s.Root, workFolder))
}

// lay writes the new files. The package is proved once more while it is read:
// what lies in a folder may have changed since it was fetched.
func (s Swap) lay(pack string, f File) ([]string, error) {
	in, err := os.Open(pack)
	if err != nil {
		return nil, noRoom(err)
	}
	defer in.Close()
	if err := verify(in, f); err != nil {
		return nil, fault.Say(err, "The file of the new version has changed since it was fetched, so it is not used. Fetch it again.")
	}
	dir := filepath.Join(s.Root, workFolder, "new")
	if err := errors.Join(os.MkdirAll(dir, 0o700), os.MkdirAll(s.kept(""), 0o700)); err != nil {
		return nil, notOurs(err)
	}
	if _, err := in.Seek(0, io.SeekStart); err != nil {
		return nil, noRoom(err)
	}
	names, err := s.put(in, f.Kind, dir)
	if err != nil {
		return nil, noRoom(err)
	}
	return names, nil
}

func (s Swap) put(in io.Reader, kind Kind, dir string) ([]string, error) {
	if kind == Portable {
		return unpack(in, dir)
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, err
	}
	defer root.Close()
	return []string{s.Program}, writeNew(root, s.Program, 0o755, in)
}

// inOrder puts the program itself last: it is what ends a swap that was not done.
func (s Swap) inOrder(names []string) []string {
	rest := slices.DeleteFunc(slices.Sorted(slices.Values(names)), func(n string) bool { return n == s.Program })
	return append(rest, s.Program)
}

// probe asks the new program for its version. One that lacks a library, is for
// another processor or is another version is not taken.
func (s Swap) probe(ctx context.Context, want string) error {
	ctx, cancel := context.WithTimeout(ctx, probeTime)
	defer cancel()
	out, err := s.ask(ctx)
	for errors.Is(err, syscall.ETXTBSY) && ctx.Err() == nil { // a process that is being made has the file still open
		time.Sleep(glance)
		out, err = s.ask(ctx)
	}
	if said := strings.TrimSpace(string(out)); err == nil && !same(said, want) {
		err = fmt.Errorf("it is %q and not %s", said, want)
	}
	if err != nil {
		return fault.Say(fmt.Errorf("%w: %w", ErrWontStart, err), "The new version does not start on this computer, so it was not put in place. Your version goes on working.")
	}
	return nil
}

func (s Swap) ask(ctx context.Context) ([]byte, error) {
	return exec.CommandContext(ctx, s.fresh(s.Program), "--version").Output()
}

// same tells whether a build says that it is a release.
func same(build, release string) bool {
	version, ok := Version(build)
	return ok && version == release
}

func (s Swap) kept(name string) string { return filepath.Join(s.Root, workFolder, "old", name) }

func (s Swap) fresh(name string) string { return filepath.Join(s.Root, workFolder, "new", name) }

// Apply puts the new files in place of the old ones, which are kept. Each file
// is the old or the new one at any moment. What fails is undone.
func (s Swap) Apply() error {
	unlock, mine := s.lock()
	if !mine {
		return errors.New("another program is putting a version in place")
	}
	defer unlock()
	j, busy, err := readJournal(s.Root)
	if err != nil || !busy || j.Stage != ready {
		return fmt.Errorf("nothing is ready to be put in place: %w", errors.Join(err, os.ErrNotExist))
	}
	if err := j.at(s.Root, begun); err != nil {
		return notOurs(err)
	}
	for _, p := range j.Files {
		if err := s.replace(p); err != nil {
			return notOurs(errors.Join(fmt.Errorf("replace %s: %w", p.Name, err), s.undo()))
		}
	}
	if err := j.at(s.Root, trial); err != nil {
		return notOurs(errors.Join(err, s.undo()))
	}
	return nil
}

// replace keeps the old file under a second name, and lets the new one take its
// first.
func (s Swap) replace(p piece) error {
	place := filepath.Join(s.Root, p.Name)
	if err := os.MkdirAll(filepath.Dir(place), 0o755); err != nil {
		return err
	}
	if p.Had {
		if err := keep(place, s.kept(p.Name)); err != nil {
			return err
		}
	}
	if err := os.Rename(s.fresh(p.Name), place); err != nil {
		return err
	}
	return syncFolder(filepath.Dir(place))
}

// keep gives a file a second name, or where the disk has no such thing a copy.
func keep(file, second string) error {
	if err := os.MkdirAll(filepath.Dir(second), 0o700); err != nil {
		return err
	}
	if os.Link(file, second) == nil {
		return syncFolder(filepath.Dir(second))
	}
	return copyFile(file, second)
}

func copyFile(file, second string) error {
	in, err := os.Open(file)
	if err != nil {
		return err
	}
	defer in.Close()
	info, err := in.Stat()
	if err != nil {
		return err
	}
	root, err := os.OpenRoot(filepath.Dir(second))
	if err != nil {
		return err
	}
	defer root.Close()
	// a copy that was not finished must not be taken for the file
	part := filepath.Base(second) + ".part"
	if err := writeNew(root, part, info.Mode().Perm(), in); err != nil {
		return err
	}
	return errors.Join(root.Rename(part, filepath.Base(second)), syncFolder(filepath.Dir(second)))
}
