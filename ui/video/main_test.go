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
	fail   error   // of Load
	raised float64 // of the subtitles
}

func (f *fake) State() playback.State        { return f.state }
func (f *fake) Frame() (*image.RGBA, uint64) { return f.frame, f.number }
func (f *fake) SetSize(width, height int)    { f.size = image.Pt(width, height) }
func (f *fake) Load(address string) error    { f.note("load %s", address); f.next(); return f.fail }
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
func (f *fake) GoToChapter(index int)            { f.note("chapter %d", index) }
func (f *fake) SetSoundDelay(seconds float64)    { f.note("sound %.1f", seconds) }
func (f *fake) SetSubtitleDelay(seconds float64) { f.note("subtitles %.1f", seconds) }
func (f *fake) RaiseSubtitles(part float64)      { f.raised = part }
func (f *fake) SetLoop(l playback.Loop) {
	f.note("loop %v %v %.0f %.0f", l.Whole, l.Begun, l.From, l.To)
}

// next draws the first picture of another video, if there is any.
func (f *fake) next() {
	if f.frame != nil {
		f.number++
	}
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
	return &fake{number: 1, frame: plainPicture(160, 90, red), state: playback.State{
		Open: true, Shown: true, Seekable: true, Position: 40, Duration: 100, Volume: 80, Speed: 1, Width: 160, Height: 90,
		Buffered: []playback.Range{{From: 30, To: 60}, {From: 80, To: 90}}, Chapter: -1,
	}}
}

func plainPicture(width, height int, c color.RGBA) *image.RGBA {
	p := image.NewRGBA(image.Rect(0, 0, width, height))
	for i := range p.Pix {
		p.Pix[i] = [4]uint8{c.R, c.G, c.B, c.A}[i%4]
	}
	return p
}

// day is a clock that goes when it is told to.
type day struct {
	time  time.Time
	calls []*call
}

type call struct {
	at time.Time
	do func()
}

func newDay() *day { return &day{time: time.Date(2026, 11, 22, 15, 0, 0, 0, time.UTC)} }

func (d *day) clock() clock {
	return clock{now: func() time.Time { return d.time }, after: func(in time.Duration, f func()) func() {
		c := &call{d.time.Add(in), f}
		d.calls = append(d.calls, c)
		return func() { c.do = nil }
	}}
}

// pass lets time pass, and makes the calls that are due in their order.
func (d *day) pass(by time.Duration) {
	end := d.time.Add(by)
	for {
		var next *call
		for _, c := range d.calls {
			if c.do != nil && !c.at.After(end) && (next == nil || c.at.Before(next.at)) {
				next = c
			}
		}
		if next == nil {
			d.time = end
			return
		}
		do := next.do
		d.time, next.do = next.at, nil
		do()
	}
}

// window shows a video of 1000 x 700 in a test window. No time passes.
func window(t *testing.T, mode theme.Mode, h Hooks, f *fake) (*Video, fyne.Window) {
	t.Helper()
	v, w, _ := windowAt(t, mode, h, f)
	return v, w
}

// windowAt is window with a clock.
func windowAt(t *testing.T, mode theme.Mode, h Hooks, f *fake) (*Video, fyne.Window, *day) {
	t.Helper()
	test.NewTempApp(t).Settings().SetTheme(theme.New(mode))
	d := newDay()
	v := newVideo(h, d.clock(), false)
	return v, stage(t, v, f, 1000, 700), d
}

// stage shows a video in a window of a size, and lets it play.
func stage(t *testing.T, v *Video, f *fake, width, height float32) fyne.Window {
	w := test.NewTempWindow(t, v)
	w.SetPadded(false)
	w.Resize(fyne.NewSize(width, height))
	if f != nil {
		v.SetPlayer(f)
		v.Play("http://127.0.0.1:1/x/clip.mp4")
		f.orders = nil
	}
	return w
}
