package creator

import (
	"context"
	"errors"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/ui/confirm"
	"github.com/stratosdrive/stratosdrive/ui/page"
	"github.com/stratosdrive/stratosdrive/ui/say"
	"github.com/stratosdrive/stratosdrive/ui/widgets"
)

// showOwn shows the own channel, or what one is where there is none.
func (p *Page) showOwn(c app.ChannelInfo, err error) {
	if p.view != ownView {
		return
	}
	p.own = c
	switch {
	case errors.Is(err, app.ErrNoChannel):
		p.put(nil, widgets.NewEmpty("star", lang.L("You have no channel yet"),
			lang.L("A channel is a page of your videos, music and files that people follow: for everybody, or for those who pay you for a period. It lies on the network and the chain, so it needs no company and no account."),
			widgets.NewButton(widgets.Primary, lang.L("Make a channel"), "plus", func() { p.askChannel(app.ChannelInfo{}) })))
	case err != nil:
		p.put(nil, widgets.NewTrouble(err, p.reload))
	default:
		p.put(p.ownHead(c), p.ownBody(c), p.ownActions(c)...)
	}
}

func (p *Page) ownActions(c app.ChannelInfo) []fyne.CanvasObject {
	publish := widgets.NewButton(widgets.Primary, lang.L("Publish"), "arrow-up", p.publish)
	publish.SetEnabled(c.Changes > 0 || c.Waiting > 0 || !c.Published)
	return []fyne.CanvasObject{
		widgets.NewButton(widgets.Secondary, lang.L("Make a period"), "clock", p.askPeriod),
		widgets.NewButton(widgets.Secondary, lang.L("Add a file"), "plus", p.askFile), publish,
	}
}

// ownHead says what the channel is called, and its figures.
func (p *Page) ownHead(c app.ChannelInfo) fyne.CanvasObject {
	rows := widgets.Column(16)
	if text, tone := banner(c); text != "" {
		rows.Add(widgets.NewNotice(text, tone, noticeWidth))
	}
	name := widgets.Edges(nil, nil, nil, widgets.NewButtonRow(
		widgets.NewButton(widgets.Secondary, lang.L("Edit"), "edit", func() { p.askChannel(c) }),
		widgets.NewButton(widgets.Secondary, lang.L("Copy link"), "copy", func() { p.copy(c.Owner) })),
		widgets.Column(2, widgets.NewCutText(c.Title, widgets.Title), widgets.NewCutText(c.Text, widgets.Second)))
	rows.Add(name)
	rows.Add(widgets.NewMetrics(
		figure(lang.L("On your page"), say.Count(len(c.Items)), "", ""),
		figure(lang.L("Followers who paid"), say.Count(c.Followers), "", ""),
		figure(lang.L("Waiting to be let in"), say.Count(c.Waiting), "", ""),
		figure(lang.L("Earned by subscriptions"), say.Figure(c.Earned), "STOS", p.running(c))))
	return rows
}

// running says which periods can be paid for.
func (p *Page) running(c app.ChannelInfo) string {
	if words := periodWords(open(c.Periods, p.host.Now()), p.host.Now()); len(words) > 0 {
		return words[0]
	}
	return lang.L("No period to pay for")
}

func figure(label, number, unit, detail string) fyne.CanvasObject {
	s := widgets.NewStat(label)
	s.Set(number, unit, detail)
	return s
}

func (p *Page) ownBody(c app.ChannelInfo) fyne.CanvasObject {
	if len(c.Items) == 0 {
		return widgets.NewEmpty("film", lang.L("Nothing on your channel yet"), lang.L("Add a file of your drive, then publish. Nobody sees it before that."), nil)
	}
	return p.table(c.Items, func(i app.ChannelItem) widgets.FileView { return ownRow(i, p.host.Now()) })
}

// publish shows what publishing does and costs, then asks for the password.
func (p *Page) publish() {
	confirm.Show(p.host, confirm.Order{
		Title: lang.L("Publish your channel"),
		Preview: func(ctx context.Context) (app.TxPreview, error) {
			plan, err := p.backend.PreviewChannel(ctx)
			return plan.TxPreview, err
		},
		Pay: func(ctx context.Context, _ app.TxPreview, fee string, password []byte) (app.TxResult, error) {
			done, err := p.backend.PublishChannel(ctx, fee, password)
			return done.TxResult, err
		},
		Done: func(app.TxPreview, app.TxResult) (title, text string) {
			return lang.L("Your channel is published"), lang.L("Whoever follows it sees the new page. Pass its link on to others.")
		},
		Moved: p.reload,
	})
}

func (p *Page) remove(i app.ChannelItem) {
	page.Do(p.tasks, func(ctx context.Context) error {
		_, err := p.backend.RemoveFromChannel(ctx, i.ID)
		return err
	}, p.then)
}
