package mpv

import (
	"io"
	"os"
	"path/filepath"
	"testing"

	"golang.org/x/sys/windows"
)

// TestLibraryOfTheWorkingFolderIsNotLoaded: only a library beside the program,
// of the system or at a whole path is taken.
func TestLibraryOfTheWorkingFolderIsNotLoaded(t *testing.T) {
	system, err := windows.GetSystemDirectory()
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	copyFile(t, filepath.Join(system, "version.dll"), filepath.Join(dir, "planted.dll"))
	t.Chdir(dir)
	t.Setenv("PATH", dir)
	if _, err := openLibrary("planted.dll"); err == nil {
		t.Error("a library of the working folder was loaded")
	}
	if _, err := openLibrary("version.dll"); err != nil {
		t.Error(err)
	}
	if handle, err := openLibrary(filepath.Join(system, "version.dll")); err != nil {
		t.Error(err)
	} else if _, err := findSymbol(handle, "GetFileVersionInfoW"); err != nil {
		t.Error(err)
	}
}

func copyFile(t *testing.T, from, to string) {
	t.Helper()
	in, err := os.Open(from)
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	out, err := os.Create(to)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := io.Copy(out, in); err != nil {
		t.Fatal(err)
	}
	if err := out.Close(); err != nil {
		t.Fatal(err)
	}
}
