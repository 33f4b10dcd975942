package main

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/sds/client"
	"github.com/stratosdrive/stratosdrive/internal/stratos/network"
)

const (
	noteBytes = 2000
	noteEdits = 5
	// faithfulNotes take up to half a minute each.
	faithfulNotes = 5
)

// changes is a drive on a network whose gateway is metered.
type changes struct {
	meter *meter
	dev   *device
	sizes driveSizes
	emit  func(figure)
}

// changeGroup measures what small changes cost: a note, and a moved folder.
func changeGroup(ctx context.Context, sizes driveSizes, dir string, emit func(figure)) error {
	return metered(ctx, sizes, dir, emit, nil, changes.note, changes.move)
}

// insertGroup measures what a byte at the start of a large file costs. The
// disks of runners hold few copies of it.
func insertGroup(ctx context.Context, sizes driveSizes, dir string, emit func(figure)) error {
	return metered(ctx, sizes, dir, emit, fewCopies, changes.insert)
}

// metered makes a drive on a network of its own and measures parts on it.
func metered(ctx context.Context, sizes driveSizes, dir string, emit func(figure), flags []string, parts ...func(changes, context.Context) error) error {
	net, err := startNetwork(ctx, filepath.Join(dir, "net"), flags...)
	if err != nil {
		return err
	}
	defer net.stop()
	m, err := newMeter(net.Gateways[0])
	if err != nil {
		return err
	}
	defer m.close()
	behind := net.Network
	behind.Gateways = []network.Gateway{m.gateway()}
	d, err := fundedDevice(ctx, dir, behind)
	if err != nil {
		return err
	}
	c := changes{meter: m, dev: d, sizes: sizes, emit: emit}
	for _, part := range parts {
		if err := part(c, ctx); err != nil {
			return err
		}
	}
	return nil
}

func fundedDevice(ctx context.Context, dir string, net network.Network) (*device, error) {
	d, err := newDevice(dir, "device", net)
	if err != nil {
		return nil, err
	}
	_, err = d.fund(ctx)
	return d, err
}

// passed is what passed the gateway: calls, bytes of all that was said, and
// bytes of the files that were uploaded.
type passed struct{ calls, sent, files float64 }

func (p passed) minus(o passed) passed {
	return passed{p.calls - o.calls, p.sent - o.sent, p.files - o.files}
}

func (p passed) most(o passed) passed {
	return passed{max(p.calls, o.calls), max(p.sent, o.sent), max(p.files, o.files)}
}

func (m *meter) now() passed {
	return passed{float64(m.calls.Load()), float64(m.sent.Load()), float64(m.files.Load())}
}

// cost syncs and tells what passed the gateway.
func (c changes) cost(ctx context.Context) (passed, error) {
	before := c.meter.now()
	_, err := c.dev.once(ctx)
	return c.meter.now().minus(before), err
}

// insert puts a byte before everything else in a file of 1 GiB.
func (c changes) insert(ctx context.Context) error {
	path := filepath.Join(c.dev.folder, "large.bin")
	if err := randomFile(path, c.sizes.large); err != nil {
		return err
	}
	if _, err := c.dev.once(ctx); err != nil {
		return err
	}
	if err := prefix(path); err != nil {
		return err
	}
	cost, err := c.cost(ctx)
	if err != nil {
		return err
	}
	c.emit(figure{Name: fmt.Sprintf("drive: sent for 1 byte before %d MiB", c.sizes.large/mebi), Unit: "MiB", Ours: cost.sent / mebi}.atMost(4))
	return os.Remove(path)
}

// note edits a note again and again: a commit and little content. What a sync
// sends that finds nothing to do is not counted.
func (c changes) note(ctx context.Context) error {
	content := make([]byte, noteBytes)
	var most passed
	for i := range noteEdits + 1 {
		if _, err := rand.Read(content); err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(c.dev.folder, "note.txt"), content, 0o644); err != nil {
			return err
		}
		commit, err := c.cost(ctx)
		if err != nil {
			return err
		}
		look, err := c.cost(ctx)
		if err != nil {
			return err
		}
		if i > 0 { // the first one brings other things up to date
			most = most.most(commit.minus(look))
		}
	}
	c.emit(figure{Name: "drive: calls of a commit, most of five", Unit: "calls", Ours: most.calls}.atMost(8))
	c.emit(figure{Name: "drive: stored for a commit besides its content, most of five", Unit: "bytes", Ours: most.files - noteBytes}.atMost(4096))
	c.emit(figure{Name: "drive: sent for it besides its content, calls and their signatures included", Unit: "bytes", Ours: most.sent - noteBytes})
	return nil
}

// move gives a folder another name.
func (c changes) move(ctx context.Context) error {
	folder := filepath.Join(c.dev.folder, "here")
	if err := smallFiles(folder, c.sizes.files/10, manySize); err != nil {
		return err
	}
	if _, err := c.dev.once(ctx); err != nil {
		return err
	}
	if err := os.Rename(folder, filepath.Join(c.dev.folder, "there")); err != nil {
		return err
	}
	cost, err := c.cost(ctx)
	c.emit(figure{Name: "drive: sent for a moved folder of " + grouped(c.sizes.files/10) + " files", Unit: "MiB", Ours: cost.sent / mebi}.atMost(1))
	return err
}

// hugeRounds is how often a large file is sent in each way: what the disk still
// has to write from before makes single runs differ by half.
const hugeRounds = 3

// hugeGroup compares a large file in the drive with a plain upload of its
// bytes, in turn, each to a network of its own, so that the disk holds one of
// them at a time.
func hugeGroup(ctx context.Context, sizes driveSizes, dir string, emit func(figure)) error {
	path := filepath.Join(dir, "huge.bin")
	if err := randomFile(path, sizes.huge); err != nil {
		return err
	}
	ways := []func(context.Context, *localNetwork, string, string) (time.Duration, error){plainly, intoDrive}
	speeds := make([]samples, len(ways))
	for range hugeRounds {
		for i, upload := range ways {
			took, err := aloneWith(ctx, path, upload)
			if err != nil {
				return err
			}
			speeds[i] = append(speeds[i], float64(sizes.huge)/mebi/took.Seconds())
		}
	}
	name := fmt.Sprintf("drive: a file of %d MiB beside its plain upload, median of %d", sizes.huge/mebi, hugeRounds)
	emit(figure{Name: name, Unit: "MiB/s", Ours: speeds[1].median(), More: true}.atLeast(speeds[0].median(), 0.8))
	return nil
}

// aloneWith uploads a file to a network that has nothing else.
func aloneWith(ctx context.Context, path string, upload func(context.Context, *localNetwork, string, string) (time.Duration, error)) (took time.Duration, err error) {
	err = inFolder(func(dir string) error {
		net, err := startNetwork(ctx, filepath.Join(dir, "net"), fewCopies...)
		if err != nil {
			return err
		}
		defer net.stop()
		took, err = upload(ctx, net, dir, path)
		return err
	})
	return took, err
}

// fewCopies are the flags of a network that keeps what a small disk can hold.
var fewCopies = []string{"--replicas", "2"}

// intoDrive syncs a file and tells how long it took.
func intoDrive(ctx context.Context, net *localNetwork, dir, path string) (time.Duration, error) {
	d, err := fundedDevice(ctx, dir, net.Network)
	if err != nil {
		return 0, err
	}
	inside := filepath.Join(d.folder, filepath.Base(path))
	if err := os.Rename(path, inside); err != nil {
		return 0, err
	}
	took, err := d.once(ctx)
	return took, errors.Join(err, os.Rename(inside, path))
}

// plainly uploads a file without a drive.
func plainly(ctx context.Context, net *localNetwork, _, path string) (time.Duration, error) {
	account, err := net.account(ctx)
	if err != nil {
		return 0, err
	}
	defer account.Close()
	f, err := os.Open(path)
	if err != nil {
		return 0, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return 0, err
	}
	began := time.Now()
	_, err = account.Upload(ctx, filepath.Base(path), f, info.Size(), client.UploadOptions{})
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
