package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"os"
	"os/exec"
	"path/filepath"
	"time"
)

// quiet is how long nothing may change before a picture counts as settled.
const quiet = 2 * time.Second

// windowWorld is a profile with a full drive whose wallet the system's keyring
// opens, on a screen with a session of its own.
type windowWorld struct {
	dir     string
	net     *localNetwork
	device  *device
	screen  *display
	bus     string
	session []*exec.Cmd
}

func newWindowWorld(ctx context.Context, dir string, files int) (*windowWorld, error) {
	w := &windowWorld{dir: dir}
	for _, do := range []func(context.Context) error{
		w.buildPlain, w.openSession, w.openScreen,
		func(ctx context.Context) error { return w.fill(ctx, files) },
	} {
		if err := do(ctx); err != nil {
			w.close()
			return nil, err
		}
	}
	return w, nil
}

func (w *windowWorld) close() {
	if w.screen != nil {
		w.screen.close()
	}
	if w.net != nil {
		w.net.stop()
	}
	for _, cmd := range w.session {
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
	}
}

func (w *windowWorld) buildPlain(ctx context.Context) error {
	out, err := exec.CommandContext(ctx, "go", "build", "-o", w.dir, "./ui/internal/plainwindow").CombinedOutput()
	if err != nil {
		return fmt.Errorf("build the plain window: %w\n%s", err, out)
	}
	return nil
}

func (w *windowWorld) openScreen(ctx context.Context) (err error) {
	w.screen, err = newDisplay(ctx)
	return err
}

// openSession starts a message bus and a keyring that is open.
func (w *windowWorld) openSession(ctx context.Context) error {
	w.bus = "unix:path=" + filepath.Join(w.dir, "bus")
	for _, cmd := range []*exec.Cmd{
		exec.CommandContext(ctx, "dbus-daemon", "--session", "--nofork", "--nopidfile", "--address="+w.bus),
		exec.CommandContext(ctx, "gnome-keyring-daemon", "--foreground", "--unlock", "--components=secrets"),
	} {
		cmd.Env = append(os.Environ(), "DBUS_SESSION_BUS_ADDRESS="+w.bus, "HOME="+w.dir, "XDG_RUNTIME_DIR="+w.dir, "XDG_DATA_HOME="+w.dir)
		cmd.Stdin = bytes.NewBufferString("bench")
		if err := cmd.Start(); err != nil {
			return fmt.Errorf("start %s: %w", cmd.Path, err)
		}
		w.session = append(w.session, cmd)
		if len(w.session) == 1 {
			exists := func() (bool, error) { _, err := os.Stat(filepath.Join(w.dir, "bus")); return err == nil, nil }
			if err := until(ctx, 10*time.Millisecond, exists); err != nil {
				return err
			}
		}
	}
	return nil
}

// fill makes a drive of many files in one folder.
func (w *windowWorld) fill(ctx context.Context, files int) error {
	var err error
	if w.net, err = startNetwork(ctx, filepath.Join(w.dir, "net")); err != nil {
		return err
	}
	if w.device, err = newDevice(w.dir, "full", w.net.Network); err != nil {
		return err
	}
	if _, err := w.device.fund(ctx); err != nil {
		return err
	}
	for i := range files {
		path := filepath.Join(w.device.folder, fmt.Sprintf("file %06d.bin", i))
		if err := os.WriteFile(path, fmt.Appendf(nil, "content of file %d", i), 0o644); err != nil {
			return err
		}
	}
	if _, err := w.device.once(ctx); err != nil {
		return err
	}
	cmd := w.device.command(ctx, "wallet", "keyring", "on")
	cmd.Env = append(cmd.Env, "DBUS_SESSION_BUS_ADDRESS="+w.bus)
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("keyring: %w\n%s", err, out)
	}
	return nil
}

// shown is a program with its window, and what was measured of it.
type shown struct {
	cmd            *exec.Cmd
	screen         *display
	first, settled time.Duration // since the start of the program
	rate           float64       // frames a second while it was scrolled
	work, drawing  float64       // milliseconds a frame: of the program, and of drawing without a graphics card
}

func (s *shown) pid() int { return s.cmd.Process.Pid }

// end lets the program end as a user who logs out would.
func (s *shown) end() {
	_ = s.cmd.Process.Signal(os.Interrupt)
	_ = s.cmd.Wait()
}

// show starts a program and waits until its window is painted and settled.
func (w *windowWorld) show(ctx context.Context, p program) (*shown, error) {
	s := &shown{screen: w.screen, cmd: exec.CommandContext(ctx, p.path, p.args...)}
	s.cmd.Env = w.screen.environment()
	if p.bus != "" {
		s.cmd.Env = append(s.cmd.Env, "DBUS_SESSION_BUS_ADDRESS="+p.bus)
	}
	var told bytes.Buffer
	s.cmd.Stderr = &told
	w.screen.forget()
	began := time.Now()
	if err := s.cmd.Start(); err != nil {
		return nil, err
	}
	first, settled, err := w.screen.appearance(ctx, p.area)
	if err != nil {
		s.end()
		return nil, fmt.Errorf("%w\n%s", err, &told)
	}
	s.first, s.settled = first.Sub(began), settled.Sub(began)
	return s, nil
}

// forget drops the frames that nobody watched.
func (d *display) forget() {
	for len(d.painted) > 0 {
		<-d.painted
	}
}

// appearance watches a window come up: when something was painted, and when an
// area of it took the form in which it stays.
func (d *display) appearance(ctx context.Context, area image.Rectangle) (first, settled time.Time, err error) {
	whole := image.Rect(0, 0, screenWidth, screenHeight)
	for first.IsZero() {
		select {
		case <-ctx.Done():
			return first, settled, ctx.Err()
		case at, open := <-d.painted:
			if !open {
				return first, settled, errors.New("the display ended")
			}
			_, plain, err := d.look(whole)
			if err != nil {
				return first, settled, err
			}
			if !plain {
				first, settled = at, at
			}
		}
	}
	last, _, err := d.look(area)
	for err == nil {
		select {
		case <-ctx.Done():
			return first, settled, ctx.Err()
		case <-time.After(quiet):
			return first, settled, nil
		case at := <-d.painted:
			var now uint64
			if now, _, err = d.look(area); now != last {
				last, settled = now, at
			}
		}
	}
	return first, settled, err
}

// still waits until an area has not changed for so long.
func (d *display) still(ctx context.Context, area image.Rectangle, long time.Duration) error {
	last, _, err := d.look(area)
	for since := time.Now(); err == nil && time.Since(since) < long; {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(long / 10):
		}
		var now uint64
		if now, _, err = d.look(area); now != last {
			last, since = now, time.Now()
		}
	}
	return err
}
