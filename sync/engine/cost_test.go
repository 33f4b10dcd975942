package engine_test

import (
	"fmt"
	"os"
	"testing"

	"github.com/stratosdrive/stratosdrive/sync/repo/memremote"
)

// Editing a note costs one upload. A commit costs at most 8 calls and, besides
// its content, 4 KiB; every eighth, which gathers the others, costs more calls
// but stays within both on average.
func TestWhatACommitCosts(t *testing.T) {
	net := memremote.New(1)
	a, b := newDev(t, net, "desk"), newDev(t, net, "laptop")
	for i := range 60 {
		a.text(fmt.Sprintf("folder %d/file %d.txt", i%6, i), fmt.Sprint("some words ", i))
	}
	a.sync()
	b.text("from b.txt", "b")
	b.sync()
	a.sync()
	uploads := func() (n int) {
		for _, k := range net.Uploads() {
			n += k
		}
		return n
	}
	const commits, content = 64, 1000
	single, bytes := 0, int64(0)
	for i := range commits {
		a.write("folder 3/note.txt", randomBytes(int64(i), content))
		calls, ups, sent := net.Calls(), uploads(), net.Sent()
		a.sync()
		calls, ups, sent = net.Calls()-calls, uploads()-ups, net.Sent()-sent-content
		if calls > 8 {
			t.Errorf("commit %d costs %d calls", i, calls)
		}
		if ups == 1 {
			single++
			if sent > 4<<10 {
				t.Errorf("commit %d costs %d bytes besides its content", i, sent)
			}
		}
		bytes += sent
	}
	t.Logf("%d of %d commits cost one upload; %d bytes each besides the content", single, commits, bytes/commits)
	if single < commits*7/8-1 || bytes/commits > 4<<10 {
		t.Errorf("%d of %d commits cost one upload, %d bytes each", single, commits, bytes/commits)
	}
}

// However long the history and however many the files, a new device reads at
// most 20 files before it shows the tree.
func TestNewDeviceShowsTheTreeSoon(t *testing.T) {
	testTreeSoon(t, 2_000, 40)
	if os.Getenv("STOS_NIGHTLY") != "" {
		testTreeSoon(t, 100_000, 20)
		testTreeSoon(t, 2_000, 1_000)
	}
}

func testTreeSoon(t *testing.T, files, commits int) {
	net := memremote.New(1)
	a := newDev(t, net, "desk")
	for i := range files {
		a.text(fmt.Sprintf("d%03d/f%d", i/200, i), fmt.Sprint(i))
	}
	a.sync()
	for i := range commits {
		a.text(fmt.Sprintf("d%03d/f%d", i%(files/200), i%(files/200)*200), fmt.Sprint("edit ", i))
		a.sync()
	}
	n := newDev(t, net, "new")
	before := net.Calls()
	if err := n.e.Refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
	items, err := n.e.List(t.Context(), "d001")
	if err != nil || len(items) != 200 {
		t.Fatal(len(items), err)
	}
	calls := net.Calls() - before
	t.Logf("%d calls after %d commits of %d files", calls, commits+1, files)
	if calls > 20+3 { // the list of shares is asked for too
		t.Errorf("%d calls before the tree shows", calls)
	}
}
