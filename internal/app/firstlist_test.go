package app

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stratosdrive/stratosdrive/sync/repo/memremote"
	"github.com/stratosdrive/stratosdrive/sync/testdrive"
)

// The first look at many files waits until they are listed, but not for ever.
func TestTheFirstLookWaitsForTheList(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		for _, c := range []struct {
			files, after, want time.Duration
		}{
			{10, time.Hour, 0},
			{manyListed, 300 * time.Millisecond, 300*time.Millisecond + showWait},
			{manyListed, time.Hour, listWait},
		} {
			l, began := newFirstList(int(c.files)), time.Now()
			timer := time.AfterFunc(c.after, func() { l.done(); l.done() })
			l.wait(t.Context())
			if took := time.Since(began); took != c.want {
				t.Errorf("%d files, listed after %s: it waited %s", c.files, c.after, took)
			}
			timer.Stop()
		}
		for _, was := range []bool{false, true} { // whoever closes the drive waits for nothing
			l, began := newFirstList(manyListed), time.Now()
			ctx, cancel := context.WithTimeout(t.Context(), time.Millisecond)
			if was {
				l.done()
			}
			if l.wait(ctx); time.Since(began) != time.Millisecond {
				t.Errorf("it waited %s", time.Since(began))
			}
			cancel()
		}
	})
}

// The first list of many files is made of what the drive knows. What lies there
// besides is told as soon as it was found, and the next list has it.
func TestTheFirstListLacksWhatIsUnknownAndSaysSo(t *testing.T) {
	a := openTest(t, t.TempDir())
	dev := testdrive.New(t, memremote.New(1), "laptop")
	dev.Text("known", "1")
	dev.Sync()
	dev.Text("new", "2")
	a.setDrive(&drive{root: dev.Root, engine: dev.Engine, board: newBoard(), listed: newFirstList(manyListed)})
	defer a.setDrive(nil)
	events, cancel := a.Subscribe()
	defer cancel()
	first, err := a.List(t.Context(), "")
	if err != nil || len(first) != 1 || first[0].Name != "known" {
		t.Fatalf("%+v, %v", first, err)
	}
	for changed := false; !changed; {
		select {
		case e := <-events:
			changed = e.Kind == DriveChanged && e.Path == ""
		case <-t.Context().Done():
			t.Fatal("nobody said that there is more")
		}
	}
	if second, err := a.List(t.Context(), ""); err != nil || len(second) != 2 || second[1].Name != "new" {
		t.Errorf("%+v, %v", second, err)
	}
}
