package move_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"sync/atomic"
	"testing"

	"github.com/stratosdrive/stratosdrive/sync/repo"
	"github.com/stratosdrive/stratosdrive/sync/repo/memremote"
)

// listing returns the files of a folder with what is in them.
func listing(t *testing.T, root string) map[string]string {
	t.Helper()
	out := map[string]string{}
	err := filepath.WalkDir(root, func(path string, e os.DirEntry, err error) error {
		if err == nil && e.Name() == ".stratosdrive" {
			return filepath.SkipDir
		}
		if err != nil || !e.Type().IsRegular() {
			return err
		}
		rel, err := filepath.Rel(root, path)
		if err != nil {
			return err
		}
		body, err := os.ReadFile(path)
		out[filepath.ToSlash(rel)] = string(body)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// cutAfter makes all calls of both networks fail from one on.
func cutAfter(cut int, after bool, nets ...*memremote.Net) {
	var calls atomic.Int64
	for _, n := range nets {
		n.SetFault(func(_ memremote.Call, late bool) error {
			if !late {
				calls.Add(1)
			}
			if calls.Load() >= int64(cut) && late == after {
				return fmt.Errorf("%w: %w", repo.ErrOffline, errCut)
			}
			return nil
		})
	}
}

// whole fails the test unless a device that knows nothing gets all of the drive
// from where it finds one.
func whole(t *testing.T, want []string, old *memremote.Net, x *target) {
	t.Helper()
	r := x.fresh(t)
	if v, err := r.View(t.Context()); err != nil || len(v.Heads) == 0 {
		r = reader(t, old)
	}
	if got := past(t, r); !slices.Equal(got, want) {
		t.Fatal("the drive is nowhere as a whole")
	}
}
