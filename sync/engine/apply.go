package engine

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path/filepath"
	"slices"
	"syscall"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/sync/disk"
	"github.com/stratosdrive/stratosdrive/sync/names"
	"github.com/stratosdrive/stratosdrive/sync/plan"
	"github.com/stratosdrive/stratosdrive/sync/scan"
	"github.com/stratosdrive/stratosdrive/sync/tree"
)

// apply makes the disk what it should be. What turns out to have changed is
// left for the next look; the first other failure ends the work, with
// everything done so far noted.
func (s *session) apply() error {
	steps := plan.Diff(s.local, s.place)
	if steps.Empty() {
		return nil
	}
	kind, err := s.e.kind()
	if err != nil {
		return err
	}
	a := &applier{
		s: s, e: s.e, kind: kind, at: s.e.places(kind),
		folders: map[string]bool{}, parked: map[tree.ID]bool{}, away: map[tree.ID]bool{}, kept: map[string]bool{},
	}
	s.rules = bringsRules(steps)
	err = a.run(steps)
	return errors.Join(err, a.full, a.syncFolders())
}

// applier changes the disk step by step and notes each change.
type applier struct {
	s       *session
	e       *Engine
	kind    names.Disk
	at      map[placeKey]tree.ID // what lies where
	folders map[string]bool      // folders whose names must be made to last
	parked  map[tree.ID]bool
	away    map[tree.ID]bool   // nodes that cannot lie on this disk
	needed  map[tree.ID]bool   // folders that what lies on this disk goes into
	kept    map[string]bool    // folders that stay for what is not synced in them
	local   map[string]tree.ID // files of the disk by content, of that which is wanted
	full    error              // the disk had no room for something
}

func (a *applier) run(steps plan.Steps) error {
	a.needed = a.destinations(steps.Place)
	for _, n := range steps.Place {
		if a.unreachable(n) {
			continue
		}
		if err := a.step("place", a.place(n)); err != nil {
			return err
		}
	}
	if err := a.step("write", a.write(a.withoutHeld(slices.DeleteFunc(steps.Write, a.unreachable)))); err != nil {
		return err
	}
	for _, n := range steps.Adjust {
		if err := a.step("adjust", a.adjust(n)); err != nil {
			return err
		}
	}
	for _, n := range steps.Remove {
		if err := a.step("remove", a.remove(n)); err != nil {
			return err
		}
	}
	if err := a.step("put back", a.unpark()); err != nil {
		return err
	}
	return a.ownNames()
}

// step turns what only has to wait, be it for a program that has the file open,
// into a count, and lets the others go on where a disk is full.
func (a *applier) step(what string, err error) error {
	if a.noRoom(err) {
		return a.s.ctx.Err()
	}
	if errors.Is(err, errBusy) || disk.IsHeld(err) {
		a.s.sum.Waiting++
		if isForbidden(err) { // which may last
			a.e.problem(Problem{Sentence: fault.Text("Some files or folders on this computer cannot be replaced or moved: a program has them open, or you may not write there. Nothing was lost; they wait.")})
		}
		return nil
	}
	if err != nil && !errors.Is(err, errKept) {
		return fmt.Errorf("%s: %w", what, err)
	}
	return a.s.ctx.Err()
}

// home returns where a node belongs on the disk, or errBusy if its folder is
// not in place.
func (a *applier) home(n tree.Node) (string, error) {
	if n.Parent == (tree.ID{}) {
		return filepath.Join(a.e.cfg.Root, a.nameOnDisk(n)), nil
	}
	for id := n.Parent; id != (tree.ID{}); { // all of them, else it might be put into itself
		p, ok := a.e.disk.Get(id)
		want, _ := a.s.want.Get(id)
		if !ok || !p.SamePlace(want) {
			return "", errBusy
		}
		id = p.Parent
	}
	if err := a.solid(n.Parent); err != nil {
		return "", err
	}
	return filepath.Join(a.e.abs(n.Parent), a.nameOnDisk(n)), nil
}

// place makes a folder or moves a node.
func (a *applier) place(n tree.Node) error {
	to, err := a.home(n)
	if err != nil {
		return err
	}
	if err := a.makeRoom(n.ID, n.Parent, filepath.Base(to)); err != nil {
		return err
	}
	if err := a.e.cfg.Step("place"); err != nil {
		return err
	}
	old, there := a.e.disk.Get(n.ID)
	if !there {
		return a.makeFolder(n, to)
	}
	if err := a.move(old, a.abs(n.ID), to); err != nil {
		return err
	}
	delete(a.parked, n.ID)
	a.note(old, func(d *tree.OnDisk) { d.Parent, d.Name, d.DiskName = n.Parent, n.Name, otherName(to, n) })
	a.s.sum.Moved++
	return nil
}

func (a *applier) makeFolder(n tree.Node, to string) error {
	err := a.e.fs.Mkdir(to, fs.FileMode(n.Mode)|0o700)
	if errors.Is(err, fs.ErrExist) {
		return errBusy // made meanwhile; the next look finds it
	}
	if err != nil {
		return fmt.Errorf("make folder: %w", err)
	}
	_ = a.e.fs.Chmod(to, fs.FileMode(n.Mode)|0o700)
	a.touched(to)
	return a.found(to, n)
}

// found notes a node that was put in place.
func (a *applier) found(path string, n tree.Node) error {
	info, err := a.e.fs.Lstat(path)
	if err != nil {
		return errBusy
	}
	d := tree.OnDisk{Node: n, DiskName: otherName(path, n), Stat: a.statOf(info)}
	a.e.setDisk(d)
	return nil
}

// statOf is what identifies a file that was just put in place. One that people
// could change now without showing it in its time is read again next time.
func (a *applier) statOf(info fs.FileInfo) tree.Stat {
	st := scan.StatOf(info)
	if young(st, a.e.cfg.Now()) {
		st.MTime = 0
	}
	return st
}

// otherName is the name of a node on the disk if it is not its own.
func otherName(path string, n tree.Node) string {
	if name := filepath.Base(path); name != n.Name {
		return name
	}
	return ""
}

// note changes what is known of a node on the disk.
func (a *applier) note(d tree.OnDisk, change func(*tree.OnDisk)) {
	change(&d)
	a.e.setDisk(d)
}

func (a *applier) touched(paths ...string) {
	for _, p := range paths {
		a.folders[filepath.Dir(p)] = true
	}
}

// adjust sets mode and time of a node whose content stays.
func (a *applier) adjust(n tree.Node) error {
	d, ok := a.e.disk.Get(n.ID)
	if !ok {
		return errBusy
	}
	if err := a.solid(d.Parent); err != nil {
		return err
	}
	path := a.abs(n.ID)
	if err := a.e.unchanged(path, d); err != nil {
		return err
	}
	if n.Kind != tree.Link && d.Mode != n.Mode {
		if err := a.e.fs.Chmod(path, fs.FileMode(n.Mode)); err != nil {
			return fmt.Errorf("set mode: %w", err)
		}
	}
	if n.Kind == tree.File && d.MTime != n.MTime {
		if err := a.e.fs.Chtimes(path, time.Unix(0, n.MTime)); err != nil {
			return fmt.Errorf("set time: %w", err)
		}
	}
	info, err := a.e.fs.Lstat(path)
	if err != nil {
		return errBusy
	}
	a.note(d, func(d *tree.OnDisk) {
		d.Mode, d.MTime, d.By, d.Stat = n.Mode, n.MTime, n.By, a.statOf(info)
	})
	return nil
}

func (a *applier) syncFolders() error {
	if len(a.folders) > 8 {
		if done, err := a.e.fs.SyncAll(a.e.cfg.Root); done || err != nil {
			return err
		}
	}
	for _, dir := range slices.Sorted(maps.Keys(a.folders)) {
		if err := a.e.fs.SyncDir(dir); err != nil && !isGone(err) {
			return err
		}
	}
	return nil
}

// isGone reports whether a folder is not there any more, be it that a file took
// the place of one that it lay in.
func isGone(err error) bool {
	return errors.Is(err, fs.ErrNotExist) || errors.Is(err, syscall.ENOTDIR)
}
