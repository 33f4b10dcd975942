// Package testscreen gives tests a screen of their own: a virtual display with
// a window manager, a mouse, a keyboard, and a camera. Linux only; it needs
// Xvfb, openbox, xdotool and ImageMagick (packaging/deps.sh test).
package testscreen

import (
	"bufio"
	"fmt"
	"image"
	"image/png"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// Width and Height of the screen in pixels.
const (
	Width  = 1280
	Height = 800
)

// Screen is a virtual display.
type Screen struct {
	t       testing.TB
	display string
}

// Start starts a display that ends with the test. The test is skipped where
// the programs for it are missing.
func Start(t testing.TB) *Screen {
	t.Helper()
	for _, program := range []string{"Xvfb", "openbox", "xdotool", "import"} {
		if _, err := exec.LookPath(program); err != nil {
			t.Skipf("%s is not installed; packaging/deps.sh test installs it", program)
		}
	}
	s := &Screen{t: t, display: startDisplay(t)}
	s.background("openbox")
	return s
}

// startDisplay lets the server choose a free number and tell it.
func startDisplay(t testing.TB) string {
	t.Helper()
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	size := fmt.Sprintf("%dx%dx24", Width, Height)
	cmd := exec.Command("Xvfb", "-displayfd", "3", "-screen", "0", size, "-nolisten", "tcp", "+extension", "GLX")
	cmd.ExtraFiles = []*os.File{w}
	run(t, cmd)
	w.Close()
	line, err := bufio.NewReader(r).ReadString('\n')
	if err != nil {
		t.Fatalf("the display did not start: %v", err)
	}
	return ":" + strings.TrimSpace(line)
}

// run starts a program and ends it with the test.
func run(t testing.TB, cmd *exec.Cmd) {
	t.Helper()
	if err := cmd.Start(); err != nil {
		t.Fatalf("start %s: %v", cmd.Path, err)
	}
	t.Cleanup(func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
	})
}

// Env is the environment for programs on this screen: software drawing, and
// no session bus of this machine.
func (s *Screen) Env() []string {
	return append(os.Environ(),
		"DISPLAY="+s.display, "WAYLAND_DISPLAY=", "LIBGL_ALWAYS_SOFTWARE=1",
		"DBUS_SESSION_BUS_ADDRESS=unix:path=/nonexistent", "FYNE_SCALE=1", "LANG=en_US.UTF-8", "LC_ALL=C.UTF-8")
}

func (s *Screen) background(name string, args ...string) {
	cmd := exec.Command(name, args...)
	cmd.Env = s.Env()
	run(s.t, cmd)
}

func (s *Screen) do(name string, args ...string) string {
	s.t.Helper()
	cmd := exec.Command(name, args...)
	cmd.Env = s.Env()
	out, err := cmd.Output()
	if err != nil {
		s.t.Fatalf("%s: %v", name, err)
	}
	return strings.TrimSpace(string(out))
}

// AwaitWindow waits for a window with this title and gives it the whole
// screen.
func (s *Screen) AwaitWindow(title string) {
	s.t.Helper()
	id := strings.Fields(s.do("xdotool", "search", "--sync", "--onlyvisible", "--name", title))[0]
	s.do("xdotool", "windowactivate", "--sync", id)
	s.do("xdotool", "windowmove", id, "0", "0", "windowsize", id, fmt.Sprint(Width), fmt.Sprint(Height))
}

// Click presses the left button at a place.
func (s *Screen) Click(x, y int) {
	s.t.Helper()
	s.do("xdotool", "mousemove", fmt.Sprint(x), fmt.Sprint(y), "click", "1")
}

// Type types text, Key presses keys by their names, as xdotool knows them.
func (s *Screen) Type(text string) {
	s.t.Helper()
	s.do("xdotool", "type", "--delay", "15", text)
}

// Key presses keys, for example "Return" or "ctrl+k".
func (s *Screen) Key(names ...string) {
	s.t.Helper()
	s.do("xdotool", append([]string{"key", "--delay", "30"}, names...)...)
}

// Shot photographs the screen.
func (s *Screen) Shot() image.Image {
	s.t.Helper()
	path := filepath.Join(s.t.TempDir(), "shot.png")
	s.do("import", "-window", "root", path)
	f, err := os.Open(path)
	if err != nil {
		s.t.Fatal(err)
	}
	defer f.Close()
	picture, err := png.Decode(f)
	if err != nil {
		s.t.Fatal(err)
	}
	return picture
}

// Await photographs the screen until it shows what is asked for. The screen of
// another process has no event to wait for.
func (s *Screen) Await(what string, shows func(image.Image) bool) image.Image {
	s.t.Helper()
	for deadline := time.Now().Add(60 * time.Second); ; {
		picture := s.Shot()
		if shows(picture) {
			return picture
		}
		if time.Now().After(deadline) {
			s.Keep(picture, "failed.png")
			s.t.Fatalf("the screen never showed %s", what)
		}
		time.Sleep(100 * time.Millisecond)
	}
}

// Keep saves a picture where STOS_SHOTS says, for people to look at.
func (s *Screen) Keep(picture image.Image, name string) {
	s.t.Helper()
	dir := os.Getenv("STOS_SHOTS")
	if dir == "" {
		return
	}
	f, err := os.Create(filepath.Join(dir, name))
	if err != nil {
		s.t.Fatal(err)
	}
	defer f.Close()
	if err := png.Encode(f, picture); err != nil {
		s.t.Fatal(err)
	}
}
