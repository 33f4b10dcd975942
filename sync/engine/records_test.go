package engine_test

import (
	"fmt"
	"math/rand"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/sync/engine"
	"github.com/stratosdrive/stratosdrive/sync/repo/memremote"
)

// records tells what was done to the drive, a line each, the newest first.
func (d *dev) records() []string {
	d.t.Helper()
	all, err := d.e.Records(d.t.Context(), time.Time{}, 100)
	if err != nil {
		d.t.Fatal(err)
	}
	var out []string
	for _, r := range all {
		text := fmt.Sprintf("%s +%d ~%d >%d -%d:", r.Device, r.Added, r.Changed, r.Moved, r.Deleted)
		for _, touched := range r.Touched {
			text += " " + touched.Action + " " + touched.Path
			if touched.From != "" {
				text += " from " + touched.From
			}
		}
		out = append(out, text)
	}
	return out
}

func (d *dev) last() string {
	d.t.Helper()
	all, err := d.e.Records(d.t.Context(), time.Time{}, 1)
	if err != nil || len(all) != 1 {
		d.t.Fatal(all, err)
	}
	return all[0].ID
}

func (d *dev) undo(id string) engine.Effect {
	d.t.Helper()
	f, err := d.e.Undo(d.t.Context(), id, false)
	if err != nil {
		d.t.Fatal(err)
	}
	d.sync()
	return f
}

func TestRecordsTellWhatWasDone(t *testing.T) {
	net, c := memremote.New(1), newClock()
	d := timedDev(t, net, "desk", c)
	d.text("a/one", "1")
	d.text("a/two", "2")
	d.text("three", "3")
	d.day(c)
	d.text("three", "33")
	d.day(c)
	d.move("a", "b")
	d.day(c)
	d.move("b/one", "uno")
	d.remove("b/two")
	d.text("new/deep/four", "4")
	d.day(c)
	want := []string{
		"desk +1 ~0 >1 -1: deleted b/two added new moved uno from b/one",
		"desk +0 ~0 >2 -0: moved b from a",
		"desk +0 ~1 >0 -0: changed three",
		"desk +3 ~0 >0 -0: added a added three",
	}
	if got := d.records(); strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	all, err := d.e.Records(t.Context(), c.now.Add(-3*time.Hour), 100)
	if err != nil || len(all) != 3 || all[0].First {
		t.Errorf("%d records since then, %v", len(all), err)
	}
}

// What each of two devices did at the same time is told once, for that device.
func TestRecordsOfTwoDevices(t *testing.T) {
	net, c := memremote.New(1), newClock()
	a, b := timedDev(t, net, "desk", c), timedDev(t, net, "lap", c)
	a.text("x", "1")
	a.day(c)
	b.day(c)
	a.text("from desk", "1")
	b.text("from lap", "2")
	a.day(c)
	b.day(c)
	a.day(c)
	b.text("x", "22")
	b.day(c)
	a.day(c)
	want := []string{
		"lap +0 ~1 >0 -0: changed x",
		"lap +1 ~0 >0 -0: added from lap",
		"desk +1 ~0 >0 -0: added from desk",
		"desk +1 ~0 >0 -0: added x",
	}
	for _, d := range []*dev{a, b} {
		if got := d.records(); strings.Join(got, "\n") != strings.Join(want, "\n") {
			t.Errorf("got\n%s", strings.Join(got, "\n"))
		}
	}
}

func TestUndo(t *testing.T) {
	net, c := memremote.New(1), newClock()
	d := timedDev(t, net, "desk", c)
	d.text("a/one", "1")
	d.text("two", "2")
	d.day(c)
	start := d.files()
	for name, do := range map[string]func(){
		"edit":   func() { d.text("two", "22") },
		"delete": func() { d.remove("a"); d.remove("two") },
		"move":   func() { d.move("a", "deep/b"); d.move("two", "deep/zwei") },
		"add":    func() { d.text("three/four", "4") },
		"swap":   func() { d.move("a", "tmp"); d.move("two", "a"); d.move("tmp", "two") },
	} {
		do()
		d.day(c)
		changed := d.files()
		id := d.last()
		if _, err := d.e.Undo(t.Context(), id, true); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if got := d.files(); fmt.Sprint(got) != fmt.Sprint(changed) {
			t.Fatalf("%s: the preview changed the drive: %v", name, got)
		}
		d.undo(id)
		if got := d.files(); fmt.Sprint(got) != fmt.Sprint(start) {
			t.Fatalf("%s is not undone: %v", name, got)
		}
		c.pass(time.Hour)
		d.undo(d.last()) // undo what was undone
		if got := d.files(); fmt.Sprint(got) != fmt.Sprint(changed) {
			t.Fatalf("%s is not done again: %v", name, got)
		}
		c.pass(time.Hour)
		d.undo(d.last())
		c.pass(time.Hour)
	}
}

// What was changed again since then is left alone.
func TestUndoLeavesLaterWorkAlone(t *testing.T) {
	net, c := memremote.New(1), newClock()
	d := timedDev(t, net, "desk", c)
	d.text("x", "1")
	d.text("y", "1")
	d.day(c)
	first := d.last()
	d.text("x", "2")
	d.text("y", "2")
	d.text("z", "2")
	d.day(c)
	second := d.last()
	d.text("x", "3")
	d.move("z", "elsewhere/z")
	d.day(c)
	d.undo(second)
	if got := fmt.Sprint(d.files()); got != "map[elsewhere/: elsewhere/z:2 x:3 y:1]" {
		t.Error(got)
	}
	for id, want := range map[string]string{first: "began with this change", "00000000": "There is no change"} {
		if _, err := d.e.Undo(t.Context(), id, false); err == nil || !strings.Contains(fault.Sentence(err), want) {
			t.Errorf("%s: %v", id, err)
		}
	}
}

// Taking back commit after commit, the newest first, leads through all states
// that the drive ever had.
func TestUndoGoesAllTheWayBack(t *testing.T) {
	for seed := range int64(5) {
		rng := rand.New(rand.NewSource(seed))
		net, c := memremote.New(1), newClock()
		d := timedDev(t, net, "desk", c)
		d.text("start", "0")
		d.day(c)
		var states, ids []string
		for range 8 {
			state := fmt.Sprint(d.files())
			fiddle(d, rng)
			d.day(c)
			if fmt.Sprint(d.files()) != state {
				states, ids = append(states, state), append(ids, d.last())
			}
		}
		for i := len(ids) - 1; i >= 0; i-- {
			d.undo(ids[i])
			c.pass(time.Hour)
			if got := fmt.Sprint(d.files()); got != states[i] {
				t.Fatalf("seed %d, change %d of %d: got\n%s\nwant\n%s", seed, i, len(ids), got, states[i])
			}
		}
	}
}

// fiddle makes a few changes of any kind.
func fiddle(d *dev, rng *rand.Rand) {
	var files []string
	for name := range d.files() {
		if !strings.HasSuffix(name, "/") {
			files = append(files, name)
		}
	}
	slices.Sort(files)
	for range 1 + rng.Intn(4) {
		fresh := fmt.Sprintf("%c/%c%d", 'a'+rng.Intn(3), 'p'+rng.Intn(5), rng.Intn(1000))
		pick := rng.Intn(len(files) + 1)
		if pick == len(files) {
			d.text(fresh, fmt.Sprint(rng.Int()))
			continue
		}
		switch rng.Intn(3) {
		case 0:
			d.text(files[pick], fmt.Sprint(rng.Int()))
		case 1:
			d.move(files[pick], fresh)
		default:
			d.remove(files[pick])
		}
		files = slices.Delete(files, pick, pick+1)
	}
}
