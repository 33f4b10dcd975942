package publish

import (
	"cmp"
	"context"
	"fmt"
	"path"
	"slices"
	"strconv"
	"strings"

	"github.com/stratosdrive/stratosdrive/internal/fault"
)

// folderMime is the media type of a folder.
const folderMime = "inode/directory"

// Item is a file or folder that is published in a folder. Its media type is
// found out.
type Item struct {
	Entry
	// Open opens the file; it is called once, in the order of the paths, and
	// not for a folder.
	Open func(ctx context.Context) (File, error)
}

// PublishFolder seals what lies in a folder under a fresh key, as it is now,
// and returns one link to all of it. Names that other systems cannot use are
// put right; folders on the way to an item need not be named. Errors are those
// of [Publish].
func PublishFolder(ctx context.Context, n Network, name string, items []Item, o Options) (Published, error) {
	items = usable(items)
	man := manifest{name: cleanName(name), mime: folderMime, version: manifestVersion, folder: true}
	var files []source
	var places []int
	for i, item := range items {
		man.tree = append(man.tree, item.Entry)
		if !item.Folder {
			files = append(files, source{item.Name(), item.Size, item.Open})
			places = append(places, i)
		}
	}
	man.size = man.tree.bytes()
	if err := fits(man); err != nil {
		return Published{}, err
	}
	p, err := newPublisher(n, files, man, o)
	if err != nil {
		return Published{}, fmt.Errorf("publish: %w", err)
	}
	p.places, p.carry, p.limit = places, inManifest, folderPart(man.size)
	return p.finish(ctx)
}

func fits(man manifest) error {
	if len(man.tree) > MaxEntries || man.size > MaxFile {
		return fault.Wrong(ErrTooLarge, "This folder is too large for one link, which can lead to %d files and 512 GiB at most. Share its folders one by one.", MaxEntries)
	}
	if err := man.tree.check(); err != nil {
		return fault.Wrong(ErrTooLarge, "This folder has paths that are too long or too deep for a link. Share the folders in it one by one.")
	}
	return nil
}

// usable returns the items under names that every system can use, with the
// folders that they lie in, ordered by path.
func usable(items []Item) []Item {
	items = slices.Clone(items)
	slices.SortFunc(items, func(a, b Item) int { return cmp.Compare(a.Path, b.Path) })
	t := &renamer{names: map[string]string{".": "."}, taken: map[string]bool{}}
	for _, item := range items {
		t.add(item)
	}
	slices.SortFunc(t.out, func(a, b Item) int { return cmp.Compare(a.Path, b.Path) })
	return t.out
}

// renamer gives items names that no system takes for the same one.
type renamer struct {
	names map[string]string // of folders, by their path in the drive
	taken map[string]bool   // folded
	out   []Item
}

func (t *renamer) add(item Item) {
	if item.Folder {
		t.folder(item.Path)
		return
	}
	item.Path = t.free(t.folder(path.Dir(item.Path)), path.Base(item.Path))
	t.out = append(t.out, item)
}

// folder returns the new path of a folder, which it adds if it is not there.
func (t *renamer) folder(dir string) string {
	if name, known := t.names[dir]; known {
		return name
	}
	name := t.free(t.folder(path.Dir(dir)), path.Base(dir))
	t.names[dir] = name
	t.out = append(t.out, Item{Entry: Entry{Path: name, Folder: true}})
	return name
}

// free returns a path that is not taken yet, and takes it.
func (t *renamer) free(dir, name string) string {
	name = cleanName(name)
	stem, ext := strings.TrimSuffix(name, path.Ext(name)), path.Ext(name)
	for n := 2; t.taken[folded(path.Join(dir, name))]; n++ {
		mark := " (" + strconv.Itoa(n) + ")"
		name = cleanName(stem[:min(len(stem), maxName-len(ext)-len(mark))] + mark + ext)
	}
	whole := path.Join(dir, name)
	t.taken[folded(whole)] = true
	return whole
}
