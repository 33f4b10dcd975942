package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strconv"

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

// scene is one way to watch, with what it may take in seconds (0 = reported
// only) and what it took.
type scene struct {
	name  string
	what  string
	after float64 // seconds to play before the jump
	seek  float64 // where to
	keep  int64   // largest file that the device has at hand
	near  bool    // the jump leads to what was fetched already
	first float64
	jump  float64

	firsts, jumps, fetched samples
}

// show plays a scene once.
func (c *cinema) show(ctx context.Context, s *scene) error {
	if err := c.forget(s.keep); err != nil {
		return err
	}
	before := c.line.Carried().Down
	var r struct {
		FirstFrameMS float64 `json:"first_frame_ms"`
		AfterSeekMS  float64 `json:"after_seek_ms"`
		BytesFetched int64   `json:"bytes_fetched"`
	}
	err := c.viewer.do(ctx, "", &r, "play", s.what, "--headless", "--seconds", decimal(s.after), "--seek", decimal(s.seek))
	if err != nil {
		return fmt.Errorf("%s: %w", s.name, err)
	}
	carried := c.line.Carried().Down - before
	if carried < r.BytesFetched {
		return fmt.Errorf("%s: %d bytes were fetched, but only %d came over the line", s.name, r.BytesFetched, carried)
	}
	s.firsts = append(s.firsts, r.FirstFrameMS/1000)
	s.jumps = append(s.jumps, r.AfterSeekMS/1000)
	s.fetched = append(s.fetched, float64(carried)/1e6)
	return nil
}

func decimal(seconds float64) string { return strconv.FormatFloat(seconds, 'f', -1, 64) }

// tell reports what a scene took.
func (s *scene) tell(emit func(figure), prefix string) {
	place := ", after a jump to what is not fetched yet"
	if s.near {
		place = ", after a jump to what is fetched already"
	}
	for _, part := range []struct {
		name  string
		times samples
		goal  float64
	}{{", first frame", s.firsts, s.first}, {place, s.jumps, s.jump}} {
		for _, r := range []struct {
			name    string
			percent int
		}{{", median", 50}, {", 95th percentile", 95}} {
			f := figure{Name: prefix + s.name + part.name + r.name, Unit: "s", Ours: part.times.rank(r.percent)}
			if part.goal > 0 {
				f = f.atMost(part.goal)
			}
			emit(f)
		}
	}
	emit(figure{Name: prefix + s.name + ", over the line in a run, median", Unit: "MB", Ours: s.fetched.median()})
}
