package main

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/update"
)

var now = time.Date(2027, 3, 1, 12, 0, 0, 0, time.UTC)

// do runs a command line and returns what it prints.
func do(t *testing.T, args ...string) (string, error) {
	t.Helper()
	var out bytes.Buffer
	cmd := command(&out, func() time.Time { return now })
	cmd.SetErr(&out)
	cmd.SetArgs(args)
	err := cmd.Execute()
	return out.String(), err
}

// dist is a folder of packages and what lies beside them.
func dist(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	for _, name := range []string{
		"stratosdrive_1.2.0_amd64.deb", "stratosdrive-v1.2.0-linux-amd64.tar.gz", "Stratos_Drive-1.2.0-x86_64.AppImage", "stratosdrive-1.2.0-windows-amd64-setup.exe",
		"stratosdrive-1.2.0-arm64.dmg", "stratosdrive-1.2.0-linux-amd64.cdx.json", "notes.txt",
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte("holds "+name), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// keyed makes a key, and returns its file and its public half.
func keyed(t *testing.T) (file, public string) {
	t.Helper()
	file = filepath.Join(t.TempDir(), "key")
	out, err := do(t, "key", file)
	if err != nil {
		t.Fatal(out, err)
	}
	return file, strings.TrimSpace(out)
}

func TestAnIndexIsMadeAndProved(t *testing.T) {
	dir := dist(t)
	key, public := keyed(t)
	out, err := do(t, "index", "--dir", dir, "--version", "v1.2.0", "--key", key, "--keys", public, "--notes", filepath.Join(dir, "notes.txt"))
	if err != nil {
		t.Fatal(out, err)
	}
	for _, want := range []string{"left out: notes.txt\n", "left out: stratosdrive-1.2.0-linux-amd64.cdx.json\n", "v1.2.0 of 2027-03-01T12:00:00Z, number 1803902400, believed until 2027-04-30T12:00:00Z\n", "windows/amd64 installer  stratosdrive-1.2.0-windows"} {
		if !strings.Contains(out, want) {
			t.Errorf("%q is not in\n%s", want, out)
		}
	}
	raw, err := os.ReadFile(filepath.Join(dir, indexName))
	if err != nil {
		t.Fatal(err)
	}
	keys, err := update.ParseKeys(public)
	if err != nil {
		t.Fatal(err)
	}
	index, err := update.Read(raw, keys)
	if err != nil || len(index.Release.Files) != 5 || index.Release.Notes != "holds notes.txt" {
		t.Errorf("%+v, %v", index, err)
	}
	for _, use := range []struct {
		os, arch string
		kind     update.Kind
	}{{"linux", "amd64", update.Deb}, {"linux", "amd64", update.Portable}, {"linux", "amd64", update.AppImage}, {"windows", "amd64", update.Installer}, {"darwin", "arm64", update.DiskImage}} {
		if f, ok := index.Release.For(use.os, use.arch, use.kind); !ok || f.URL != f.Name {
			t.Errorf("nothing for %v", use)
		}
	}
}

// Two people keep a key each, and both have to sign.
func TestTwoSign(t *testing.T) {
	dir := dist(t)
	first, one := keyed(t)
	second, two := keyed(t)
	both := strings.Replace(one, "1:", "2:", 1) + "," + strings.TrimPrefix(two, "1:")
	if out, err := do(t, "index", "--dir", dir, "--version", "v1.2.0", "--key", first, "--base", "https://releases.example/v1.2.0/"); err != nil {
		t.Fatal(out, err)
	}
	if out, err := do(t, "verify", "--dir", dir, "--keys", both); !errors.Is(err, update.ErrUnsigned) {
		t.Fatal("one was enough:", out, err)
	}
	if out, err := do(t, "cosign", "--dir", dir, "--key", second); err != nil {
		t.Fatal(out, err)
	}
	if out, err := do(t, "verify", "--dir", dir, "--keys", both); err != nil {
		t.Fatal(out, err)
	}
	// who signs second has looked
	deb := filepath.Join(dir, "stratosdrive_1.2.0_amd64.deb")
	if err := os.WriteFile(deb, []byte("HOLDS stratosdrive_1.2.0_amd64.deb"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{{"cosign", "--dir", dir, "--key", first}, {"verify", "--dir", dir, "--keys", both}} {
		if out, err := do(t, args...); !errors.Is(err, update.ErrDamaged) {
			t.Error(args, out, err)
		}
	}
}

func TestWhatIsNotSigned(t *testing.T) {
	key, _ := keyed(t)
	for name, args := range map[string][]string{
		"no key":               {"index", "--version", "v1.2.0"},
		"key is not there":     {"index", "--version", "v1.2.0", "--key", key + "x"},
		"no version":           {"index", "--key", key},
		"another version":      {"index", "--version", "v1.3.0", "--key", key},
		"no date":              {"index", "--version", "v1.2.0", "--key", key, "--date", "yesterday"},
		"date to come":         {"index", "--version", "v1.2.0", "--key", key, "--date", "2027-03-01T12:00:01Z"},
		"no days":              {"index", "--version", "v1.2.0", "--key", key, "--days", "0"},
		"too many days":        {"index", "--version", "v1.2.0", "--key", key, "--days", "4000"},
		"notes missing":        {"index", "--version", "v1.2.0", "--key", key, "--notes", key + "x"},
		"nothing to add to":    {"cosign", "--key", key},
		"nothing to prove":     {"verify", "--keys", "1:x"},
		"no keys":              {"verify"},
		"a key as an argument": {"index", "--version", "v1.2.0", "--key", keyHead},
	} {
		dir := dist(t)
		if out, err := do(t, append(args, "--dir", dir)...); err == nil {
			t.Errorf("%s: %s", name, out)
		}
		if _, err := os.Stat(filepath.Join(dir, indexName)); err == nil {
			t.Errorf("%s leaves an index", name)
		}
	}
}

// A package of another version is not signed, however alike they are called.
func TestNamesOfPackages(t *testing.T) {
	for _, c := range []struct {
		file, version string
		want          bool
	}{
		{"stratosdrive_1.2.0_amd64.deb", "v1.2.0", true},
		{"stratosdrive-v1.2.0-linux-amd64.tar.gz", "v1.2.0", true},
		{"Stratos_Drive-1.2.0-x86_64.AppImage", "v1.2.0", true},
		{"stratosdrive-1.2.0-arm64.dmg", "v1.2.0", true},
		{"stratosdrive-v1.2.0-darwin-arm64.dmg", "v1.2.0", true},
		{"stratosdrive_1.2.0-rc.1_amd64.deb", "v1.2.0-rc.1", true},
		{"stratosdrive_1.2.0~rc.1_amd64.deb", "v1.2.0-rc.1", false}, // a host would call it otherwise
		{"stratosdrive-v1.2.0-rc.1-windows-amd64-setup.exe", "v1.2.0-rc.1", true},
		{"stratosdrive-v1.2.0-rc.1-linux-amd64.tar.gz", "v1.2.0", false},
		{"stratosdrive_1.2.0~rc.1_amd64.deb", "v1.2.0", false},
		{"stratosdrive-v11.2.0-linux-amd64.tar.gz", "v1.2.0", false},
		{"stratosdrive-v1.2.01-linux-amd64.tar.gz", "v1.2.0", false},
		{"stratosdrive-v1x2.0-linux-amd64.tar.gz", "v1.2.0", false},
		{"stratosdrive-v1.2.0-rc.11-linux-amd64.tar.gz", "v1.2.0-rc.1", false},
		{"stratosdrive-v1.2.0-linux-amd64.tar.gz", "v1.2.0-rc.1", false},
		{"stratosdrive-v1.1.0-1.2.0-linux-amd64.tar.gz", "v1.2.0", false},
	} {
		if named(c.file, c.version) != c.want {
			t.Errorf("%s of %s: %v", c.file, c.version, !c.want)
		}
	}
}

// Signing anew says when the release came out, not when it was signed.
func TestDateOfARelease(t *testing.T) {
	key, _ := keyed(t)
	out, err := do(t, "index", "--dir", dist(t), "--version", "v1.2.0", "--key", key, "--date", "2027-01-31T12:00:00+02:00")
	if want := "v1.2.0 of 2027-01-31T10:00:00Z, number 1803902400,"; err != nil || !strings.Contains(out, want) {
		t.Error(out, err)
	}
}

func TestKeysAreKeptToOneself(t *testing.T) {
	key, public := keyed(t)
	if info, err := os.Stat(key); err != nil || runtime.GOOS != "windows" && info.Mode().Perm() != 0o600 {
		t.Error(info.Mode(), err)
	}
	if out, err := do(t, "key", key); err == nil {
		t.Error("a key was lost:", out)
	}
	private, err := readKey(key)
	if err != nil || len(private) == 0 || !strings.HasPrefix(public, "1:") {
		t.Error(public, err)
	}
	if err := os.WriteFile(key, []byte(keyHead+"AAAA"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := readKey(key); err == nil || strings.Contains(err.Error(), "AAAA") {
		t.Error(err)
	}
	if err := os.Chmod(key, 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := readKey(key); runtime.GOOS != "windows" && (err == nil || !strings.Contains(err.Error(), "others can read")) {
		t.Error(err)
	}
}
