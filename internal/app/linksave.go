package app

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/sync/publish"
)

// getFolder saves the folder that a link leads to, or one in it, below the
// folder o.To. What was saved by an earlier try is not fetched again; nothing
// that is another file is replaced.
func (a *App) getFolder(ctx context.Context, text string, o GetOptions) (FileInfo, error) {
	link, err := publish.ParseLink(text)
	if err != nil {
		return FileInfo{}, err
	}
	object, err := a.openObject(ctx, link)
	if err != nil {
		return FileInfo{}, err
	}
	below, err := object.Below(link.Inside())
	if err != nil {
		return FileInfo{}, err
	}
	name := object.Name
	if link.Inside() != "" {
		name = path.Base(link.Inside())
	}
	s := saver{a: a, object: object, from: link.Inside(), root: targetPath(name, o.To), progress: o.Progress}
	info := FileInfo{Name: name, Path: s.root}
	for _, e := range below {
		s.total += e.Size
	}
	info.Size = s.total
	if err := s.free(below); err != nil {
		return info, err
	}
	return info, explainDisk(s.save(ctx, below))
}

// saver writes what lies in a folder behind a link.
type saver struct {
	a           *App
	object      *publish.Object
	from, root  string // a folder behind the link, and where it goes
	done, total int64
	progress    func(done, total int64)
}

func (s *saver) place(e publish.Entry) string {
	return filepath.Join(s.root, filepath.FromSlash(strings.TrimPrefix(strings.TrimPrefix(e.Path, s.from), "/")))
}

// free refuses to write where something else lies.
func (s *saver) free(below []publish.Entry) error {
	if info, err := os.Lstat(s.root); err == nil && !info.IsDir() {
		return fault.Wrong(nil, "%s is there already and is not a folder. Nothing was saved.", s.root)
	}
	for _, e := range below {
		info, err := os.Lstat(s.place(e))
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return fault.Say(err, "%s cannot be looked at. Nothing was saved.", s.place(e))
		}
		if info.IsDir() != e.Folder || !e.Folder && !saved(info, e) {
			return fault.Wrong(nil, "%s is there already and is something else. Nothing was saved; choose another folder.", s.place(e))
		}
	}
	return nil
}

// saved tells whether a file is what an earlier try has saved.
func saved(info fs.FileInfo, e publish.Entry) bool {
	return info.Mode().IsRegular() && info.Size() == e.Size && info.ModTime().Truncate(time.Second).Equal(e.Changed)
}

func (s *saver) save(ctx context.Context, below []publish.Entry) error {
	if err := os.MkdirAll(s.root, 0o755); err != nil {
		return fault.Say(err, "The folder %s cannot be made. Nothing was saved.", s.root)
	}
	for _, e := range below {
		var err error
		if e.Folder {
			err = os.MkdirAll(s.place(e), 0o755)
		} else {
			err = s.file(ctx, e)
		}
		if err != nil {
			return err // what was saved before is there, and the same call goes on
		}
		s.done += e.Size
		s.tell(0)
	}
	return nil
}

func (s *saver) tell(more int64) {
	if s.progress != nil {
		s.progress(s.done+more, s.total)
	}
}

func (s *saver) file(ctx context.Context, e publish.Entry) error {
	to := s.place(e)
	if info, err := os.Lstat(to); err == nil && saved(info, e) {
		return nil
	}
	f, err := s.object.File(e.Path)
	if err != nil {
		return err
	}
	defer f.Close()
	_, err = s.a.receive(e.Name(), to, func(w io.WriterAt) error {
		return f.SaveTo(ctx, w, func(done, _ int64) { s.tell(done) })
	})
	if err == nil && !e.Changed.IsZero() {
		err = os.Chtimes(to, time.Time{}, e.Changed)
	}
	return err
}
