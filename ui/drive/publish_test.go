package drive

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2/test"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/ui/internal/fake"
	"github.com/stratosdrive/stratosdrive/ui/internal/shots"
	"github.com/stratosdrive/stratosdrive/ui/internal/stage"
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
	ShowPublish(p.host, p.tasks, p.backend, p.shown.at(harbour), p.practice)
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
	kept := newPublish(p.host, p.tasks, backend, p.shown.at(harbour), false, len(endings)-1)
	kept.look()
	test.Tap(kept.convert)
	kept.movePoster(1)
	kept.title.SetText("The harbour")
	test.Tap(kept.publish)
	if !backend.Asked("publish Work/Portugal/Lisbon harbour.mp4 as The harbour convert true 4320h0m0s") || !backend.Asked("poster Work/Portugal/Lisbon harbour.mp4 97.7") {
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

// slow is a publisher that does something in the middle of publishing.
type slow struct {
	*fake.Backend
	meanwhile func(ctx context.Context, o app.StreamOptions)
}

func (s slow) PublishStream(ctx context.Context, path string, o app.StreamOptions) (app.Link, error) {
	s.meanwhile(ctx, o)
	if ctx.Err() != nil {
		return app.Link{}, fmt.Errorf("publish %s: %w", path, ctx.Err())
	}
	return s.Backend.PublishStream(ctx, path, o)
}

// publishWhile publishes a video and does something in the middle of that.
func publishWhile(t *testing.T, meanwhile func(p *Page, d *publishDialog, o app.StreamOptions)) (*Page, *stage.Told) {
	t.Helper()
	p, backend, told := opened(t)
	backend.Plan = app.StreamPlan{Action: app.StreamAsItIs, Title: "Lisbon harbour", Seconds: 754, Size: 1_800_000_000, Bytes: 1_800_000_000, Noz: "9000000000"}
	var d *publishDialog
	d = newPublish(p.host, p.tasks, slow{backend, func(_ context.Context, o app.StreamOptions) { meanwhile(p, d, o) }}, p.shown.at(harbour), false, 0)
	d.look()
	test.Tap(d.publish)
	return p, told
}

func TestPublishingPictures(t *testing.T) {
	shots.InBoth(t, func(t *testing.T, mode string) {
		publishWhile(t, func(p *Page, _ *publishDialog, o app.StreamOptions) {
			o.Progress(app.StageUpload, 700_000_000, 1_800_000_000)
			shots.Match(t, "publishing-"+mode, p.host.Window)
		})
	})
}

func TestPublishingGoesOnWithoutItsDialog(t *testing.T) {
	for name, close := range map[string]func(d *publishDialog){
		"its button":  func(d *publishDialog) { test.Tap(d.publish) },
		"the dialog":  func(d *publishDialog) { d.dialog.Close() },
		"Enter twice": func(d *publishDialog) { d.dialog.Submit("") },
	} {
		p, told := publishWhile(t, func(p *Page, d *publishDialog, o app.StreamOptions) {
			p.Leave()
			close(d)
			o.Progress(app.StageConvert, 5, 10) // nobody sees it
		})
		want := []string{"Publishing goes on. Activity shows how far it is.", "Published: Lisbon harbour. Its link is on the page Shared."}
		if !slices.Equal(told.Said, want) || p.host.Canvas().Overlays().Top() != nil {
			t.Errorf("%s: said %q", name, told.Said)
		}
	}
}

func TestPublishingIsStopped(t *testing.T) {
	p, told := publishWhile(t, func(_ *Page, d *publishDialog, _ app.StreamOptions) {
		if d.cancel.Text() != "Stop" {
			t.Errorf("the button says %q", d.cancel.Text())
		}
		test.Tap(d.cancel)
		if !d.cancel.Disabled() || !d.dialog.Open() {
			t.Error("the dialog does not wait for the end")
		}
	})
	if last(told) != "Publishing was stopped. What was uploaded is taken back." || p.host.Canvas().Overlays().Top() != nil {
		t.Errorf("said %q", told.Said)
	}
}

func TestPublishingThatFails(t *testing.T) {
	var kept *publishDialog
	_, told := publishWhile(t, func(p *Page, d *publishDialog, _ app.StreamOptions) {
		kept = d
		p.backend.(*fake.Backend).Err = fake.ErrOffline
	})
	if kept.publish.Text() != "Try again" || kept.cancel.Text() != "Cancel" || !kept.dialog.Open() || len(told.Said) != 0 {
		t.Errorf("%q, %q, said %q", kept.publish.Text(), kept.cancel.Text(), told.Said)
	}
	test.Tap(kept.cancel)
	if kept.dialog.Open() {
		t.Error("Cancel does not close it")
	}
	_, told = publishWhile(t, func(p *Page, d *publishDialog, _ app.StreamOptions) {
		p.backend.(*fake.Backend).Err = fake.ErrOffline
		d.dialog.Close()
	})
	if last(told) != fault.Sentence(fake.ErrOffline) {
		t.Errorf("said %q", told.Said)
	}
}
