package viewer

import (
	"bytes"
	"image/png"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"github.com/stratosdrive/stratosdrive/ui/internal/fake"
	"github.com/stratosdrive/stratosdrive/ui/internal/shots"
	"github.com/stratosdrive/stratosdrive/ui/internal/stage"
)

const folder = "Work/Portugal/"

func backend(t *testing.T) *fake.Backend {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, scene(600, 400)); err != nil {
		t.Fatal(err)
	}
	f := fake.Full()
	f.Files = map[string][]byte{
		folder + "Roof at dawn.jpg": b.Bytes(), folder + "Map scan.png": []byte("no picture"),
		folder + "Notes.md": []byte("# Portugal\n\nThe ferry leaves at nine.\n\n- tickets\n- the long way round the bay, where the wind is weaker in the morning and the light is better\n"),
	}
	return f
}

func opened(t *testing.T, name string) (*Page, *stage.Told) {
	t.Helper()
	host, told := stage.Host(t, 900, 600)
	p := New(host, backend(t), folder+name)
	stage.Put(host, p)
	p.Focus()
	return p, told
}

func TestPictures(t *testing.T) {
	shots.InBoth(t, func(t *testing.T, mode string) {
		for shot, name := range map[string]string{"picture": "Roof at dawn.jpg", "text": "Notes.md", "error": "Map scan.png"} {
			p, _ := opened(t, name)
			shots.Match(t, shot+"-"+mode, p.host.Window)
			p.Leave()
		}
		p, _ := opened(t, "Roof at dawn.jpg")
		p.photo.Zoom(3)
		p.photo.Dragged(&fyne.DragEvent{Dragged: fyne.NewDelta(-4000, -90)})
		shots.Match(t, "zoomed-"+mode, p.host.Window)
		p.Leave()
		p, _ = opened(t, "Notes.md")
		p.text.Find("ferry")
		shots.Match(t, "found-"+mode, p.host.Window)
		p.Leave()
	})
}

func press(p *Page, key fyne.KeyName) { p.host.Canvas().OnTypedKey()(&fyne.KeyEvent{Name: key}) }

// The files of the folder follow each other as they are listed there.
func TestKeysGoThroughTheFolder(t *testing.T) {
	p, told := opened(t, "Map scan.png")
	if p.place.Text() != "1 of 3" {
		t.Fatal(p.place.Text())
	}
	press(p, fyne.KeyLeft)
	press(p, fyne.KeyRight)
	if p.what != folder+"Notes.md" || p.text == nil || p.photo != nil {
		t.Error(p.what)
	}
	press(p, fyne.KeyRight)
	if p.what != folder+"Roof at dawn.jpg" || p.photo == nil || p.place.Text() != "3 of 3" {
		t.Error(p.what)
	}
	press(p, fyne.KeyRight)
	press(p, fyne.KeyPlus)
	if p.photo.zoom != zoomStep {
		t.Error(p.photo.zoom)
	}
	press(p, fyne.KeyMinus)
	press(p, fyne.KeyMinus)
	if p.photo.zoom != noZoom {
		t.Error(p.photo.zoom)
	}
	press(p, fyne.KeyEscape)
	if told.Backs != 1 {
		t.Error("Escape does not go back")
	}
	p.elsewhere()
	if len(told.Opened) != 1 || !strings.HasSuffix(told.Opened[0], "Roof at dawn.jpg") {
		t.Error(told.Opened)
	}
	p.Leave()
	if p.host.Canvas().OnTypedKey() != nil {
		t.Error("the keys stay with a page that was left")
	}
}

func TestZoomedPicturesStayInTheirPlace(t *testing.T) {
	p, _ := opened(t, "Roof at dawn.jpg")
	for range 40 {
		p.photo.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.NewDelta(0, 60)})
	}
	if p.photo.zoom != mostZoom {
		t.Error(p.photo.zoom)
	}
	for _, far := range []float32{1e6, -1e6} {
		p.photo.Dragged(&fyne.DragEvent{Dragged: fyne.NewDelta(far, far)})
		at, size, place := p.photo.shown.Position(), p.photo.shown.Size(), p.photo.Size()
		if at.X > 0 || at.Y > 0 || at.X+size.Width < place.Width-1 || at.Y+size.Height < place.Height-1 {
			t.Errorf("an edge comes inside: %v %v in %v", at, size, place)
		}
	}
	p.photo.DoubleTapped(nil)
	if p.photo.zoom != noZoom {
		t.Error("two taps do not fit it")
	}
	p.Leave()
}
