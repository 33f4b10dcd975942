package scan

import (
	"os"
	"runtime"
	"testing"
	"time"

	"github.com/stratosdrive/stratosdrive/sync/disk"
	"github.com/stratosdrive/stratosdrive/sync/names"
	"github.com/stratosdrive/stratosdrive/sync/tree"
)

// same compares the folder with what the last look found.
func (f *folder) same(before *Result) bool {
	f.t.Helper()
	t := tree.New()
	f.grow(t, tree.ID{})
	return Same(f.t.Context(), disk.OS{}, names.Unix(), f.root, Before{Tree: t, Disk: f.known, Rules: before.Rules})
}

func (f *folder) grow(t *tree.Tree, parent tree.ID) {
	f.t.Helper()
	for id, d := range f.known.All() {
		if d.Parent != parent {
			continue
		}
		f.do(t.Add(d.Node))
		if d.Kind == tree.Folder {
			f.grow(t, id)
		}
	}
}

// Whatever happens in a folder, it is not the same any more, unless it happens
// to what is left out.
func TestSameSeesEveryChange(t *testing.T) {
	for name, c := range map[string]struct {
		same   bool
		change func(f *folder)
	}{
		"nothing":             {true, func(*folder) {}},
		"left out":            {true, func(f *folder) { f.write("a/x.swp", "1"); f.write("a/log/y", "1"); f.write(Private+"/x", "1") }},
		"edit":                {false, func(f *folder) { f.write("a/x", "changed") }},
		"edit of equal size":  {false, func(f *folder) { f.write("a/x", "2"); f.do(os.Chtimes(f.path("a/x"), time.Time{}, time.Unix(9, 0))) }},
		"new file":            {false, func(f *folder) { f.write("a/new", "1") }},
		"new folder":          {false, func(f *folder) { f.do(os.Mkdir(f.path("a/new"), 0o755)) }},
		"deleted file":        {false, func(f *folder) { f.do(os.Remove(f.path("a/x"))) }},
		"deleted folder":      {false, func(f *folder) { f.do(os.RemoveAll(f.path("a"))) }},
		"renamed":             {false, func(f *folder) { f.do(os.Rename(f.path("a/x"), f.path("a/y"))) }},
		"mode":                {false, func(f *folder) { f.do(os.Chmod(f.path("a/x"), 0o600)) }},
		"another file":        {false, func(f *folder) { f.write("a/t", "1"); f.do(os.Rename(f.path("a/t"), f.path("a/x"))) }},
		"folder for a file":   {false, func(f *folder) { f.do(os.Remove(f.path("a/x"))); f.do(os.Mkdir(f.path("a/x"), 0o755)) }},
		"target of a link":    {false, func(f *folder) { f.do(os.Remove(f.path("l"))); f.do(os.Symlink("b", f.path("l"))) }},
		"rules":               {false, func(f *folder) { f.write("a/.stosignore", "x\n") }},
		"folder out of reach": {false, func(f *folder) { f.do(os.Rename(f.path("."), f.path(".")+".moved")) }},
	} {
		t.Run(name, func(t *testing.T) {
			if runtime.GOOS == "windows" && (name == "mode" || name == "target of a link") {
				t.Skip("this system has no such bits, and links only for those who may make them")
			}
			f := newFolder(t)
			f.root = f.path("root")
			f.write("a/x", "1")
			f.write("a/.stosignore", "log/\n")
			f.write("a/deep/z", "22")
			f.do(os.Symlink("a", f.path("l")))
			res, err := Walk(t.Context(), disk.OS{}, names.Unix(), f.root)
			f.do(err)
			f.lookClosely()
			c.change(f)
			if got := f.same(res); got != c.same {
				t.Errorf("same is %v", got)
			}
		})
	}
}

// lookClosely is look, and notes all that a node of a folder says.
func (f *folder) lookClosely() {
	f.look()
	for _, d := range f.known.All() {
		if d.Kind == tree.Link {
			target, err := os.Readlink(f.path(d.Name))
			f.do(err)
			d.Content = target
			f.known.Set(d)
		}
	}
}
