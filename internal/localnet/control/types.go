package control

import (
	"context"
	"time"
)

// Node is what people see of a storage node.
type Node struct {
	Name        string    `json:"name"`
	Address     string    `json:"address"` // stsds1...
	Owner       string    `json:"owner"`   // wallet, st1...
	Tier        int       `json:"tier"`    // now
	InitialTier int       `json:"initial_tier"`
	State       string    `json:"state"` // active, suspended, stopped or missing
	Online      bool      `json:"online"`
	Since       time.Time `json:"since"`    // of the last change of state
	Score       float64   `json:"score"`    // health, 0 to 100
	Capacity    int64     `json:"capacity"` // bytes
	Used        int64     `json:"used"`     // bytes
	Slices      int64     `json:"slices"`
	Draining    bool      `json:"draining"`
	Left        int64     `json:"left"` // slices that a draining node still has
}

// Report is what a proof of the whole store found.
type Report struct {
	Files    int64    `json:"files"`
	Slices   int64    `json:"slices"`
	Copies   int64    `json:"copies"`   // that are good
	Bytes    int64    `json:"bytes"`    // of the good copies
	Problems []string `json:"problems"` // sentences; none means that all is well
	Repaired int64    `json:"repaired"` // problems that are none any more
	Notes    []string `json:"notes"`    // what is as it may be, but worth a word
}

// Epoch is a reward epoch that was closed.
type Epoch struct {
	Epoch int64  `json:"epoch"` // its number, 0 when there was no traffic to report
	Hash  string `json:"hash"`  // of the transaction with the volume report
}

// Fleet is what can be done with the storage nodes of a network. Errors are
// sentences for people (package fault).
type Fleet interface {
	// Nodes lists the nodes by number.
	Nodes(ctx context.Context) ([]Node, error)
	// Add makes one more node; a capacity of 0 bytes is a share of the disk.
	Add(ctx context.Context, capacity int64, tier int) (Node, error)
	// Drain moves everything away from a node in the background.
	Drain(ctx context.Context, name string) error
	// Remove takes a node out of the network at once.
	Remove(ctx context.Context, name string) error
	// Stop ends a node as if it were switched off, Start brings it back.
	Stop(ctx context.Context, name string) error
	Start(ctx context.Context, name string) error
	// Check proves every copy that is on record; with repair, what can be
	// repaired is. progress, which may be nil, is called now and then with the
	// slices done and the total.
	Check(ctx context.Context, repair bool, progress func(done, total int64)) (Report, error)
	// CloseEpoch has the traffic since the last report told to the chain at
	// once, and which nodes serve. It answers when all of it is in blocks.
	CloseEpoch(ctx context.Context) (Epoch, error)
}
