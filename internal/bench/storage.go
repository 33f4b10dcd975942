package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/sds/client"
)

// What storageGroup measures.
const (
	mebi       = 1 << 20
	midSize    = 100 * mebi
	midRounds  = 3
	bigSize    = 1024 * mebi
	smallSize  = 10 << 10
	smallCount = 1000
	leastShare = 0.6 // of the speed of a program with the same duties
	mostCPU    = 0.9 // processor seconds of the client for 100 MiB
	roomForBig = 5 * time.Minute
)

// storage is everything that the group compares.
type storage struct {
	dir    string
	client *client.Client
	peer   *peerClient
	emit   func(figure)
	number int // files made
}

// storageGroup moves files through the client and the gateway of a local
// network with five copies, and side by side through plain HTTP and through
// a small program with the same duties.
func storageGroup(ctx context.Context, emit func(figure)) error {
	began := time.Now()
	dir, err := os.MkdirTemp("", "stos-bench-*")
	if err != nil {
		return fmt.Errorf("folder for the benchmark: %w", err)
	}
	defer os.RemoveAll(dir)
	net, err := startNetwork(ctx, filepath.Join(dir, "net"))
	if err != nil {
		return err
	}
	defer net.stop()
	c, err := net.account(ctx)
	if err != nil {
		return err
	}
	defer c.Close()
	peer, err := startPeer(ctx, filepath.Join(dir, "peer"))
	if err != nil {
		return err
	}
	defer peer.stop()
	s := &storage{dir: dir, client: c, peer: peer, emit: emit}
	if err := s.large(ctx, "100 MiB", midSize, midRounds); err != nil {
		return err
	}
	if err := s.small(ctx); err != nil {
		return err
	}
	if time.Since(began) > groupLimit-roomForBig {
		fmt.Fprintln(os.Stderr, "1 GiB is left out: the machine is too busy to measure it within the time of a group")
		return nil
	}
	return s.large(ctx, "1 GiB", bigSize, 1)
}

// times are seconds of one way, or the best of several rounds.
type times struct{ ours, cpu, plain, duty float64 }

func (t *times) keep(o times) {
	if t.ours == 0 {
		*t = o
		return
	}
	t.ours, t.cpu = min(t.ours, o.ours), min(t.cpu, o.cpu)
	t.plain, t.duty = min(t.plain, o.plain), min(t.duty, o.duty)
}

// large compares files of one size; the three ways take turns in each round,
// and the best time of each counts.
func (s *storage) large(ctx context.Context, name string, size int64, rounds int) error {
	var up, down times
	for range rounds {
		u, d, err := s.round(ctx, size)
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		up.keep(u)
		down.keep(d)
	}
	for _, way := range []string{"upload", "download"} {
		t := map[string]times{"upload": up, "download": down}[way]
		speed := func(seconds float64) float64 { return float64(size) / mebi / seconds }
		f := figure{Name: fmt.Sprintf("storage: %s %s", way, name), Unit: "MiB/s", Ours: speed(t.ours), More: true}
		s.emit(f.atLeast(speed(t.duty), leastShare).named(" beside the same duties"))
		s.emit(f.beside(speed(t.plain)).named(" beside plain HTTP"))
		cpu := figure{Name: f.Name + ", client processor per 100 MiB", Unit: "s", Ours: t.cpu * midSize / float64(size)}
		s.emit(cpu.atMost(mostCPU))
	}
	return nil
}

// round moves one fresh file in all ways, up and down.
func (s *storage) round(ctx context.Context, size int64) (up, down times, err error) {
	path, err := s.make(size)
	if err != nil {
		return up, down, err
	}
	defer os.Remove(path)
	back := path + ".back"
	defer os.Remove(back)
	var stored client.Uploaded
	steps := []struct {
		into, cpu *float64
		do        func() error
	}{
		{&up.plain, nil, func() error { return s.peer.put(ctx, "plain", path) }},
		{&up.duty, nil, func() error { return s.peer.put(ctx, "duty", path) }},
		{&up.ours, &up.cpu, func() (err error) { stored, err = s.upload(ctx, path); return err }},
		{&down.plain, nil, func() error { return s.peer.get(ctx, "plain", path, back) }},
		{&down.duty, nil, func() error { return s.peer.get(ctx, "duty", path, back) }},
		{&down.ours, &down.cpu, func() error { return s.download(ctx, stored, back) }},
	}
	for _, step := range steps {
		began, cpu := time.Now(), cpuSeconds()
		if err := step.do(); err != nil {
			return up, down, err
		}
		*step.into = time.Since(began).Seconds()
		if step.cpu != nil {
			*step.cpu = cpuSeconds() - cpu
		}
	}
	if err := s.peer.forget(ctx, path); err != nil {
		return up, down, err
	}
	return up, down, s.client.Delete(ctx, stored.ID)
}

// make writes a file of random bytes.
func (s *storage) make(size int64) (path string, err error) {
	s.number++
	path = filepath.Join(s.dir, fmt.Sprintf("file-%d", s.number))
	return path, randomFile(path, size)
}

func (s *storage) upload(ctx context.Context, path string) (client.Uploaded, error) {
	f, err := os.Open(path)
	if err != nil {
		return client.Uploaded{}, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return client.Uploaded{}, err
	}
	return s.client.Upload(ctx, filepath.Base(path), f, info.Size(), client.UploadOptions{})
}

func (s *storage) download(ctx context.Context, u client.Uploaded, to string) error {
	f, err := os.Create(to)
	if err != nil {
		return err
	}
	defer f.Close()
	return s.client.Download(ctx, u.ID, "", u.Size, f, nil)
}

// small stores many small files one by one.
func (s *storage) small(ctx context.Context) error {
	var ours, duty float64
	for range smallCount {
		path, err := s.make(smallSize)
		if err != nil {
			return err
		}
		began := time.Now()
		if _, err := s.upload(ctx, path); err != nil {
			return err
		}
		middle := time.Now()
		if err := s.peer.put(ctx, "duty", path); err != nil {
			return err
		}
		ours, duty = ours+middle.Sub(began).Seconds(), duty+time.Since(middle).Seconds()
		if err := os.Remove(path); err != nil {
			return err
		}
	}
	f := figure{Name: "storage: 1,000 files of 10 KiB one by one", Unit: "s", Ours: ours}
	s.emit(f.beside(duty))
	return nil
}
