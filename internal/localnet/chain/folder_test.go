package chain

import (
	"os"
	"path/filepath"
	"slices"
	"testing"
)

func TestFolderBeginsAgainUntilTheFirstBlock(t *testing.T) {
	dir := t.TempDir()
	f, err := openFolder(dir)
	if err != nil {
		t.Fatal(err)
	}
	half := f.path(filepath.Join(stateDir, "half-made"))
	for _, path := range []string{half, f.path(keysFile)} {
		if err := os.WriteFile(path, nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	f = reopen(t, f)
	if _, err := os.Stat(half); err == nil {
		t.Error("a half-made database is kept")
	}
	if _, err := os.Stat(f.path(keysFile)); err != nil {
		t.Error("the keys are gone")
	}
	if err := os.WriteFile(half, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := f.begun(); err != nil {
		t.Fatal(err)
	}
	f = reopen(t, f)
	defer f.Close()
	if _, err := os.Stat(half); err != nil {
		t.Error("data is removed after the first block")
	}
}

func reopen(t *testing.T, f *folder) *folder {
	t.Helper()
	if _, err := openFolder(f.dir); err == nil {
		t.Error("opened twice")
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	f, err := openFolder(f.dir)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func TestOldLogsAreRemoved(t *testing.T) {
	f := &folder{dir: t.TempDir()}
	if err := os.Mkdir(f.path("wal"), 0o700); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"wal", "wal.998", "wal.999", "wal.1000", "wal.CORRUPTED"} {
		if err := os.WriteFile(f.path("wal/"+name), nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := f.trimLog(); err != nil {
		t.Fatal(err)
	}
	left, err := filepath.Glob(f.path("wal/*"))
	if err != nil {
		t.Fatal(err)
	}
	for i := range left {
		left[i] = filepath.Base(left[i])
	}
	if want := []string{"wal", "wal.1000", "wal.999", "wal.CORRUPTED"}; !slices.Equal(left, want) {
		t.Errorf("left %v, want %v", left, want)
	}
}
