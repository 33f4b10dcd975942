package settings

import (
	"context"
	"path"

	"github.com/stratosdrive/stratosdrive/internal/app"
)

// Chooser is what choosing folders needs of package app.
type Chooser interface {
	Weigh(ctx context.Context, folder string) (all app.FolderWeight, inside []app.FolderWeight, err error)
	KeepHere(ctx context.Context, path string) error
	FreeUp(ctx context.Context, path string) error
}

// branch is a folder in the tree of what lies on this disk.
type branch struct {
	app.FolderWeight
	inside []*branch
	read   bool  // inside is known
	open   bool  // inside is shown
	want   *bool // a person's choice for all in it that has none of its own
}

// fill takes what was read about the folders inside.
func (b *branch) fill(inside []app.FolderWeight) {
	b.inside, b.read = nil, true
	for _, w := range inside {
		b.inside = append(b.inside, &branch{FolderWeight: w})
	}
}

// name is what the folder is called.
func (b *branch) name() string { return path.Base(b.Path) }

// after is how many files and bytes of the folder will belong on this disk;
// above is the choice for what it lies in, nil where there is none.
func (b *branch) after(above *bool) (files int, bytes int64) {
	want := above
	if b.want != nil {
		want = b.want
	}
	loose := b.FolderWeight // what lies in no folder that is known
	for _, c := range b.inside {
		n, size := c.after(want)
		files, bytes = files+n, bytes+size
		loose.Files, loose.Bytes = loose.Files-c.Files, loose.Bytes-c.Bytes
		loose.Kept, loose.KeptBytes = loose.Kept-c.Kept, loose.KeptBytes-c.KeptBytes
	}
	switch {
	case want == nil:
		return files + loose.Kept, bytes + loose.KeptBytes
	case *want:
		return files + loose.Files, bytes + loose.Bytes
	}
	return files, bytes
}

// box is what the box of a folder shows.
type box int

const (
	boxEmpty box = iota
	boxPart
	boxFull
)

// state is what the box shows, with the choice for what it lies in.
func (b *branch) state(above *bool) box {
	files, _ := b.after(above)
	switch {
	case files == 0 && b.Files > 0, b.Files == 0 && b.refused(above):
		return boxEmpty
	case files < b.Files:
		return boxPart
	}
	return boxFull
}

// refused tells whether an empty folder was left out.
func (b *branch) refused(above *bool) bool {
	if b.want != nil {
		above = b.want
	}
	return above != nil && !*above
}

// choose keeps all of the folder here, or none of it.
func (b *branch) choose(keep bool) {
	b.forget()
	b.want = &keep
}

func (b *branch) forget() {
	b.want = nil
	for _, c := range b.inside {
		c.forget()
	}
}

// order is one thing to tell package app.
type order struct {
	path string
	keep bool
}

// orders are what a person chose, from the outside to the inside: each forgets
// what was said about anything in its folder.
func (b *branch) orders() []order {
	var list []order
	if b.want != nil {
		list = append(list, order{b.Path, *b.want})
	}
	for _, c := range b.inside {
		list = append(list, c.orders()...)
	}
	return list
}

// difference is how many bytes will be fetched to this disk, and freed on it.
func (b *branch) difference(above *bool) (fetch, free int64) {
	want, loose := above, b.FolderWeight
	if b.want != nil {
		want = b.want
	}
	for _, c := range b.inside {
		more, less := c.difference(want)
		fetch, free = fetch+more, free+less
		loose.Bytes, loose.KeptBytes = loose.Bytes-c.Bytes, loose.KeptBytes-c.KeptBytes
	}
	switch {
	case want == nil:
		return fetch, free
	case *want:
		return fetch + loose.Bytes - loose.KeptBytes, free
	}
	return fetch, free + loose.KeptBytes
}

// shown is a folder that is in sight, with how deep it lies and the choice for
// what it lies in.
type shown struct {
	*branch
	depth int
	above *bool
}

// rows are the folders in sight, from the top.
func (b *branch) rows(depth int, above *bool) []shown {
	list := []shown{{b, depth, above}}
	if b.want != nil {
		above = b.want
	}
	if b.open {
		for _, c := range b.inside {
			list = append(list, c.rows(depth+1, above)...)
		}
	}
	return list
}
