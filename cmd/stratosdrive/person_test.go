package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"image/color"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/stratos/network"
	"github.com/stratosdrive/stratosdrive/internal/testnet"
	"github.com/stratosdrive/stratosdrive/internal/testscreen"
)

// asProgram makes the test binary be the program.
const asProgram = "STRATOSDRIVE_TEST_IS_PROGRAM"

func TestMain(m *testing.M) {
	if os.Getenv(asProgram) != "" {
		main()
		return
	}
	if orders := os.Getenv(asPainter); orders != "" {
		if err := paintWindow(orders); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}
	os.Exit(m.Run())
}

const (
	words    = "legal winner thank year wave sausage worth useful legal winner thank yellow"
	password = "correct horse 7"
	// commandLimit is how long a command or an ending may take on a busy machine.
	commandLimit = 2 * time.Minute
)

// look is what a person recognizes: the colours of ui/theme.
type look struct{ accent, soft, ground, good, goodSoft color.RGBA }

var (
	light = look{
		color.RGBA{0x44, 0x58, 0xE6, 0xFF},
		color.RGBA{0xE9, 0xEC, 0xFE, 0xFF},
		color.RGBA{0xF6, 0xF7, 0xFB, 0xFF},
		color.RGBA{0x12, 0x7A, 0x59, 0xFF},
		color.RGBA{0xE2, 0xF4, 0xEC, 0xFF},
	}
	dark = look{
		color.RGBA{0x8C, 0x9B, 0xFF, 0xFF},
		color.RGBA{0x23, 0x2B, 0x4D, 0xFF},
		color.RGBA{0x0E, 0x11, 0x18, 0xFF},
		color.RGBA{0x4F, 0xCB, 0x9C, 0xFF},
		color.RGBA{0x14, 0x33, 0x28, 0xFF},
	}
	black = color.RGBA{0x00, 0x00, 0x00, 0xFF}
	white = color.RGBA{0xFF, 0xFF, 0xFF, 0xFF}
)

// person sits before a screen with the program.
type person struct {
	t                    *testing.T
	screen               *testscreen.Screen
	eyes                 *reader
	dir, profile, folder string
	stos, stosnet        string
	network              string // the file that describes it
	words                string // of the wallet
	window               *exec.Cmd
	said                 *bytes.Buffer
	ended                chan struct{}
	look                 look
	bus                  string // of the desktop; empty for none
}

// newPerson is somebody with a profile of his own, who is alone in the world.
func newPerson(t *testing.T) *person {
	t.Helper()
	if testing.Short() {
		t.Skip("drives the real window with a network behind it")
	}
	if _, err := exec.LookPath("ffmpeg"); err != nil {
		t.Skip("ffmpeg is not installed; packaging/deps.sh run installs it")
	}
	p := &person{t: t, eyes: newReader(t), stos: testnet.BuildStos(t), stosnet: testnet.Build(t)}
	p.sitDown()
	p.network = filepath.Join(p.profile, "net", network.FileName)
	return p
}

// neighbour is somebody else with a screen of his own, on the same network.
func (p *person) neighbour() *person {
	other := &person{t: p.t, eyes: p.eyes, stos: p.stos, stosnet: p.stosnet, network: p.network}
	other.sitDown()
	return other
}

// sitDown gives the person a screen, and an empty profile in the light look.
func (p *person) sitDown() {
	p.t.Helper()
	p.screen, p.dir, p.look = testscreen.Start(p.t), p.t.TempDir(), light
	p.profile, p.folder = filepath.Join(p.dir, "profile"), filepath.Join(p.dir, "Drive")
	for _, d := range []string{p.profile, filepath.Join(p.dir, "home"), filepath.Join(p.dir, "run")} {
		p.check(os.Mkdir(d, 0o700))
	}
	p.write(filepath.Join(p.profile, "settings.json"), []byte(`{"version":1,"theme":"light"}`))
	p.write(filepath.Join(p.dir, "password"), []byte(password+"\n"))
}

func (p *person) check(err error) {
	p.t.Helper()
	if err != nil {
		p.t.Fatal(err)
	}
}

func (p *person) write(path string, data []byte) {
	p.t.Helper()
	p.check(os.MkdirAll(filepath.Dir(path), 0o755))
	p.check(os.WriteFile(path, data, 0o600))
}

func (p *person) env() []string {
	env := append(p.screen.Env(), asProgram+"=1", checkName+"=1", "STOS_STOSNET="+p.stosnet,
		"HOME="+filepath.Join(p.dir, "home"), "XDG_RUNTIME_DIR="+filepath.Join(p.dir, "run"))
	if p.bus != "" {
		env = append(env, "DBUS_SESSION_BUS_ADDRESS="+p.bus)
	}
	return env
}

// open starts the program.
func (p *person) open() {
	p.t.Helper()
	self, err := os.Executable()
	p.check(err)
	p.said, p.ended = new(bytes.Buffer), make(chan struct{})
	p.window = exec.Command(self, "--home", p.profile)
	p.window.Env, p.window.Stderr = p.env(), p.said
	p.check(p.window.Start())
	window, ended := p.window, p.ended
	go func() {
		_ = window.Wait()
		close(ended)
	}()
	p.t.Cleanup(p.kill)
	p.screen.AwaitWindow("Stratos Drive")
}

// kill ends what a failed test left running, the network first.
func (p *person) kill() {
	if p.t.Failed() {
		p.t.Logf("the program said:\n%s", p.said)
	}
	if pid := p.networkPID(); pid > 0 && p.window.ProcessState == nil {
		_ = syscall.Kill(pid, syscall.SIGTERM)
	}
	_ = p.window.Process.Kill()
	<-p.ended
	if strings.Contains(p.said.String(), "Fyne call thread") {
		p.t.Errorf("the window is changed by a goroutine that is not its own:\n%s", p.said)
	}
}

// awaitEnd waits until the program has ended by itself, and its network too; 0
// is no network.
func (p *person) awaitEnd(network int) {
	p.t.Helper()
	select {
	case <-p.ended:
	case <-time.After(commandLimit):
		p.t.Fatal("the program does not end")
	}
	if code := p.window.ProcessState.ExitCode(); code != 0 {
		p.t.Errorf("the program ended with %d:\n%s", code, p.said)
	}
	// The network's last breath comes after it gave back its folder, for which
	// the program waits.
	for deadline := time.Now().Add(commandLimit); network > 0 && !errors.Is(syscall.Kill(network, 0), syscall.ESRCH); time.Sleep(20 * time.Millisecond) {
		if time.Now().After(deadline) {
			p.t.Fatal("the practice network still runs")
		}
	}
}

// networkPID is the process of the practice network, 0 for none.
func (p *person) networkPID() int {
	n, err := network.Read(filepath.Join(p.profile, "net", network.FileName)) // a neighbour's is not here
	if err != nil {
		return 0
	}
	return n.PID
}

// command runs stos with a profile beside the window, on the same network.
func (p *person) command(profile, input string, args ...string) []byte {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.t.Context(), commandLimit)
	defer cancel()
	args = append([]string{"--home", profile, "--network", p.network, "--password-file", filepath.Join(p.dir, "password"), "--json"}, args...)
	cmd := exec.CommandContext(ctx, p.stos, args...)
	cmd.Env, cmd.Stdin = p.env(), strings.NewReader(input)
	out, err := cmd.Output()
	if err != nil {
		p.t.Fatalf("stos %q: %v\n%s", args, err, out)
	}
	return out
}

// ask runs stos and reads its answer.
func (p *person) ask(profile string, answer any, args ...string) {
	p.t.Helper()
	out := p.command(profile, "", args...)
	if err := json.Unmarshal(out, answer); err != nil {
		p.t.Fatalf("%v\n%s", err, out)
	}
}
