package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"hash/maphash"
	"image"
	"io"
	"os"
	"os/exec"
	"strings"
	"sync"
	"time"

	"github.com/jezek/xgb"
	"github.com/jezek/xgb/damage"
	"github.com/jezek/xgb/xproto"
	"github.com/jezek/xgb/xtest"
)

// The screen of the window group, in pixels. Windows fill it: there is no
// window manager.
const (
	screenWidth  = 1280
	screenHeight = 800
)

// wheelDown is the button that a mouse wheel presses when it is turned.
const wheelDown = 5

// display is a virtual screen that tells when something is painted on it.
type display struct {
	server  *exec.Cmd
	name    string
	x       *xgb.Conn
	root    xproto.Window
	seed    maphash.Seed
	painted chan time.Time // of each frame, while somebody watches

	mu     sync.Mutex
	frames int
}

func newDisplay(ctx context.Context) (*display, error) {
	d := &display{seed: maphash.MakeSeed(), painted: make(chan time.Time, 1024)}
	if err := d.start(ctx); err != nil {
		return nil, fmt.Errorf("start a display: %w", err)
	}
	if err := d.connect(); err != nil {
		d.close()
		return nil, fmt.Errorf("connect with the display: %w", err)
	}
	go d.watch()
	return d, nil
}

// start lets the server choose a free number and tell it.
func (d *display) start(ctx context.Context) error {
	r, w, err := os.Pipe()
	if err != nil {
		return err
	}
	defer r.Close()
	d.server = exec.CommandContext(ctx, "Xvfb", "-displayfd", "3", "-screen", "0",
		fmt.Sprintf("%dx%dx24", screenWidth, screenHeight), "-nolisten", "tcp", "+extension", "GLX")
	d.server.ExtraFiles = []*os.File{w}
	err = d.server.Start()
	w.Close()
	if err != nil {
		return err
	}
	line, err := bufio.NewReader(r).ReadString('\n')
	d.name = ":" + strings.TrimSpace(line)
	return err
}

func (d *display) connect() error {
	xgb.Logger.SetOutput(io.Discard) // it tells of a missing password, which is none
	var err error
	if d.x, err = xgb.NewConnDisplay(d.name); err != nil {
		return err
	}
	d.root = xproto.Setup(d.x).DefaultScreen(d.x).Root
	if err := errors.Join(damage.Init(d.x), xtest.Init(d.x)); err != nil {
		return err
	}
	if _, err := damage.QueryVersion(d.x, 1, 1).Reply(); err != nil {
		return err
	}
	id, err := damage.NewDamageId(d.x)
	if err != nil {
		return err
	}
	return damage.CreateChecked(d.x, id, xproto.Drawable(d.root), damage.ReportLevelRawRectangles).Check()
}

// watch counts frames: a window that paints with OpenGL hands its whole area
// over at once.
func (d *display) watch() {
	defer close(d.painted)
	for {
		event, err := d.x.WaitForEvent()
		if event == nil && err == nil {
			return
		}
		e, ok := event.(damage.NotifyEvent)
		if !ok || e.Area.Width < screenWidth/2 || e.Area.Height < screenHeight/2 {
			continue
		}
		d.mu.Lock()
		d.frames++
		d.mu.Unlock()
		select {
		case d.painted <- time.Now():
		default: // nobody watches
		}
	}
}

// count is how many frames were painted so far.
func (d *display) count() int {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.frames
}

// environment is that of programs which show a window here.
func (d *display) environment(more ...string) []string {
	return append(append(os.Environ(), "DISPLAY="+d.name, "WAYLAND_DISPLAY=", "LIBGL_ALWAYS_SOFTWARE=1",
		"DBUS_SESSION_BUS_ADDRESS=unix:path=/nonexistent", "FYNE_SCALE=1", "LANG=en_US.UTF-8", "LC_ALL=C.UTF-8"), more...)
}

// look is the sum of what an area shows, and whether that is more than one
// colour.
func (d *display) look(area image.Rectangle) (sum uint64, plain bool, err error) {
	got, err := xproto.GetImage(d.x, xproto.ImageFormatZPixmap, xproto.Drawable(d.root),
		int16(area.Min.X), int16(area.Min.Y), uint16(area.Dx()), uint16(area.Dy()), 0xFFFFFFFF).Reply()
	if err != nil {
		return 0, false, err
	}
	plain = true
	for i := 4; plain && i+4 <= len(got.Data); i += 4 {
		plain = string(got.Data[i:i+3]) == string(got.Data[:3])
	}
	return maphash.Bytes(d.seed, got.Data), plain, nil
}

// scroll turns the wheel over a place, so many times a second.
func (d *display) scroll(ctx context.Context, at image.Point, perSecond int, long time.Duration) error {
	if err := d.point(at); err != nil {
		return err
	}
	tick := time.NewTicker(time.Second / time.Duration(perSecond))
	defer tick.Stop()
	for began := time.Now(); time.Since(began) < long; {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-tick.C:
		}
		for _, kind := range []byte{xproto.ButtonPress, xproto.ButtonRelease} {
			if err := xtest.FakeInputChecked(d.x, kind, wheelDown, 0, d.root, 0, 0, 0).Check(); err != nil {
				return err
			}
		}
	}
	return nil
}

// point moves the mouse.
func (d *display) point(at image.Point) error {
	return xtest.FakeInputChecked(d.x, xproto.MotionNotify, 0, 0, d.root, int16(at.X), int16(at.Y), 0).Check()
}

func (d *display) close() {
	if d.x != nil {
		d.x.Close()
	}
	_ = d.server.Process.Kill()
	_ = d.server.Wait()
}
