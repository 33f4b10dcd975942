package drive

import (
	"bytes"
	"image"
	"image/color"
	"image/jpeg"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2/test"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/ui/internal/fake"
	"github.com/stratosdrive/stratosdrive/ui/internal/shots"
)

const harbour = 5 // of what is shown

// publishing shows the dialog for a video that has to be treated in a way.
func publishing(t *testing.T, plan app.StreamPlan) (*Page, *fake.Backend) {
	t.Helper()
	p, backend, _ := opened(t)
	plan.Title, plan.Seconds, plan.Size, plan.Noz, plan.Poster = "Lisbon harbour", 754, 1_800_000_000, "9000000000", 60
	if plan.Bytes == 0 {
		plan.Bytes = plan.Size
	}
	backend.Plan = plan
	sea := image.NewRGBA(image.Rect(0, 0, 160, 90))
	for i := range 160 * 90 {
		sea.SetRGBA(i%160, i/160, color.RGBA{uint8(40 + i/160), uint8(90 + i/160), 160, 255})
	}
	var b bytes.Buffer
	if err := jpeg.Encode(&b, sea, nil); err != nil {
		t.Fatal(err)
	}
	backend.Files = map[string][]byte{"poster": b.Bytes()}
	return p, backend
}

func (p *Page) publishShown() {
	ShowPublish(p.host, p.tasks, p.backend, p.shown[harbour], p.practice)
}

var converted = app.StreamPlan{Action: app.StreamConvert, Codecs: []string{"vp9", "opus"}, Bytes: 640_000_000, Convert: 11 * time.Minute}

func TestPublishPictures(t *testing.T) {
	shots.InBoth(t, func(t *testing.T, mode string) {
		p, _ := publishing(t, app.StreamPlan{Action: app.StreamAsItIs})
		p.publishShown()
		shots.Match(t, "publish-"+mode, p.host.Window)
		dialogOf(t, p).Submit("")
		shots.Match(t, "published-"+mode, p.host.Window)
		p, backend := publishing(t, converted)
		p.publishShown()
		shots.Match(t, "publish-convert-"+mode, p.host.Window)
		backend.Err = fake.ErrOffline
		dialogOf(t, p).Close()
		p.publishShown()
		shots.Match(t, "publish-error-"+mode, p.host.Window)
	})
}

// Nothing is converted before somebody agreed.
func TestConvertingIsAskedFirst(t *testing.T) {
	p, backend := publishing(t, converted)
	p.publishShown()
	d := dialogOf(t, p)
	last := d.Sheet().Buttons[1]
	d.Submit("")
	for _, call := range backend.Calls {
		if strings.HasPrefix(call, "publish") {
			t.Fatal("published without asking")
		}
	}
	if !last.Disabled() {
		t.Fatal("the button can be pressed")
	}
	d.Close()
	kept := &publishDialog{host: p.host, tasks: p.tasks, publisher: backend, entry: p.shown[harbour], at: -1, lasts: len(endings) - 1, dialog: d}
	kept.cancel = last
	kept.look()
	test.Tap(kept.convert)
	kept.movePoster(1)
	kept.title.SetText("The harbour")
	test.Tap(kept.publish)
	if !backend.Asked("publish Work/Portugal/Lisbon harbour.mp4 as The harbour convert true 0s") || !backend.Asked("poster Work/Portugal/Lisbon harbour.mp4 97.7") {
		t.Errorf("%q", backend.Calls)
	}
}

func TestPublishWords(t *testing.T) {
	plan := app.StreamPlan{Seconds: 100}
	if posterMoved(plan, 1, -posterStep(plan)) != 0 || posterMoved(plan, 97, posterStep(plan)) != 98 {
		t.Error("the poster leaves the video")
	}
	if canPublish(app.Entry{Name: "song.mp3", Video: true}) || !canPublish(app.Entry{Name: "film.mkv", Video: true}) || canPublish(app.Entry{Name: "x.mp4", Folder: true}) {
		t.Error("who can be published")
	}
}
