package state

import (
	"fmt"
	"path/filepath"
	"testing"

	"github.com/stratosdrive/stratosdrive/sync/disk"
)

// A disk without room for a change is told as such. The file is as it was, and
// takes the change when there is room.
func TestFullDiskIsTold(t *testing.T) {
	db := open(t, filepath.Join(t.TempDir(), "state.db"))
	db.db.SetMaxOpenConns(1) // the limit is that of a connection
	if _, err := db.db.ExecContext(t.Context(), `PRAGMA max_page_count=40`); err != nil {
		t.Fatal(err)
	}
	change := func(tx Tx) error {
		for i := range 100 {
			if err := tx.Set(fmt.Sprint("key ", i), make([]byte, 10_000)); err != nil {
				return err
			}
		}
		return nil
	}
	err := db.Update(t.Context(), change)
	if !disk.IsFull(err) || IsUseless(err) {
		t.Fatal(err)
	}
	if _, err := db.Get(t.Context(), "key 0"); err != ErrNotFound {
		t.Error("a part of the change was kept:", err)
	}
	if _, err := db.db.ExecContext(t.Context(), `PRAGMA max_page_count=4000`); err != nil {
		t.Fatal(err)
	}
	update(t, db, change)
}
