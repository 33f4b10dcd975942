package app

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"time"

	"github.com/gofrs/flock"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/internal/stratos/network"
)

// practiceChain is the chain id of every local network.
const practiceChain = "stratos-local-1"

// practiceNodes is how many storage nodes a practice network has.
const practiceNodes = 8

// practiceStart is how long a cold start may take on a slow, busy machine.
const practiceStart = 90 * time.Second

// practice is the local network of a profile: the stosnet program that lies
// beside ours, run in the background with its data in the profile.
type practice struct {
	dir     string // D of stosnet
	program string // path of stosnet; empty: beside this program
}

// PracticeStatus describes the practice network of a profile.
type PracticeStatus struct {
	Running bool             `json:"running"`
	PID     int              `json:"pid,omitempty"`
	Dir     string           `json:"dir"`
	Network *network.Network `json:"network,omitempty"`
}

func (p practice) descriptor() string { return filepath.Join(p.dir, network.FileName) }
func (p practice) logFile() string    { return filepath.Join(p.dir, "stosnet.log") }

// find returns the running network, or fs.ErrNotExist when none runs. A
// description left behind by a killed process does not count.
func (p practice) find() (network.Network, error) {
	n, err := network.Read(p.descriptor())
	if err != nil {
		return network.Network{}, err
	}
	if !p.runs() {
		return network.Network{}, fmt.Errorf("practice network: process %d is gone: %w", n.PID, fs.ErrNotExist)
	}
	return n, nil
}

// runs tells whether a stosnet holds the folder's lock, which the system takes
// back however a process ends; a process id may belong to somebody else by now.
func (p practice) runs() bool {
	lock := flock.New(filepath.Join(p.dir, "lock"))
	free, err := lock.TryRLock()
	if free {
		_ = lock.Unlock()
	}
	return err == nil && !free
}

// start runs stosnet unless it runs already and waits until it is ready.
// started tells whether this call started it.
func (p practice) start(ctx context.Context, replicas int, progress func(string)) (n network.Network, started bool, err error) {
	if n, err := p.find(); err == nil {
		return n, false, nil
	}
	cmd, err := p.launch(replicas)
	if err != nil {
		return network.Network{}, false, err
	}
	exited := make(chan error, 1)
	go func() { exited <- cmd.Wait() }()
	n, err = p.await(ctx, exited, progress)
	if err != nil {
		_ = terminate(cmd.Process.Pid)
		return network.Network{}, false, err
	}
	return n, true, nil
}

func (p practice) launch(replicas int) (*exec.Cmd, error) {
	program, err := p.locate()
	if err != nil {
		return nil, err
	}
	if err := os.MkdirAll(p.dir, 0o700); err != nil {
		return nil, fault.Say(err, "The practice network has no place to keep its data. Check that the disk is not full.")
	}
	// A description that nobody serves would look like a ready network.
	if err := os.Remove(p.descriptor()); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("remove old network description: %w", err)
	}
	log, err := os.Create(p.logFile())
	if err != nil {
		return nil, fault.Say(err, "The practice network cannot write its log. Check that the disk is not full.")
	}
	defer log.Close()
	cmd := exec.Command(program, "up", "--dir", p.dir, "--replicas", strconv.Itoa(replicas))
	cmd.Stdout, cmd.Stderr = log, log
	detach(cmd)
	if err := cmd.Start(); err != nil {
		return nil, fault.Say(err, "The practice network could not be started. Install Stratos Drive again; your files are safe.")
	}
	return cmd, nil
}

// locate locates the stosnet program.
func (p practice) locate() (string, error) {
	if p.program != "" {
		return p.program, nil
	}
	self, err := os.Executable()
	if err != nil {
		return "", fmt.Errorf("find own program: %w", err)
	}
	name := "stosnet"
	if runtime.GOOS == "windows" {
		name += ".exe"
	}
	program := filepath.Join(filepath.Dir(self), name)
	if _, err := os.Stat(program); err != nil {
		return "", fault.Say(err, "The program stosnet is missing beside this one, so there is no practice network. Install Stratos Drive again; your files are safe.")
	}
	return program, nil
}

// await waits for the description, which stosnet writes when it is ready.
func (p practice) await(ctx context.Context, exited <-chan error, progress func(string)) (network.Network, error) {
	ctx, cancel := context.WithTimeout(ctx, practiceStart)
	defer cancel()
	tick := time.NewTicker(50 * time.Millisecond) // another process: its file is the only event
	defer tick.Stop()
	said := ""
	for {
		select {
		case <-exited:
			return network.Network{}, fault.Say(nil, "The practice network stopped while starting: %s", cmp.Or(p.lastLine(), "perhaps the disk is full."))
		case <-ctx.Done():
			return network.Network{}, fault.Say(ctx.Err(), "The practice network did not become ready in time. Your files are safe; try again when the computer is less busy.")
		case <-tick.C:
			if n, err := p.find(); err == nil {
				return n, nil
			}
			if line := p.lastLine(); progress != nil && line != said {
				said = line
				progress(line)
			}
		}
	}
}

// lastLine is the newest line of stosnet's output, a sentence when it failed.
func (p practice) lastLine() string {
	raw, err := os.ReadFile(p.logFile())
	if err != nil {
		return ""
	}
	lines := strings.Split(strings.TrimSpace(string(raw)), "\n")
	return lines[len(lines)-1]
}

// stop ends the running network and waits until it is gone.
func (p practice) stop(ctx context.Context) error {
	n, err := p.find()
	if err != nil {
		return nil
	}
	if err := terminate(n.PID); err != nil {
		return fault.Say(err, "The practice network could not be stopped. Its files are safe.")
	}
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	for p.runs() {
		select {
		case <-ctx.Done():
			return fault.Say(ctx.Err(), "The practice network is still stopping. Its files are safe.")
		case <-tick.C:
		}
	}
	return nil
}

// PracticeUp starts the practice network of this profile unless it runs.
func (a *App) PracticeUp(ctx context.Context, replicas int, progress func(string)) (PracticeStatus, error) {
	if replicas < 1 || replicas > practiceNodes {
		return PracticeStatus{}, fault.Wrong(nil, "The practice network keeps between 1 and %d copies.", practiceNodes)
	}
	if _, _, err := a.practice.start(ctx, replicas, progress); err != nil {
		return PracticeStatus{}, err
	}
	return a.PracticeStatus(), nil
}

// PracticeStatus tells whether the practice network of this profile runs.
func (a *App) PracticeStatus() PracticeStatus {
	status := PracticeStatus{Dir: a.practice.dir}
	if n, err := a.practice.find(); err == nil {
		status.Running, status.PID, status.Network = true, n.PID, &n
	}
	return status
}

// PracticeDown stops the practice network of this profile; files on it stay.
func (a *App) PracticeDown(ctx context.Context) error { return a.practice.stop(ctx) }
