package folder

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/stratosdrive/stratosdrive/sync/restore"
)

// Report says what was restored.
type Report struct {
	Date     time.Time `json:"date"`   // of the state that was written
	Newest   time.Time `json:"newest"` // of the newest state on the network
	Files    int       `json:"files"`  // in the folder now, those of earlier runs included
	AllFiles int       `json:"all_files"`
	Bytes    int64     `json:"bytes"` // of content in the folder now
	AllBytes int64     `json:"all_bytes"`
	Had      int       `json:"had"`      // files that were there from an earlier run
	Beside   []string  `json:"beside"`   // folders with what some device had and the newest state has not
	Missing  []string  `json:"missing"`  // what the network has lost
	Renamed  []string  `json:"renamed"`  // what lies under another name: its own is taken, or impossible here
	Warnings []string  `json:"warnings"` // why this may not be the newest state
}

// What callers decide on.
var (
	ErrNoDrive  = errors.New("there is no drive")
	ErrNotEmpty = errors.New("folder holds something else")
)

// private holds what is noted of a run; synced folders keep their notes in
// there too, and never sync it.
const (
	private = ".stratosdrive"
	marker  = private + "/restore"
	parts   = private + "/parts"
)

// litter are files that systems put into a folder that somebody looked at.
var litter = []string{".DS_Store", "desktop.ini", "Thumbs.db", "lost+found"}

// writer is one run.
type writer struct {
	d        *restore.Drive
	root     *os.Root
	progress func(Report)
	folders  map[string]string // where folders of the drive lie, by their paths
	needs    map[restore.ID]*need
	order    []*need

	mu sync.Mutex // guards what follows, and progress
	Report
}

// Write restores the newest state of a drive into dir, which is missing, empty,
// or was begun by an earlier run, whose state it then goes on with. Where
// devices had not merged yet, the newest commit is written, and what the others
// have besides in folders of their own. What the network has lost is told in
// the report; an error ends the work. progress, which may be nil, sees the
// report grow.
func Write(ctx context.Context, d *restore.Drive, dir string, progress func(Report)) (Report, error) {
	if len(d.Tips) == 0 {
		return Report{}, ErrNoDrive
	}
	if progress == nil {
		progress = func(Report) {}
	}
	w := &writer{d: d, progress: progress, folders: map[string]string{"": ""}, needs: map[restore.ID]*need{}}
	w.Beside, w.Missing, w.Renamed = []string{}, []string{}, []string{}
	w.Newest, w.Warnings = d.Tips[0].Time, slices.Compact(slices.AppendSeq([]string{}, slices.Values(d.Warnings)))
	if err := w.open(dir); err != nil {
		return Report{}, err
	}
	defer w.root.Close()
	err := w.run(ctx)
	slices.Sort(w.Missing)
	return w.Report, err
}

func (w *writer) run(ctx context.Context) error {
	tips, err := w.settle(ctx)
	if err != nil {
		return err
	}
	w.Date = tips[0].Time
	if err := w.plan(ctx, tips); err != nil {
		return err
	}
	if err := w.fill(ctx); err != nil {
		return err
	}
	return w.root.RemoveAll(parts)
}

// open opens the folder, if it may be written into.
func (w *writer) open(dir string) (err error) {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return fmt.Errorf("make folder: %w", err)
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		return fmt.Errorf("read folder: %w", err)
	}
	if w.root, err = os.OpenRoot(dir); err != nil {
		return fmt.Errorf("open folder: %w", err)
	}
	_, begun := w.root.Lstat(marker)
	for _, e := range entries {
		if begun != nil && !slices.Contains(litter, e.Name()) {
			return errors.Join(ErrNotEmpty, w.root.Close())
		}
	}
	return nil
}

// settle decides which commits are written, and notes them: those of an earlier
// run, else the tips.
func (w *writer) settle(ctx context.Context) ([]restore.Commit, error) {
	mark := w.d.Mark()
	lines := []string{hex.EncodeToString(mark[:16])}
	noted, err := w.root.ReadFile(marker)
	if err == nil {
		return w.again(ctx, lines[0], strings.Fields(string(noted)))
	}
	for _, tip := range w.d.Tips {
		lines = append(lines, hex.EncodeToString(tip.ID[:]))
	}
	if err := w.root.Mkdir(private, 0o755); err != nil && !errors.Is(err, fs.ErrExist) {
		return nil, fmt.Errorf("make a place for notes: %w", err)
	}
	if err := w.root.WriteFile(marker, []byte(strings.Join(lines, "\n")+"\n"), 0o644); err != nil {
		return nil, fmt.Errorf("note what is restored: %w", err)
	}
	return w.d.Tips, nil
}

// again returns the commits that an earlier run noted.
func (w *writer) again(ctx context.Context, mark string, noted []string) ([]restore.Commit, error) {
	if len(noted) < 2 || noted[0] != mark {
		return nil, ErrNotEmpty
	}
	var tips []restore.Commit
	for _, text := range noted[1:] {
		p, err := hex.DecodeString(text)
		if err != nil || len(p) != len(restore.ID{}) {
			return nil, ErrNotEmpty
		}
		c, err := w.d.Commit(ctx, restore.ID(p))
		if err != nil {
			return nil, fmt.Errorf("read the state of the earlier run: %w", err)
		}
		tips = append(tips, c)
	}
	return tips, nil
}

// plan notes what each commit holds: all of the first, of the others what
// differs.
func (w *writer) plan(ctx context.Context, tips []restore.Commit) error {
	seen := map[string]string{}
	for i, tip := range tips {
		found, beside := 0, ""
		if i > 0 {
			beside = fmt.Sprintf("Only on %s, %s", device(tip), tip.Time.Format("2006-01-02 15.04.05"))
		}
		var failed error
		err := w.d.Walk(ctx, tip, func(e restore.Entry, lost error) {
			what := string(rune(e.Kind)) + e.Content
			if failed != nil || beside != "" && lost == nil && (seen[e.Path] == what || e.Kind == restore.Folder) {
				return
			}
			seen[e.Path], e.Path = what, path.Join(beside, e.Path)
			found++
			failed = w.add(ctx, e, lost)
		})
		if err = errors.Join(err, failed); err != nil {
			return err
		}
		if beside != "" && found > 0 {
			w.Beside = append(w.Beside, beside)
		}
	}
	return nil
}

func device(c restore.Commit) string {
	if c.By == "" {
		return "another device"
	}
	return strings.NewReplacer("/", "_", "\x00", "_").Replace(c.By)
}

// miss notes something that the network has lost.
func (w *writer) miss(name string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if name == "" {
		name = "/"
	}
	if !slices.Contains(w.Missing, name) {
		w.Missing = append(w.Missing, name)
	}
}
