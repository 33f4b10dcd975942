package simdisk

import "maps"

// Changed returns the paths at which something happened since this was asked
// last, as a system tells it: true where something was made, moved or deleted.
func (d *Disk) Changed() map[string]bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	out := maps.Clone(d.changed)
	clear(d.changed)
	return out
}

// tell notes that something happened; d.mu is held.
func (d *Disk) tell(deep bool, paths ...string) {
	for _, p := range paths {
		d.changed[p] = d.changed[p] || deep
	}
}
