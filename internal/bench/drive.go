package main

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/lean"
	"github.com/stratosdrive/stratosdrive/sync/engine"
	"github.com/stratosdrive/stratosdrive/sync/repo/memremote"
)

// manySize is the size of each of many small files.
const manySize = 4 << 10

// driveSizes are how much the drive group measures; smaller ones are for trying
// the benchmark itself.
type driveSizes struct {
	files int   // small files
	large int64 // bytes of the file that gets one byte more
	huge  int64 // bytes of the file beside its plain upload
}

func (s driveSizes) count() string { return grouped(s.files) }

// grouped writes a number with a comma between its thousands.
func grouped(n int) string {
	if n < 1000 {
		return strconv.Itoa(n)
	}
	return fmt.Sprintf("%s,%03d", grouped(n/1000), n%1000)
}

// drivePeers are the programs of others that the drive is measured against;
// packaging/deps.sh installs them for the benchmarks.
var drivePeers = []string{"syncthing", "restic"}

func needPeers() error {
	for _, name := range drivePeers {
		if _, err := exec.LookPath(name); err != nil {
			return fmt.Errorf("the drive is measured against %s, which is not installed: run packaging/deps.sh bench", name)
		}
	}
	return nil
}

// drivePart measures a part of the drive in a folder that is gone afterwards.
type drivePart func(ctx context.Context, sizes driveSizes, dir string, emit func(figure)) error

var driveParts = []drivePart{scanGroup, folderGroup, changeGroup, insertGroup, hugeGroup, faithfulGroup}

// driveGroup measures the drive on the same files as its peers. A part that
// fails does not keep the others from being measured.
func driveGroup(ctx context.Context, sizes driveSizes, emit func(figure), parts ...drivePart) error {
	err := needPeers()
	if err != nil {
		return err
	}
	for _, part := range parts {
		err = errors.Join(err, inFolder(func(dir string) error { return part(ctx, sizes, dir, emit) }))
		if ctx.Err() != nil {
			break
		}
	}
	return err
}

// inFolder does something in a folder that is gone afterwards.
func inFolder(do func(dir string) error) error {
	dir, err := os.MkdirTemp("", "stos-bench-*")
	if err != nil {
		return fmt.Errorf("folder for the benchmark: %w", err)
	}
	defer os.RemoveAll(dir)
	return do(dir)
}

// scanGroup looks at a folder of many small files for the first time and once
// more: the engine, which also packs and seals them but sends them nowhere;
// Syncthing, which only hashes them; restic, which packs and seals them too.
func scanGroup(ctx context.Context, sizes driveSizes, dir string, emit func(figure)) error {
	folder := filepath.Join(dir, "folder")
	if err := smallFiles(folder, sizes.files, manySize); err != nil {
		return fmt.Errorf("make files: %w", err)
	}
	ours, err := scanOurs(ctx, dir, folder)
	if err != nil {
		return fmt.Errorf("engine: %w", err)
	}
	theirs, err := scanSyncthing(ctx, dir, folder, sizes.files)
	if err != nil {
		return fmt.Errorf("syncthing: %w", err)
	}
	restic, err := scanRestic(ctx, dir, folder)
	if err != nil {
		return fmt.Errorf("restic: %w", err)
	}
	n := float64(sizes.files)
	first := figure{Name: "drive: first look at " + sizes.count() + " files, hashed and packed", Unit: "files/s", Ours: n / ours.first, More: true}
	emit(first.atLeast(n/theirs.first, 2.5).named(" beside Syncthing, hashed"))
	emit(first.beside(n / restic.first).named(" beside restic"))
	if theirs.cpu > 0 {
		emit(figure{Name: "drive: processor for the first look", Unit: "s", Ours: ours.cpu}.beside(theirs.cpu).named(" beside Syncthing"))
	}
	again := figure{Name: "drive: another look at them", Unit: "files/s", Ours: n / ours.again, More: true}
	emit(again.atLeast(n/theirs.again, 5).named(" beside Syncthing"))
	emit(again.beside(n / restic.again).named(" beside restic"))
	return nil
}

// looks are the seconds of two looks at a folder, and the processor seconds of
// the first one.
type looks struct{ first, again, cpu float64 }

func (l *looks) measure(do func() error) error {
	for _, into := range []*float64{&l.first, &l.again} {
		began := time.Now()
		if err := do(); err != nil {
			return err
		}
		*into = time.Since(began).Seconds()
	}
	return nil
}

// nowhere is a network that forgets what it is sent, but for heads and lists:
// what the look itself takes is measured, and not how fast memory is.
type nowhere struct{ *memremote.Net }

// Upload implements [repo.Remote].
func (n nowhere) Upload(ctx context.Context, name string, src io.ReaderAt, size int64) (string, error) {
	if size > mebi {
		src, size = strings.NewReader(name), int64(len(name))
	}
	return n.Net.Upload(ctx, name, src, size)
}

func scanOurs(ctx context.Context, dir, folder string) (l looks, err error) {
	secret := make([]byte, 32)
	if _, err := rand.Read(secret); err != nil {
		return l, err
	}
	home := filepath.Join(dir, "engine")
	defer lean.Keep()() // as `stos sync` does
	opened, began := time.Now(), cpuSeconds()
	e, err := engine.Open(ctx, engine.Config{
		Root: folder, Secret: secret, Remote: nowhere{memremote.New(1)}, Device: "bench",
		StateFile: filepath.Join(home, "state.db"), SpoolDir: filepath.Join(home, "spool"), CacheDir: filepath.Join(home, "cache"),
	})
	if err != nil {
		return l, err
	}
	defer e.Close()
	opening := time.Since(opened).Seconds()
	err = l.measure(func() error {
		_, err := e.SyncOnce(ctx)
		if l.cpu == 0 {
			l.cpu = cpuSeconds() - began
		}
		return err
	})
	l.first += opening // Syncthing starts within its time too
	return l, err
}

func scanSyncthing(ctx context.Context, dir, folder string, files int) (l looks, err error) {
	s, err := newSyncthing(ctx, filepath.Join(dir, "syncthing"), folder)
	if err != nil {
		return l, err
	}
	began := time.Now()
	if err := s.start(ctx); err != nil {
		return l, err
	}
	defer s.stop()
	if err := s.settled(ctx, files); err != nil {
		return l, err
	}
	l.first = time.Since(began).Seconds()
	if l.cpu, err = processCPU(s.cmd.Process.Pid); err != nil {
		return l, err
	}
	began = time.Now()
	err = s.rescan(ctx)
	l.again = time.Since(began).Seconds()
	return l, err
}

func scanRestic(ctx context.Context, dir, folder string) (l looks, err error) {
	restic := func(args ...string) error {
		cmd := exec.CommandContext(ctx, "restic", append([]string{"--quiet", "--no-cache", "--repo", filepath.Join(dir, "restic")}, args...)...)
		cmd.Env = append(os.Environ(), "RESTIC_PASSWORD=bench")
		cmd.Stderr = os.Stderr
		return cmd.Run()
	}
	if err := restic("init"); err != nil {
		return l, err
	}
	return l, l.measure(func() error { return restic("backup", folder) })
}
