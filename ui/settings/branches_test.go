package settings

import (
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/stratosdrive/stratosdrive/internal/app"
)

func weight(path string, files, kept int) app.FolderWeight {
	return app.FolderWeight{Path: path, Files: files, Bytes: int64(files) * 10, Kept: kept, KeptBytes: int64(kept) * 10}
}

// sampleTree is a drive of 10 files: 4 in Work, of which 3 lie here, 5 in Films,
// of which none does, and one beside them.
func sampleTree() *branch {
	top := &branch{FolderWeight: weight("", 10, 4), open: true}
	top.fill([]app.FolderWeight{weight("Work", 4, 3), weight("Films", 5, 0)})
	top.inside[0].fill([]app.FolderWeight{weight("Work/A", 2, 2), weight("Work/B", 1, 0)})
	return top
}

func TestBoxesHaveThreeStates(t *testing.T) {
	top := sampleTree()
	work, films := top.inside[0], top.inside[1]
	if top.state(nil) != boxPart || work.state(nil) != boxPart || films.state(nil) != boxEmpty || work.inside[0].state(nil) != boxFull {
		t.Error("as it is now")
	}
	work.choose(true)
	if work.state(nil) != boxFull || work.inside[1].state(work.want) != boxFull || top.state(nil) != boxPart {
		t.Error("all of Work is wanted")
	}
	work.inside[0].choose(false)
	if work.state(nil) != boxPart || work.inside[0].state(work.want) != boxEmpty {
		t.Error("but for A")
	}
	top.choose(true)
	if top.state(nil) != boxFull || work.want != nil || work.inside[0].want != nil {
		t.Error("all is wanted, and what was said inside is forgotten")
	}
	empty := &branch{FolderWeight: weight("Empty", 0, 0)}
	if no := false; empty.state(nil) != boxFull || empty.state(&no) != boxEmpty {
		t.Error("an empty folder follows what it lies in")
	}
}

func TestDifferenceIsSaidBefore(t *testing.T) {
	top := sampleTree()
	if fetch, free := top.difference(nil); fetch != 0 || free != 0 {
		t.Errorf("nothing was chosen: %d, %d", fetch, free)
	}
	top.inside[1].choose(true)
	top.inside[0].choose(false)
	if fetch, free := top.difference(nil); fetch != 50 || free != 30 {
		t.Errorf("%d, %d", fetch, free)
	}
	top.inside[0].inside[0].choose(true)
	if fetch, free := top.difference(nil); fetch != 50 || free != 10 {
		t.Errorf("A stays: %d, %d", fetch, free)
	}
	want := []order{{"Work", false}, {"Work/A", true}, {"Films", true}}
	if got := top.orders(); !slices.Equal(got, want) {
		t.Errorf("%v", got)
	}
}

func TestFoldersInSight(t *testing.T) {
	top := sampleTree()
	rows := top.rows(0, nil)
	if len(rows) != 3 || rows[1].name() != "Work" || rows[1].depth != 1 {
		t.Errorf("%d rows", len(rows))
	}
	top.inside[0].open = true
	top.inside[0].choose(false)
	if rows = top.rows(0, nil); len(rows) != 5 || rows[2].Path != "Work/A" || rows[2].above == nil || *rows[2].above {
		t.Errorf("%d rows", len(rows))
	}
}

// Whatever is chosen, what is there afterwards is what is there now with what is
// fetched and without what is freed, and each box agrees with that.
func TestChoicesAddUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		top := randomTree(t, "", 3)
		rows := all(top)
		for range rapid.IntRange(0, 5).Draw(t, "choices") {
			rapid.SampledFrom(rows).Draw(t, "folder").choose(rapid.Bool().Draw(t, "keep"))
		}
		fetch, free := top.difference(nil)
		files, bytes := top.after(nil)
		if bytes != top.KeptBytes+fetch-free || fetch < 0 || free < 0 || files < 0 || files > top.Files {
			t.Fatalf("%d + %d - %d is not %d (%d files)", top.KeptBytes, fetch, free, bytes, files)
		}
		if state := top.state(nil); top.Files > 0 && (state == boxFull) != (files == top.Files) {
			t.Fatalf("state %d with %d of %d", state, files, top.Files)
		}
	})
}

func all(b *branch) []*branch {
	list := []*branch{b}
	for _, c := range b.inside {
		list = append(list, all(c)...)
	}
	return list
}

func randomTree(t *rapid.T, path string, depth int) *branch {
	loose := rapid.IntRange(0, 4).Draw(t, "files")
	b := &branch{FolderWeight: weight(path, loose, rapid.IntRange(0, loose).Draw(t, "kept"))}
	if depth == 0 {
		return b
	}
	for i := range rapid.IntRange(0, 3).Draw(t, "folders") {
		c := randomTree(t, fmt.Sprintf("%s/%d", path, i), depth-1)
		b.inside = append(b.inside, c)
		b.Files, b.Kept, b.Bytes, b.KeptBytes = b.Files+c.Files, b.Kept+c.Kept, b.Bytes+c.Bytes, b.KeptBytes+c.KeptBytes
	}
	return b
}
