package app

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/sync/engine"
)

// Folder is the synced folder, or empty.
func (a *App) Folder() string { return a.settings.get().Folder }

// SuggestedFolder is what the first start offers.
func (a *App) SuggestedFolder() string {
	if folder := a.Folder(); folder != "" {
		return folder
	}
	home, err := os.UserHomeDir()
	if err != nil {
		home = a.profile.home
	}
	return filepath.Join(home, "Stratos Drive")
}

// ChooseFolder makes the folder if it is missing and starts to sync it.
func (a *App) ChooseFolder(ctx context.Context, dir string) error {
	if a.Watching() {
		return watchedFault() // it has no files
	}
	root, err := filepath.Abs(dir)
	if err != nil {
		return fmt.Errorf("find folder: %w", err)
	}
	if err := errors.Join(a.checkFolder(root), a.nothingMoves(), a.nobodySyncs(root)); err != nil {
		return err
	}
	if err := os.MkdirAll(root, 0o755); err != nil {
		return fault.Say(explainDisk(err), "The folder %s cannot be made. Nothing was changed; choose another place.", root)
	}
	if err := a.stopDrive(); err != nil {
		return err
	}
	if err := a.settings.change(func(s *settings) { s.Folder = root }); err != nil {
		return err
	}
	a.hub.send(Event{Kind: SetupChanged})
	return a.startDrive(ctx)
}

// onDisk is where a path of the drive lies in the synced folder.
func (a *App) onDisk(p string) (string, error) {
	root := a.Folder()
	if a.Watching() {
		return "", watchedFault()
	}
	if root == "" {
		return "", fault.Say(nil, "No folder is chosen yet.")
	}
	clean := path.Clean("/" + p)
	return filepath.Join(root, filepath.FromSlash(clean)), nil
}

// AddFiles copies files and folders from elsewhere into a folder of the drive.
// A name that is taken gets a number; nothing is replaced.
func (a *App) AddFiles(ctx context.Context, from []string, into string) error {
	dir, err := a.onDisk(into)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(dir, 0o755); err != nil { // it may not lie on this disk
		return fault.Say(explainDisk(err), "The folder %s could not be made. Nothing was added.", path.Base(into))
	}
	for _, source := range from {
		if err := addOne(ctx, source, dir); err != nil {
			return fault.Say(explainDisk(err), "%s could not be added. What was added before it is safe.", filepath.Base(source))
		}
	}
	a.hub.send(Event{Kind: DriveChanged, Path: into})
	return nil
}

func addOne(ctx context.Context, source, dir string) error {
	info, err := os.Stat(source)
	if err != nil {
		return err
	}
	target := freeName(filepath.Join(dir, filepath.Base(source)))
	if !info.IsDir() {
		return copyFile(ctx, source, target, info)
	}
	if rel, err := filepath.Rel(source, dir); err == nil && !strings.HasPrefix(rel, "..") {
		return fault.Wrong(nil, "A folder cannot be added to itself.")
	}
	return filepath.WalkDir(source, func(p string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(source, p)
		if err != nil {
			return err
		}
		info, err := d.Info()
		switch {
		case err != nil:
			return err
		case d.IsDir():
			return os.MkdirAll(filepath.Join(target, rel), 0o755)
		case !info.Mode().IsRegular():
			return nil // links and devices stay behind
		}
		return copyFile(ctx, p, filepath.Join(target, rel), info)
	})
}

// freeName returns p, or p with the first number that is free.
func freeName(p string) string {
	ext := filepath.Ext(p)
	stem := strings.TrimSuffix(p, ext)
	for n := 2; ; n++ {
		if _, err := os.Lstat(p); err != nil {
			return p
		}
		p = fmt.Sprintf("%s %d%s", stem, n, ext)
	}
}

// copyTemp is the name of a file that is being written; the drive ignores it.
const copyTemp = ".stos-*.tmp"

// copyFile copies by temp file and rename, so that nobody sees half a file.
func copyFile(ctx context.Context, source, target string, info fs.FileInfo) error {
	in, err := os.Open(source)
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := os.CreateTemp(filepath.Dir(target), copyTemp)
	if err != nil {
		return err
	}
	defer os.Remove(out.Name())
	_, err = io.Copy(out, readerOf(ctx, in))
	if err = errors.Join(err, out.Chmod(info.Mode().Perm()), out.Sync(), out.Close()); err != nil {
		return err
	}
	if err := os.Chtimes(out.Name(), info.ModTime(), info.ModTime()); err != nil {
		return err
	}
	return os.Rename(out.Name(), target)
}

// readerOf makes a long copy stop when ctx ends.
func readerOf(ctx context.Context, r io.Reader) io.Reader {
	return readerFunc(func(p []byte) (int, error) {
		if err := ctx.Err(); err != nil {
			return 0, err
		}
		return r.Read(p)
	})
}

type readerFunc func([]byte) (int, error)

// Read implements [io.Reader].
func (f readerFunc) Read(p []byte) (int, error) { return f(p) }

// NewFolder makes a folder in the drive.
func (a *App) NewFolder(_ context.Context, p string) error {
	dir, err := a.onDisk(p)
	if err != nil {
		return err
	}
	if err := errors.Join(os.MkdirAll(filepath.Dir(dir), 0o755), os.Mkdir(dir, 0o755)); err != nil {
		return fault.Say(explainDisk(err), "The folder %s could not be made. Perhaps there is one of that name.", path.Base(p))
	}
	a.hub.send(Event{Kind: DriveChanged, Path: folderOf(p)})
	return nil
}

// Remove deletes a file or folder of the drive from this disk; the sync
// carries that on. Older versions stay on the network.
func (a *App) Remove(ctx context.Context, p string) error {
	target, err := a.onDisk(p)
	if err != nil {
		return err
	}
	if target == a.Folder() {
		return fault.Wrong(nil, "The drive itself cannot be deleted.")
	}
	_, missing := os.Lstat(target)
	if err := a.removeOnline(ctx, p); err != nil && missing != nil {
		return err
	}
	if err := os.RemoveAll(target); err != nil {
		return fault.Say(err, "%s could not be deleted.", path.Base(p))
	}
	a.hub.send(Event{Kind: DriveChanged, Path: folderOf(p)})
	return nil
}

// Move gives a file or folder of the drive another path. What lies on this disk
// is moved there, and the sync carries that on; what lies only on the network
// is moved in the drive. Nothing is replaced.
func (a *App) Move(ctx context.Context, from, to string) error {
	source, err := a.onDisk(from)
	if err != nil {
		return err
	}
	target, err := a.onDisk(to)
	switch {
	case err != nil:
		return err
	case source == a.Folder() || target == a.Folder():
		return fault.Wrong(nil, "The drive itself cannot be moved.")
	}
	if _, missing := os.Lstat(source); missing != nil {
		err = a.change(ctx, func(e *engine.Engine) error { return e.Relocate(ctx, from, to) })
	} else {
		err = moveHere(source, target)
	}
	if err != nil {
		return err
	}
	a.hub.send(Event{Kind: DriveChanged, Path: folderOf(from)})
	a.hub.send(Event{Kind: DriveChanged, Path: folderOf(to)})
	return nil
}

// moveHere moves what lies on this disk. A name that differs only in its case
// may be the same file on disks that do not tell case apart.
func moveHere(source, target string) error {
	name := filepath.Base(target)
	there, err := os.Lstat(target)
	if err == nil {
		if here, herr := os.Lstat(source); herr != nil || !os.SameFile(here, there) {
			return fault.Wrong(nil, "There is already something called %s. Nothing was moved.", name)
		}
	}
	if rel, err := filepath.Rel(source, target); err == nil && rel != "." && !strings.HasPrefix(rel, "..") {
		return fault.Wrong(nil, "A folder cannot be moved into itself. Nothing was moved.")
	}
	if err := os.Rename(source, target); err != nil {
		return fault.Say(explainDisk(err), "%s could not be moved. Nothing was changed.", filepath.Base(source))
	}
	return nil
}

// removeOnline deletes what of a file or folder does not lie on this disk.
func (a *App) removeOnline(ctx context.Context, p string) error {
	d := a.currentDrive()
	if d == nil {
		return notReady()
	}
	return d.engine.RemoveOnline(ctx, p)
}

// folderOf is the folder that a path of the drive lies in, "" at the top.
func folderOf(p string) string {
	dir := path.Dir(path.Clean(p))
	if dir == "." || dir == "/" {
		return ""
	}
	return dir
}
