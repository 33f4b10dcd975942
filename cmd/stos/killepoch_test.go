package main

import (
	"maps"
	"path/filepath"
	"slices"
	"strconv"
	"testing"
	"time"
)

// A drive that is put under new keys is killed at any moment, again and again.
// Whoever has the words gets all of it at any time, and in the end the other
// computer follows.
func TestNewEpochKilledAtAnyMoment(t *testing.T) {
	w := newCrashWorld(t)
	d := newDriveModel(w)
	home, laptop := w.device("home"), w.device("laptop")
	d.edit(home.folder, "home", 15)
	home.sync()
	laptop.sync()
	took, restored := 3*home.took, 0
	w.rounds(1, 60, func() {
		d.edit(laptop.folder, "laptop", 3)
		laptop.sync()
		home.sync()
		for range 2 {
			moment := w.moment(took)
			r := w.start(home.profile, "drive", "new-epoch", "--yes")
			time.Sleep(moment)
			r.kill()
			t.Logf("kill a new epoch after %v: exit code %d", time.Since(r.began), r.wait().code)
			restored++
			w.checkRestored(d, strconv.Itoa(restored))
		}
		if w.rand.IntN(3) == 0 {
			// Too late, or nothing to give up, is wrong use.
			if got := w.run(home.profile, "drive", "new-epoch", "--cancel"); got.code != 0 && got.code != 2 {
				t.Fatalf("give up: exit code %d, %s", got.code, got.errors)
			}
			w.checkRestored(d, "given up "+strconv.Itoa(restored))
		}
		done := w.again(home.profile, "drive", "new-epoch", "--yes")
		took = max(took/2, done.took)
		t.Logf("new epoch: %v", done.out)
		d.edit(laptop.folder, "laptop", 2) // before it follows
		d.edit(home.folder, "home", 2)
		home.sync()
		settle(d, []*device{laptop, home})
	})
	w.checkRestored(d, "end")
}

// checkRestored restores the drive and fails the test unless all of it comes
// back.
func (w *crashWorld) checkRestored(d *driveModel, name string) {
	w.t.Helper()
	dir := filepath.Join(w.dir, "restored "+name)
	w.must("base", "drive", "restore", "--from-wallet", dir)
	if got := d.read(dir); !maps.Equal(got, d.files) {
		w.t.Fatalf("the drive is nowhere as a whole: %q, want %q", slices.Sorted(maps.Keys(got)), slices.Sorted(maps.Keys(d.files)))
	}
}
