package engine

import (
	"context"
	"errors"
	"fmt"
	"path"
	"strings"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/sync/plan"
	"github.com/stratosdrive/stratosdrive/sync/tree"
)

// ErrNoSuchFile is wrapped by errors about paths the drive does not have.
var ErrNoSuchFile = errors.New("no such file in the drive")

// Status says how far a file or folder is.
type Status int

// The statuses of items.
const (
	Synced      Status = iota // the same on the disk and on the network
	Waiting                   // changed here, not on the network yet
	Sending                   // on its way to the network
	Fetching                  // on its way to the disk
	OnlineOnly                // on the network, not on this disk
	statusCount               // keep last
)

// String returns the status in a word or two.
func (s Status) String() string {
	return [statusCount]string{"synced", "waiting", "uploading", "downloading", "only online"}[s]
}

// Item is a file or folder of the drive, as a list shows it.
type Item struct {
	Path     string // in the drive, with slashes
	Name     string
	Folder   bool
	Link     bool
	Size     int64 // bytes; 0 for folders
	Items    int   // in a folder, right in it
	ModTime  time.Time
	Status   Status
	Percent  int  // 0 to 100, for Sending and Fetching
	Left     bool // not kept on this disk
	Conflict bool
	By       string // device that made this version
}

// snapshot is what listings show; its trees do not change any more.
type snapshot struct {
	want   *tree.Tree
	remote *tree.Tree
	disk   *tree.Disk
}

// publishStatus lets listings see where a sync stands.
func (e *Engine) publishStatus(s *session) {
	if s.want == nil || s.remote == nil {
		return
	}
	snap := &snapshot{s.want, s.remote, e.disk.Clone()}
	e.mu.Lock()
	defer e.mu.Unlock()
	e.last = snap
}

// snapshotNow returns what listings show. Before the first sync it is what the
// last run knew.
func (e *Engine) snapshotNow(ctx context.Context) (*snapshot, error) {
	e.mu.Lock()
	last := e.last
	e.mu.Unlock()
	if last != nil {
		return last, nil
	}
	e.sync.Lock()
	defer e.sync.Unlock()
	if err := e.showKnown(ctx); err != nil {
		return nil, err
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.last, nil
}

// showKnown lets listings show what is known without looking at the disk or
// asking the network; e.sync is held.
func (e *Engine) showKnown(ctx context.Context) error {
	v, err := e.repo.View(ctx)
	if err != nil {
		return err
	}
	t, err := e.remoteTree(ctx, v)
	if err != nil {
		return err
	}
	e.share(t) // mostly both are the same, and then listings need not look for what waits
	snap := &snapshot{t, t, e.disk.Clone()}
	e.mu.Lock()
	defer e.mu.Unlock()
	e.last = snap
	return nil
}

// Stat returns one file or folder of the drive.
func (e *Engine) Stat(ctx context.Context, name string) (Item, error) {
	snap, n, err := e.find(ctx, name)
	if err != nil {
		return Item{}, err
	}
	it := e.item(snap, clean(name), n)
	it.Left = !e.selectorNow(snap).kept(n.ID)
	return it, nil
}

func (e *Engine) find(ctx context.Context, name string) (*snapshot, tree.Node, error) {
	snap, err := e.snapshotNow(ctx)
	if err != nil {
		return nil, tree.Node{}, err
	}
	n, ok := snap.want.Find(clean(name))
	if !ok {
		return nil, n, noSuchFile(name)
	}
	return snap, n, nil
}

func clean(p string) string { return strings.Trim(path.Clean("/"+p), "/") }

func noSuchFile(name string) error {
	return fault.Wrong(fmt.Errorf("%w: %s", ErrNoSuchFile, name), "There is no %q in the drive.", name)
}

func (e *Engine) item(snap *snapshot, p string, n tree.Node) Item {
	it := Item{
		Path: p, Name: n.Name, Folder: n.Kind == tree.Folder, Link: n.Kind == tree.Link, Size: n.Size,
		ModTime: time.Unix(0, n.MTime), Conflict: plan.IsConflictName(n.Name), By: n.By,
	}
	if it.Folder {
		it.ModTime, it.Items = time.Time{}, snap.want.Width(n.ID)
	}
	it.Status, it.Percent = e.statusOf(snap, p, n)
	return it
}

func (e *Engine) statusOf(snap *snapshot, p string, n tree.Node) (Status, int) {
	d, onDisk := snap.disk.Get(n.ID)
	r, onNetwork := snap.remote.Get(n.ID)
	here := onDisk && d.SameData(n)
	if here && onNetwork && r.SameData(n) {
		return Synced, 100
	}
	switch m, moving := e.Moving(p); {
	case !here && moving && !m.Up:
		return Fetching, percent(m.Done, m.Total)
	case !here:
		return OnlineOnly, 0
	case moving && m.Up:
		return Sending, percent(m.Done, m.Total)
	}
	return Waiting, 0
}

func percent(done, total int64) int {
	if total <= 0 {
		return 0
	}
	return int(done * 100 / total)
}
