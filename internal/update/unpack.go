package update

import (
	"archive/tar"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
)

const (
	mostUnpacked = 4 << 30 // bytes of all files of a package
	mostEntries  = 10_000
)

// unpack writes the files of a tar.gz into an empty folder, without the one
// folder at its top, and returns their names. Only ordinary files and folders may
// be in it, and none of them lands elsewhere.
func unpack(from io.Reader, dir string) (names []string, err error) {
	zipped, err := gzip.NewReader(from)
	if err != nil {
		return nil, fmt.Errorf("unpack: %w", err)
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, fmt.Errorf("unpack: %w", err)
	}
	defer root.Close()
	room := int64(mostUnpacked)
	for archive := tar.NewReader(zipped); ; {
		h, err := archive.Next()
		if errors.Is(err, io.EOF) {
			return names, nil
		}
		if err == nil && len(names) > mostEntries {
			err = errors.New("too many files")
		}
		if err != nil {
			return nil, fmt.Errorf("unpack: %w", err)
		}
		name, err := unpackOne(root, h, archive, &room)
		if err != nil {
			return nil, fmt.Errorf("unpack %s: %w", h.Name, err)
		}
		if name != "" {
			names = append(names, name)
		}
	}
}

// unpackOne writes an entry and returns its name; a folder has none.
func unpackOne(root *os.Root, h *tar.Header, content io.Reader, room *int64) (string, error) {
	_, name, _ := strings.Cut(h.Name, "/")
	switch {
	case h.Typeflag == tar.TypeDir:
		return "", nil
	case path.Clean(h.Name) != h.Name || !filepath.IsLocal(h.Name) || h.Typeflag != tar.TypeReg || !filepath.IsLocal(name) || strings.HasPrefix(name, workFolder):
		return "", errors.New("it must not be in a package")
	case h.Size > *room:
		return "", errors.New("too large")
	}
	*room -= h.Size
	if err := root.MkdirAll(filepath.FromSlash(path.Dir(name)), 0o755); err != nil {
		return "", err
	}
	return filepath.FromSlash(name), writeNew(root, filepath.FromSlash(name), fs.FileMode(0o644|h.Mode&0o111), content)
}

// writeNew writes a file that is not there yet, and it is on the disk then.
func writeNew(root *os.Root, name string, mode fs.FileMode, content io.Reader) error {
	f, err := root.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, mode)
	if err != nil {
		return err
	}
	_, err = io.Copy(f, content)
	return errors.Join(err, f.Sync(), f.Close())
}
