package scan

import (
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"strings"

	"github.com/stratosdrive/stratosdrive/sync/ignore"
)

// described returns an entry as an item; nil where there is none, or where it
// is not synced.
func (p *parter) described(around *Item, entry fs.DirEntry, level *ignore.Level) (*Item, error) {
	if entry == nil {
		return nil, nil
	}
	it := p.item(around, entry, level)
	if it != nil {
		return it, nil
	}
	info, err := entry.Info()
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil // gone since
	}
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrWhole, err)
	}
	st := StatOf(info)
	p.hidden[inodeKey{st.Inode, st.Dev, kindOf(info.Mode())}] = st.Inode != 0
	return nil, nil
}

// entry returns what a folder has under a name. A disk that folds names is asked
// for the name that the entry has there.
func (p *parter) entry(around *Item, name string) (fs.DirEntry, error) {
	at := filepath.Join(p.root, filepath.FromSlash(around.Path))
	if !p.folds {
		info, err := p.disk.Lstat(filepath.Join(at, name))
		if err != nil {
			return nil, err
		}
		return fs.FileInfoToDirEntry(info), nil
	}
	list, listed := p.lists[around.Path]
	if !listed {
		entries, err := p.disk.ReadDir(at)
		if err != nil {
			return nil, err
		}
		list = make(map[string]fs.DirEntry, len(entries))
		for _, e := range entries {
			key := p.kind.Key(e.Name())
			if _, twice := list[key]; twice {
				return nil, ErrWhole // the disk holds apart what has one key
			}
			list[key] = e
		}
		p.lists[around.Path] = list
	}
	if e, ok := list[name]; ok {
		return e, nil
	}
	if strings.Contains(name, "~") {
		return nil, ErrWhole // maybe a short name of something
	}
	return nil, fs.ErrNotExist
}
