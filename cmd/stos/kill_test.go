package main

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"
	"time"
)

// A sync that is killed at any moment, again and again, loses nothing, makes
// nothing up and leaves nothing behind, on neither of two devices.
func TestSyncKilledAtAnyMoment(t *testing.T) {
	w := newCrashWorld(t)
	d := newDriveModel(w)
	devices := []*device{w.device("home"), w.device("laptop")}
	for _, v := range devices {
		d.edit(v.folder, v.profile, 20)
		v.sync()
	}
	w.rounds(4, 200, func() {
		for _, v := range devices {
			d.edit(v.folder, v.profile, 1+w.rand.IntN(6))
		}
		for range 5 {
			devices[w.rand.IntN(2)].killedSync(d)
		}
		settle(d, devices)
	})
	fresh := w.device("fresh")
	fresh.sync()
	d.check(fresh.folder)
	sameFolders(t, fresh.folder, devices[0].folder)
}

// A sync that keeps running is killed while it waits, gathers edits or sends.
func TestRunningSyncKilled(t *testing.T) {
	w := newCrashWorld(t)
	d := newDriveModel(w)
	home, laptop := w.device("home"), w.device("laptop")
	d.edit(home.folder, home.profile, 15)
	home.sync()
	w.rounds(4, 200, func() {
		r := w.start(home.profile, "sync", home.folder)
		r.await("up to date")
		d.edit(home.folder, home.profile, 1+w.rand.IntN(4))
		const gathering = 2 * time.Second
		time.Sleep(time.Duration(w.rand.Int64N(int64(gathering + home.took))))
		r.kill()
		if got := r.wait(); got.code >= 0 {
			t.Fatalf("the sync ended by itself: %d %s", got.code, got.errors)
		}
		d.edit(home.folder, home.profile, 1)
		settle(d, []*device{home, laptop})
	})
}

// device is one profile with its folder.
type device struct {
	w               *crashWorld
	profile, folder string
	took            time.Duration // of the last sync that nobody disturbed
}

func (w *crashWorld) device(name string) *device {
	w.t.Helper()
	return &device{w: w, profile: w.profile(name), folder: w.folder(name + " folder")}
}

// sync syncs until it succeeds.
func (v *device) sync() {
	v.w.t.Helper()
	done := v.w.again(v.profile, "sync", "--once", v.folder)
	v.w.t.Logf("sync %s: %v", v.profile, done.out)
	v.took = done.took
}

// killedSync kills a sync somewhere, often while the user edits.
func (v *device) killedSync(d *driveModel) {
	v.w.t.Helper()
	moment := v.w.moment(v.took)
	r := v.w.start(v.profile, "sync", "--once", v.folder)
	if v.w.rand.IntN(2) == 0 {
		time.Sleep(moment / 2)
		d.edit(v.folder, v.profile, 1)
		moment /= 2
	}
	time.Sleep(moment)
	r.kill()
	v.w.t.Logf("kill the sync of %s after %v: exit code %d", v.profile, time.Since(r.began), r.wait().code)
	d.checkWhole(v.folder)
}

// settle syncs both devices in turn until they must agree.
func settle(d *driveModel, devices []*device) {
	d.w.t.Helper()
	for _, v := range append(devices, devices[0]) {
		v.sync()
	}
	for _, v := range devices {
		d.check(v.folder)
	}
	sameFolders(d.w.t, devices[0].folder, devices[1].folder)
}

// Whatever a command had reported as done before the network is killed is
// there afterwards, byte for byte, for another device of the wallet as well.
func TestNetworkKilledAtAnyMoment(t *testing.T) {
	w := newCrashWorld(t)
	d := newDriveModel(w)
	home, laptop := w.device("home"), w.device("laptop")
	d.edit(home.folder, home.profile, 20)
	home.sync()
	took := home.took
	reported := map[string][]byte{}
	w.rounds(4, 200, func() {
		content := w.bytes(64<<10, 6<<20)
		name := filepath.Join(w.dir, "put.bin")
		if err := os.WriteFile(name, content, 0o644); err != nil {
			t.Fatal(err)
		}
		d.edit(home.folder, home.profile, 1+w.rand.IntN(6))
		sync, put := w.start(home.profile, "sync", "--once", home.folder), w.start(home.profile, "put", name)
		time.Sleep(w.moment(took))
		w.net.Kill()
		w.net.Again()
		sent := put.wait()
		if sent.code != 0 {
			sent = w.again(home.profile, "put", name)
		}
		reported[sent.text("id")] = content
		if sync.wait().code != 0 {
			home.sync()
		}
		laptop.sync()
		d.check(laptop.folder)
		took = max(home.took, sent.took)
	})
	fresh := w.device("fresh")
	fresh.sync()
	d.check(fresh.folder)
	sameFolders(t, fresh.folder, home.folder)
	w.checkReported(fresh, reported)
	w.checkAccounts(home, fresh)
}

// checkReported downloads what was reported as uploaded.
func (w *crashWorld) checkReported(v *device, reported map[string][]byte) {
	w.t.Helper()
	for id, content := range reported {
		copied := filepath.Join(w.dir, "got.bin")
		w.must(v.profile, "get", id, "-o", copied)
		if got, err := os.ReadFile(copied); err != nil || !bytes.Equal(got, content) {
			w.t.Errorf("%s was reported as uploaded and is another file now: %v", id, err)
		}
	}
}

// checkAccounts compares what two devices see of the wallet.
func (w *crashWorld) checkAccounts(a, b *device) {
	w.t.Helper()
	for _, command := range [][]string{{"balance"}, {"ozone", "show"}} {
		x, y := w.must(a.profile, command...), w.must(b.profile, command...)
		for field, value := range x.out {
			if y.out[field] != value {
				w.t.Errorf("%s is %v on one device and %v on the other", field, value, y.out[field])
			}
		}
	}
}
