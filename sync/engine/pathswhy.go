package engine

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"path/filepath"
	"strings"
	"time"

	"github.com/stratosdrive/stratosdrive/sync/ignore"
	"github.com/stratosdrive/stratosdrive/sync/names"
	"github.com/stratosdrive/stratosdrive/sync/plan"
	"github.com/stratosdrive/stratosdrive/sync/scan"
	"github.com/stratosdrive/stratosdrive/sync/tree"
)

// Fact is one thing that decides what happens to a path.
type Fact struct {
	Kind     string `json:"kind"`     // a word for programs: ignored, special, safe_name ...
	Sentence string `json:"sentence"` // the same for people
	Rule     string `json:"rule,omitempty"`
	File     string `json:"file,omitempty"` // that holds the rule; none for a rule that is built in
	Line     int    `json:"line,omitempty"` // of the rule
}

// Reasons says what happens to a path and why.
type Reasons struct {
	Path  string `json:"path"` // in the folder on this disk
	Drive string `json:"name"` // path in the drive
	Facts []Fact `json:"facts"`
}

// Why says what happens to a path of the drive or of the folder root, which may
// be "" where there is none. It looks at the disk as it is now.
func (e *Engine) Why(ctx context.Context, root, name string) (Reasons, error) {
	snap, err := e.snapshotNow(ctx)
	if err != nil {
		return Reasons{}, err
	}
	q := &inquiry{e: e, snap: snap, root: root, inDrive: true}
	q.locate(clean(name))
	q.rules = scan.RulesAlong(e.fs, root, q.out.Path)
	q.ask()
	if !q.inDrive && q.info == nil && len(q.out.Facts) == 0 {
		return Reasons{}, noSuchFile(name)
	}
	return q.out, nil
}

// inquiry gathers facts about one path.
type inquiry struct {
	e       *Engine
	snap    *snapshot
	root    string
	rules   *ignore.Rules
	n       tree.Node
	inDrive bool
	info    fs.FileInfo // nil if it does not lie on the disk
	link    string      // a link that the path would lead through
	out     Reasons
}

func (q *inquiry) fact(kind, format string, args ...any) {
	q.out.Facts = append(q.out.Facts, Fact{Kind: kind, Sentence: fmt.Sprintf(format, args...)})
}

// locate finds a path in the drive and on the disk, by the names it has in
// either.
func (q *inquiry) locate(name string) {
	for part := range strings.SplitSeq(name, "/") {
		parent := q.n.ID
		if q.inDrive {
			q.n, q.inDrive = childNamed(q.snap.want, parent, part)
		}
		if q.info != nil && q.info.Mode()&fs.ModeSymlink != 0 && q.link == "" {
			q.link = q.out.Path
		}
		onDisk, inDrive := part, names.Unix().FromDisk(part)
		if q.inDrive {
			onDisk, inDrive = q.nameOnDisk(part), q.n.Name
		}
		q.out.Path, q.out.Drive = path.Join(q.out.Path, onDisk), path.Join(q.out.Drive, inDrive)
		if q.info = nil; q.root != "" && q.link == "" {
			q.info, _ = q.e.fs.Lstat(q.abs())
		}
	}
}

func (q *inquiry) abs() string { return filepath.Join(q.root, filepath.FromSlash(q.out.Path)) }

// childNamed finds what a folder of the drive has under a name, or under the
// safe name that some disk has for it.
func childNamed(t *tree.Tree, parent tree.ID, name string) (tree.Node, bool) {
	if n, ok := t.Child(parent, names.Unix().FromDisk(name)); ok {
		return n, true
	}
	if _, ok := names.IsSafe(name); ok {
		for _, n := range t.Children(parent) {
			if names.APFS().Made(name, n) {
				return n, true
			}
		}
	}
	return tree.Node{}, false
}

// nameOnDisk finds the name that the disk has for the node that was found.
func (q *inquiry) nameOnDisk(part string) string {
	dir := q.abs()
	for _, name := range append([]string{part, names.Unix().Own(q.n.Name)}, append(names.Safe(q.n, false), names.Safe(q.n, true)...)...) {
		if _, err := q.e.fs.Lstat(filepath.Join(dir, name)); err == nil && q.root != "" {
			return name
		}
	}
	return part
}

// ask looks for facts, what decides most first.
func (q *inquiry) ask() {
	if q.out.Path == scan.Private || strings.HasPrefix(q.out.Path, scan.Private+"/") {
		q.fact("private", "This folder belongs to Stratos Drive itself and is never synced.")
		return
	}
	if q.link != "" {
		q.fact("behind_link", "%q is a link. Links are synced as links, and what lies behind them is never followed.", q.link)
		return
	}
	if q.ignored() || q.special() {
		return
	}
	q.named()
	if !q.inDrive {
		q.new()
		return
	}
	q.placed()
}

// ignored tells of a rule that leaves the path out.
func (q *inquiry) ignored() bool {
	by, at, out := q.rules.Match(q.out.Path, q.info != nil && q.info.IsDir() || q.inDrive && q.n.Kind == tree.Folder)
	if !out {
		return false
	}
	what := "It"
	if at != q.out.Path {
		what = fmt.Sprintf("The folder %q around it", at)
	}
	if by.File == "" {
		q.fact("ignored", "%s is left out by the built-in rule %q, for such files are of no use on other devices. A line %q in %s takes it back.",
			what, by.Text, "!"+by.Text, ignore.FileName)
	} else {
		q.fact("ignored", "%s is left out by the rule %q in line %d of %s.", what, by.Text, by.Line, by.File)
	}
	f := &q.out.Facts[len(q.out.Facts)-1]
	if f.Rule, f.File = by.Text, by.File; by.File != "" {
		f.Line = by.Line
	}
	if q.inDrive {
		q.fact("kept_online", "The drive has a version from before; it stays there as it is.")
	}
	return true
}

// special tells of what is no file and of what cannot be read.
func (q *inquiry) special() bool {
	if q.info == nil {
		return false
	}
	m := q.info.Mode()
	if !m.IsRegular() && !m.IsDir() && m&fs.ModeSymlink == 0 {
		q.fact("special", "It is a pipe, a socket or a device and not a file, so it is not synced.")
		return true
	}
	if m&fs.ModeSymlink != 0 {
		q.fact("link", "It is a link. It is synced as a link and never followed.")
		return false
	}
	f, err := q.e.openRegular(q.abs())
	if errors.Is(err, fs.ErrPermission) {
		q.fact("unreadable", "This program may not read it, so changes of it are not synced.")
	}
	if err == nil {
		_ = f.Close()
	}
	return false
}

// named tells of names that are not what they seem.
func (q *inquiry) named() {
	onDisk := path.Base(q.out.Path)
	if q.inDrive && q.info != nil && onDisk != names.Unix().Own(q.n.Name) && !names.APFS().SameForm(onDisk, q.n.Name) {
		q.fact("safe_name", "This disk cannot have it under its name %q, so it is called %q here. Other devices keep the name.", q.n.Name, onDisk)
	}
	if of, device, day, ok := plan.ConflictOf(path.Base(q.out.Drive)); ok {
		q.fact("conflict", "It is a conflict copy of %q: two devices had changed that without seeing each other, and this is what %s had on %s.", of, device, day)
	}
}

// new tells of what lies on the disk alone.
func (q *inquiry) new() {
	if q.info == nil {
		return
	}
	if tree.CheckName(path.Base(q.out.Drive)) != nil {
		q.fact("name_too_long", "Its name is too long for other systems, so it is not synced.")
		return
	}
	q.fact("new", "It is new here and goes to the drive with the next sync.")
	q.restless()
}

// restless tells of a file that may still be written to.
func (q *inquiry) restless() {
	if age := q.e.cfg.Now().Sub(q.info.ModTime()); age >= 0 && age < 2*q.e.cfg.Settle && q.info.Mode().IsRegular() {
		q.fact("too_new", "It was changed %s ago. A file is taken when it has been left alone for a moment, so one that is written to without end has to wait.", age.Round(time.Second))
	}
}

// placed tells how the disk and the drive differ.
func (q *inquiry) placed() {
	if m, ok := q.e.Moving(q.out.Drive); ok {
		q.fact("moving", "It is on its way: %d %% of its %d bytes.", m.Done*100/max(m.Total, 1), m.Total)
	}
	switch {
	case q.info == nil:
		q.away()
	case q.n.Kind == tree.File && (q.info.Size() != q.n.Size || !sameTime(q.info.ModTime(), q.n.MTime)):
		q.differs()
	default:
		q.fact("synced", "It is the same here and in the drive.")
	}
	if q.n.Kind != tree.Folder && q.n.By != "" {
		q.fact("version", "The drive has the version that %s made on %s.", q.n.By, time.Unix(0, q.n.MTime).Format("2006-01-02 at 15:04:05"))
	}
}

// sameTime reports whether a disk shows a time as well as it can: some count
// seconds in pairs.
func sameTime(shown time.Time, want int64) bool {
	d := want - tree.Nanos(shown)
	return d == 0 || shown.Nanosecond() == 0 && d > 0 && d < 2*int64(time.Second)
}

// away tells why something does not lie on this disk.
func (q *inquiry) away() {
	switch {
	case q.root == "":
		q.fact("online_only", "It is in the drive. No folder is synced on this computer.")
	case !q.e.selectorNow(q.snap).kept(q.n.ID):
		q.fact("left_out", "It is only online, for it was chosen not to lie on this computer.")
	default:
		q.fact("online_only", "It is in the drive and does not lie on this disk yet, or cannot lie on it.")
	}
}

// differs tells which side has the newer version of a file.
func (q *inquiry) differs() {
	if tree.Nanos(q.info.ModTime()) < q.n.MTime {
		q.fact("newer_online", "The drive has a newer version, which the next sync brings.")
		return
	}
	q.fact("waiting", "It was changed here and goes to the drive with the next sync.")
	q.restless()
}
