package main

import (
	"context"
	"path/filepath"
)

// faithfulGroup saves notes on a network that takes its time as the real one
// does.
func faithfulGroup(ctx context.Context, _ driveSizes, dir string, emit func(figure)) error {
	net, err := startNetwork(ctx, filepath.Join(dir, "net"), "--faithful")
	if err != nil {
		return err
	}
	defer net.stop()
	p, _, err := newPair(ctx, dir, net.Network)
	if err != nil {
		return err
	}
	for _, d := range []*device{p.from, p.to} {
		if err := d.start(ctx); err != nil {
			return err
		}
		defer func() { _ = d.stop() }() // its end is of no interest
	}
	took, err := travelTimes(ctx, p.from.folder, p.to.folder, faithfulNotes)
	if err != nil {
		return err
	}
	emit(figure{Name: "drive: a note is on the other device, faithful network, worst of five", Unit: "s", Ours: took[len(took)-1]}.atMost(45))
	return nil
}
