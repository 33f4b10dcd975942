package testscreen

import (
	"bufio"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
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
	memory  string // the file that holds what is shown
}

// frameless are the rules of the window manager: no frames, and Alt+F4 closes.
const frameless = `<?xml version="1.0" encoding="UTF-8"?>
<openbox_config xmlns="http://openbox.org/3.4/rc">
<theme><keepBorder>no</keepBorder></theme>
<keyboard><keybind key="A-F4"><action name="Close"/></keybind></keyboard>
<mouse><context name="Client"><mousebind button="Left" action="Press"><action name="Focus"/></mousebind></context></mouse>
<applications><application class="*"><decor>no</decor></application></applications>
</openbox_config>
`

// Start starts a display that ends with the test. The test is skipped where
// the programs for it are missing.
func Start(t testing.TB) *Screen {
	t.Helper()
	for _, program := range []string{"Xvfb", "openbox", "xdotool"} {
		if _, err := exec.LookPath(program); err != nil {
			t.Skipf("%s is not installed; packaging/deps.sh test installs it", program)
		}
	}
	dir := t.TempDir()
	s := &Screen{t: t, memory: filepath.Join(dir, "Xvfb_screen0")}
	s.display = startDisplay(t, dir)
	rules := filepath.Join(dir, "rc.xml")
	if err := os.WriteFile(rules, []byte(frameless), 0o600); err != nil {
		t.Fatal(err)
	}
	s.background("openbox", "--config-file", rules)
	return s
}

// startDisplay lets the server choose a free number and tell it. What it shows
// lies in a file of dir.
func startDisplay(t testing.TB, dir string) string {
	t.Helper()
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	size := fmt.Sprintf("%dx%dx24", Width, Height)
	cmd := exec.Command("Xvfb", "-displayfd", "3", "-screen", "0", size, "-fbdir", dir, "-nolisten", "tcp", "+extension", "GLX")
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

// Point moves the mouse.
func (s *Screen) Point(x, y int) {
	s.t.Helper()
	s.do("xdotool", "mousemove", fmt.Sprint(x), fmt.Sprint(y))
}

// Click presses the left button at a place, and takes the pointer into the
// corner, where it lights nothing up.
func (s *Screen) Click(x, y int) {
	s.t.Helper()
	s.do("xdotool", "mousemove", fmt.Sprint(x), fmt.Sprint(y), "click", "1", "mousemove", fmt.Sprint(Width-1), fmt.Sprint(Height-1))
}

// ClickRight presses the right button at a place, where the pointer stays.
func (s *Screen) ClickRight(x, y int) {
	s.t.Helper()
	s.do("xdotool", "mousemove", fmt.Sprint(x), fmt.Sprint(y), "click", "3")
}

// Scroll turns the wheel down at a place, by so many steps.
func (s *Screen) Scroll(x, y, steps int) {
	s.t.Helper()
	s.do("xdotool", "mousemove", fmt.Sprint(x), fmt.Sprint(y), "click", "--repeat", fmt.Sprint(steps), "5")
}

// Resize gives a window another size.
func (s *Screen) Resize(title string, width, height int) {
	s.t.Helper()
	s.do("xdotool", "search", "--onlyvisible", "--name", title, "windowsize", fmt.Sprint(width), fmt.Sprint(height))
}

// Type types text, Key presses keys by their names, as xdotool knows them.
func (s *Screen) Type(text string) {
	s.t.Helper()
	s.do("xdotool", "type", "--delay", "8", text)
}

// Key presses keys, for example "Return" or "ctrl+k".
func (s *Screen) Key(names ...string) {
	s.t.Helper()
	s.do("xdotool", append([]string{"key", "--delay", "30"}, names...)...)
}
