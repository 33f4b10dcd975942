package engine

import (
	"crypto/rand"
	"time"

	"github.com/stratosdrive/stratosdrive/sync/names"
	"github.com/stratosdrive/stratosdrive/sync/plan"
	"github.com/stratosdrive/stratosdrive/sync/scan"
	"github.com/stratosdrive/stratosdrive/sync/tree"
)

// sight is what one look at the disk found.
type sight struct {
	s     *session
	kind  names.Disk
	next  map[tree.ID]tree.OnDisk // what lies on the disk now
	hash  []*reading              // files that must be read
	at    map[tree.ID]string      // where it was found
	known *tree.Disk              // what lay where was looked
	gone  map[tree.ID]tree.OnDisk // what lay there and was not found
	blind map[string]bool         // folders that could not be read
}

// reading is a file that must be read to know its content.
type reading struct {
	*scan.Found
	node      tree.OnDisk
	content   string
	began     time.Time
	scrambled bool // it looks like noise though its name says otherwise
	skipped   bool // it changed meanwhile, or cannot be read
}

// takeIn looks at the disk, reads what is new and sends it on its way.
func (s *session) takeIn() error {
	s.adoptAliases()
	s.settle() // a crash may have come before it was noted what both sides agree on
	kind, err := s.e.kind()
	if err != nil {
		return err
	}
	v := &sight{s: s, kind: kind}
	if err := v.look(); err != nil {
		return err
	}
	v.keepUnseen()
	if err := v.dropIgnored(); err != nil {
		return err
	}
	if s.in, err = s.e.repo.NewIngest(s.ctx, s.e.uploaded); err != nil {
		return err
	}
	err = v.finish()
	if err == nil {
		// Before anything of it is published: else a crash would leave files on
		// the network that this device does not know to be its own.
		s.settle()
		err = s.e.save(s.ctx)
	}
	if err != nil {
		s.in.Close()
	}
	return err
}

// finish reads files, and takes what was found for what the disk has.
func (v *sight) finish() error {
	if err := v.readIncomplete(); err != nil {
		return err
	}
	if err := v.readAll(); err != nil {
		return err
	}
	if err := v.suspect(); err != nil {
		return err
	}
	v.nameReadings()
	v.distinct()
	e := v.s.e
	v.forget()
	e.expectDisk(len(v.next))
	for _, n := range v.next {
		e.setDisk(n)
	}
	var err error
	v.s.local, err = e.diskTree()
	return err
}

// forget drops what is not on the disk any more, where was looked.
func (v *sight) forget() {
	for id := range v.known.All() {
		if _, ok := v.next[id]; !ok {
			v.s.e.dropDisk(id)
		}
	}
}

// distinct makes the names in the drive differ.
func (v *sight) distinct() {
	if v.s.part && len(v.s.e.odd) > 0 { // a name may be that of any of them
		for id, n := range v.s.e.disk.All() {
			if _, ok := v.next[id]; !ok && !v.known.Has(id) {
				v.next[id] = n
			}
		}
	}
	v.kind.Distinct(v.next)
}

func newID() tree.ID {
	var id tree.ID
	rand.Read(id[:])
	return id
}

// adoptAliases uses the ids that the drive has settled on where two devices
// had added the same thing.
func (s *session) adoptAliases() {
	e := s.e
	to := plan.Adopt(e.disk.Has, s.remote.Aliases())
	if len(to) == 0 {
		return
	}
	var disk []tree.OnDisk
	var synced []tree.Node
	for id, n := range e.disk.All() {
		now := n
		if now.Node = plan.Renamed(n.Node, to); now != n {
			disk = append(disk, now)
			e.dropDisk(id)
		}
	}
	for id, n := range e.synced.All() {
		if now := plan.Renamed(n, to); now != n {
			synced = append(synced, now)
			e.dropSynced(id)
		}
	}
	for _, n := range disk {
		e.setDisk(n)
	}
	for _, n := range synced {
		e.setSynced(n)
	}
	e.settled = nil
}

// note says how a found item looks as a node, or that it must be read first.
func (v *sight) note(f *scan.Found) {
	n := f.Known
	if f.New {
		n = tree.OnDisk{}
		n.ID, n.Kind, n.Mode = f.ID, f.Kind, v.modeOf(f)
	}
	v.name(&n, f)
	n.Parent = f.Parent
	if !f.New && v.otherMode(f) {
		n.Mode = f.Stat.Mode
	}
	if f.Kind != tree.File {
		v.noteFolderOrLink(f, n)
		return
	}
	if !f.New && f.Known.Stat.SameBytes(f.Stat) {
		n.Stat.Mode = f.Stat.Mode
		n.Stat.Dev = f.Stat.Dev
		v.next[n.ID] = n
		return
	}
	n.Stat = f.Stat
	v.hash = append(v.hash, &reading{Found: f, node: n})
}

func (v *sight) noteFolderOrLink(f *scan.Found, n tree.OnDisk) {
	n.Stat = f.Stat
	if f.Kind == tree.Link {
		v.another(f, &n, f.Target)
	}
	if f.Kind == tree.Link && (f.New || n.Content != f.Target) {
		n.Content, n.By, n.MTime = f.Target, v.s.e.cfg.Device, f.Stat.MTime
		n.Mode = 0o777
	}
	if f.New {
		v.takeOver(&n)
	}
	v.next[n.ID] = n
}

// takeOver uses all that the drive says about a node which the disk has in the
// same way already.
func (v *sight) takeOver(n *tree.OnDisk) {
	if r, ok := v.s.remote.Get(n.ID); ok && r.SameData(n.Node) && r.SamePlace(n.Node) {
		mode := n.Mode
		if n.Node = r; !v.kind.NoModes {
			n.Mode = mode
		}
	}
}

// keepUnseen keeps what lies in folders that could not be read.
func (v *sight) keepUnseen() {
	if len(v.blind) == 0 {
		return
	}
	for id, n := range v.gone {
		if v.s.e.unseen(v.blind, id) {
			v.next[id] = n
			delete(v.gone, id)
		}
	}
}

// readIncomplete adds files whose content is known but was lost before it was
// sent.
func (v *sight) readIncomplete() error {
	for id, n := range v.next {
		if n.Kind != tree.File {
			continue
		}
		ok, err := v.complete(n.Node)
		if err != nil {
			return err
		}
		if ok {
			continue
		}
		delete(v.next, id)
		where, found := v.at[id]
		if !found { // in a folder that cannot be read
			where = v.s.e.diskPath(id)
		}
		it := &scan.Item{Name: n.NameOnDisk(), Path: where, Kind: n.Kind, Stat: n.Stat}
		v.hash = append(v.hash, &reading{Found: &scan.Found{Item: it, ID: id, Parent: n.Parent, Known: n}, node: n})
	}
	return nil
}

// complete reports whether the content of a file is on the network or on its
// way there.
func (v *sight) complete(n tree.Node) (bool, error) {
	if lost, err := v.s.lacking(n); lost || err != nil {
		return false, err
	}
	if v.s.e.synced.At(n.ID).SameData(n) {
		return true, nil
	}
	if r, ok := v.s.remote.Get(n.ID); ok && r.SameData(n) {
		return true, nil
	}
	return v.s.in.Complete(v.s.ctx, n.Content)
}
