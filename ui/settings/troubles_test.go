package settings

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2/test"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/ui/internal/fake"
	"github.com/stratosdrive/stratosdrive/ui/internal/stage"
	"github.com/stratosdrive/stratosdrive/ui/widgets"
)

// servers are servers that are as a test wants them.
type servers struct {
	*fake.Backend
	list     []app.Gateway
	gateways error
	chain    error
	removing error
	removed  []string
}

func (s *servers) Gateways(context.Context) ([]app.Gateway, error) { return s.list, s.gateways }
func (s *servers) RemoveGateway(name string) error {
	s.removed = append(s.removed, name)
	return s.removing
}

func (s *servers) Servers() (app.Servers, error) {
	return app.Servers{Network: "mainnet", REST: []string{"https://a.example"}}, s.chain
}

// said are all words of the open dialog.
func said(p *Page) string {
	var list []string
	for _, w := range inDialog[*widgets.Paragraph](p) {
		list = append(list, w.Text())
	}
	for _, w := range inDialog[*widgets.Text](p) {
		list = append(list, w.Text())
	}
	return strings.Join(list, "|")
}

// What cannot be asked, shown or removed is said in the dialog about servers.
func TestServersThatMakeTrouble(t *testing.T) {
	offline := fault.Sentence(fake.ErrOffline)
	for name, c := range map[string]struct {
		s    servers
		want string
	}{
		"no gateway":     {servers{}, "This network has no gateway yet"},
		"no answer":      {servers{gateways: fake.ErrOffline}, offline},
		"chain unknown":  {servers{chain: fake.ErrOffline}, offline},
		"one is away":    {servers{list: []app.Gateway{{Name: "away"}}}, "away"},
		"one that works": {servers{list: []app.Gateway{{Name: "near", Works: true, Millis: 12}}}, "near"},
	} {
		host, _ := stage.Host(t, 900, 700)
		c.s.Backend = fake.Full()
		p := New(host, &c.s, Hooks{})
		p.askServers()
		if got := said(p); !strings.Contains(got, c.want) {
			t.Errorf("%s: %s", name, got)
		}
		if first := len(inDialog[*widgets.Link](p)); (c.s.chain == nil) != (first > 0) {
			t.Errorf("%s: %d links", name, first)
		}
	}
}

// A gateway that cannot be removed stays in the list, and why is said.
func TestRemovingAGateway(t *testing.T) {
	for _, err := range []error{nil, fake.ErrOffline} {
		host, _ := stage.Host(t, 900, 700)
		s := &servers{Backend: fake.Full(), list: []app.Gateway{{Name: "mine", Works: true, Added: true}, {Name: "theirs", Works: true}}, removing: err}
		p := New(host, s, Hooks{})
		p.askServers()
		follow(t, p, "Remove")
		if told := strings.Contains(said(p), fault.Sentence(fake.ErrOffline)); told != (err != nil) || !slices.Equal(s.removed, []string{"mine"}) {
			t.Errorf("%v: removed %q, said %v", err, s.removed, told)
		}
	}
}

// Putting the drive under new keys can be stopped, given up with the dialog
// closed, and fails where a person looks.
func TestNewKeysBehindAClosedDialog(t *testing.T) {
	for name, c := range map[string]struct {
		err  error
		want string
	}{"done": {nil, "are stored under new keys"}, "failed": {fake.ErrOffline, fault.Sentence(fake.ErrOffline)}} {
		s, _ := stolen(t, nil)
		told := ""
		s.p.host.Say = func(text string) { told = text }
		s.running = true
		s.dialog.Close()
		s.ended(app.NewEpoch{Files: 3}, c.err)
		if !strings.Contains(told, c.want) || s.running {
			t.Errorf("%s: said %q", name, told)
		}
		told = ""
		if s.ended(app.NewEpoch{}, errors.New("late")); told != "" {
			t.Errorf("%s: it ends twice: %q", name, told)
		}
	}
	s, backend := stolen(t, begun)
	told := ""
	s.p.host.Say = func(text string) { told = text }
	s.dialog.Close()
	s.working("x")
	s.dialog.Close()
	if s.giveUp(); !backend.Asked("cancel epoch") || s.dialog.Sheet().Title == "" {
		t.Errorf("%q, said %q", backend.Calls, told)
	}
	stopped := false
	s, _ = stolen(t, nil)
	s.stop = func() { stopped = true }
	s.working("x")
	if test.Tap(s.dialog.Sheet().Buttons[0]); !stopped {
		t.Error("it cannot be stopped")
	}
}
