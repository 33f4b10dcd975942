package network

import (
	"errors"
	"testing"
)

func TestFiguresThatNoNetworkCanHave(t *testing.T) {
	good := func() Figures {
		return Figures{
			Version: FiguresVersion, Capacity: 10, Used: 4, Hours: []Traffic{{Up: 1}},
			Copies: []CopyCount{{5, 2}}, Nodes: []NodeState{{State: NodeActive, Online: true}},
		}
	}
	if err := good().Check(); err != nil {
		t.Fatal(err)
	}
	for name, spoil := range map[string]func(*Figures){
		"version":        func(f *Figures) { f.Version = 2 },
		"negative":       func(f *Figures) { f.Used = -1 },
		"hour":           func(f *Figures) { f.Hour.Down = -1 },
		"hours":          func(f *Figures) { f.Hours[0].Repair = -1 },
		"copies":         func(f *Figures) { f.Copies[0].Slices = -1 },
		"beyond measure": func(f *Figures) { f.Nodes[0].Speed = 1 << 61 },
	} {
		f := good()
		spoil(&f)
		if err := f.Check(); !errors.Is(err, ErrFigures) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestNodesInService(t *testing.T) {
	for n, want := range map[NodeState]bool{
		{State: NodeActive, Online: true}:    true,
		{State: NodeActive}:                  false,
		{State: NodeSuspended, Online: true}: false,
		{State: NodeStopped}:                 false,
	} {
		if n.Serves() != want {
			t.Errorf("%+v", n)
		}
	}
}
