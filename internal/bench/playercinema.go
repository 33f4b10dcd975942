package main

import (
	"context"
	"errors"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"slices"

	"github.com/stratosdrive/stratosdrive/internal/stratos/network"
	"github.com/stratosdrive/stratosdrive/internal/testlink"
)

// firstPack is the most that the first pack of a video holds: its header, its
// index and its first picture.
const firstPack = 512 << 10

// cinema is a local network with a video in a drive and as a public stream, and
// a device at the other end of a line that watches both.
type cinema struct {
	net    *localNetwork
	line   *testlink.Line
	viewer *device
	known  map[string]bool // what the device keeps before it saw anything
	path   string          // of the video in the drive
	link   string          // to the public stream
}

// openCinema puts a film into the drive of a new wallet and publishes it, then
// gives the wallet a second device.
func openCinema(ctx context.Context, dir, film string, line *testlink.Line, flags ...string) (*cinema, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, err
	}
	net, err := startNetwork(ctx, filepath.Join(dir, "net"), flags...)
	if err != nil {
		return nil, err
	}
	c := &cinema{net: net, line: line, path: filepath.Base(film)}
	if err := c.fill(ctx, dir, film); err != nil {
		c.close()
		return nil, err
	}
	return c, nil
}

func (c *cinema) close() { c.net.stop() }

func (c *cinema) fill(ctx context.Context, dir, film string) error {
	owner, err := newDevice(dir, "owner", c.net.Network)
	if err != nil {
		return err
	}
	words, err := owner.fund(ctx)
	if err != nil {
		return err
	}
	if err := os.Link(film, filepath.Join(owner.folder, c.path)); err != nil {
		return err
	}
	if _, err := owner.once(ctx); err != nil {
		return err
	}
	var put struct{ ID string }
	if err := owner.do(ctx, "", &put, "put", film, "--video"); err != nil {
		return err
	}
	var shared struct{ Link string }
	if err := owner.do(ctx, "", &shared, "share", "--public", put.ID); err != nil {
		return err
	}
	c.link = shared.Link
	return c.enter(ctx, dir, words)
}

// enter gives the wallet a second device, which knows the drive, but nothing of
// what is in its files.
func (c *cinema) enter(ctx context.Context, dir, words string) error {
	far, err := behind(c.net.Network, c.line)
	if err != nil {
		return err
	}
	if c.viewer, err = newDevice(dir, "viewer", far); err != nil {
		return err
	}
	if err := c.viewer.twin(ctx, words); err != nil {
		return err
	}
	if err := c.viewer.do(ctx, "", nil, "ls"); err != nil {
		return err
	}
	c.known = map[string]bool{}
	return c.kept(func(path string, _ int64) error {
		c.known[path] = true
		return nil
	})
}

// behind is a network whose every server lies at the other end of a line.
func behind(n network.Network, line *testlink.Line) (network.Network, error) {
	n.Gateways = slices.Clone(n.Gateways)
	n.Nodes, n.PID, n.Faucet, n.RESTMore = nil, 0, "", nil
	addresses := []*string{&n.RPC, &n.REST}
	for i := range n.Gateways {
		addresses = append(addresses, &n.Gateways[i].RPC, &n.Gateways[i].REST)
	}
	for _, a := range addresses {
		u, err := url.Parse(*a)
		if err != nil {
			return n, err
		}
		if u.Host, err = line.To(u.Host); err != nil {
			return n, err
		}
		*a = u.String()
	}
	var err error
	n.GRPC, err = line.To(n.GRPC)
	return n, err
}

// kept walks over what the device keeps of the network.
func (c *cinema) kept(each func(path string, size int64) error) error {
	err := filepath.WalkDir(filepath.Join(c.viewer.home, "cache"), func(path string, e fs.DirEntry, err error) error {
		if err != nil || !e.Type().IsRegular() {
			return err
		}
		info, err := e.Info()
		if err != nil {
			return err
		}
		return each(path, info.Size())
	})
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}

// forget takes away what the device learned since it entered, except for files
// of up to so many bytes.
func (c *cinema) forget(largest int64) error {
	return c.kept(func(path string, size int64) error {
		if c.known[path] || size <= largest {
			return nil
		}
		return os.Remove(path)
	})
}
