//go:build !windows

package disk

// held: this system moves and removes files that programs have open.
func held(error) bool { return false }
