package main

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"syscall"

	"github.com/rogpeppe/go-internal/testscript"
)

// canMount tells whether this process may mount a disk in memory.
func canMount() bool {
	dir, err := os.MkdirTemp("", "small")
	if err != nil {
		return false
	}
	defer os.RemoveAll(dir)
	if syscall.Mount("tmpfs", dir, "tmpfs", 0, "size=64k") != nil {
		return false
	}
	return syscall.Unmount(dir, 0) == nil
}

// smalldisk DIR mounts a disk of 10 MB.
func smallDisk(ts *testscript.TestScript, args []string) {
	dir := ts.MkAbs(args[0])
	ts.Check(os.MkdirAll(dir, 0o755))
	ts.Check(syscall.Mount("tmpfs", dir, "tmpfs", 0, "size=10m"))
	ts.Defer(func() { _ = syscall.Unmount(dir, syscall.MNT_DETACH) }) // the test ends anyway
}

// fill DIR leaves no room on the disk of a folder.
func fillDisk(ts *testscript.TestScript, args []string) {
	f, err := os.Create(filepath.Join(ts.MkAbs(args[0]), "filler"))
	ts.Check(err)
	defer f.Close()
	if _, err := io.CopyN(f, zeros{}, 1<<30); !errors.Is(err, syscall.ENOSPC) {
		ts.Fatalf("the disk should be full: %v", err)
	}
}

type zeros struct{}

func (zeros) Read(p []byte) (int, error) { return len(p), nil }

// readonly DIR makes a small disk one that cannot be written.
func readOnly(ts *testscript.TestScript, args []string) {
	ts.Check(syscall.Mount("", ts.MkAbs(args[0]), "", syscall.MS_REMOUNT|syscall.MS_RDONLY, ""))
}
