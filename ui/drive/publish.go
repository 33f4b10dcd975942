package drive

import (
	"bytes"
	"context"
	"errors"
	"image/jpeg"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/ui/page"
	"github.com/stratosdrive/stratosdrive/ui/say"
	"github.com/stratosdrive/stratosdrive/ui/theme"
	"github.com/stratosdrive/stratosdrive/ui/widgets"
)

const (
	posterWidth  float32 = 208
	posterHeight float32 = 117
)

// publishDialog publishes one video: first what that means, then how far it is,
// then the link. Publishing goes on when it is closed; a button stops it.
type publishDialog struct {
	host      *page.Host
	tasks     *page.Tasks
	publisher Publisher
	entry     app.Entry
	practice  bool

	dialog          *widgets.Dialog
	plan            app.StreamPlan
	at              float64 // of the poster; negative while nobody chose
	lasts           int     // which of endings is offered first
	title           *widgets.Field
	convert         *widgets.Check
	ending          *widgets.Segments
	poster, below   *fyne.Container
	publish, cancel *widgets.Button
	progress        *widgets.Progress
	stage           *widgets.Text
	stop            func() // ends publishing; nil while nothing is published
	stopping        bool   // it was pressed
}

// ShowPublish shows the dialog that publishes a video as a public stream.
func ShowPublish(host *page.Host, tasks *page.Tasks, publisher Publisher, e app.Entry, practice bool) {
	showPublish(host, tasks, publisher, e, practice, len(endings)-1)
}

// showPublish is ShowPublish with an ending that was chosen already.
func showPublish(host *page.Host, tasks *page.Tasks, publisher Publisher, e app.Entry, practice bool, ending int) {
	newPublish(host, tasks, publisher, e, practice, ending).look()
}

func newPublish(host *page.Host, tasks *page.Tasks, publisher Publisher, e app.Entry, practice bool, ending int) *publishDialog {
	d := &publishDialog{host: host, publisher: publisher, entry: e, practice: practice, at: -1, lasts: ending}
	var leave func()
	d.tasks, leave = tasks.Scope()
	d.dialog = widgets.NewDialog(host.Canvas())
	d.dialog.OnClosed = func() {
		leave()
		if d.stop != nil && !d.stopping {
			host.Say(lang.L("Publishing goes on. Activity shows how far it is."))
		}
	}
	d.cancel = widgets.NewButton(widgets.Secondary, lang.L("Cancel"), "", d.leave)
	return d
}

// look finds out what publishing will do.
func (d *publishDialog) look() {
	d.dialog.Present(widgets.Sheet{
		Title: lang.L("Publish {{.Name}}", map[string]any{"Name": d.entry.Name}), Text: lang.L("Looking at the video"),
		Buttons: []*widgets.Button{d.cancel},
	})
	page.Run(d.tasks, func(ctx context.Context) (app.StreamPlan, error) { return d.publisher.PlanStream(ctx, d.entry.Path) }, d.looked)
}

func (d *publishDialog) looked(p app.StreamPlan, err error) {
	if err != nil {
		d.dialog.Present(widgets.Sheet{
			Title: lang.L("Publish {{.Name}}", map[string]any{"Name": d.entry.Name}),
			Body:  widgets.NewNotice(sentence(err), widgets.Bad, widgets.DialogInner),
			Buttons: []*widgets.Button{
				d.cancel, widgets.NewButton(widgets.Primary, lang.L("Try again"), "", d.look),
			},
		})
		return
	}
	d.plan = p
	d.ask()
	d.takePoster()
}

// ask shows what will happen, and what can be chosen.
func (d *publishDialog) ask() {
	d.title = widgets.NewField(lang.L("Title"), "")
	d.title.SetText(d.plan.Title)
	d.ending = widgets.NewSegments(endingWords(), d.lasts, nil)
	d.publish = widgets.NewButton(widgets.Primary, lang.L("Publish"), "globe", d.press)
	d.poster, d.below = container.NewStack(), container.NewStack()
	d.stage, d.progress = widgets.NewText("", widgets.Small), widgets.NewProgress()
	words := widgets.Column(8,
		widgets.NewText(say.Clock(d.plan.Seconds)+", "+say.Size(d.plan.Bytes), widgets.Small),
		widgets.NewButton(widgets.Secondary, lang.L("Earlier picture"), "chevron-left", func() { d.movePoster(-1) }),
		widgets.NewButton(widgets.Secondary, lang.L("Later picture"), "chevron-right", func() { d.movePoster(1) }))
	body := widgets.Column(14,
		widgets.Labelled(lang.L("Title"), d.title),
		widgets.Edges(nil, nil, widgets.Pad(widgets.Insets{Right: 14}, widgets.Sized(posterWidth, posterHeight, d.poster)), nil, words),
		widgets.NewParagraph(becomes(d.plan), widgets.Second, widgets.DialogInner))
	if d.plan.Action == app.StreamConvert {
		d.convert = widgets.NewCheck(agreement(d.plan), d.publish.SetEnabled)
		d.publish.Disable()
		body.Add(d.convert)
	}
	body.Add(widgets.Labelled(lang.L("How long the link works"), d.ending))
	body.Add(widgets.NewNotice(price(d.plan, d.practice), widgets.Neutral, widgets.DialogInner))
	d.below.Hide()
	body.Add(d.below)
	d.showPoster(nil)
	d.dialog.Present(widgets.Sheet{
		Title: lang.L("Publish {{.Name}}", map[string]any{"Name": d.entry.Name}), Body: body,
		Buttons: []*widgets.Button{d.cancel, d.publish},
	})
}

func (d *publishDialog) movePoster(steps float64) {
	if d.at < 0 {
		d.at = d.plan.Poster
	}
	d.at = posterMoved(d.plan, d.at, steps*posterStep(d.plan))
	d.takePoster()
}

// takePoster shows the frame that is chosen.
func (d *publishDialog) takePoster() {
	at := d.at
	page.Run(d.tasks, func(ctx context.Context) ([]byte, error) { return d.publisher.StreamPoster(ctx, d.entry.Path, at) },
		func(raw []byte, err error) {
			if err == nil && at == d.at {
				d.showPoster(raw)
			}
		})
}

// showPoster puts a frame into its place, nil an icon.
func (d *publishDialog) showPoster(raw []byte) {
	d.poster.Objects = []fyne.CanvasObject{Poster(raw)}
	d.poster.Refresh()
}

// Poster shows the frame that stands for a video; without one it is an icon.
func Poster(raw []byte) fyne.CanvasObject {
	ground := func(o fyne.CanvasObject) fyne.CanvasObject {
		return widgets.NewBox(theme.Thumb, theme.Clear, theme.ControlRadius, widgets.Insets{}, o)
	}
	picture, err := jpeg.Decode(bytes.NewReader(raw))
	if err != nil {
		return ground(container.NewCenter(widgets.NewIconAt("film", theme.Muted, 32)))
	}
	shown := canvas.NewImageFromImage(picture)
	shown.FillMode, shown.ScaleMode = canvas.ImageFillContain, canvas.ImageScaleSmooth
	return ground(shown)
}

// press publishes or, once that goes on, takes the dialog away.
func (d *publishDialog) press() {
	if d.stop != nil {
		d.dialog.Close()
		return
	}
	d.start()
}

// leave takes the dialog away or, while something is published, ends that.
func (d *publishDialog) leave() {
	if d.stop != nil {
		d.stopping = true
		d.cancel.Disable() // until what was uploaded is taken back
		d.stop()
		return
	}
	d.dialog.Close()
}

// start publishes, also when the dialog or the page is left meanwhile.
func (d *publishDialog) start() {
	o := app.StreamOptions{
		Title: d.title.Text, PosterAt: d.at, Duration: endings[d.ending.Chosen()],
		Convert: d.convert != nil && d.convert.Checked(), Progress: d.advance,
	}
	ctx, stop := context.WithCancel(d.host.Tasks.Context())
	d.stop = stop
	d.cancel.SetText(lang.L("Stop"))
	d.publish.SetText(lang.L("Close"))
	d.stage.SetText(lang.L("Beginning"))
	d.show(widgets.Column(8, d.stage, widgets.Sized(0, 8, d.progress), widgets.NewText(lang.L("It goes on when you close this."), widgets.Small)))
	page.Run(d.host.Tasks, func(context.Context) (app.Link, error) {
		defer stop()
		return d.publisher.PublishStream(ctx, d.entry.Path, o)
	}, d.published)
}

// advance is called beside the UI goroutine.
func (d *publishDialog) advance(stage string, done, total int64) {
	d.tasks.Back(func() {
		d.stage.SetText(stageWords(stage, done, total))
		if total > 0 {
			d.progress.Set(float64(done) / float64(total))
		}
	})
}

func (d *publishDialog) show(o fyne.CanvasObject) {
	d.below.Objects = []fyne.CanvasObject{o}
	d.below.Show()
	d.dialog.Refresh()
}

// published tells how it ended: in the dialog, or without one in a line.
func (d *publishDialog) published(link app.Link, err error) {
	d.stop, d.stopping = nil, false
	d.cancel.Enable()
	d.cancel.SetText(lang.L("Cancel"))
	switch open := d.dialog.Open(); {
	case errors.Is(err, context.Canceled):
		d.dialog.Close()
		d.host.Say(lang.L("Publishing was stopped. What was uploaded is taken back."))
	case err != nil && open:
		d.publish.SetText(lang.L("Try again"))
		d.show(widgets.NewNotice(sentence(err), widgets.Bad, widgets.DialogInner))
	case err != nil:
		d.host.Fail(err)
	case open:
		ShowLink(d.host, d.dialog, link)
	default:
		d.host.Say(lang.L("Published: {{.Name}}. Its link is on the page Shared.", map[string]any{"Name": link.Name}))
	}
}
