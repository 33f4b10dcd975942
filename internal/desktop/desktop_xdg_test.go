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
