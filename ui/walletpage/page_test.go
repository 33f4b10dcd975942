package walletpage

import (
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/ui/internal/fake"
	"github.com/stratosdrive/stratosdrive/ui/internal/shots"
	"github.com/stratosdrive/stratosdrive/ui/internal/stage"
	"github.com/stratosdrive/stratosdrive/ui/widgets"
)

func TestPictures(t *testing.T) {
	shots.InBoth(t, func(t *testing.T, mode string) {
		for name, backend := range map[string]*fake.Backend{"full": fake.Full(), "empty": fake.Empty(), "error": fake.Broken()} {
			host, _ := stage.Host(t, 1064, 640)
			stage.Put(host, New(host, backend, "", true))
			shots.Match(t, name+"-"+mode, host.Window)
		}
	})
}

func TestDialogPictures(t *testing.T) {
	shots.InBoth(t, func(t *testing.T, mode string) {
		for name, open := range map[string]func(*Page){
			"receive": (*Page).receive, "send": (*Page).send, "ozone": (*Page).buyOzone,
			"check": func(p *Page) { filled(t, p, "12.5") },
			"sent":  func(p *Page) { pay(t, filled(t, p, "12.5"), fake.Password) },
			"wrong": func(p *Page) { pay(t, filled(t, p, "12.5"), "wrong") },
		} {
			p, _, _ := opened(t)
			open(p)
			shots.Match(t, name+"-"+mode, p.host.Window)
		}
	})
}

func opened(t *testing.T) (*Page, *fake.Backend, *stage.Told) {
	t.Helper()
	backend := fake.Full()
	host, told := stage.Host(t, 720, 620)
	p := New(host, backend, "", true)
	stage.Put(host, p)
	return p, backend, told
}

func dialogOf(t *testing.T, p *Page) *widgets.Dialog {
	t.Helper()
	d, ok := p.host.Canvas().Overlays().Top().(*widgets.Dialog)
	if !ok {
		t.Fatal("no dialog is open")
	}
	return d
}

func fields(d *widgets.Dialog) []*widgets.Field {
	var found []*widgets.Field
	for _, o := range test.LaidOutObjects(d.Sheet().Body) {
		if f, ok := o.(*widgets.Field); ok {
			found = append(found, f)
		}
	}
	return found
}

// filled fills in a payment and looks at it.
func filled(t *testing.T, p *Page, amount string) *widgets.Dialog {
	t.Helper()
	p.send()
	d := dialogOf(t, p)
	f := fields(d)
	f[0].SetText(fake.Address)
	f[1].SetText(amount)
	f[2].SetText("rent share")
	d.Submit("")
	return d
}

func pay(t *testing.T, d *widgets.Dialog, password string) {
	t.Helper()
	fields(d)[0].SetText(password)
	d.Submit("")
}

func TestSending(t *testing.T) {
	p, backend, _ := opened(t)
	d := filled(t, p, "12.5")
	if d.Sheet().Title != "Check before you send" || backend.Asked("send 12.5 to "+fake.Address) {
		t.Fatal("nothing may be sent before it was looked at")
	}
	if !d.Sheet().Buttons[1].Disabled() {
		t.Error("there is no password yet")
	}
	pay(t, d, "wrong")
	if backend.Asked("send 12.5 to " + fake.Address) {
		t.Fatal("sent with a wrong password")
	}
	pay(t, d, fake.Password)
	if !backend.Asked("send 12.5 to "+fake.Address) || d.Sheet().Title != "Sent" {
		t.Errorf("%v, %q", backend.Calls, d.Sheet().Title)
	}
	d.Submit("")
	if d.Open() {
		t.Error("Done must close it")
	}
}

func TestBackKeepsWhatWasTyped(t *testing.T) {
	p, _, _ := opened(t)
	d := filled(t, p, "12.5")
	test.Tap(d.Sheet().Buttons[0])
	f := fields(d)
	if f[0].Text != fake.Address || f[1].Text != "12.5" || d.Sheet().Buttons[1].Disabled() {
		t.Error("the form is empty again")
	}
	f[1].SetText("13")
	d.Submit("")
	if d.Sheet().Buttons[1].Text() != "Send 13 STOS" {
		t.Error(d.Sheet().Buttons[1].Text())
	}
}

func TestAWrongAddressIsOneSentence(t *testing.T) {
	p, _, _ := opened(t)
	p.send()
	d := dialogOf(t, p)
	f := fields(d)
	f[0].SetText("bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq")
	f[1].SetText("1")
	d.Submit("")
	if d.Sheet().Title != "Send STOS" {
		t.Fatal("went on with an address of another chain")
	}
	if !says(d, "This is not a Stratos address.") || d.Sheet().Buttons[1].Disabled() {
		t.Error("it must be told, and can be tried again")
	}
}

func says(d *widgets.Dialog, begin string) bool {
	return slices.ContainsFunc(test.LaidOutObjects(d.Sheet().Body), func(o fyne.CanvasObject) bool {
		p, ok := o.(*widgets.Paragraph)
		return ok && strings.HasPrefix(p.Text(), begin)
	})
}

func TestBuyingOzone(t *testing.T) {
	p, backend, _ := opened(t)
	p.buyOzone()
	d := dialogOf(t, p)
	if !d.Sheet().Buttons[1].Disabled() {
		t.Error("there is no amount yet")
	}
	fields(d)[0].SetText("4")
	d.Submit("")
	pay(t, d, fake.Password)
	if !backend.Asked("buy ozone for 4") || !strings.HasPrefix(d.Sheet().Text, "39.9 ozone arrived") {
		t.Errorf("%v, %q", backend.Calls, d.Sheet().Text)
	}
}

func TestTheStatusLineLeadsToOzone(t *testing.T) {
	host, _ := stage.Host(t, 720, 620)
	p := New(host, fake.Full(), OpenOzone, false)
	if dialogOf(t, p).Sheet().Title != "Buy ozone" {
		t.Error("no dialog")
	}
}

func TestPracticeMoney(t *testing.T) {
	p, backend, told := opened(t)
	test.Tap(p.credit)
	if !backend.Asked("credit") || len(told.Said) != 1 || p.credit.Disabled() {
		t.Errorf("%v %q", backend.Calls, told.Said)
	}
}

func TestReceiving(t *testing.T) {
	p, _, told := opened(t)
	p.receive()
	d := dialogOf(t, p)
	test.Tap(d.Sheet().Buttons[1])
	if len(told.Copied) != 1 || told.Copied[0] != fake.Address {
		t.Errorf("copied %q", told.Copied)
	}
}

func TestMoneyThatMovesIsFollowed(t *testing.T) {
	p, backend, told := opened(t)
	backend.Money = fake.Empty().Money
	p.Follow(app.Event{Kind: app.LinksChanged})
	if p.balance.Total.IsZero() {
		t.Error("read again for nothing")
	}
	p.Follow(app.Event{Kind: app.WalletChanged})
	if !p.balance.Total.IsZero() {
		t.Error("the new balance is not shown")
	}
	backend.Err = fake.ErrOffline
	p.Follow(app.Event{Kind: app.WalletChanged})
	if len(told.Said) != 1 || !p.known {
		t.Error("a failure later is said, and what is known stays")
	}
	p.loading = true
	p.Follow(app.Event{Kind: app.WalletChanged})
	if !p.again {
		t.Error("a change while reading was forgotten")
	}
	p.Leave()
}
