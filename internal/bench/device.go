package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/stratos/network"
)

// device is a profile of bin/stos with a synced folder.
type device struct {
	home, folder, network string
	syncing               *exec.Cmd
}

// newDevice makes a profile for a network, without a wallet.
func newDevice(dir, name string, net network.Network) (*device, error) {
	d := &device{home: filepath.Join(dir, name), folder: filepath.Join(dir, name+"-folder")}
	d.network = filepath.Join(d.home, "network.json")
	if err := errors.Join(os.MkdirAll(d.home, 0o700), os.MkdirAll(d.folder, 0o755)); err != nil {
		return nil, err
	}
	if err := os.WriteFile(d.passwordFile(), []byte("bench password\n"), 0o600); err != nil {
		return nil, err
	}
	return d, network.Write(d.network, net)
}

func (d *device) passwordFile() string { return filepath.Join(d.home, "password") }

func (d *device) command(ctx context.Context, args ...string) *exec.Cmd {
	args = append([]string{"--home", d.home, "--network", d.network, "--password-file", d.passwordFile(), "--json"}, args...)
	cmd := exec.CommandContext(ctx, "bin/stos", args...)
	cmd.Env = append(os.Environ(), "DBUS_SESSION_BUS_ADDRESS=unix:path=/nonexistent")
	return cmd
}

// do runs a command of stos to its end and reads what it answers.
func (d *device) do(ctx context.Context, input string, answer any, args ...string) error {
	cmd := d.command(ctx, args...)
	cmd.Stdin = strings.NewReader(input)
	var told bytes.Buffer
	cmd.Stderr = &told
	out, err := cmd.Output()
	if err != nil {
		return fmt.Errorf("stos %s: %w\n%s%s", strings.Join(args, " "), err, out, &told)
	}
	if answer == nil {
		return nil
	}
	return json.Unmarshal(out, answer)
}

// fund makes a wallet with plenty of ozone and returns its words.
func (d *device) fund(ctx context.Context) (words string, err error) {
	var made struct{ Words json.RawMessage }
	if err := d.do(ctx, "", &made, "wallet", "create"); err != nil {
		return "", err
	}
	var list []string
	if json.Unmarshal(made.Words, &list) == nil {
		words = strings.Join(list, " ")
	} else if err := json.Unmarshal(made.Words, &words); err != nil {
		return "", err
	}
	for range 2 {
		if err := d.do(ctx, "", nil, "faucet"); err != nil {
			return "", err
		}
	}
	return words, d.do(ctx, "", nil, "ozone", "buy", "1800stos")
}

// twin gives another device the same wallet.
func (d *device) twin(ctx context.Context, words string) error {
	return d.do(ctx, words+"\n", nil, "wallet", "import")
}

// once syncs the folder and tells how long it took.
func (d *device) once(ctx context.Context) (time.Duration, error) {
	began := time.Now()
	err := d.do(ctx, "", nil, "sync", d.folder, "--once")
	return time.Since(began), err
}

// start keeps the folder in sync until stop.
func (d *device) start(ctx context.Context) error {
	d.syncing = d.command(ctx, "sync", d.folder)
	return d.syncing.Start()
}

func (d *device) stop() error {
	if d.syncing == nil {
		return nil
	}
	cmd := d.syncing
	d.syncing = nil
	return errors.Join(cmd.Process.Signal(os.Interrupt), cmd.Wait())
}
