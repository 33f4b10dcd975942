package received

import (
	"context"
	"errors"
	"path"
	"path/filepath"

	"fyne.io/fyne/v2/lang"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/ui/confirm"
	"github.com/stratosdrive/stratosdrive/ui/page"
	"github.com/stratosdrive/stratosdrive/ui/picker"
	"github.com/stratosdrive/stratosdrive/ui/say"
	"github.com/stratosdrive/stratosdrive/ui/widgets"
)

// getting is something that is fetched, or was until it was stopped. What is
// here stays here, so beginning again goes on.
type getting struct {
	p      *Page
	words  string // what is done
	work   func(ctx context.Context, progress func(done, total int64)) (string, error)
	done   func(path string)
	cancel func()
	failed error

	busy  bool
	bar   *widgets.Progress
	count *widgets.Text
}

func (g *getting) running() bool { return g.busy }

// why says why it was not fetched whole.
func (g *getting) why() string {
	if errors.Is(g.failed, context.Canceled) {
		return lang.L("Stopped. What has arrived stays here, so going on costs only the rest.")
	}
	return say.Trouble(g.failed)
}

// get fetches something, also when the page is left meanwhile.
func (p *Page) get(words string, work func(context.Context, func(done, total int64)) (string, error), done func(string)) {
	g := &getting{p: p, words: words, work: work, done: done, bar: widgets.NewProgress(), count: widgets.NewText("", widgets.Small)}
	p.getting = g
	g.again()
}

func (g *getting) again() {
	g.failed, g.busy = nil, true
	ctx, cancel := context.WithCancel(g.p.host.Tasks.Context())
	g.cancel = cancel
	g.p.showPanel()
	page.Run(g.p.host.Tasks, func(context.Context) (string, error) {
		defer cancel()
		return g.work(ctx, g.advance)
	}, g.ended)
}

// advance is called beside the UI goroutine.
func (g *getting) advance(done, total int64) {
	if total <= 0 {
		return
	}
	g.p.host.Tasks.Back(func() {
		g.bar.Set(float64(done) / float64(total))
		g.count.SetText(amount(done, total))
	})
}

func (g *getting) ended(path string, err error) {
	g.busy, g.failed = false, err
	if err == nil {
		g.p.getting = nil
		g.done(path)
	} else if g.p.tasks.Context().Err() != nil && !errors.Is(err, context.Canceled) { // the page was left
		g.p.host.Fail(err)
	}
	g.p.showPanel()
}

// openFile fetches a file and gives it to the system's program for it.
func (p *Page) openFile(t thing) {
	p.get(lang.L("Opening {{.Name}}", map[string]any{"Name": t.name}), func(ctx context.Context, progress func(done, total int64)) (string, error) {
		return p.backend.LinkFile(ctx, t.link, progress)
	}, func(file string) { p.host.Fail(p.host.Open(file)) })
}

func (p *Page) saveToDrive(t thing) {
	p.get(lang.L("Saving it into your drive…"), func(ctx context.Context, progress func(done, total int64)) (string, error) {
		return p.backend.SaveLink(ctx, t.link, "", progress)
	}, func(saved string) {
		p.host.Say(lang.L("Saved in your drive: {{.Name}}", map[string]any{"Name": path.Base(saved)}))
	})
}

// askWhere lets a person choose where something goes on this computer.
func (p *Page) askWhere(t thing) {
	picker.Folder(p.host, p.host.Home(), func(dir string) { p.saveTo(t, dir) })
}

func (p *Page) saveTo(t thing, dir string) {
	words := lang.L("Saving {{.Name}} to this computer", map[string]any{"Name": t.name})
	p.get(words, func(ctx context.Context, progress func(done, total int64)) (string, error) {
		got, err := p.backend.Get(ctx, t.link, app.GetOptions{To: dir, Progress: progress})
		return got.Path, err
	}, func(saved string) {
		p.host.Say(lang.L("Saved: {{.Name}}", map[string]any{"Name": filepath.Base(saved)}))
	})
}

// getOzone gets the ozone that is missing, in place: for nothing on the practice
// network, else by a purchase that is shown and confirmed.
func (p *Page) getOzone(noz string) {
	if p.practice {
		p.host.Say(lang.L("Getting ozone"))
		page.Do(p.host.Tasks, p.backend.FreeOzone, func(err error) {
			p.host.Fail(err)
			p.look()
		})
		return
	}
	var quote app.OzoneQuote
	confirm.Show(p.host, confirm.Order{
		Title: lang.L("Check before you buy"), Moved: p.look,
		Preview: func(ctx context.Context) (_ app.TxPreview, err error) {
			quote, err = p.backend.OfferOzone(ctx, noz)
			return confirm.OzonePreview(quote), err
		},
		Pay: func(ctx context.Context, _ app.TxPreview, _ string, password []byte) (app.TxResult, error) {
			return p.backend.BuyOzone(ctx, quote, password)
		},
		Done: func(_ app.TxPreview, r app.TxResult) (string, string) {
			return lang.L("Bought"), lang.L("{{.Ozone}} arrived and can be used now.", map[string]any{"Ozone": say.OzoneNamed(r.Noz)})
		},
	})
}
