//go:build !windows

package engine

// nameAllowed reports whether the system takes a name; tree.CheckName has
// refused the rest.
func nameAllowed(string) bool { return true }
