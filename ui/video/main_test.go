package video

import (
	"fmt"
	"image"
	"image/color"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"github.com/stratosdrive/stratosdrive/internal/playback"
	"github.com/stratosdrive/stratosdrive/ui/theme"
)

// fake is a player that writes down what it is told.
type fake struct {
	state  playback.State
	frame  *image.RGBA
	number uint64
	size   image.Point
	orders []string
	fail   error // of Load
}

func (f *fake) State() playback.State        { return f.state }
func (f *fake) Frame() (*image.RGBA, uint64) { return f.frame, f.number }
func (f *fake) SetSize(width, height int)    { f.size = image.Pt(width, height) }
func (f *fake) Load(address string) error    { f.note("load %s", address); return f.fail }
func (f *fake) Pause(paused bool)            { f.note("pause %v", paused) }
func (f *fake) Seek(seconds float64)         { f.note("seek %.1f", seconds) }
func (f *fake) Skip(seconds float64)         { f.note("skip %.0f", seconds) }
func (f *fake) Step(back bool)               { f.note("step %v", back) }
func (f *fake) SetVolume(percent float64)    { f.note("volume %.0f", percent) }
func (f *fake) Mute(muted bool)              { f.note("mute %v", muted) }
func (f *fake) SetSpeed(speed float64)       { f.note("speed %.2f", speed) }
func (f *fake) Choose(kind playback.Kind, id int) {
	f.note("choose %s %d", kind, id)
}

func (f *fake) note(format string, args ...any) {
	f.orders = append(f.orders, fmt.Sprintf(format, args...))
}

// told returns the orders since the last call.
func (f *fake) told() string {
	orders := strings.Join(f.orders, ", ")
	f.orders = nil
	return orders
}

var red = color.RGBA{R: 0xE0, G: 0x10, B: 0x10, A: 0xFF}

// playing is a player in the middle of a video of 100 s.
func playing() *fake {
	f := &fake{number: 1, frame: image.NewRGBA(image.Rect(0, 0, 160, 90)), state: playback.State{
		Open: true, Shown: true, Seekable: true, Position: 40, Duration: 100, Volume: 80, Speed: 1, Width: 160, Height: 90,
		Buffered: []playback.Range{{From: 30, To: 60}, {From: 80, To: 90}},
	}}
	for i := range f.frame.Pix {
		f.frame.Pix[i] = [4]uint8{red.R, red.G, red.B, red.A}[i%4]
	}
	return f
}

// window shows a video of 1000 x 700 in a test window. The controls stay.
func window(t *testing.T, mode theme.Mode, h Hooks, f *fake) (*Video, fyne.Window) {
	t.Helper()
	test.NewTempApp(t).Settings().SetTheme(theme.New(mode))
	v := New(h)
	v.rest, v.notice.moment = time.Hour, time.Hour
	w := test.NewTempWindow(t, v)
	w.SetPadded(false)
	w.Resize(fyne.NewSize(1000, 700))
	if f != nil {
		v.SetPlayer(f)
		v.Play("http://127.0.0.1:1/x/clip.mp4")
		f.orders = nil
	}
	t.Cleanup(func() { v.hide.Stop(); v.notice.stop() })
	return v, w
}
