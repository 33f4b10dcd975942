//go:build !windows && !darwin

package desktop

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func on(t *testing.T) Desktop {
	dir := t.TempDir()
	return Desktop{program(), Places{Home: dir, Config: filepath.Join(dir, ".config"), Data: filepath.Join(dir, "share")}}
}

func TestStartingWithTheSystem(t *testing.T) {
	d := on(t)
	for _, want := range []bool{false, true, true, false, false} {
		if err := d.SetStartsWithSystem(want); err != nil {
			t.Fatal(err)
		}
		if d.StartsWithSystem() != want {
			t.Errorf("starts with the system: %v", !want)
		}
	}
	other := d
	other.Program.Args = []string{"--home", "/b"}
	if err := other.SetStartsWithSystem(true); err != nil || d.StartsWithSystem() {
		t.Errorf("another profile starts this one, %v", err)
	}
	if err := os.WriteFile(d.Places.Config+"/autostart/x", nil, 0o600); err != nil {
		t.Fatal(err)
	}
	d.Places.Config += "/autostart/x" // a file is no folder
	if err := d.SetStartsWithSystem(true); err == nil {
		t.Error("what cannot be written is no error")
	}
}

func TestTakingLinks(t *testing.T) {
	d := on(t)
	d.Program.Icon = []byte("png")
	list := filepath.Join(d.Places.Config, "mimeapps.list")
	for range 2 {
		if err := d.TakeLinks(); err != nil {
			t.Fatal(err)
		}
	}
	raw, err := os.ReadFile(list)
	if err != nil || opener(string(raw), "x-scheme-handler/stos") != "io.github.stratosdrive.desktop" || strings.Count(string(raw), "stos") != 1 {
		t.Errorf("%v\n%s", err, raw)
	}
	for _, file := range []string{"applications/io.github.stratosdrive.desktop", "icons/hicolor/512x512/apps/io.github.stratosdrive.png"} {
		if _, err := os.Stat(filepath.Join(d.Places.Data, file)); err != nil {
			t.Error(err)
		}
	}
	chosen := "[Default Applications]\nx-scheme-handler/stos=another.desktop\n"
	if err := os.WriteFile(list, []byte(chosen), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := d.TakeLinks(); err != nil {
		t.Fatal(err)
	}
	if raw, _ := os.ReadFile(list); string(raw) != chosen {
		t.Errorf("what the user chose became\n%s", raw)
	}
}

// A program of a package leaves nothing with the user that outlives the
// package, and takes back what it left before.
func TestPackagesAreLeftAlone(t *testing.T) {
	d := on(t)
	d.Program.Icon = []byte("png")
	list := filepath.Join(d.Places.Config, "mimeapps.list")
	if err := writeFile(list, "[Default Applications]\nimage/png=eog.desktop\n"); err != nil {
		t.Fatal(err)
	}
	if err := d.TakeLinks(); err != nil { // as an unpacked archive
		t.Fatal(err)
	}
	prefix := filepath.Join(d.Places.Home, "usr")
	d.Program.Path = filepath.Join(prefix, "bin", "stratosdrive")
	d.Places.Shared = []string{filepath.Join(d.Places.Home, "other"), filepath.Join(prefix, "share") + "/"}
	if d.installed() {
		t.Error("a package that is not there")
	}
	if err := writeFile(filepath.Join(prefix, "share", "applications", d.entryName()), "[Desktop Entry]\n"); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if err := d.TakeLinks(); err != nil {
			t.Fatal(err)
		}
	}
	for _, path := range []string{d.entryPath(), d.iconPath()} {
		if _, err := os.Stat(path); err == nil {
			t.Errorf("%s is left", path)
		}
	}
	if raw, err := os.ReadFile(list); err != nil || string(raw) != "[Default Applications]\nimage/png=eog.desktop\n" {
		t.Errorf("%v\n%s", err, raw)
	}
}

// What a person wrote stays, even where a package is installed.
func TestEntriesOfPeopleStay(t *testing.T) {
	d := on(t)
	d.Program.Path = filepath.Join(d.Places.Home, "usr", "bin", "stratosdrive")
	d.Places.Shared = []string{filepath.Join(d.Places.Home, "usr", "share")}
	const own = "[Desktop Entry]\nExec=env X=1 stratosdrive %u\n"
	for path, content := range map[string]string{
		filepath.Join(d.Places.Shared[0], "applications", d.entryName()): "[Desktop Entry]\n", d.entryPath(): own,
	} {
		if err := writeFile(path, content); err != nil {
			t.Fatal(err)
		}
	}
	if err := d.TakeLinks(); err != nil {
		t.Fatal(err)
	}
	if raw, err := os.ReadFile(d.entryPath()); err != nil || string(raw) != own {
		t.Errorf("%v\n%s", err, raw)
	}
}
