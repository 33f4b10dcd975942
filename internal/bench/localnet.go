package main

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/sds/client"
	"github.com/stratosdrive/stratosdrive/internal/sds/wire"
	"github.com/stratosdrive/stratosdrive/internal/stratos"
	"github.com/stratosdrive/stratosdrive/internal/stratos/network"
	"github.com/stratosdrive/stratosdrive/wallet/chain"
)

// localNetwork is a network of bin/stosnet.
type localNetwork struct {
	network.Network
	cmd *exec.Cmd
	dir string
}

// startNetwork runs bin/stosnet in dir and waits until it is ready.
func startNetwork(ctx context.Context, dir string, flags ...string) (*localNetwork, error) {
	n := &localNetwork{cmd: exec.CommandContext(ctx, "bin/stosnet", append([]string{"up", "--dir", dir}, flags...)...), dir: dir}
	n.cmd.Stderr = os.Stderr
	n.cmd.Env = append(os.Environ(), "DBUS_SESSION_BUS_ADDRESS=unix:path=/nonexistent")
	if err := n.cmd.Start(); err != nil {
		return nil, fmt.Errorf("start the local network: %w", err)
	}
	for end := time.Now().Add(2 * time.Minute); time.Now().Before(end) && ctx.Err() == nil; time.Sleep(50 * time.Millisecond) {
		var err error
		if n.Network, err = network.Read(filepath.Join(dir, network.FileName)); err == nil {
			return n, nil
		}
		if !errors.Is(err, fs.ErrNotExist) {
			n.stop()
			return nil, fmt.Errorf("start the local network: %w", err)
		}
	}
	n.stop()
	return nil, errors.New("the local network is not ready")
}

func (n *localNetwork) stop() {
	_ = n.cmd.Process.Signal(syscall.SIGTERM) // it may have ended
	_ = n.cmd.Wait()
}

// account returns a client whose account has plenty of ozone.
func (n *localNetwork) account(ctx context.Context) (*client.Client, error) {
	key, err := newKey()
	if err != nil {
		return nil, err
	}
	if err := n.buyOzone(ctx, key); err != nil {
		return nil, fmt.Errorf("buy ozone: %w", err)
	}
	c, err := client.New(client.Options{Gateways: n.Gateways, Signer: wire.NewSigner(key), LockDir: n.dir, TempDir: n.dir})
	if err != nil {
		return nil, err
	}
	for end := time.Now().Add(time.Minute); time.Now().Before(end); time.Sleep(50 * time.Millisecond) {
		if o, err := c.Ozone(ctx); err == nil && o.Noz.Sign() > 0 {
			return c, nil
		}
	}
	c.Close()
	return nil, errors.New("the ozone never came")
}

func (n *localNetwork) buyOzone(ctx context.Context, key stratos.PrivateKey) error {
	c, err := chain.New(chain.Options{Network: n.Network})
	if err != nil {
		return err
	}
	amount, err := stratos.ParseAmount("1000stos")
	if err != nil {
		return err
	}
	for range 2 { // once more, for the fee
		if _, err := c.Credit(ctx, key.Address(), amount); err != nil {
			return err
		}
	}
	m := chain.Prepay{Sender: key.Address(), Beneficiary: key.Address(), Amount: amount}
	p, err := c.Preview(ctx, key.Public(), m, "")
	if err != nil {
		return err
	}
	_, err = c.Send(ctx, p, key, nil)
	return err
}

func newKey() (stratos.PrivateKey, error) {
	for {
		raw := make([]byte, 32)
		if _, err := rand.Read(raw); err != nil {
			return stratos.PrivateKey{}, err
		}
		if key, err := stratos.NewPrivateKey(raw); err == nil {
			return key, nil
		}
	}
}
