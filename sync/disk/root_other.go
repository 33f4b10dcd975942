//go:build !unix

package disk

// openRoot finds the folder for each file anew, as [FS.OpenIn] does.
func openRoot(dir string) (Root, error) { return rootOf{OS{}, dir}, nil }
