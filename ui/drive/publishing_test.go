package drive

import (
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/ui/internal/fake"
)

// Whoever stops publishing and closes the dialog is not told that it goes on.
func TestStoppingAndClosingIsStopping(t *testing.T) {
	p, told := publishWhile(t, func(p *Page, d *publishDialog, _ app.StreamOptions) {
		test.Tap(d.cancel)
		test.Tap(d.cancel)
		p.host.Canvas().OnTypedKey()(key(fyne.KeyEscape))
	})
	if !slices.Equal(told.Said, []string{"Publishing was stopped. What was uploaded is taken back."}) || p.host.Canvas().Overlays().Top() != nil {
		t.Errorf("said %q", told.Said)
	}
}

// What happens to a video is said in words, and how far it is in percent.
func TestWordsOfPublishing(t *testing.T) {
	for want, p := range map[string]app.StreamPlan{
		"(vp9, opus). A converted copy": {Action: app.StreamConvert, Codecs: []string{"vp9", "opus"}},
		"Subtitles and other tracks":    {Action: app.StreamRepack},
		"It is published as it is.":     {Action: app.StreamAsItIs},
	} {
		if got := becomes(p); !strings.Contains(got, want) {
			t.Errorf("%v: %q", p.Action, got)
		}
	}
	for _, c := range []struct {
		stage       string
		done, total int64
		want        string
	}{
		{app.StageConvert, 1, 3, "Converting, 33 %"},
		{app.StageUpload, 0, 0, "Uploading, 0 %"},
		{app.StageUpload, 5, 5, "Uploading, 100 %"},
		{"else", 1, 2, "Uploading, 50 %"},
	} {
		if got := stageWords(c.stage, c.done, c.total); got != c.want {
			t.Errorf("%+v: %q", c, got)
		}
	}
	for took, want := range map[time.Duration]string{0: "less than a minute", time.Second: "about 1 min", 90 * time.Minute: "about 91 min"} {
		if got := agreement(app.StreamPlan{Convert: took}); !strings.Contains(got, want) {
			t.Errorf("%v: %q", took, got)
		}
	}
	plan := app.StreamPlan{Noz: "2000000000"}
	if real, practice := price(plan, false), price(plan, true); !strings.Contains(real, "2 ozone") || !strings.HasPrefix(practice, real+" ") {
		t.Errorf("%q, %q", real, practice)
	}
}

// The poster is moved within the video, and only the last one that was asked
// for is shown.
func TestChoosingAPoster(t *testing.T) {
	p, backend := publishing(t, app.StreamPlan{Action: app.StreamAsItIs})
	d := newPublish(p.host, p.tasks, backend, p.shown.at(harbour), false, 0)
	d.look()
	for _, c := range []struct {
		word string
		at   float64
	}{{"Earlier picture", 22.3}, {"Earlier picture", 0}, {"Earlier picture", 0}, {"Later picture", 37.7}} {
		tap(t, d.dialog, c.word)
		if d.at < c.at-0.001 || d.at > c.at+0.001 {
			t.Errorf("%s: at %v, not %v", c.word, d.at, c.at)
		}
	}
	for range 30 {
		tap(t, d.dialog, "Later picture")
	}
	if d.at > 754*0.98 {
		t.Errorf("at %v of 754 s", d.at)
	}
	shown := d.poster.Objects[0]
	backend.Err = fake.ErrOffline
	if tap(t, d.dialog, "Earlier picture"); d.poster.Objects[0] != shown {
		t.Error("without a frame the last one goes away")
	}
	test.Tap(d.publish)
	if d.publish.Text() != "Try again" || !says(d.dialog, "The network does not answer") {
		t.Errorf("the button says %q", d.publish.Text())
	}
	backend.Err = nil
	test.Tap(d.publish)
	if d.dialog.Sheet().Title != "Link to Lisbon harbour" {
		t.Errorf("%q", d.dialog.Sheet().Title)
	}
	tap(t, d.dialog, "Done")
}
