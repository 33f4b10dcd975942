package settings

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/ui/ask"
	"github.com/stratosdrive/stratosdrive/ui/page"
	"github.com/stratosdrive/stratosdrive/ui/say"
	"github.com/stratosdrive/stratosdrive/ui/widgets"
)

// Servers is what the dialog about servers needs of package app.
type Servers interface {
	Gateways(ctx context.Context) ([]app.Gateway, error)
	AddGateway(ctx context.Context, add app.NewGateway) (app.Gateway, error)
	RemoveGateway(name string) error
	Servers() (app.Servers, error)
	SetServers(ctx context.Context, set app.NewServers) (app.Servers, error)
}

const (
	serversWidth float32 = 520
	practice             = "local" // the network whose servers are all on this computer
)

// serverSheet is the open dialog about the servers of the network in use.
type serverSheet struct {
	p      *Page
	dialog *widgets.Dialog
	list   *fyne.Container // of gateways
	chain  *fyne.Container
	say    *fyne.Container // what went wrong last
}

// askServers shows which servers of the network are used, and lets a person
// change them.
func (p *Page) askServers() {
	s := &serverSheet{p: p, dialog: widgets.NewDialog(p.host.Canvas()), list: widgets.Column(8), chain: widgets.Column(8), say: container.NewStack()}
	s.say.Hide()
	s.showChain()
	s.dialog.Present(widgets.Sheet{
		Title: lang.L("Servers"), Text: lang.L("Your files go through gateways, your money through servers of the chain. Several are better than one."),
		Body: widgets.Sized(serversWidth, 0, widgets.Column(14,
			widgets.NewText(lang.L("Gateways"), widgets.Heading), s.list, widgets.Line(),
			widgets.NewText(lang.L("Chain"), widgets.Heading), s.chain, s.say)),
		Buttons: []*widgets.Button{
			widgets.NewButton(widgets.Secondary, lang.L("Close"), "", s.dialog.Close),
			widgets.NewButton(widgets.Primary, lang.L("Add a gateway"), "plus", s.addGateway),
		},
	})
	s.ask()
}

// ask asks every gateway whether it works.
func (s *serverSheet) ask() {
	s.list.Objects = []fyne.CanvasObject{widgets.NewText(lang.L("Asking each whether it works"), widgets.Second)}
	s.refresh()
	page.Run(s.p.tasks, s.p.backend.Gateways, func(list []app.Gateway, err error) {
		s.list.Objects = nil
		for _, g := range list {
			s.list.Add(s.gateway(g))
		}
		if len(list) == 0 && err == nil {
			s.list.Add(widgets.NewNotice(lang.L("This network has no gateway yet, so files cannot be stored. Add one: your own node, or one that you were given."), widgets.Warn, serversWidth))
		}
		s.trouble(err)
	})
}

// gateway is a line of the list.
func (s *serverSheet) gateway(g app.Gateway) fyne.CanvasObject {
	state, tone := lang.L("{{.Count}} ms", map[string]any{"Count": g.Millis}), widgets.Good
	if !g.Works {
		state, tone = lang.L("Does not answer"), widgets.Bad
	}
	line := widgets.Row(10, widgets.NewText(g.Name, widgets.Name), widgets.NewPill(state, tone), widgets.Spring())
	if g.Added {
		line.Add(widgets.NewTextLink(lang.L("Remove"), func() {
			if err := s.p.backend.RemoveGateway(g.Name); err != nil {
				s.trouble(err)
				return
			}
			s.ask()
		}))
	}
	return line
}

// addGateway asks for the address of a gateway, in a dialog of its own.
func (s *serverSheet) addGateway() {
	s.dialog.Close()
	address := widgets.NewField("https://node.example.org:18281", "")
	video := widgets.NewField(lang.L("Address of its video port, if it has one"), "")
	token := widgets.NewPasswordField(lang.L("Access token for videos, if it wants one"))
	trust := widgets.NewCheck(lang.L("I trust this line although it is not encrypted"), func(bool) {})
	trust.Hide()
	body := widgets.Column(12, widgets.Labelled(lang.L("Address"), address), video, token, trust)
	var f *ask.Form
	address.OnChanged = func(text string) {
		if plain := plainAddress(text); plain != trust.Visible() {
			setVisible(trust, plain)
			f.Dialog.Refresh()
		}
	}
	f = ask.Show(s.p.host, widgets.Sheet{
		Title: lang.L("Add a gateway"), Text: lang.L("It is asked whether it works before it is used."), Body: body, Focus: address,
	}, lang.L("Add"), lang.L("Checking"), func() bool { return strings.Contains(address.Text, "://") }, func(ctx context.Context) error {
		_, err := s.p.backend.AddGateway(ctx, app.NewGateway{RPC: address.Text, Video: video.Text, Token: token.Text, Plain: trust.Visible() && trust.Checked()})
		return err
	}, s.saved)
	f.Follow(address, video, token)
}

// saved closes a form that went well, and shows the servers again, unless a
// person closed it and does something else by now.
func (s *serverSheet) saved(f *ask.Form) {
	if f.Dialog.Open() {
		f.Dialog.Close()
		s.p.askServers()
	}
}

// showChain shows where the chain is asked.
func (s *serverSheet) showChain() {
	now, err := s.p.backend.Servers()
	if err != nil {
		s.chain.Objects = []fyne.CanvasObject{widgets.NewNotice(say.Trouble(err), widgets.Warn, serversWidth)}
		return
	}
	s.chain.Objects = nil
	for _, address := range now.REST {
		s.chain.Add(widgets.NewText(address, widgets.Name))
	}
	if now.Network == practice {
		return
	}
	links := widgets.Row(16, widgets.NewTextLink(lang.L("Use others"), func() { s.changeChain(now) }))
	if now.Changed {
		links.Add(widgets.NewTextLink(lang.L("Use those that come with the network"), func() { s.reset() }))
	}
	s.chain.Add(links)
}

// reset goes back to the servers that come with the network.
func (s *serverSheet) reset() {
	page.Run(s.p.host.Tasks, func(ctx context.Context) (app.Servers, error) {
		return s.p.backend.SetServers(ctx, app.NewServers{})
	}, func(_ app.Servers, err error) {
		s.showChain()
		s.trouble(err)
	})
}

// changeChain asks for other servers of the chain.
func (s *serverSheet) changeChain(now app.Servers) {
	s.dialog.Close()
	addresses := widgets.NewAreaField(lang.L("One address in each line, the best first"), 3)
	addresses.SetText(strings.Join(now.REST, "\n"))
	f := ask.Show(s.p.host, widgets.Sheet{
		Title: lang.L("Servers of the chain"), Text: lang.L("Each is asked whether it is of this network before it is used."), Body: addresses, Focus: addresses,
	}, lang.L("Use these"), lang.L("Checking"), func() bool { return strings.Contains(addresses.Text, "://") },
		func(ctx context.Context) error {
			_, err := s.p.backend.SetServers(ctx, app.NewServers{REST: strings.Fields(addresses.Text)})
			return err
		}, s.saved)
	f.Follow(addresses)
}

func (s *serverSheet) trouble(err error) {
	showTrouble(s.say, err, serversWidth)
	s.refresh()
}

func (s *serverSheet) refresh() { s.dialog.Refresh() }

// plainAddress tells whether an address may need a person's trust: http, and
// not on this computer.
func plainAddress(text string) bool {
	host, plain := strings.CutPrefix(strings.TrimSpace(text), "http://")
	return plain && host != "" && !strings.HasPrefix(host, "127.0.0.1") && !strings.HasPrefix(host, "localhost")
}

func setVisible(o fyne.CanvasObject, visible bool) {
	if visible {
		o.Show()
	} else {
		o.Hide()
	}
}

// currency is the section about what STOS is worth.
func (p *Page) currency() fyne.CanvasObject {
	codes := p.backend.Currencies()
	words, chosen := []string{lang.L("Not shown")}, 0
	for i, code := range codes {
		if words = append(words, code); code == p.backend.Currency() {
			chosen = i + 1
		}
	}
	choice := widgets.NewSelect(words, chosen, func(i int) {
		code := ""
		if i > 0 {
			code = codes[i-1]
		}
		p.host.Fail(p.backend.SetCurrency(code))
	})
	return section(lang.L("Worth"), lang.L("What your STOS is worth in money. A public price server is asked for it; it learns nothing about you or your wallet."), choice)
}
