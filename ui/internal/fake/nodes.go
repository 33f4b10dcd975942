package fake

import (
	"context"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/app"
)

// Guarded holds the nodes that a person watches.
type Guarded struct {
	List []app.MyNode
	Away bool // this computer has no line
	News []app.NodeAlert
}

// WatchNodes gives a program three nodes: one is well, one is silent, one wants
// another token.
func WatchNodes(b *Backend) *Backend {
	attic, tier := aWatched("attic", "Attic", "online"), 2
	attic.InPerSecond, attic.OutPerSecond, attic.HourIn, attic.HourOut, attic.Tier = 1_200_000, 400_000, 3_100_000_000, 900_000_000, &tier
	attic.Online = Now.Add(-52 * time.Hour)
	attic.Chain = &app.NodeOnChain{At: Now, State: "active", PaidTo: Address}
	wei(&attic.Chain.Mature, "41.5")
	wei(&attic.Chain.Immature, "310")
	e := app.NodeEpoch{Epoch: 4_012, At: Now.Add(-4 * time.Minute), Traffic: 640_000_000, Whole: true, Noz: "640000000", Basis: "told", Volume: "640000000", All: "8000000000", Known: true}
	wei(&e.Pool, "48")
	wei(&e.Expected, "3.84")
	wei(&e.Due, "3.84")
	wei(&e.Real, "3.79")
	attic.Epochs = []app.NodeEpoch{e}
	attic.Events = []app.NodeEvent{{At: Now.Add(-52 * time.Hour), What: "back"}, {At: Now.Add(-53 * time.Hour), What: "silent"}}
	silent := aWatched("cellar", "Cellar", "silent")
	silent.Trouble, silent.Online = "The node does not answer. Check that it runs and that this computer can reach it.", time.Time{}
	refusing := aWatched("office", "Office", "refusing")
	refusing.Trouble = "The node was started again and has another token. Enter the one that it shows now."
	b.Guarded.List = []app.MyNode{attic, silent, refusing}
	return b
}

func aWatched(id, name, state string) app.MyNode {
	n := app.MyNode{
		ID: id, Name: name, Named: true, State: state, Monitor: "ws://192.168.1.20:18381", Address: "stsds1gl9ywg6jdfdgcja70ffum4ectq4fmt26ay4znv",
		StateSince: Now.Add(-time.Hour), Begun: Now.AddDate(0, 0, -20), In: 812_000_000_000, Out: 240_000_000_000, Disk: 1_400_000_000_000,
	}
	for i := range 48 {
		n.Hours = append(n.Hours, app.NodeFlow{At: Now.Add(time.Duration(i-47) * time.Hour), In: int64(3+i*i%17) * 100_000_000, Out: int64(i%7) * 90_000_000})
	}
	return n
}

// MyNodes lists the sample nodes.
func (b *Backend) MyNodes() ([]app.MyNode, error) { return b.Guarded.List, b.Err }

// AddNode notes a new node, but not its token.
func (b *Backend) AddNode(_ context.Context, n app.NewNode) (app.MyNode, error) {
	b.note("add node " + n.Name + " at " + n.Monitor)
	return app.MyNode{}, b.Err
}

// AddPracticeNodes adds the sample nodes where there are none.
func (b *Backend) AddPracticeNodes() (int, error) {
	b.note("add practice nodes")
	if b.Err != nil || len(b.Guarded.List) > 0 {
		return 0, b.Err
	}
	return len(WatchNodes(b).Guarded.List), nil
}

// RenameNode notes another name.
func (b *Backend) RenameNode(which, name string) error {
	b.note("rename node " + which + " to " + name)
	return b.Err
}

// SetNodeToken notes that there is a new token, but not which one.
func (b *Backend) SetNodeToken(_ context.Context, which, _ string) error {
	b.note("new token of " + which)
	return b.Err
}

// ForgetNode notes that a node is forgotten.
func (b *Backend) ForgetNode(which string) error {
	b.note("forget node " + which)
	return b.Err
}

// ThisComputerIsAway tells whether the program has no line.
func (b *Backend) ThisComputerIsAway() bool { return b.Guarded.Away }

// TakeNodeNews returns what was not told yet.
func (b *Backend) TakeNodeNews() []app.NodeAlert {
	b.mu.Lock()
	defer b.mu.Unlock()
	list := b.Guarded.News
	b.Guarded.News = nil
	return list
}
