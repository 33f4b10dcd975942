package scan

import (
	"errors"
	"io"
	"path"
	"path/filepath"
	"strings"

	"github.com/stratosdrive/stratosdrive/sync/disk"
	"github.com/stratosdrive/stratosdrive/sync/ignore"
)

var errLong = errors.New("too long")

// readRules reads the file of rules of a folder.
func readRules(fsys disk.FS, root, dir string) ([]byte, error) {
	f, err := fsys.OpenIn(root, filepath.FromSlash(path.Join(dir, ignore.FileName)))
	if err != nil {
		return nil, err
	}
	defer f.Close()
	text, err := io.ReadAll(io.LimitReader(f, ignore.MaxFile+1))
	if err == nil && len(text) > ignore.MaxFile {
		err = errLong
	}
	return text, err
}

// RulesAlong returns the rules that count for one path of a folder, as they
// are on the disk now.
func RulesAlong(fsys disk.FS, root, name string) *ignore.Rules {
	level := ignore.Top()
	top, below := level, []*ignore.Level(nil)
	dir := ""
	for part := range strings.SplitSeq(name, "/") {
		if text, err := readRules(fsys, root, dir); err == nil {
			level = level.In(dir, text)
			below = append(below, level)
		}
		dir = path.Join(dir, part)
	}
	return ignore.NewRules(top, below)
}
