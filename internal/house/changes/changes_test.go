package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// TestNotesCanBeRead reads those that are there.
func TestNotesCanBeRead(t *testing.T) {
	if _, err := read("../../../" + folder); err != nil {
		t.Error(err)
	}
}

func TestRelease(t *testing.T) {
	root := t.TempDir()
	day := time.Date(2026, 11, 24, 0, 0, 0, 0, time.UTC)
	write(t, root, "README.md", "# How\n")
	write(t, root, "b.md", "Fixed\n\nIt works\nagain.\n")
	write(t, root, "a.md", "Added\n\nA thing.\n")
	var shown strings.Builder
	if err := run(root, "", day, &shown); err != nil {
		t.Fatal(err)
	}
	const want = "### Added\n\n- A thing.\n\n### Fixed\n\n- It works\n  again.\n\n"
	if shown.String() != want {
		t.Errorf("shown is %q", shown.String())
	}
	if err := run(root, "1.0.0", day, nil); err != nil {
		t.Fatal(err)
	}
	write(t, root, "c.md", "Security\n\nSafer.\n")
	if err := run(root, "1.0.1", day, nil); err != nil {
		t.Fatal(err)
	}
	got, err := os.ReadFile(filepath.Join(root, journal))
	if err != nil {
		t.Fatal(err)
	}
	all := begin + "\n## 1.0.1, 2026-11-24\n\n### Security\n\n- Safer.\n\n## 1.0.0, 2026-11-24\n\n" + strings.TrimRight(want, "\n") + "\n"
	if string(got) != all {
		t.Errorf("the journal is %q, want %q", got, all)
	}
	if left, _ := filepath.Glob(filepath.Join(root, folder, "*")); len(left) != 1 {
		t.Errorf("%q are left, want the README alone", left)
	}
	if err := run(root, "1.0.2", day, nil); err == nil {
		t.Error("a release without notes is written")
	}
}

func TestNotesThatAreWrong(t *testing.T) {
	for name, raw := range map[string]string{"no kind": "It works.\n", "empty": "Added\n", "long": "Added\n\nOne.\n\nTwo.\n", "other": "added\n\nx\n"} {
		if _, err := parse(name, raw); err == nil {
			t.Errorf("%s is taken", name)
		}
	}
	root := t.TempDir()
	write(t, root, "a.md", "Added\n\nA thing.\n")
	if err := run(root, "one", time.Now(), nil); err == nil {
		t.Error("a release is called one")
	}
}

func write(t *testing.T, root, name, text string) {
	t.Helper()
	dir := filepath.Join(root, filepath.FromSlash(folder))
	if err := os.MkdirAll(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}
