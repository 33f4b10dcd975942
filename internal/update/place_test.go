package update

import (
	"os"
	"path/filepath"
	"testing"
)

func TestHowItWasInstalled(t *testing.T) {
	dir := t.TempDir()
	portable, flat, packages := filepath.Join(dir, "portable"), filepath.Join(dir, "flat"), filepath.Join(dir, "dpkg")
	for _, name := range []string{"portable/bin/x", "portable/LICENSE", "flat/LICENSE", "dpkg/stratosdrive.list"} {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	app := filepath.Join(dir, "S.AppImage")
	for name, c := range map[string]struct{ got, want Place }{
		"windows":        {Find("windows", "amd64", `C:\x.exe`, "", packages), Place{OS: "windows", Arch: "amd64", Kind: Installer}},
		"macOS":          {Find("darwin", "arm64", "/Applications/x", "", packages), Place{OS: "darwin", Arch: "arm64", Kind: DiskImage}},
		"AppImage":       {Find("linux", "amd64", "/tmp/.mount/usr/bin/x", app, packages), Place{"linux", "amd64", AppImage, dir, "S.AppImage"}},
		"package":        {Find("linux", "amd64", "/usr/bin/stratosdrive", "", packages), Place{OS: "linux", Arch: "amd64", Kind: Deb}},
		"other package":  {Find("linux", "amd64", "/usr/bin/stratosdrive", "", dir), Place{OS: "linux", Arch: "amd64"}},
		"in bin":         {Find("linux", "amd64", filepath.Join(portable, "bin", "x"), "", packages), Place{"linux", "amd64", Portable, portable, filepath.Join("bin", "x")}},
		"in the folder":  {Find("linux", "amd64", filepath.Join(flat, "x"), "", packages), Place{"linux", "amd64", Portable, flat, "x"}},
		"built by hand":  {Find("linux", "amd64", filepath.Join(dir, "src", "bin", "x"), "", packages), Place{OS: "linux", Arch: "amd64"}},
		"a folder of it": {Find("linux", "amd64", filepath.Join(portable, "lib", "x"), "", packages), Place{OS: "linux", Arch: "amd64"}},
	} {
		if c.got != c.want {
			t.Errorf("%s: %+v", name, c.got)
		}
	}
}

// Two files of a release never serve the same computer.
func TestWhatIsForThisComputer(t *testing.T) {
	r := sample().Release
	if f, ok := r.For("linux", "amd64", Portable); !ok || f != r.Files[0] {
		t.Error(f, ok)
	}
	for _, other := range [][3]string{{"linux", "arm64", "tar"}, {"darwin", "amd64", "tar"}, {"linux", "amd64", "deb"}, {"linux", "amd64", ""}} {
		if f, ok := r.For(other[0], other[1], Kind(other[2])); ok {
			t.Errorf("%v gets %s", other, f.Name)
		}
	}
}
