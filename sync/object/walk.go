package object

import (
	"errors"

	"github.com/stratosdrive/stratosdrive/sync/pack"
	"github.com/stratosdrive/stratosdrive/sync/tree"
)

// ErrNoEntry says that a folder has nothing of that name.
var ErrNoEntry = errors.New("no such entry")

// TopFolder returns the id of the top folder of a root object.
func TopFolder(root []byte) (pack.ID, error) { return decodeRoot(root, tree.New()) }

// FindEntry returns the entry of that name, or [ErrNoEntry]. Of a large folder
// it reads only the parts that may hold the name.
func FindEntry(folder pack.ID, name string, load Loader) (Entry, error) {
	for depth := 0; ; depth++ {
		p, err := load(pack.Folder, folder)
		if err != nil {
			return Entry{}, err
		}
		entries, parts, err := DecodeFolder(p)
		if err != nil {
			return Entry{}, err
		}
		if parts == nil {
			return entryNamed(entries, name)
		}
		if folder = parts[branchOf(name, depth)]; folder == (pack.ID{}) {
			return Entry{}, ErrNoEntry
		}
	}
}

func entryNamed(entries []Entry, name string) (Entry, error) {
	for _, e := range entries {
		if e.Name == name {
			return e, nil
		}
	}
	return Entry{}, ErrNoEntry
}
