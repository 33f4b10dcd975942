package names

import (
	"slices"

	"github.com/stratosdrive/stratosdrive/sync/tree"
)

type place struct {
	parent tree.ID
	name   string
}

// Distinct makes the names of what lies on a disk differ. A person may give a
// new file the name that another one has in the drive but not here: then the
// other one is called in the drive what it is called here.
func (d Disk) Distinct(all map[tree.ID]tree.OnDisk) {
	for again := true; again; {
		again = false
		wanted := renamedHere(all)
		if len(wanted) == 0 {
			return
		}
		for id, n := range all {
			p := place{n.Parent, n.Name}
			if ids, ok := wanted[p]; ok && !slices.Contains(ids, id) {
				wanted[p] = append(ids, id)
			}
		}
		for _, ids := range wanted {
			again = d.part(all, ids) || again
		}
	}
}

// renamedHere returns the places in the drive of files with another name on
// the disk.
func renamedHere(all map[tree.ID]tree.OnDisk) map[place][]tree.ID {
	var out map[place][]tree.ID
	for id, n := range all {
		if n.DiskName == "" {
			continue
		}
		if out == nil {
			out = map[place][]tree.ID{}
		}
		p := place{n.Parent, n.Name}
		out[p] = append(out[p], id)
	}
	return out
}

// part lets one of several files keep their name: the one that has it on the
// disk, else the one with the smallest id.
func (d Disk) part(all map[tree.ID]tree.OnDisk, ids []tree.ID) bool {
	if len(ids) < 2 {
		return false
	}
	slices.SortFunc(ids, func(a, b tree.ID) int {
		if here, there := all[a].DiskName == "", all[b].DiskName == ""; here != there {
			if here {
				return -1
			}
			return 1
		}
		return a.Compare(b)
	})
	for _, id := range ids[1:] {
		n := all[id]
		n.Name, n.DiskName = d.FromDisk(n.DiskName), ""
		if own := d.Own(n.Name); own != n.Name {
			n.DiskName = own
		}
		all[id] = n
	}
	return true
}
