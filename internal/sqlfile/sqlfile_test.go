package sqlfile_test

import (
	"database/sql"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"testing"

	_ "modernc.org/sqlite"

	"github.com/stratosdrive/stratosdrive/internal/sqlfile"
)

func TestURI(t *testing.T) {
	names := map[string]string{"/home/ana/a b?#%.db": "file:///home/ana/a%20b%3F%23%25.db?x=1", "book.db": "file:book.db?x=1"}
	if runtime.GOOS == "windows" {
		names[`C:\Users\Ana\a b%.db`] = "file:///C:/Users/Ana/a%20b%25.db?x=1"
		names[`\\server\share\a.db`] = "file:////server/share/a.db?x=1"
	}
	for path, want := range names {
		if got := sqlfile.URI(path, url.Values{"x": {"1"}}); got != want {
			t.Errorf("%s is %s, want %s", path, got, want)
		}
	}
}

// TestTheFileIsTheOneThatWasNamed opens a database under names that mean
// something in an address.
func TestTheFileIsTheOneThatWasNamed(t *testing.T) {
	dir := t.TempDir()
	t.Chdir(dir)
	for _, path := range []string{filepath.Join(dir, "a b%20#.db"), "ünder.db", filepath.Join(dir, "100% & more", "x.db")} {
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		db, err := sql.Open("sqlite", sqlfile.URI(path, url.Values{"_pragma": {"busy_timeout(1000)"}}))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := db.ExecContext(t.Context(), "CREATE TABLE t(x)"); err != nil {
			t.Errorf("%s: %v", path, err)
		}
		if err := db.Close(); err != nil {
			t.Error(err)
		}
		if info, err := os.Stat(path); err != nil || info.Size() == 0 {
			t.Errorf("%s is not there: %v", path, err)
		}
	}
}
