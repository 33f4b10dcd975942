package confirm

import (
	"context"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/ui/internal/fake"
	"github.com/stratosdrive/stratosdrive/ui/internal/shots"
	"github.com/stratosdrive/stratosdrive/ui/internal/stage"
	"github.com/stratosdrive/stratosdrive/ui/page"
	"github.com/stratosdrive/stratosdrive/ui/widgets"
)

var errUnclear = fault.Unclear(nil, "The network stopped answering after the payment was sent.")

// note is too long for one line.
const note = "rent share of November, and half of what the new lamp in the kitchen cost"

// order pays somebody.
func order(b *fake.Backend, to string) Order {
	return Order{
		Title:   "Check before you send",
		Preview: func(ctx context.Context) (app.TxPreview, error) { return b.PreviewPay(ctx, to, "12.5", note) },
		Pay:     b.Confirm,
		Name: func(address string) string {
			if address == fake.Ana {
				return "Ana"
			}
			return ""
		},
	}
}

func opened(t *testing.T) (*page.Host, *stage.Told, *fake.Backend) {
	t.Helper()
	host, told := stage.Host(t, 620, 640)
	return host, told, fake.Full()
}

func field(f *Flow) *widgets.Field {
	for _, o := range test.LaidOutObjects(f.dialog.Sheet().Body) {
		if field, ok := o.(*widgets.Field); ok {
			return field
		}
	}
	return nil
}

func pay(f *Flow, password string) {
	field(f).SetText(password)
	f.Submit("")
}

// asked begins an order with a form.
func asked(host *page.Host, b *fake.Backend) *Flow {
	f := New(host, order(b, fake.Ana))
	amount := widgets.NewField("0", "")
	amount.OnChanged = func(text string) { f.Ready(text != "") }
	f.Ask(Form{Title: "Send STOS", Text: "934.332 STOS are free to use.", Body: widgets.Labelled("Amount", amount), Focus: amount})
	return f
}

func TestPictures(t *testing.T) {
	shots.InBoth(t, func(t *testing.T, mode string) {
		for name, show := range map[string]func(*page.Host, *fake.Backend){
			"form":  func(h *page.Host, b *fake.Backend) { asked(h, b) },
			"check": func(h *page.Host, b *fake.Backend) { Show(h, order(b, fake.Ana)) },
			"warned": func(h *page.Host, b *fake.Backend) {
				Show(h, order(b, strings.TrimSuffix(fake.Exchange, "q")[:len(fake.Exchange)-1]+"n"))
			},
			"done":  func(h *page.Host, b *fake.Backend) { pay(Show(h, order(b, fake.Ana)), fake.Password) },
			"wrong": func(h *page.Host, b *fake.Backend) { pay(Show(h, order(b, fake.Ana)), "wrong") },
			"unclear": func(h *page.Host, b *fake.Backend) {
				f := Show(h, order(b, fake.Ana))
				b.Err = errUnclear
				pay(f, fake.Password)
			},
			"refused": func(h *page.Host, b *fake.Backend) { b.Err = fake.ErrOffline; Show(h, order(b, fake.Ana)) },
			"waiting": func(h *page.Host, b *fake.Backend) {
				Show(h, order(b, fake.Ana)).waiting(app.TxPreview{Title: fault.Value("Send 12.5 STOS")})
			},
		} {
			host, _, backend := opened(t)
			show(host, backend)
			shots.Match(t, name+"-"+mode, host.Window)
		}
	})
}

func TestNothingIsSentBeforeItWasSeen(t *testing.T) {
	host, _, b := opened(t)
	moved := 0
	o := order(b, fake.Ana)
	o.Moved = func() { moved++ }
	f := Show(host, o)
	button := f.dialog.Sheet().Buttons[1]
	if button.Text() != "Send 12.5 STOS" || !button.Disabled() || b.Asked("confirm Send 12.5 STOS") {
		t.Fatalf("%q, disabled %v, %v", button.Text(), button.Disabled(), b.Calls)
	}
	pay(f, "wrong")
	if f.dialog.Sheet().Title != "Check before you send" || !says(f, "This password does not open") || field(f).Text != "" {
		t.Error("a wrong password must be told, and can be tried again")
	}
	pay(f, fake.Password)
	if !b.Asked("confirm Send 12.5 STOS") || f.dialog.Sheet().Title != "Done" || moved != 2 {
		t.Errorf("%v, %q, moved %d", b.Calls, f.dialog.Sheet().Title, moved)
	}
}

func says(f *Flow, begin string) bool {
	return slices.ContainsFunc(test.LaidOutObjects(f.dialog.Sheet().Body), func(o fyne.CanvasObject) bool {
		p, ok := o.(*widgets.Paragraph)
		return ok && strings.HasPrefix(p.Text(), begin)
	})
}

func TestTheFormKeepsWhatWasTyped(t *testing.T) {
	host, _, b := opened(t)
	f := asked(host, b)
	if !f.formButton().Disabled() {
		t.Error("nothing was typed yet")
	}
	field(f).SetText("12.5")
	b.Err = fake.ErrOffline
	f.Submit("")
	if !says(f, "The network does not answer.") || f.formButton().Disabled() {
		t.Error("why it does not go on must be told, and can be tried again")
	}
	b.Err = nil
	f.Submit("")
	test.Tap(f.dialog.Sheet().Buttons[0]) // back
	if field(f).Text != "12.5" || f.formButton().Disabled() {
		t.Error("the form is empty again")
	}
	f.Refresh()
	f.Submit("")
	if f.Dialog().Sheet().Title != "Check before you send" {
		t.Error(f.Dialog().Sheet().Title)
	}
}

func TestAFeeIsChosen(t *testing.T) {
	host, _, b := opened(t)
	f := Show(host, order(b, fake.Ana))
	for _, o := range test.LaidOutObjects(f.dialog.Sheet().Body) {
		if s, ok := o.(*widgets.Segments); ok {
			s.Choose(2)
		}
	}
	pay(f, fake.Password)
	if !b.Asked("confirm Send 12.5 STOS high") {
		t.Error(b.Calls)
	}
}

func TestAnEndNobodyKnowsOffersNoSecondTry(t *testing.T) {
	host, _, b := opened(t)
	f := Show(host, order(b, fake.Ana))
	b.Err = errUnclear
	pay(f, fake.Password)
	sheet := f.dialog.Sheet()
	if len(sheet.Buttons) != 1 || sheet.Title != "Not known yet" || !says(f, "The network stopped answering") {
		t.Errorf("%q with %d buttons", sheet.Title, len(sheet.Buttons))
	}
	f.Submit("")
	if f.dialog.Open() {
		t.Error("it closes")
	}
}

// A dialog that is closed does not stop what was sent, and how it ended is
// said all the same.
func TestClosingGoesOn(t *testing.T) {
	for _, c := range []struct {
		err  error
		want string
	}{{nil, "Send 12.5 STOS: it went through."}, {errUnclear, "The network stopped answering after the payment was sent."}} {
		host, told, b := opened(t)
		o := order(b, fake.Ana)
		var f *Flow
		o.Pay = func(ctx context.Context, _ app.TxPreview, _ string, _ []byte) (app.TxResult, error) {
			f.Submit("") // the button closes it
			if f.dialog.Open() || ctx.Err() != nil {
				t.Error("still open, or the payment was stopped")
			}
			f.pay(&check{}) // a second time does nothing
			return app.TxResult{}, c.err
		}
		f = Show(host, o)
		pay(f, fake.Password)
		if len(told.Said) != 1 || told.Said[0] != c.want {
			t.Errorf("said %q", told.Said)
		}
	}
}

func TestTryingAgain(t *testing.T) {
	host, _, b := opened(t)
	b.Err = fault.Say(nil, "The network does not answer.")
	f := Show(host, order(b, fake.Ana))
	b.Err = nil
	f.Submit("")
	if f.dialog.Sheet().Title != "Check before you send" {
		t.Error(f.dialog.Sheet().Title)
	}
	test.Tap(f.dialog.Sheet().Buttons[0])
	if f.dialog.Open() {
		t.Error("without a form the button leaves")
	}
}

func TestAnExtraButtonAtTheEnd(t *testing.T) {
	host, _, b := opened(t)
	f := Show(host, order(b, fake.Ana))
	f.More = func() *widgets.Button { return widgets.NewButton(widgets.Secondary, "Save", "", nil) }
	pay(f, fake.Password)
	if sheet := f.dialog.Sheet(); len(sheet.Buttons) != 2 || sheet.Buttons[0].Text() != "Save" {
		t.Error("no extra button")
	}
}
