package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/stratos/network"
)

const (
	notes     = 20
	peerNotes = 3 // Syncthing gathers edits for 10 s
	idleTime  = 30 * time.Second
)

// pair are two devices of one drive.
type pair struct{ from, to *device }

func newPair(ctx context.Context, dir string, net network.Network) (p pair, words string, err error) {
	if p.from, err = newDevice(dir, "from", net); err != nil {
		return p, "", err
	}
	if p.to, err = newDevice(dir, "to", net); err != nil {
		return p, "", err
	}
	if words, err = p.from.fund(ctx); err != nil {
		return p, "", err
	}
	return p, words, p.to.twin(ctx, words)
}

// folderGroup brings many small files from one folder into another, and then
// notes, and lets both devices idle. Syncthing does the same.
func folderGroup(ctx context.Context, sizes driveSizes, dir string, emit func(figure)) error {
	net, err := startNetwork(ctx, filepath.Join(dir, "net"))
	if err != nil {
		return err
	}
	defer net.stop()
	p, words, err := newPair(ctx, dir, net.Network)
	if err != nil {
		return err
	}
	if err := smallFiles(p.from.folder, sizes.files, manySize); err != nil {
		return err
	}
	theirs, err := syncthingPair(ctx, sizes, dir, p.from.folder, emit)
	if err != nil {
		return fmt.Errorf("syncthing: %w", err)
	}
	if err := p.travel(ctx, sizes, theirs, emit); err != nil {
		return err
	}
	return p.newDevice(ctx, sizes, dir, words, net.Network, emit)
}

// travel syncs both folders at once and goes on with what comes afterwards.
func (p pair) travel(ctx context.Context, sizes driveSizes, theirs float64, emit func(figure)) error {
	began := time.Now()
	for _, d := range []*device{p.to, p.from} {
		if err := d.start(ctx); err != nil {
			return err
		}
		defer func() { _ = d.stop() }() // its end is of no interest
	}
	if err := arrived(ctx, p.to.folder, sizes.files); err != nil {
		return err
	}
	f := figure{Name: "drive: " + sizes.count() + " files of 4 KiB from folder to folder", Unit: "files/s", Ours: float64(sizes.files) / time.Since(began).Seconds(), More: true}
	emit(f.atLeast(float64(sizes.files)/theirs, 4).named(" beside Syncthing"))
	for name, d := range map[string]*device{"sender": p.from, "receiver": p.to} {
		peak, err := peakMemory(d.syncing.Process.Pid)
		if err != nil {
			return err
		}
		emit(figure{Name: "drive: most memory for " + sizes.count() + " files, " + name, Unit: "MiB", Ours: peak}.atMost(300))
	}
	took, err := travelTimes(ctx, p.from.folder, p.to.folder, notes)
	if err != nil {
		return err
	}
	emit(figure{Name: "drive: a note is on the other device, 95th percentile", Unit: "s", Ours: took[notes*95/100-1]}.atMost(4))
	return p.idle(ctx, sizes, emit)
}

// idle measures two devices that have nothing to do.
func (p pair) idle(ctx context.Context, sizes driveSizes, emit func(figure)) error {
	var used float64
	for _, sign := range []float64{-1, 1} {
		for _, d := range []*device{p.from, p.to} {
			cpu, err := processCPU(d.syncing.Process.Pid)
			if err != nil {
				return err
			}
			used += sign * cpu / 2
		}
		if sign < 0 {
			select {
			case <-time.After(idleTime): // what is measured is the time itself
			case <-ctx.Done():
				return ctx.Err()
			}
		}
	}
	emit(figure{Name: "drive: idle with " + sizes.count() + " files", Unit: "% of a core", Ours: 100 * used / idleTime.Seconds()}.atMost(0.2))
	return nil
}

// travelTimes saves notes in one folder and waits for each in the other. It
// returns the seconds, sorted.
func travelTimes(ctx context.Context, from, to string, count int) ([]float64, error) {
	var took []float64
	for i := range count {
		name, content := "note.txt", fmt.Sprintf("note %d", i)
		began := time.Now()
		if err := os.WriteFile(filepath.Join(from, name), []byte(content), 0o644); err != nil {
			return nil, err
		}
		if err := appears(ctx, filepath.Join(to, name), content); err != nil {
			return nil, err
		}
		took = append(took, time.Since(began).Seconds())
	}
	slices.Sort(took)
	return took, nil
}

// newDevice measures how soon a device that has nothing but the words shows
// what is in the drive.
func (p pair) newDevice(ctx context.Context, sizes driveSizes, dir, words string, net network.Network, emit func(figure)) error {
	d, err := newDevice(dir, "new", net)
	if err != nil {
		return err
	}
	if err := d.twin(ctx, words); err != nil {
		return err
	}
	began := time.Now()
	if err := d.do(ctx, "", nil, "ls"); err != nil {
		return err
	}
	emit(figure{Name: "drive: a new device shows " + sizes.count() + " files", Unit: "s", Ours: time.Since(began).Seconds()}.atMost(10))
	return nil
}

// syncthingPair brings the same files into another folder by Syncthing and
// returns the seconds.
func syncthingPair(ctx context.Context, sizes driveSizes, dir, from string, emit func(figure)) (float64, error) {
	to := filepath.Join(dir, "syncthing-folder")
	defer os.RemoveAll(to)
	defer os.RemoveAll(filepath.Join(from, ".stfolder"))
	a, err := newSyncthing(ctx, filepath.Join(dir, "syncthing-a"), from)
	if err != nil {
		return 0, err
	}
	b, err := newSyncthing(ctx, filepath.Join(dir, "syncthing-b"), to)
	if err != nil {
		return 0, err
	}
	began := time.Now()
	if err := b.start(ctx, a); err != nil {
		return 0, err
	}
	defer b.stop()
	if err := a.start(ctx, b); err != nil {
		return 0, err
	}
	defer a.stop()
	if err := arrived(ctx, to, sizes.files); err != nil {
		return 0, err
	}
	seconds := time.Since(began).Seconds()
	if err := b.settled(ctx, sizes.files); err != nil {
		return 0, err
	}
	took, err := travelTimes(ctx, from, to, peerNotes)
	if err != nil {
		return 0, err
	}
	emit(figure{Name: "drive: a note is on the other device, worst, Syncthing", Unit: "s", Ours: took[peerNotes-1]})
	return seconds, os.Remove(filepath.Join(from, "note.txt"))
}
