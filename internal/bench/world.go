package main

import (
	"context"
	"fmt"
	"math/big"
	"math/rand/v2"
	"os"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/testworld"
)

// worldEpochs is how long the world lives.
const worldEpochs = 50

// worldGroup lets creators, viewers and cheats live on a network, and reports
// how what the chain paid differs from the arithmetic: nothing may.
func worldGroup(ctx context.Context, emit func(figure)) error {
	dir, err := os.MkdirTemp("", "stratosdrive-bench-")
	if err != nil {
		return fmt.Errorf("make a folder: %w", err)
	}
	defer os.RemoveAll(dir)
	n, err := startNetwork(ctx, dir, testworld.Flags...)
	if err != nil {
		return err
	}
	defer n.stop()
	r, err := testworld.Run(ctx, testworld.Options{
		Network: n.Network, Dir: dir, Temp: dir, Seed: rand.Uint64(), Epochs: worldEpochs, Log: os.Stderr,
	})
	if err != nil {
		return err
	}
	for _, fault := range r.Faults {
		fmt.Fprintln(os.Stderr, fault)
	}
	for _, c := range r.Checks {
		emit(figure{Name: fmt.Sprintf("world: %s, wrong of %d", c.Name, c.Numbers), Unit: "numbers", Ours: float64(c.Wrong)}.atMost(0))
	}
	off, _ := new(big.Rat).SetFrac(r.Off, big.NewInt(1e18)).Float64()
	emit(figure{Name: "world: all differences", Unit: "wei", Ours: off}.atMost(0))
	emit(figure{Name: "world: an epoch", Unit: "ms", Ours: milliseconds(r.PerEpoch)})
	emit(figure{Name: "world: until an epoch is paid", Unit: "ms", Ours: milliseconds(r.Closing)})
	return nil
}

func milliseconds(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }
