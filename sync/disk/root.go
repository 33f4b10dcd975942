package disk

import (
	"io"
	"io/fs"
)

// Readable is a regular file that is open for reading.
type Readable interface {
	io.ReaderAt
	io.Closer
	// Stat looks at the file.
	Stat() (fs.FileInfo, error)
}

// Root opens one file after the other below a folder. It is safe for several
// goroutines.
type Root interface {
	// Open is [FS.OpenIn] for the folder; it tells how the file looks too.
	Open(name string) (Readable, fs.FileInfo, error)
	io.Closer
}

// OpenRoot is for many files in a row: a folder of the computer itself is found
// once and not for each of them. It is held until the root is closed, so files
// come from where the folder is by then, if it was moved meanwhile.
func OpenRoot(fsys FS, dir string) Root {
	if _, plain := fsys.(OS); plain {
		if r, err := openRoot(dir); err == nil {
			return r
		}
	}
	return rootOf{fsys, dir}
}

// rootOf finds the folder for each file anew.
type rootOf struct {
	fsys FS
	dir  string
}

// Open implements [Root].
func (r rootOf) Open(name string) (Readable, fs.FileInfo, error) {
	f, err := r.fsys.OpenIn(r.dir, name)
	if err != nil {
		return nil, nil, err
	}
	info, err := f.Stat()
	if err != nil {
		_ = f.Close()
		return nil, nil, err
	}
	return f, info, nil
}

// Close implements [io.Closer].
func (rootOf) Close() error { return nil }
