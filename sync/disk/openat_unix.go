//go:build unix && !linux

package disk

// openBelow opens what lies below a folder.
func openBelow(dir int, name string, flag int) (int, error) { return openInSteps(dir, name, flag) }
