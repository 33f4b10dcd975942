package engine

import (
	"maps"
	"slices"

	"github.com/stratosdrive/stratosdrive/sync/scan"
	"github.com/stratosdrive/stratosdrive/sync/tree"
)

// name says what a found item is called in the drive.
func (v *sight) name(n *tree.OnDisk, f *scan.Found) {
	r, there := v.s.remote.Get(n.ID)
	switch {
	case f.New && there: // it was taken for this one
		n.Name = r.Name
	case f.New || !v.kind.SameForm(f.Name, n.NameOnDisk()):
		n.Name = v.kind.FromDisk(f.Name)
	}
	n.DiskName = ""
	if f.Name != n.Name {
		n.DiskName = f.Name
	}
}

// modeOf returns the permission bits of a new item.
func (v *sight) modeOf(f *scan.Found) uint32 {
	switch {
	case !v.kind.NoModes:
		return f.Stat.Mode
	case f.Kind == tree.Folder:
		return 0o755
	}
	return 0o644
}

// otherMode reports whether somebody changed the permission bits of an item.
func (v *sight) otherMode(f *scan.Found) bool {
	return !v.kind.NoModes && f.Stat.Mode != f.Known.Stat.Mode
}

// nameReadings turns files that were read into nodes. A new file with the
// content of one that is gone is that one, moved.
func (v *sight) nameReadings() {
	moved := map[string][]tree.ID{}
	for _, id := range slices.SortedFunc(maps.Keys(v.gone), tree.ID.Compare) {
		if n := v.gone[id]; n.Kind == tree.File && n.Size > 0 {
			moved[n.Content] = append(moved[n.Content], id)
		}
	}
	for _, r := range v.hash {
		if r.skipped {
			continue
		}
		n := r.node
		v.another(r.Found, &n, r.content)
		if r.New {
			if ids := moved[r.content]; len(ids) > 0 && !v.onNetwork(n.ID) {
				n.ID = ids[len(ids)-1]
				moved[r.content] = ids[:len(ids)-1]
			}
		}
		if r.New || n.Content != r.content {
			n.By = v.s.e.cfg.Device
		}
		if r.New || v.otherMode(r.Found) { // another file may lie there since the look
			n.Mode = v.modeOf(r.Found)
		}
		n.Content, n.Size, n.MTime = r.content, r.Stat.Size, r.Stat.MTime
		if young(r.Stat, r.began) {
			n.Stat.MTime = 0
		}
		if r.New {
			v.takeOver(&n)
		}
		v.next[n.ID] = n
	}
}

// another gives an item an id of its own that is no edit of what the drive has
// in its place: what comes of that elsewhere must not replace it.
func (v *sight) another(f *scan.Found, n *tree.OnDisk, content string) {
	agreed, ok := v.s.e.synced.Get(n.ID)
	if !ok || v.s.remote.Nodes().At(n.ID).Content == content || !f.New && !putThere(f, agreed, content) {
		return
	}
	n.ID, n.By = newID(), v.s.e.cfg.Device
	v.name(n, f)
}

// putThere reports whether somebody put another file of the drive where one lay
// that happened to hold the same. That looks like the old one, as it was agreed
// on, and it is not: where the drive has something newer for the old one by now,
// this here may be the only one left of its content. A new item is always one
// that lies in the place of something that went from this disk: nobody here
// could see that.
func putThere(f *scan.Found, agreed tree.Node, content string) bool {
	return f.Other.ID != (tree.ID{}) && f.Other.Content == content && agreed.Content == content
}

func (v *sight) onNetwork(id tree.ID) bool {
	_, ok := v.s.remote.Get(id)
	return ok
}
