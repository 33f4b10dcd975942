package main

import (
	"context"
	"crypto/rand"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/sds/client"
	"github.com/stratosdrive/stratosdrive/internal/stratos/network"
)

const (
	hugeSize  = 2048 * mebi
	movedSize = 10_000 // files
	noteBytes = 2000
)

// changes is a drive on a network whose gateway is metered.
type changes struct {
	net   *localNetwork
	meter *meter
	dev   *device
	emit  func(figure)
}

// changeGroup measures what changes cost: a large file beside the plain upload
// of it, a byte at the start of a file, a moved folder, a note.
func changeGroup(ctx context.Context, dir string, emit func(figure)) error {
	net, err := startNetwork(ctx, filepath.Join(dir, "net"))
	if err != nil {
		return err
	}
	defer net.stop()
	m, err := newMeter(net.Gateways[0])
	if err != nil {
		return err
	}
	defer m.close()
	metered := net.Network
	metered.Gateways = []network.Gateway{m.gateway()}
	d, err := newDevice(dir, "metered", metered)
	if err != nil {
		return err
	}
	if _, err := d.fund(ctx); err != nil {
		return err
	}
	c := changes{net: net, meter: m, dev: d, emit: emit}
	for _, part := range []func(context.Context) error{c.insert, c.note, c.move, c.huge} {
		if err := part(ctx); err != nil {
			return err
		}
	}
	return nil
}

// cost syncs and tells what passed the gateway.
func (c changes) cost(ctx context.Context) (calls, sent float64, err error) {
	before, bytes := c.meter.calls.Load(), c.meter.sent.Load()
	_, err = c.dev.once(ctx)
	return float64(c.meter.calls.Load() - before), float64(c.meter.sent.Load() - bytes), err
}

// insert puts a byte before everything else in a file of 1 GiB.
func (c changes) insert(ctx context.Context) error {
	path := filepath.Join(c.dev.folder, "large.bin")
	if err := randomFile(path, bigSize); err != nil {
		return err
	}
	if _, err := c.dev.once(ctx); err != nil {
		return err
	}
	if err := prefix(path); err != nil {
		return err
	}
	_, sent, err := c.cost(ctx)
	if err != nil {
		return err
	}
	c.emit(figure{Name: "drive: sent for 1 byte before 1 GiB", Unit: "MiB", Ours: sent / mebi}.atMost(4))
	return os.Remove(path)
}

// note edits a note again and again: a commit and little content. What a sync
// sends that finds nothing to do is not counted.
func (c changes) note(ctx context.Context) error {
	content := make([]byte, noteBytes)
	var calls, sent float64
	const edits = 5
	for i := range edits + 1 {
		if _, err := rand.Read(content); err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(c.dev.folder, "note.txt"), content, 0o644); err != nil {
			return err
		}
		n, b, err := c.cost(ctx)
		if err != nil {
			return err
		}
		looks, looked, err := c.cost(ctx)
		if err != nil {
			return err
		}
		if i > 0 { // the first one brings other things up to date
			calls, sent = max(calls, n-looks), max(sent, b-looked-noteBytes)
		}
	}
	c.emit(figure{Name: "drive: calls of a commit, most of five", Unit: "calls", Ours: calls}.atMost(8))
	c.emit(figure{Name: "drive: sent for a commit besides its content, most of five", Unit: "bytes", Ours: sent}.atMost(4096))
	return nil
}

// move gives a folder another name.
func (c changes) move(ctx context.Context) error {
	folder := filepath.Join(c.dev.folder, "here")
	if err := smallFiles(folder, movedSize, manySize); err != nil {
		return err
	}
	if _, err := c.dev.once(ctx); err != nil {
		return err
	}
	if err := os.Rename(folder, filepath.Join(c.dev.folder, "there")); err != nil {
		return err
	}
	_, sent, err := c.cost(ctx)
	c.emit(figure{Name: "drive: sent for a moved folder of 10,000 files", Unit: "MiB", Ours: sent / mebi}.atMost(1))
	return err
}

// huge compares a large file in the drive with a plain upload of its bytes.
func (c changes) huge(ctx context.Context) error {
	if err := network.Write(c.dev.network, c.net.Network); err != nil { // without the meter
		return err
	}
	path := filepath.Join(c.dev.folder, "huge.bin")
	if err := randomFile(path, hugeSize); err != nil {
		return err
	}
	ours, err := c.dev.once(ctx)
	if err != nil {
		return err
	}
	plain, err := c.plain(ctx, path)
	if err != nil {
		return err
	}
	speed := func(d time.Duration) float64 { return hugeSize / mebi / d.Seconds() }
	c.emit(figure{Name: "drive: a file of 2 GiB beside its plain upload", Unit: "MiB/s", Ours: speed(ours), More: true}.atLeast(speed(plain), 0.8))
	return nil
}

func (c changes) plain(ctx context.Context, path string) (time.Duration, error) {
	account, err := c.net.account(ctx)
	if err != nil {
		return 0, err
	}
	defer account.Close()
	f, err := os.Open(path)
	if err != nil {
		return 0, err
	}
	defer f.Close()
	began := time.Now()
	_, err = account.Upload(ctx, "huge.bin", f, hugeSize, client.UploadOptions{})
	return time.Since(began), err
}

func randomFile(path string, size int64) error {
	f, err := os.Create(path)
	if err != nil {
		return fmt.Errorf("make a file: %w", err)
	}
	defer f.Close()
	if _, err := io.CopyN(f, rand.Reader, size); err != nil {
		return fmt.Errorf("make a file: %w", err)
	}
	return f.Sync()
}

// prefix puts a byte before the content of a file.
func prefix(path string) error {
	old, err := os.Open(path)
	if err != nil {
		return err
	}
	defer old.Close()
	next, err := os.Create(path + ".next")
	if err != nil {
		return err
	}
	defer next.Close()
	if _, err := next.Write([]byte{'!'}); err != nil {
		return err
	}
	if _, err := io.Copy(next, old); err != nil {
		return err
	}
	return os.Rename(next.Name(), path)
}

// faithfulGroup saves notes on a network that takes its time as the real one
// does.
func faithfulGroup(ctx context.Context, dir string, emit func(figure)) error {
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
	took, err := travelTimes(ctx, p.from.folder, p.to.folder, peerNotes*2)
	if err != nil {
		return err
	}
	emit(figure{Name: "drive: a note is on the other device, faithful network, worst of six", Unit: "s", Ours: took[len(took)-1]}.atMost(45))
	return nil
}
