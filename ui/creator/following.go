package creator

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/ui/ask"
	"github.com/stratosdrive/stratosdrive/ui/confirm"
	"github.com/stratosdrive/stratosdrive/ui/page"
	"github.com/stratosdrive/stratosdrive/ui/say"
	"github.com/stratosdrive/stratosdrive/ui/widgets"
)

// showNews shows what is new on the channels that are followed.
func (p *Page) showNews(n app.ChannelNews, err error) {
	if p.view != newsView {
		return
	}
	p.news = n
	follow := widgets.NewButton(widgets.Primary, lang.L("Follow a channel"), "plus", func() { p.askFollow() })
	switch {
	case err != nil:
		p.put(nil, widgets.NewTrouble(err, p.reload))
	case len(n.Channels) == 0:
		p.put(nil, widgets.NewEmpty("star", lang.L("You follow no channel yet"),
			lang.L("Follow a creator by an address or a link. What is new on all channels is listed here. Following is free, and nobody learns of it."), follow))
	default:
		p.put(p.newsHead(n), p.newsBody(n), follow)
	}
}

// newsHead says what of the channels cannot be read for sure.
func (p *Page) newsHead(n app.ChannelNews) fyne.CanvasObject {
	rows := widgets.Column(8)
	for _, c := range n.Channels {
		if c.Problem != "" {
			name := c.Title
			if name == "" {
				name = say.Brief(c.Owner)
			}
			rows.Add(widgets.NewNotice(lang.L("{{.Channel}}: {{.Problem}}", map[string]any{"Channel": name, "Problem": say.Told(c.Problem)}), widgets.Warn, noticeWidth))
		}
	}
	rows.Add(widgets.NewCutText(lang.L("Channels: {{.Channels}}, new: {{.New}}", map[string]any{"Channels": say.Count(len(n.Channels)), "New": say.Count(n.New)}), widgets.Second))
	return rows
}

func (p *Page) newsBody(n app.ChannelNews) fyne.CanvasObject {
	if len(n.Items) == 0 {
		return widgets.NewEmpty("film", lang.L("Nothing there yet"), lang.L("The channels that you follow have published nothing so far."), nil)
	}
	return p.table(n.Items, func(i app.ChannelItem) widgets.FileView { return newsRow(i, p.periods(i.Owner), p.host.Now()) })
}

// noteLooked remembers that what is shown was seen: it is not new the next time.
func (p *Page) noteLooked() {
	news := p.news
	page.Do(p.host.Tasks, func(ctx context.Context) error {
		for _, c := range news.Channels {
			if c.New == 0 {
				continue
			}
			if err := p.backend.NoteLooked(ctx, c.Owner, c.Changed); err != nil {
				return err
			}
		}
		return nil
	}, func(error) {}) // it is new once more
}

// askFollow asks which channel to follow, and returns where that is typed.
func (p *Page) askFollow() *widgets.Field {
	field := widgets.NewField(lang.L("Address or link of a channel"), "link")
	form := ask.Show(p.host, widgets.Sheet{
		Title: lang.L("Follow a channel"), Text: lang.L("It begins with st1 or with stos://channel/. Following is free, and nobody learns of it."), Body: field, Focus: field,
	}, lang.L("Follow"), lang.L("Looking"), func() bool { return strings.TrimSpace(field.Text) != "" }, func(ctx context.Context) error {
		_, err := p.backend.FollowChannel(ctx, field.Text)
		return err
	}, func(f *ask.Form) {
		f.Dialog.Close()
		p.reload()
	})
	form.Follow(field)
	return field
}

func (p *Page) unfollow(owner string) {
	page.Do(p.tasks, func(ctx context.Context) error { return p.backend.UnfollowChannel(ctx, owner) }, p.then)
}

// askSubscribe offers the periods that open an item. What that means is said
// before anything is paid.
func (p *Page) askSubscribe(i app.ChannelItem) {
	periods := offers(i, p.periods(i.Owner))
	choice := widgets.NewSelect(periodWords(periods, p.host.Now()), 0, nil)
	flow := confirm.New(p.host, confirm.Order{
		Preview: func(ctx context.Context) (app.TxPreview, error) {
			return p.backend.PreviewSubscribe(ctx, i.Owner, periods[choice.Chosen()].ID)
		},
		Pay: p.backend.Confirm,
		Done: func(app.TxPreview, app.TxResult) (title, text string) {
			return lang.L("You have subscribed"), lang.L("You are let in when the creator's app is next online. Until then you wait.")
		},
		Moved: p.reload,
	})
	flow.Ask(confirm.Form{
		Title: lang.L("Subscribe to {{.Channel}}", map[string]any{"Channel": i.Channel}),
		Text:  lang.L("You are let in when the creator's app is next online; until then you wait. Everybody can see on the chain that you subscribed, and nothing is refunded."),
		Body:  widgets.Labelled(lang.L("Period"), choice), Focus: choice,
	})
	flow.Ready(true)
}
