package simdisk

// Keep makes a file last, and all names on the way to it, as a careful program
// does after it wrote. A file that is gone stays gone.
func (d *Disk) Keep(path string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	at := d.root
	for _, p := range parts(path) {
		d.settleNames(at)
		e, ok := at.kids[d.key(p)]
		if !ok {
			return
		}
		at = e.node
	}
	if at.mode.IsDir() {
		d.settleNames(at)
	} else {
		at.settle()
	}
}
