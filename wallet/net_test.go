// Package wallet_test lives the life of a wallet on a real chain: the stosnet
// program that `make build` puts into bin.
package wallet_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/stratos"
	"github.com/stratosdrive/stratosdrive/internal/stratos/network"
	"github.com/stratosdrive/stratosdrive/wallet/chain"
)

// net is a running stosnet.
type net struct {
	t   *testing.T
	dir string
	cmd *exec.Cmd
}

func startNet(t *testing.T) *net {
	t.Helper()
	n := &net{t: t, dir: t.TempDir()}
	n.start()
	t.Cleanup(func() { n.stop(os.Kill) })
	return n
}

// start runs the program until it has described its network.
func (n *net) start() {
	n.t.Helper()
	program, err := filepath.Abs("../bin/stosnet")
	ok(n.t, err)
	if _, err := os.Stat(program); err != nil {
		n.t.Skip("bin/stosnet is not built; run: make build")
	}
	n.cmd = exec.Command(program, "up", "--dir", n.dir)
	n.cmd.Stderr = os.Stderr
	n.cmd.Env = append(os.Environ(), "DBUS_SESSION_BUS_ADDRESS=unix:path=/nonexistent")
	os.Remove(n.file()) // a killed one leaves it behind
	ok(n.t, n.cmd.Start())
	within(n.t, 60*time.Second, "network ready", func() bool {
		_, err := os.Stat(n.file())
		return err == nil
	})
}

func (n *net) file() string { return filepath.Join(n.dir, network.FileName) }

func (n *net) stop(how os.Signal) {
	_ = n.cmd.Process.Signal(how)
	_ = n.cmd.Wait() // a killed program has no good end
}

func (n *net) client() *chain.Client {
	n.t.Helper()
	description, err := network.Read(n.file())
	ok(n.t, err)
	c, err := chain.New(chain.Options{Network: description, Poll: 100 * time.Millisecond, Patience: time.Minute})
	ok(n.t, err)
	return c
}

func within(t *testing.T, limit time.Duration, what string, done func() bool) {
	t.Helper()
	for deadline := time.Now().Add(limit); !done(); time.Sleep(20 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("%s: not within %v", what, limit)
		}
	}
}

func ok(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func stos(t *testing.T, text string) stratos.Amount {
	t.Helper()
	a, err := stratos.ParseAmount(text + "stos")
	ok(t, err)
	return a
}
