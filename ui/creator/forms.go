package creator

import (
	"context"
	"strings"
	"time"

	"fyne.io/fyne/v2/lang"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/ui/ask"
	"github.com/stratosdrive/stratosdrive/ui/picker"
	"github.com/stratosdrive/stratosdrive/ui/widgets"
)

// askChannel asks what the channel is called; c is what it is now.
func (p *Page) askChannel(c app.ChannelInfo) {
	title, text := widgets.NewField(lang.L("Title"), ""), widgets.NewAreaField(lang.L("What it is about"), 3)
	title.SetText(c.Title)
	text.SetText(c.Text)
	heading := lang.L("Make a channel")
	if c.Title != "" {
		heading = lang.L("Your channel")
	}
	letIn, poster := widgets.NewSwitch(!c.ByHand, nil), p.newPosterChoice()
	form := ask.Show(p.host, widgets.Sheet{
		Title: heading, Text: lang.L("While your wallet is unlocked, this app can let in who paid by itself. Each time takes a small network fee."),
		Body: widgets.Column(14, title, text, poster.object, widgets.Labelled(lang.L("Let in who paid by itself"), letIn)), Focus: title,
	}, lang.L("Save"), lang.L("Saving"), func() bool { return strings.TrimSpace(title.Text) != "" }, func(ctx context.Context) error {
		return p.backend.SetChannel(ctx, app.ChannelAbout{Title: title.Text, Text: text.Text, Poster: poster.path, KeepPoster: poster.path == "", ByHand: !letIn.On()})
	}, p.saved)
	form.Follow(title)
}

// saved closes a form and shows what it did.
func (p *Page) saved(f *ask.Form) {
	f.Dialog.Close()
	p.reload()
}

// months are how long a period can last.
var months = []int{1, 3, 12}

func (p *Page) askPeriod() {
	price := widgets.NewField(lang.L("Price in STOS"), "")
	lasts := widgets.NewSegments([]string{lang.L("A month"), lang.L("Three months"), lang.L("A year")}, 0, nil)
	form := ask.Show(p.host, widgets.Sheet{
		Title: lang.L("Make a period"), Text: lang.L("Who pays opens what you add for this period, for ever. What comes after it stays closed."),
		Body: widgets.Column(14, price, lasts), Focus: price,
	}, lang.L("Make it"), lang.L("Saving"), func() bool { return strings.TrimSpace(price.Text) != "" }, func(ctx context.Context) error {
		_, err := p.backend.AddPeriod(ctx, time.Time{}, p.host.Now().AddDate(0, months[lasts.Chosen()], 0), price.Text)
		return err
	}, p.saved)
	form.Follow(price)
}

// askFile lets one choose a file of the drive, then for whom it is.
func (p *Page) askFile() {
	picker.File(p.host, lang.L("Add a file"), p.backend.Folder(), func(name string) {
		path, ok := inDrive(p.backend.Folder(), name)
		if !ok {
			p.host.Say(lang.L("Choose a file of your drive. Others can be put there first."))
			return
		}
		p.askAudience(path)
	})
}

func (p *Page) askAudience(path string) {
	title, about := widgets.NewField(lang.L("Title"), ""), widgets.NewAreaField(lang.L("What it is about"), 3)
	periods := open(p.own.Periods, p.host.Now())
	words := append([]string{lang.L("For everybody")}, periodWords(periods, p.host.Now())...)
	whom, poster := widgets.NewSelect(words, 0, nil), p.newPosterChoice()
	form := ask.Show(p.host, widgets.Sheet{
		Title: lang.L("Add a file"), Text: lang.L("It is uploaded now, and seen once you publish. A video for everybody is converted first if a stream cannot carry it, which may take a while."),
		Body: widgets.Column(14, title, about, poster.object, widgets.Labelled(lang.L("For whom"), whom)), Focus: title,
	}, lang.L("Add"), lang.L("Uploading"), func() bool { return true }, func(ctx context.Context) error {
		o := app.ChannelItemOptions{Title: title.Text, Text: about.Text, Poster: poster.path, PosterAt: -1, Convert: true}
		if i := whom.Chosen(); i > 0 {
			o.For = []string{periods[i-1].ID}
		}
		_, err := p.backend.AddToChannel(ctx, path, o)
		return err
	}, p.saved)
	form.Follow(title)
}
