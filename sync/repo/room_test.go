package repo_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/stratosdrive/stratosdrive/sync/repo/memremote"
)

// A folder that is larger than the disk has room for can be taken in: what was
// sent does not stay in the spool until the commit.
func TestSpoolStaysSmall(t *testing.T) {
	const file, files = 600 << 10, 60
	dir, spool := t.TempDir(), 0
	r := device(t, memremote.New(1), dir, "a")
	in, err := r.NewIngest(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	for i := range files { // media files have packs of their own
		if _, err := in.Add(t.Context(), fmt.Sprintf("%d.mp4", i), bytes.NewReader(noise(int64(i), file)), file); err != nil {
			t.Fatal(err)
		}
		entries, err := os.ReadDir(filepath.Join(dir, "spool"))
		if err != nil {
			t.Fatal(err)
		}
		spool = max(spool, len(entries))
	}
	const most = 20 // packs that are open, being made ready, queued or on their way
	if spool > most {
		t.Errorf("%d packs in the spool", spool)
	}
}
