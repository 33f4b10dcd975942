package walletpage

import (
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2/test"

	"github.com/stratosdrive/stratosdrive/ui/internal/fake"
	"github.com/stratosdrive/stratosdrive/ui/internal/stage"
	"github.com/stratosdrive/stratosdrive/ui/widgets"
)

// newcomer is an address that is in no address book.
const newcomer = "st1n3w00000000000000000000000000000000000q2"

// filled fills in a payment and looks at it.
func filled(t *testing.T, p *Page, to, amount string) *widgets.Dialog {
	t.Helper()
	p.send(nil)
	d := dialogOf(t, p)
	f := fields(d)
	f[0].SetText(to)
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

func says(d *widgets.Dialog, begin string) bool {
	return slices.ContainsFunc(find[*widgets.Paragraph](d.Sheet().Body), func(p *widgets.Paragraph) bool { return strings.HasPrefix(p.Text(), begin) })
}

func TestSending(t *testing.T) {
	p, backend, _ := opened(t)
	d := filled(t, p, "Ana", "12.5")
	if d.Sheet().Title != "Check before you send" || !backend.Asked("preview pay 12.5 to "+fake.Ana+" rent share") {
		t.Fatalf("%q, %q", d.Sheet().Title, backend.Calls)
	}
	pay(t, d, fake.Password)
	if !backend.Asked("confirm Send 12.5 STOS") || d.Sheet().Text != "12.5 STOS went to Ana." {
		t.Errorf("%q, %q", backend.Calls, d.Sheet().Text)
	}
	if len(d.Sheet().Buttons) != 1 {
		t.Error("Ana is in the address book already")
	}
	d.Submit("")
	if d.Open() {
		t.Error("Done must close it")
	}
}

func TestSendingAllOfIt(t *testing.T) {
	p, backend, _ := opened(t)
	p.send(nil)
	d := dialogOf(t, p)
	fields(d)[0].SetText(newcomer)
	for _, l := range find[*widgets.Link](d.Sheet().Body) {
		if l.Text() == "All" {
			test.Tap(l)
		}
	}
	d.Submit("")
	if !backend.Asked("preview pay max to "+newcomer) || d.Sheet().Buttons[1].Text() != "Send 934.33181 STOS" {
		t.Errorf("%q", backend.Calls)
	}
}

func TestANewAddressCanBeKept(t *testing.T) {
	p, backend, _ := opened(t)
	d := filled(t, p, newcomer, "1")
	if !says(d, "You have never sent to this address before.") {
		t.Error("the first time must be told")
	}
	pay(t, d, fake.Password)
	test.Tap(d.Sheet().Buttons[0])
	edit := dialogOf(t, p)
	fields(edit)[0].SetText("Bob")
	edit.Submit("")
	if !backend.Asked("save Bob "+newcomer) || namesOf(p.people)(newcomer) != "Bob" {
		t.Errorf("%q", backend.Calls)
	}
}

func TestTheAddressBookFillsInTheForm(t *testing.T) {
	p, _, _ := opened(t)
	p.send(nil)
	d := dialogOf(t, p)
	for _, l := range find[*widgets.Link](d.Sheet().Body) {
		if l.Text() == "Address book" {
			test.Tap(l)
		}
	}
	bookTable(t, p).Select(0)
	dialogOf(t, p).Submit("")
	f := fields(d)
	if dialogOf(t, p) != d || f[0].Text != "Gate" || f[2].Text != "718 204" || p.host.Canvas().Focused() != f[1] {
		t.Errorf("%q, %q", f[0].Text, f[2].Text)
	}
}

func TestACodeFillsInTheForm(t *testing.T) {
	p, _, _ := opened(t)
	form := p.send(nil)
	d := dialogOf(t, p)
	for _, l := range find[*widgets.Link](d.Sheet().Body) {
		if l.Text() == "From a picture" {
			test.Tap(l)
		}
	}
	if dialogOf(t, p) == d {
		t.Fatal("no picture can be chosen")
	}
	dialogOf(t, p).Close()
	form.readQR("/home/ana/code.png")
	if f := fields(d); f[0].Text != fake.Exchange || f[1].Text != "4.5" || f[2].Text != "718 204" || d.Sheet().Buttons[1].Disabled() {
		t.Errorf("%q %q %q", f[0].Text, f[1].Text, f[2].Text)
	}
	form.readQR("/home/ana/empty.png")
	if !says(d, "There is no code in this picture.") {
		t.Error("a picture without a code must be told")
	}
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
	p := New(host, fake.Full(), Options{Arg: OpenOzone})
	if dialogOf(t, p).Sheet().Title != "Buy ozone" {
		t.Error("no dialog")
	}
	if len(p.accountItems()) != 1 {
		t.Error("without care there is only the address book")
	}
}

func TestReceivingInBothForms(t *testing.T) {
	p, _, told := opened(t)
	p.receive()
	d := dialogOf(t, p)
	test.Tap(d.Sheet().Buttons[1])
	find[*widgets.Segments](d.Sheet().Body)[0].Choose(1)
	if d.Sheet().Buttons[1].Text() != "Copy address" {
		t.Error("it says Copied of another address")
	}
	test.Tap(d.Sheet().Buttons[1])
	if !slices.Equal(told.Copied, []string{fake.Address, fake.Hex}) {
		t.Errorf("copied %q", told.Copied)
	}
}
