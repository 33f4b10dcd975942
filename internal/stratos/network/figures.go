package network

import (
	"errors"
	"time"
)

// FiguresVersion is the format version of [Figures].
const FiguresVersion = 1

// Figures is what a storage network publishes about itself at
// [Network.Figures], documented in docs/network.md. Everything in it was
// measured or counted; a network that does not know a thing leaves it out.
type Figures struct {
	Version  int         `json:"version"`
	At       time.Time   `json:"at"`
	Capacity int64       `json:"capacity"` // bytes, of all nodes that serve
	Used     int64       `json:"used"`     // bytes, of those
	Files    int64       `json:"files"`
	Slices   int64       `json:"slices"`
	Replicas int         `json:"replicas"` // copies that each slice should have
	Copies   []CopyCount `json:"copies"`   // how many slices have how many copies that can be read, most copies first
	Repairs  Repairs     `json:"repairs"`
	Hour     Traffic     `json:"hour"`  // the last 60 minutes
	Now      int64       `json:"now"`   // bytes per second, over the last whole minute
	Hours    []Traffic   `json:"hours"` // by the hour, oldest first; hours without traffic are left out
	Nodes    []NodeState `json:"nodes"`
}

// CopyCount tells how many slices have so many copies.
type CopyCount struct {
	Copies int   `json:"copies"`
	Slices int64 `json:"slices"`
}

// Repairs are copies that are made again since one was lost.
type Repairs struct {
	Waiting int64 `json:"waiting"` // copies that are gone and not made again yet
	Bytes   int64 `json:"bytes"`   // made again in the last 60 minutes
}

// Traffic is the bytes of slices that moved in a time.
type Traffic struct {
	From   time.Time `json:"from"`
	Up     int64     `json:"up"`
	Down   int64     `json:"down"`
	Repair int64     `json:"repair"`
}

// Sum is all of the traffic in bytes.
func (t Traffic) Sum() int64 { return t.Up + t.Down + t.Repair }

// NodeState is one storage node.
type NodeState struct {
	Name     string    `json:"name"`
	Address  string    `json:"address"` // stsds1...
	Tier     int       `json:"tier"`
	State    string    `json:"state"` // active, suspended, stopped or missing
	Online   bool      `json:"online"`
	Draining bool      `json:"draining"`
	Since    time.Time `json:"since"`    // of the last change of state
	Score    float64   `json:"score"`    // health, 0 to 100
	Capacity int64     `json:"capacity"` // bytes
	Used     int64     `json:"used"`     // bytes
	Slices   int64     `json:"slices"`
	Speed    int64     `json:"speed"` // bytes per second, over the last whole minute
}

// States of a [NodeState].
const (
	NodeActive    = "active"
	NodeSuspended = "suspended" // out of service since it was slow or failed
	NodeStopped   = "stopped"   // switched off
	NodeMissing   = "missing"   // its folder is gone
)

// Serves tells whether the node is in service.
func (n NodeState) Serves() bool { return n.Online && n.State == NodeActive }

// ErrFigures is wrapped where figures make no sense.
var ErrFigures = errors.New("these are no figures of a network")

// Check refuses figures that no network can have: they come from outside, and
// parts of a whole are worked out from them. The error wraps [ErrFigures].
func (f Figures) Check() error {
	if f.Version != FiguresVersion {
		return errors.Join(ErrFigures, errors.New("unknown version"))
	}
	counts := []int64{f.Capacity, f.Used, f.Files, f.Slices, int64(f.Replicas), f.Now, f.Repairs.Waiting, f.Repairs.Bytes}
	for _, t := range append([]Traffic{f.Hour}, f.Hours...) {
		counts = append(counts, t.Up, t.Down, t.Repair)
	}
	for _, c := range f.Copies {
		counts = append(counts, int64(c.Copies), c.Slices)
	}
	for _, n := range f.Nodes {
		counts = append(counts, n.Capacity, n.Used, n.Slices, n.Speed)
	}
	for _, c := range counts {
		if c < 0 || c > 1<<60 {
			return errors.Join(ErrFigures, errors.New("a count is negative or beyond all measure"))
		}
	}
	return nil
}
