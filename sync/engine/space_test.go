package engine_test

import (
	"bytes"
	"fmt"
	"math/rand"
	"testing"
	"time"

	"github.com/stratosdrive/stratosdrive/sync/engine"
	"github.com/stratosdrive/stratosdrive/sync/repo/memremote"
	"github.com/stratosdrive/stratosdrive/sync/space"
)

const day = 24 * time.Hour

// timedNet is a network with the clock of a test.
func timedNet(c *clock) *memremote.Net {
	net := memremote.New(1)
	net.Now = func() time.Time { return c.now }
	return net
}

func randomBytes(seed int64, n int) []byte {
	p := make([]byte, n)
	rand.New(rand.NewSource(seed)).Read(p)
	return p
}

func (d *dev) collect(repack bool) engine.Collected {
	d.t.Helper()
	c, err := d.e.Collect(d.t.Context(), repack)
	if err != nil || c.Plan.Refused != space.Free {
		d.t.Fatalf("%s: %v %v", d.cfg.Device, c.Plan.Refused, err)
	}
	return c
}

func (d *dev) keepDays(days int) {
	d.t.Helper()
	if err := d.e.SetRetention(d.t.Context(), space.Retention{All: days}); err != nil {
		d.t.Fatal(err)
	}
}

// What is deleted and overwritten goes from the network after its time, and all
// else stays, for all devices and for new ones.
func TestSpaceIsFreed(t *testing.T) {
	c := newClock()
	net := timedNet(c)
	a, b := timedDev(t, net, "desk", c), timedDev(t, net, "laptop", c)
	a.write("big.bin", randomBytes(1, 3<<20))
	a.day(c)
	a.write("keep.bin", randomBytes(2, 2<<20))
	a.day(c)
	b.day(c)
	a.keepDays(2)
	for i := range 12 {
		a.text("note.txt", fmt.Sprint("note ", i))
		a.day(c)
	}
	b.remove("big.bin")
	b.write("other.bin", randomBytes(3, 1<<20))
	b.e.Allow()
	b.day(c)
	a.day(c)
	c.pass(5 * day)
	if got := a.collect(false); got.Deleted != 0 {
		t.Fatal("deleted at once")
	}
	for range 6 {
		c.pass(6 * day)
		b.day(c)
		b.collect(false)
		a.day(c)
		a.collect(false)
	}
	if r, err := b.e.Retention(t.Context()); err != nil || r.All != 2 {
		t.Fatal("retention is not shared", r, err)
	}
	total := int64(0)
	for _, body := range net.Files() {
		total += int64(len(body))
	}
	if total > 4<<20 {
		t.Fatalf("%d files are left, %d bytes", len(net.Files()), total)
	}
	if u, err := a.e.Space(t.Context()); err != nil || u.Total != total || u.Current < 3<<20 || u.Current > 4<<20 {
		t.Fatalf("%+v of %d: %v", u, total, err)
	}
	a.restart()
	n := timedDev(t, net, "new", c)
	n.sync()
	same(t, a, b, n)
	// What is gone can be added again.
	n.write("big again.bin", randomBytes(1, 3<<20))
	n.day(c)
	a.day(c)
	b.day(c)
	fresh := timedDev(t, net, "fresh", c)
	fresh.sync()
	same(t, a, b, n, fresh)
}

// A device that was away for months has files that the drive let go.
func TestReturnAfterMonths(t *testing.T) {
	c := newClock()
	net := timedNet(c)
	a, b := timedDev(t, net, "desk", c), timedDev(t, net, "old laptop", c)
	a.write("film.bin", randomBytes(1, 2<<20))
	a.day(c)
	a.text("x", "1")
	a.day(c)
	b.text("y", "1")
	b.day(c)
	a.day(c)
	a.keepDays(1)
	a.remove("film.bin")
	a.e.Allow()
	a.day(c)
	for range 16 {
		c.pass(7 * day)
		a.day(c)
		if got := a.collect(false); got.Deleted > 0 {
			t.Fatal("deleted while a device may rely on it")
		}
	}
	devices, err := a.e.Devices(t.Context())
	if err != nil || len(devices) != 2 || !devices[1].Silent || devices[1].Name != "old laptop" {
		t.Fatal(devices, err)
	}
	yes := true
	if d, err := a.e.ChangeDevice(t.Context(), "old laptop", engine.DeviceChange{Retired: &yes}); err != nil || !d.Retired {
		t.Fatal(d, err)
	}
	deleted := 0
	for range 6 {
		c.pass(7 * day)
		deleted += a.collect(false).Deleted
	}
	if deleted == 0 {
		t.Fatal("nothing is deleted although the person agreed")
	}
	b.move("film.bin", "moved film.bin") // an edit beats the deletion
	b.day(c)
	a.day(c)
	same(t, a, b)
	if got := a.files()["moved film.bin"]; got != string(randomBytes(1, 2<<20)) {
		t.Fatal("the file that came back differs", len(got))
	}
	if devices, _ := a.e.Devices(t.Context()); devices[0].Retired || devices[1].Retired {
		t.Error("a device that came back does not count again", devices)
	}
	n := timedDev(t, net, "new", c)
	n.sync()
	same(t, a, n)
}

// Packs that the network lost are sent again from the files on the disk.
func TestLostPacksAreSentAgain(t *testing.T) {
	c := newClock()
	net := timedNet(c)
	a := timedDev(t, net, "desk", c)
	body := randomBytes(1, 1<<20)
	a.write("a.bin", body)
	a.day(c)
	for id, p := range net.Files() {
		if len(p) > 1<<20 {
			if err := net.Delete(t.Context(), id); err != nil {
				t.Fatal(err)
			}
		}
	}
	c.pass(day)
	got := a.collect(false)
	if len(got.Plan.Missing) != 1 {
		t.Fatal(got.Plan.Missing)
	}
	a.sync()
	n := timedDev(t, net, "new", c)
	n.sync()
	if !bytes.Equal([]byte(n.files()["a.bin"]), body) {
		t.Fatal("the file is not there")
	}
}

func TestSparsePacksAreStoredAnew(t *testing.T) {
	c := newClock()
	net := timedNet(c)
	a := timedDev(t, net, "desk", c)
	for i := range 40 {
		a.write(fmt.Sprintf("d/f%02d", i), randomBytes(int64(i), 100_000))
	}
	a.day(c)
	a.keepDays(0)
	for i := range 36 {
		a.remove(fmt.Sprintf("d/f%02d", i))
	}
	a.e.Allow()
	a.day(c)
	c.pass(day)
	would, err := a.e.PlanCollect(t.Context())
	if err != nil || len(would.Plan.Sparse) != 1 || would.Plan.SparseCost > 500_000 {
		t.Fatal(would.Plan.Sparse, would.Plan.SparseCost, err)
	}
	a.collect(true)
	for range 7 {
		c.pass(6 * day)
		a.day(c)
		a.collect(false)
	}
	total := 0
	for _, p := range net.Files() {
		total += len(p)
	}
	if total > 1<<20 {
		t.Fatal(total, "bytes are left")
	}
	n := timedDev(t, net, "new", c)
	n.sync()
	same(t, a, n)
}
