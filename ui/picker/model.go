// Package picker lets a person choose files or a folder of this computer, in
// the look of the program. What is listed and what is chosen is in model.go,
// which knows no widget.
package picker

import (
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
	"unicode"

	"github.com/stratosdrive/stratosdrive/ui/order"
)

// item is one file or folder that can be chosen.
type item struct {
	name    string
	folder  bool
	size    int64
	changed time.Time
	order   string // by which it is sorted
}

// model is a folder that is looked at, and what was chosen in it.
type model struct {
	dir     string
	folders bool // only folders can be chosen
	one     bool // only one file can be chosen
	items   []item
	chosen  map[string]bool // by whole path; survives going to other folders
}

func newModel(dir string, folders bool) *model {
	return &model{dir: dir, folders: folders, chosen: map[string]bool{}}
}

// enter looks at a folder. When it cannot be read, the old one stays.
func (m *model) enter(dir string) error {
	items, err := read(os.DirFS(dir), m.folders)
	if err != nil {
		return err
	}
	m.dir, m.items = dir, items
	return nil
}

// read lists a folder: folders first, by name as in the drive; hidden ones and, where only
// folders count, files are left out.
func read(dir fs.FS, folders bool) ([]item, error) {
	entries, err := fs.ReadDir(dir, ".")
	if err != nil {
		return nil, err
	}
	var items []item
	for _, e := range entries {
		info, err := fs.Stat(dir, e.Name()) // follows links, as opening does
		if err != nil || strings.HasPrefix(e.Name(), ".") || (folders && !info.IsDir()) {
			continue
		}
		items = append(items, item{e.Name(), info.IsDir(), info.Size(), info.ModTime(), order.Key(e.Name())})
	}
	slices.SortStableFunc(items, func(a, b item) int {
		if a.folder != b.folder {
			if a.folder {
				return -1
			}
			return 1
		}
		return strings.Compare(a.order, b.order)
	})
	return items, nil
}

// up is the folder above, the same at the top.
func (m *model) up() string { return filepath.Dir(m.dir) }

func (m *model) path(index int) string { return filepath.Join(m.dir, m.items[index].name) }

// toggle chooses an item, or no longer. Where a folder is wanted nothing is
// chosen: the folder that is looked at is the one.
func (m *model) toggle(index int) {
	if m.folders || index < 0 || index >= len(m.items) {
		return
	}
	p := m.path(index)
	switch {
	case m.chosen[p]:
		delete(m.chosen, p)
	case m.one && m.items[index].folder:
	case m.one:
		clear(m.chosen)
		m.chosen[p] = true
	default:
		m.chosen[p] = true
	}
}

// fileName makes a name that can be a file's of what was typed: no folders and
// nothing hidden; empty when nothing is left.
func fileName(text string) string {
	name := strings.TrimLeftFunc(strings.NewReplacer("/", "-", "\\", "-", "\x00", "").Replace(text), func(r rune) bool { return r == '.' || unicode.IsSpace(r) })
	return strings.TrimSpace(name)
}

// result is what is chosen, in order.
func (m *model) result() []string {
	if m.folders {
		return []string{m.dir}
	}
	paths := make([]string, 0, len(m.chosen))
	for p := range m.chosen {
		paths = append(paths, p)
	}
	slices.Sort(paths)
	return paths
}
