package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"image"
	"math"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	fyneapp "fyne.io/fyne/v2/app"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/internal/testscreen"
	"github.com/stratosdrive/stratosdrive/internal/testvideo"
	"github.com/stratosdrive/stratosdrive/ui/theme"
	"github.com/stratosdrive/stratosdrive/ui/video"
)

// asPainter makes the test binary a window that shows videos and tells what
// became of that. It holds the orders as JSON.
const asPainter = "STRATOSDRIVE_TEST_PAINTS"

// painting is what the window does: rounds of a made-up picture and of a video,
// or videos that are opened and closed again.
type painting struct {
	Clip    string
	Home    string
	Rounds  int
	Seconds float64 // of each part of a round
	Cycles  int
	Jumps   int // in each cycle
	Seed    uint64
}

// painted is what it tells.
type painted struct {
	Synthetic, Video float64   // pictures a second that were uploaded
	Offsets          []float64 // seconds between picture and sound
	Routines         [2]int    // after the first cycles and after the last
	Resident         [2]int    // KiB of memory, likewise
}

// painter is the window.
type painter struct {
	painting
	painted
	app    *app.App
	screen *video.Video
	random *rand.Rand
}

// paintWindow runs the window until it has done what it was told.
func paintWindow(orders string) error {
	p := &painter{}
	if err := json.Unmarshal([]byte(orders), &p.painting); err != nil {
		return err
	}
	var err error
	if p.app, err = app.Open(app.Options{Home: p.Home, Runtime: p.Home}); err != nil {
		return err
	}
	toolkit := fyneapp.NewWithID("io.github.stratosdrive.test")
	toolkit.Settings().SetTheme(theme.New(theme.Light))
	window := toolkit.NewWindow("Painting")
	p.screen = video.New(video.Hooks{})
	window.SetContent(p.screen)
	window.Resize(fyne.NewSize(testscreen.Width, testscreen.Height))
	window.SetPadded(false)
	var failed error
	toolkit.Lifecycle().SetOnStarted(func() {
		go func() {
			failed = p.work()
			fyne.Do(toolkit.Quit)
		}()
	})
	window.ShowAndRun()
	if failed != nil {
		return failed
	}
	return json.NewEncoder(os.Stdout).Encode(p.painted)
}

func (p *painter) work() error {
	for range p.Rounds {
		speed, err := p.rate(p.synthetic)
		if err != nil {
			return err
		}
		p.Synthetic += speed / float64(p.Rounds)
		if speed, err = p.rate(p.player); err != nil {
			return err
		}
		p.Video += speed / float64(p.Rounds)
	}
	p.random = rand.New(rand.NewPCG(p.Seed, 1))
	for i := range p.Cycles {
		if _, err := p.rate(p.player); err != nil {
			return err
		}
		if i < 2 {
			p.Routines[0], p.Resident[0] = settled()
		}
	}
	p.Routines[1], p.Resident[1] = settled()
	return nil
}

// settled counts what there is of goroutines and of memory.
func settled() (routines, resident int) {
	debug.FreeOSMemory()
	raw, _ := os.ReadFile("/proc/self/status") // 0 where there is none
	for line := range strings.Lines(string(raw)) {
		if fields := strings.Fields(line); len(fields) > 1 && fields[0] == "VmRSS:" {
			resident, _ = strconv.Atoi(fields[1])
		}
	}
	return runtime.NumGoroutine(), resident
}

// showing is what plays: a player with its end, and what it tells of its sound.
type showing struct {
	video.Player
	close  func() error
	offset func() float64
}

// rate shows something and returns how many pictures a second were uploaded,
// once the controls are gone.
func (p *painter) rate(start func() (showing, error)) (float64, error) {
	s, err := start()
	if err != nil {
		return 0, err
	}
	before := p.screen.Painted()
	fyne.DoAndWait(func() {
		p.screen.SetPlayer(s)
		p.screen.Play(p.Clip)
	})
	for p.screen.Painted() < before+3 { // nobody tells when something was painted
		time.Sleep(5 * time.Millisecond)
	}
	speed := 0.0
	for range p.Jumps {
		if err := p.jump(s); err != nil {
			return 0, errors.Join(err, s.close())
		}
	}
	if p.Seconds > 0 {
		time.Sleep(3 * time.Second) // until the controls are gone
		speed = p.count(s)
	}
	fyne.DoAndWait(func() { p.screen.SetPlayer(nil) })
	return speed, s.close()
}

func (p *painter) count(s showing) float64 {
	begun, first := time.Now(), p.screen.Painted()
	for time.Since(begun).Seconds() < p.Seconds {
		time.Sleep(50 * time.Millisecond)
		if s.offset != nil {
			p.Offsets = append(p.Offsets, math.Abs(s.offset()))
		}
	}
	return float64(p.screen.Painted()-first) / time.Since(begun).Seconds()
}

// player is the real one.
func (p *painter) player() (showing, error) {
	player, err := p.app.NewPlayer(p.screen.FrameReady, p.screen.StateChanged)
	if err != nil {
		return showing{}, err
	}
	return showing{Player: player, close: player.Close, offset: func() float64 { return player.State().Offset }}, nil
}

// madeUp shows a new picture of the size of the video thirty times a second. A
// real player that plays nothing stands behind it.
type madeUp struct {
	*app.Player
	frames [3]*image.RGBA
	number atomic.Uint64
}

// Frame is [video.Player.Frame].
func (m *madeUp) Frame() (*image.RGBA, uint64) {
	n := m.number.Load()
	return m.frames[n%3], n
}

// Load is [video.Player.Load].
func (m *madeUp) Load(string) error { return nil }

func (p *painter) synthetic() (showing, error) {
	player, err := p.app.NewPlayer(func() {}, func() {})
	if err != nil {
		return showing{}, err
	}
	m := &madeUp{Player: player}
	for i := range m.frames {
		m.frames[i] = image.NewRGBA(image.Rect(0, 0, 1280, 720))
		for j := range m.frames[i].Pix {
			m.frames[i].Pix[j] = byte(0xFF - 40*i)
		}
	}
	end, done := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(done)
		for tick := time.NewTicker(time.Second / 30); ; {
			select {
			case <-end:
				tick.Stop()
				return
			case <-tick.C:
				m.number.Add(1)
				p.screen.FrameReady()
			}
		}
	}()
	return showing{Player: m, close: func() error {
		close(end)
		<-done
		return player.Close()
	}}, nil
}

// paint runs the window on a screen of its own.
func paint(t testing.TB, what painting, clip testvideo.Options) painted {
	t.Helper()
	screen := testscreen.Start(t)
	what.Home, what.Clip = t.TempDir(), filepath.Join(t.TempDir(), "clip.mp4")
	if err := testvideo.Make(t.Context(), what.Clip, clip); err != nil {
		t.Fatal(err)
	}
	orders, err := json.Marshal(what)
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), os.Args[0])
	cmd.Env = append(screen.Env(), asPainter+"="+string(orders))
	var said bytes.Buffer
	cmd.Stderr = &said
	out, err := cmd.StdoutPipe()
	if err == nil {
		err = cmd.Start()
	}
	if err != nil {
		t.Fatal(err)
	}
	screen.AwaitWindow("Painting")
	var got painted
	for lines := bufio.NewScanner(out); lines.Scan(); {
		if err := json.Unmarshal(lines.Bytes(), &got); err != nil {
			t.Fatalf("%v: %s", err, lines.Bytes())
		}
	}
	if err := cmd.Wait(); err != nil {
		t.Fatalf("the window: %v\n%s", err, &said)
	}
	return got
}

// BenchmarkPaintRate counts what reaches the screen: of a 720p30 video with
// sound, and of a made-up picture of that size, in turns.
func BenchmarkPaintRate(b *testing.B) {
	got := paint(b, painting{Rounds: b.N, Seconds: 5}, testvideo.Options{Seconds: 15, Width: 1280, Height: 720, BitsPerSecond: 4_000_000})
	slices.Sort(got.Offsets)
	b.ReportMetric(got.Synthetic, "synthetic/s")
	b.ReportMetric(got.Video, "video/s")
	b.ReportMetric(1000*got.Offsets[len(got.Offsets)*95/100], "offset-ms")
	b.ReportMetric(0, "ns/op")
}
