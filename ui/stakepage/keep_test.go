package stakepage

import (
	"context"
	"fmt"
	"slices"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/ui/internal/fake"
	"github.com/stratosdrive/stratosdrive/ui/internal/stage"
	"github.com/stratosdrive/stratosdrive/ui/widgets"
)

// many is a network with many validators.
func many(n int) *fake.Backend {
	b := fake.Full()
	for i := range n {
		b.Stakes.Validators = append(b.Stakes.Validators, app.Validator{Address: fake.Val(100 + i), Name: fmt.Sprintf("Validator %02d", i), Active: true, Power: 0.01})
	}
	return b
}

// The arrow keys go through the lists, and the keyboard stays on the choice.
func TestListsByKeyboard(t *testing.T) {
	p, _ := opened(t, fake.Full(), 1064, 700)
	c := p.host.Canvas()
	c.Focus(p.segments)
	for _, step := range []struct {
		key  fyne.KeyName
		want tab
	}{{fyne.KeyRight, returns}, {fyne.KeyRight, votes}, {fyne.KeyRight, nodes}, {fyne.KeyRight, nodes}, {fyne.KeyLeft, votes}} {
		c.Focused().TypedKey(&fyne.KeyEvent{Name: step.key})
		if p.tab != step.want || c.Focused() != fyne.Focusable(p.segments) || p.search.Visible() != (step.want == validators) {
			t.Fatalf("%s: list %v, the keyboard is on %T", step.key, p.tab, c.Focused())
		}
	}
}

// What moves changes the words of the lists, but takes the keyboard from
// nobody, and what is in sight stays.
func TestNewsDisturbNobody(t *testing.T) {
	b := many(60)
	p, _ := opened(t, b, 1064, 700)
	c := p.host.Canvas()
	news := func() {
		b.Stakes.Returns = b.Stakes.Returns[:1] // one less is coming back
		p.Follow(app.Event{Kind: app.WalletChanged})
	}
	c.Focus(p.segments)
	if news(); c.Focused() != fyne.Focusable(p.segments) || !slices.Contains(p.tabWords, "Coming back (1)") {
		t.Errorf("%q, the keyboard is on %T", p.tabWords, c.Focused())
	}
	p.table.Focus()
	list, shown := c.Focused(), p.list.Objects[0]
	list.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEnd})
	chosen := p.selected
	if news(); c.Focused() != list || p.list.Objects[0] != shown || p.selected != chosen || p.keys[p.table.Selected()] != chosen {
		t.Errorf("the keyboard is on %T, %q is selected", c.Focused(), p.selected)
	}
	list.TypedKey(&fyne.KeyEvent{Name: fyne.KeyUp})
	if p.selected == chosen || p.selected != p.keys[len(p.keys)-2] {
		t.Errorf("the next key goes to %q", p.selected)
	}
}

// Sorting by keyboard leaves the keyboard on the title, and what is selected
// selected.
func TestSortingByKeyboard(t *testing.T) {
	p, _ := opened(t, fake.Full(), 1064, 700)
	c := p.host.Canvas()
	p.table.Select(2)
	chosen := p.selected
	for range 12 {
		c.FocusNext()
		if fmt.Sprintf("%T", c.Focused()) == "*widgets.headTitle" {
			break
		}
	}
	title := c.Focused()
	for range 2 {
		title.TypedKey(&fyne.KeyEvent{Name: fyne.KeySpace})
		if c.Focused() != title || p.sortBy != byName || p.selected != chosen || p.keys[p.table.Selected()] != chosen {
			t.Errorf("by %d, up %v, %q is selected, the keyboard is on %T", p.sortBy, p.up, p.selected, c.Focused())
		}
	}
	if !p.up {
		t.Error("a second press does not turn the order around")
	}
}

// What a search hides stays selected, and its panel open.
func TestWhatASearchHidesStaysSelected(t *testing.T) {
	p, _ := opened(t, fake.Full(), 1064, 700)
	p.table.Select(0)
	chosen := p.selected
	p.search.SetText("harbour")
	if p.selected != chosen || p.table.Selected() != -1 || !p.panel.Visible() {
		t.Errorf("%q is selected, row %d", p.selected, p.table.Selected())
	}
	p.search.SetText("nobody")
	if p.search.SetText(""); p.selected != chosen || p.table.Selected() != 0 {
		t.Errorf("%q is selected, row %d", p.selected, p.table.Selected())
	}
	p.table.Select(3)
	p.open(votes)
	if p.open(validators); p.selected != "" || p.table.Selected() != -1 {
		t.Error("what was selected before is so again")
	}
}

// Enter shows in a narrow window what is said of the selection, and the dialog
// goes with it.
func TestNarrowWindowsByKeyboard(t *testing.T) {
	for _, each := range []tab{validators, returns, votes, nodes} {
		p, _ := opened(t, fake.Full(), 664, 640)
		p.open(each)
		p.table.Focus()
		list := p.host.Canvas().Focused()
		list.TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown})
		list.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
		d := dialogOf(t, p)
		if want := p.panelContent().title; d.Sheet().Title != want {
			t.Errorf("%q, want %q", d.Sheet().Title, want)
		}
		p.host.Canvas().OnTypedKey()(&fyne.KeyEvent{Name: fyne.KeyEscape})
		if d.Open() || p.host.Canvas().Focused() != list {
			t.Errorf("open %v, the keyboard is on %T", d.Open(), p.host.Canvas().Focused())
		}
	}
}

// rules are a network that answers in its own way about new nodes.
type rules struct {
	*fake.Backend
	meanwhile func()
	open      bool
}

func (r rules) NodeRules(ctx context.Context) (app.NodeRules, error) {
	if r.meanwhile != nil {
		r.meanwhile()
	}
	out, err := r.Backend.NodeRules(ctx)
	out.Open = r.open
	return out, err
}

func TestNetworksThatTakeNoNodes(t *testing.T) {
	host, told := stage.Host(t, 1064, 700)
	p := New(host, rules{Backend: fake.Full()})
	if p.register(); host.Canvas().Overlays().Top() != nil || !slices.Equal(told.Said, []string{"This network takes no new nodes at the moment."}) {
		t.Errorf("said %q", told.Said)
	}
}

// An answer that comes after the page was left opens nothing.
func TestLateAnswersOpenNothing(t *testing.T) {
	host, _ := stage.Host(t, 1064, 700)
	var p *Page
	p = New(host, &rules{Backend: fake.Full(), open: true, meanwhile: func() { p.Leave() }})
	if p.register(); host.Canvas().Overlays().Top() != nil {
		t.Error("a dialog over another page")
	}
}

// Every order that the network refuses is said in its dialog, nothing is paid,
// and it can be tried again.
func TestOrdersThatAreRefused(t *testing.T) {
	for _, c := range forms {
		backend := fake.Full()
		p, _ := opened(t, backend, 1064, 900)
		c.open(p)
		d := dialogOf(t, p)
		f := find[*widgets.Field](d.Sheet().Body)
		for i, text := range c.texts {
			f[i].SetText(text)
		}
		backend.Err = fake.ErrOffline
		d.Submit("")
		said := slices.ContainsFunc(find[*widgets.Paragraph](d.Sheet().Body), func(w *widgets.Paragraph) bool { return w.Text() == fault.Sentence(fake.ErrOffline) })
		if !d.Open() || !said || d.Sheet().Title != c.title || d.Sheet().Buttons[1].Disabled() || f[0].Text != c.texts[0] {
			t.Errorf("%s: said %v, %q, off %v", c.title, said, d.Sheet().Title, d.Sheet().Buttons[1].Disabled())
		}
		backend.Err = nil
		if d.Submit(""); d.Sheet().Title != "Check before you go on" {
			t.Errorf("%s: tried again it is %q", c.title, d.Sheet().Title)
		}
	}
}

// What is free to use is said where it is known, and only there.
func TestWhatIsFreeToStake(t *testing.T) {
	for _, known := range []bool{true, false} {
		p, _ := opened(t, fake.Full(), 1064, 700)
		p.state.spendable.known = known
		p.stake(p.state.staking.Validators[0])
		want := "Staked STOS earn rewards. To spend them again takes 21 days."
		if known {
			want = "934.332 STOS are free to use. " + want
		}
		if got := dialogOf(t, p).Sheet().Text; got != want {
			t.Errorf("known %v: %q", known, got)
		}
	}
}

// words are all that the panel says.
func panelWords(p *Page) (list []string) {
	for _, o := range test.LaidOutObjects(p.panelContent().words) {
		switch w := o.(type) {
		case *widgets.Text:
			list = append(list, w.Text())
		case *widgets.Paragraph:
			list = append(list, w.Text())
		}
	}
	return list
}

// The panel says what there is to say of each thing, and leaves out the rest.
func TestWhatThePanelSays(t *testing.T) {
	for name, c := range map[string]struct {
		tab    tab
		change func(s *state)
		row    int
		says   []string
		not    []string
	}{
		"held":           {validators, nil, 2, []string{"Can be moved on", "Measured by the last 6 reports of traffic, over 50 minutes."}, nil},
		"not held":       {validators, func(s *state) { s.staking.APRWords = fault.Words{} }, 0, []string{"You staked", "200 STOS"}, []string{"Can be moved on", ""}},
		"jailed":         {validators, nil, 4, []string{"Jailed", "nothing now"}, nil},
		"a deposit":      {votes, nil, 1, []string{"4,200 of 10,000 STOS", "The vote begins when the deposit is complete."}, []string{"Voted so far", "Your deposit"}},
		"my deposit":     {votes, func(s *state) { stosOf(&s.questions[1].MyDeposit, 7) }, 1, []string{"Your deposit", "7 STOS"}, nil},
		"what it does":   {votes, nil, 1, []string{"When it passes, the chain carries out: UpdateParams (stratos.pot.v1)"}, nil},
		"a vote":         {votes, nil, 0, []string{"28.4 % of 33.4 % needed", "62.1 %"}, []string{"Deposit"}},
		"without quorum": {votes, func(s *state) { s.questions[0].Quorum = 0 }, 0, nil, []string{"Voted so far"}},
		"the past":       {votes, nil, 2, []string{"Accepted"}, []string{"Your vote counts as much as you have staked."}},
		"a node":         {nodes, nil, 1, []string{"Suspended", "Deposit", "1,600 STOS"}, []string{"Deposit back"}},
		"one leaving":    {nodes, nil, 2, []string{"Leaving", "Deposit back"}, nil},
		"all nodes":      {nodes, nil, -1, []string{"6.13 STOS", "Taken off as a penalty", "Your nodes served"}, nil},
		"a new node": {nodes, func(s *state) { s.earned = app.NodeRewards{} }, -1, []string{"0 STOS"}, []string{
			"Taken off as a penalty", "Last report", "Your nodes served", "It matures with later reports of traffic.",
		}},
	} {
		p, _ := opened(t, fake.Full(), 1064, 900)
		if c.change != nil {
			c.change(&p.state)
		}
		p.open(c.tab)
		p.showList()
		p.table.Select(c.row)
		words := panelWords(p)
		for _, each := range c.says {
			if !slices.Contains(words, each) {
				t.Errorf("%s: it does not say %q: %q", name, each, words)
			}
		}
		for _, each := range c.not {
			if slices.Contains(words, each) {
				t.Errorf("%s: it says %q", name, each)
			}
		}
	}
}

// Whoever pressed a button of the panel has it under the keyboard again when the
// stake was read anew, also when that was while the order lay over the page.
func TestPanelButtonsKeepTheKeyboard(t *testing.T) {
	p, _ := opened(t, many(3), 1064, 700)
	c := p.host.Canvas()
	panelButton := func() *widgets.Button {
		for _, b := range stage.Find[*widgets.Button](p.panel) {
			if b.Text() == "Stake" {
				return b
			}
		}
		t.Fatal("the panel has no button to stake")
		return nil
	}
	p.table.Select(0)
	for name, read := range map[string]func(){
		"with nothing over it": p.reload,
		"under an order": func() {
			order := widgets.ShowDialog(c, widgets.Sheet{Title: "Stake"})
			p.reload()
			order.Close()
		},
	} {
		before := panelButton()
		c.Focus(before)
		if read(); c.Focused() != fyne.Focusable(panelButton()) || panelButton() == before {
			t.Errorf("%s: the keyboard is on %T, drawn anew %v", name, c.Focused(), panelButton() != before)
		}
	}
}
