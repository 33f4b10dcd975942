package app

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
)

// Only the AppImage that a program lies in is its own.
func TestOwnAppImage(t *testing.T) {
	dir := t.TempDir()
	mounted, link := filepath.Join(dir, "mounted"), filepath.Join(dir, "link")
	program := filepath.Join(mounted, "usr", "bin", "stratosdrive")
	if err := errors.Join(os.MkdirAll(filepath.Dir(program), 0o700), os.WriteFile(program, nil, 0o700), os.Symlink(mounted, link)); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ appImage, appDir, program, want string }{
		{"/a.AppImage", mounted, program, "/a.AppImage"},
		{"/a.AppImage", link, program, "/a.AppImage"},
		{"/a.AppImage", mounted, filepath.Join(link, "usr", "bin", "stratosdrive"), "/a.AppImage"},
		{"/a.AppImage", filepath.Join(dir, "mount"), program, ""},
		{"/a.AppImage", mounted, filepath.Join(dir, "mounted2", "stratosdrive"), ""},
		{"/a.AppImage", "", program, ""},
		{"/a.AppImage", mounted, "", ""},
		{"", mounted, program, ""},
	} {
		if got := OwnAppImage(c.appImage, c.appDir, c.program); got != c.want {
			t.Errorf("%+v: it is %q", c, got)
		}
	}
}
