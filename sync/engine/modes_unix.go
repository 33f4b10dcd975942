//go:build !windows

package engine

// keepsModes says that the disk knows who may read and run a file.
const keepsModes = true
