package testnet

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/gofrs/flock"

	"github.com/stratosdrive/stratosdrive/internal/stratos/network"
)

// What is built for tests.
const (
	program     = "github.com/stratosdrive/stratosdrive/cmd/stosnet"
	stosProgram = "github.com/stratosdrive/stratosdrive/cmd/stos"
)

// Limits of waiting, generous because test machines are busy.
const (
	readyLimit = 2 * time.Minute
	stopLimit  = 30 * time.Second
)

// Start runs a network in a folder of the test until the test ends. args are
// more flags of stosnet up.
func Start(t testing.TB, args ...string) network.Network {
	t.Helper()
	return StartIn(t, t.TempDir(), args...).Network
}

// Process is a running network.
type Process struct {
	Network network.Network
	Dir     string

	t      testing.TB
	binary string
	args   []string
	cmd    *exec.Cmd
	said   *output
	done   chan struct{}
}

// StartIn runs a network in dir, which may hold one that ran before.
func StartIn(t testing.TB, dir string, args ...string) *Process {
	t.Helper()
	p := &Process{Dir: dir, t: t, binary: Build(t), args: append([]string{"up", "--dir", dir}, args...)}
	p.start()
	t.Cleanup(func() { p.Stop() })
	return p
}

// Again starts a network that was stopped or killed, in the same folder.
func (p *Process) Again() {
	p.t.Helper()
	p.start()
}

func (p *Process) start() {
	p.t.Helper()
	p.said, p.done = new(output), make(chan struct{})
	p.cmd = exec.Command(p.binary, p.args...)
	p.cmd.Stdout, p.cmd.Stderr = p.said, p.said
	p.cmd.Env = append(os.Environ(), "DBUS_SESSION_BUS_ADDRESS=unix:path=/nonexistent")
	p.cmd.SysProcAttr = endWithParent()
	// What a killed network left behind would look like one that is ready.
	if err := os.Remove(filepath.Join(p.Dir, network.FileName)); err != nil && !errors.Is(err, fs.ErrNotExist) {
		p.t.Fatal(err)
	}
	if err := p.cmd.Start(); err != nil {
		p.t.Fatal(err)
	}
	go func(cmd *exec.Cmd, done chan struct{}) {
		_ = cmd.Wait()
		close(done)
	}(p.cmd, p.done)
	p.waitReady()
}

// waitReady waits for network.json, which is written when everything answers.
func (p *Process) waitReady() {
	p.t.Helper()
	path := filepath.Join(p.Dir, network.FileName)
	for end := time.Now().Add(readyLimit); time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
		select {
		case <-p.done:
			p.t.Fatalf("stosnet ended early:\n%s", p.said)
		default:
		}
		n, err := network.Read(path)
		if err == nil {
			p.Network = n
			return
		}
		if !errors.Is(err, fs.ErrNotExist) {
			p.t.Fatal(err)
		}
	}
	p.t.Fatalf("stosnet is not ready after %v:\n%s", readyLimit, p.said)
}

// Stop ends the network cleanly. Ending it twice is fine.
func (p *Process) Stop() {
	_ = p.cmd.Process.Signal(syscall.SIGTERM) // it may have ended
	select {
	case <-p.done:
	case <-time.After(stopLimit):
		p.t.Errorf("stosnet does not stop:\n%s", p.said)
		p.Kill()
	}
}

// Kill ends the network at once, as a crash would.
func (p *Process) Kill() {
	_ = p.cmd.Process.Kill()
	<-p.done
}

// Pid is the process id of the network.
func (p *Process) Pid() int { return p.cmd.Process.Pid }

// Build compiles stosnet, or finds that the one of the last test is current,
// and returns its path. The binary has no race detector.
func Build(t testing.TB) string {
	t.Helper()
	return build(t, "stosnet", program)
}

// BuildStos is [Build] for stos.
func BuildStos(t testing.TB) string {
	t.Helper()
	return build(t, "stos", stosProgram)
}

func build(t testing.TB, name, from string) string {
	t.Helper()
	dir, err := os.UserCacheDir()
	if err != nil {
		dir = os.TempDir()
	}
	_, here, _, _ := runtime.Caller(0) // checkouts must not build into each other's place
	dir = filepath.Join(dir, "stratosdrive-test", fmt.Sprintf("%x", sha256.Sum256([]byte(here)))[:16])
	if err := os.MkdirAll(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	lock := flock.New(filepath.Join(dir, name+".lock"))
	if err := lock.Lock(); err != nil {
		t.Fatal(err)
	}
	defer lock.Unlock()
	path := filepath.Join(dir, name)
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Minute)
	defer cancel()
	if out, err := exec.CommandContext(ctx, "go", "build", "-o", path, from).CombinedOutput(); err != nil {
		t.Fatalf("build %s: %v\n%s", name, err, out)
	}
	return path
}

// output collects what the network says.
type output struct {
	mu sync.Mutex
	b  bytes.Buffer
}

// Write implements [io.Writer].
func (o *output) Write(p []byte) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.b.Write(p)
}

// String returns what was written so far.
func (o *output) String() string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.b.String()
}
