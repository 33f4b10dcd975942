package stakepage

import (
	"testing"

	"github.com/stratosdrive/stratosdrive/ui/internal/fake"
	"github.com/stratosdrive/stratosdrive/ui/widgets"
)

func TestWithdrawingWhatNodesEarned(t *testing.T) {
	backend := fake.Full()
	p, _ := opened(t, backend, 1064, 700)
	p.open(nodes)
	press(t, p.panel, "Withdraw")
	give(t, p, "all of it", "")
	press(t, p.panel, "Withdraw")
	give(t, p, "2", fake.Ana)
	if !backend.Asked("preview withdraw max ") || !backend.Asked("preview withdraw 2 "+fake.Ana) {
		t.Errorf("%q", backend.Calls)
	}
}

func TestLookingAfterNodes(t *testing.T) {
	backend := fake.Full()
	p, told := opened(t, backend, 1064, 900)
	p.open(nodes)
	p.table.Select(0)
	press(t, p.panel, "Add to the deposit")
	fill(t, p, "12")
	press(t, p.panel, "Change")
	give(t, p, "Loft", "", "under the roof", fake.Address)
	press(t, p.panel, "Give up")
	fill(t, p, "")
	attic := backend.Nodes[0].Address
	for _, want := range []string{
		"preview node deposit " + attic + " 12", "preview node update " + attic + "  Loft  under the roof " + fake.Address,
		"preview node remove " + attic, "confirm Give up the node",
	} {
		if !backend.Asked(want) {
			t.Errorf("nobody asked %q: %q", want, backend.Calls)
		}
	}
	p.table.Select(2)
	if len(find[*widgets.Button](p.panel)) != 0 {
		t.Error("a node that was given up cannot be changed")
	}
	key := "stsdspub1qqqsyqcyq5rqwzqfpg9scrgwpugpzysnzs23v9ccrydpk8qarc0s3yzml2"
	p.register()
	give(t, p, key, "Cellar", "2000")
	if !backend.Asked("preview node register " + key + " 2000 Cellar") {
		t.Errorf("%q", backend.Calls)
	}
	backend.Err = fake.ErrOffline
	p.register()
	if len(told.Said) == 0 {
		t.Error("that it is not possible must be said")
	}
}
