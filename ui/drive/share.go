package drive

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/ui/page"
	"github.com/stratosdrive/stratosdrive/ui/say"
	"github.com/stratosdrive/stratosdrive/ui/theme"
	"github.com/stratosdrive/stratosdrive/ui/widgets"
)

// shareDialog makes a link for one entry: first the choice, then the link.
type shareDialog struct {
	host     *page.Host
	pages    *page.Tasks // of the page
	tasks    *page.Tasks // end with the dialog
	sharer   Sharer
	entry    app.Entry
	practice bool

	dialog         *widgets.Dialog
	kind, ending   *widgets.Segments
	explain        *widgets.Paragraph
	cost           *widgets.Paragraph
	create, cancel *widgets.Button
	progress       *widgets.Progress
	trouble        *fyne.Container
}

// ShowShare shows the dialog that makes a link for an entry.
func ShowShare(host *page.Host, tasks *page.Tasks, sharer Sharer, e app.Entry, practice bool) {
	s := &shareDialog{host: host, pages: tasks, sharer: sharer, entry: e, practice: practice}
	s.dialog = widgets.NewDialog(host.Canvas())
	s.tasks, s.dialog.OnClosed = tasks.Scope()
	s.explain = widgets.NewParagraph(readers(e, false), widgets.Second, widgets.DialogInner)
	s.cost = widgets.NewParagraph(lang.L("Finding out what it takes"), widgets.Small, widgets.DialogInner)
	s.kind = widgets.NewSegments([]string{lang.L("Private"), lang.L("Public")}, 0, func(int) { s.explainKind() })
	s.ending = widgets.NewSegments(endingWords(), usualEnding, nil)
	s.progress, s.trouble = widgets.NewProgress(), container.NewStack()
	s.trouble.Hide()
	s.create = widgets.NewButton(widgets.Primary, lang.L("Make a link"), "link", s.make)
	s.cancel = widgets.NewButton(widgets.Secondary, lang.L("Cancel"), "", s.dialog.Close)
	s.present()
	page.Run(s.tasks, func(ctx context.Context) (app.ShareCost, error) { return sharer.ShareCost(ctx, e.Path) }, s.priced)
}

// priced says what sharing takes; it can be done all the same where nobody knows.
func (s *shareDialog) priced(cost app.ShareCost, err error) {
	text := takes(cost)
	if err != nil {
		text = sentence(err)
	}
	s.cost.SetText(text)
	s.dialog.Refresh()
}

func (s *shareDialog) present() {
	body := widgets.Column(14)
	if !s.entry.Folder { // folders are private
		body.Add(widgets.Labelled(lang.L("Who can read it"), s.kind))
	}
	body.Add(widgets.Sized(0, 62, s.explain))
	body.Add(widgets.Labelled(lang.L("How long the link works"), s.ending))
	body.Add(widgets.Sized(0, 34, s.cost)) // room for two lines: no button moves under the pointer
	body.Add(widgets.NewNotice(receiverPays(s.practice), widgets.Neutral, widgets.DialogInner))
	body.Add(s.trouble)
	s.dialog.Present(widgets.Sheet{
		Title: lang.L("Share {{.Name}}", map[string]any{"Name": s.entry.Name}), Body: body,
		Buttons: []*widgets.Button{s.cancel, s.create},
	})
}

// explainKind says what the chosen kind means, and what comes next, unless a
// link is being made.
func (s *shareDialog) explainKind() {
	s.explain.SetText(readers(s.entry, s.kind.Chosen() == 1))
	if s.create.Disabled() {
		return
	}
	s.create.SetText(lang.L("Make a link"))
	if s.streams() {
		s.create.SetText(lang.L("Go on"))
	}
}

// streams tells whether a public stream is asked for: a video has to be looked
// at before, since players cannot stream each.
func (s *shareDialog) streams() bool { return s.kind.Chosen() == 1 && canPublish(s.entry) }

func (s *shareDialog) make() {
	if s.streams() {
		s.dialog.Close()
		showPublish(s.host, s.pages, s.sharer, s.entry, s.practice, s.ending.Chosen())
		return
	}
	options := shareOptions(s.kind.Chosen() == 1, s.ending.Chosen())
	s.create.Disable()
	s.create.SetText(lang.L("Making the link"))
	s.show(s.progress)
	page.Run(s.tasks, func(ctx context.Context) (app.Link, error) {
		return s.sharer.Share(ctx, s.entry.Path, options, s.advance)
	}, s.made)
}

// advance is called beside the UI goroutine.
func (s *shareDialog) advance(done, total int64) {
	if total > 0 {
		s.tasks.Back(func() { s.progress.Set(float64(done) / float64(total)) })
	}
}

func (s *shareDialog) show(o fyne.CanvasObject) {
	s.trouble.Objects = []fyne.CanvasObject{o}
	s.trouble.Show()
	s.dialog.Refresh()
}

func (s *shareDialog) made(link app.Link, err error) {
	if err != nil {
		s.create.Enable()
		s.create.SetText(lang.L("Try again"))
		s.show(widgets.NewNotice(sentence(err), widgets.Bad, widgets.DialogInner))
		return
	}
	if s.dialog.Open() {
		ShowLink(s.host, s.dialog, link)
	}
}

// ShowLink shows a link to give away, in a dialog that may be open already.
func ShowLink(host *page.Host, d *widgets.Dialog, link app.Link) {
	until := lang.L("It has no end. You can stop it on the page Shared.")
	if !link.Expires.IsZero() {
		until = lang.L("{{.When}}. You can stop it earlier on the page Shared.", map[string]any{"When": say.Until(link.Expires, host.Now())})
	}
	give := link.Link
	body := widgets.Column(16, container.NewCenter(widgets.NewQR(link.Link, 200)), address(link.Link))
	if link.AppLink != "" {
		give = link.AppLink
		copyOther := widgets.NewButton(widgets.Secondary, lang.L("Copy"), "", func() { host.Copy(link.Link) })
		body = widgets.Column(14,
			widgets.NewText(say.Clock(link.Seconds)+", "+say.Size(link.Size), widgets.Small),
			widgets.Labelled(lang.L("For Stratos Drive, with title and picture"), address(link.AppLink)),
			widgets.Labelled(lang.L("For other Stratos tools"),
				widgets.Edges(nil, nil, nil, widgets.Pad(widgets.Insets{Left: 8}, copyOther), address(link.Link))))
	}
	copied := widgets.NewButton(widgets.Primary, lang.L("Copy link"), "copy", nil)
	copied.OnTapped = func() {
		host.Copy(give)
		copied.SetText(lang.L("Copied"))
	}
	d.Present(widgets.Sheet{
		Title: lang.L("Link to {{.Name}}", map[string]any{"Name": link.Name}), Text: say.Begin(until), Body: body,
		Buttons: []*widgets.Button{
			widgets.NewButton(widgets.Secondary, lang.L("Done"), "", d.Close), copied,
		},
	})
}

// address shows a link on one line.
func address(link string) fyne.CanvasObject {
	return widgets.NewBox(theme.Background, theme.Line, theme.ControlRadius, widgets.Insets{Top: 9, Right: 12, Bottom: 9, Left: 12},
		widgets.Edges(nil, nil, widgets.Pad(widgets.Insets{Right: 8}, widgets.NewIcon("link", theme.Muted)), nil,
			widgets.NewCutText(link, widgets.Body)))
}
