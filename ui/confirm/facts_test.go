package confirm

import (
	"context"
	"errors"
	"math/big"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"pgregory.net/rapid"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/ui/internal/fake"
	"github.com/stratosdrive/stratosdrive/ui/internal/shots"
	"github.com/stratosdrive/stratosdrive/ui/internal/stage"
	"github.com/stratosdrive/stratosdrive/ui/language"
	"github.com/stratosdrive/stratosdrive/ui/widgets"
)

// previewed is a preview with fees of 1, 2 and 4 STOS, where a number of STOS is
// left with the one in the middle.
func previewed(left int64) app.TxPreview {
	p := app.TxPreview{Title: fault.Value("Send"), Fees: []app.FeeChoice{{Name: "low"}, {Name: "normal"}, {Name: "high"}}}
	for i, fee := range []int64{1, 2, 4} {
		setSTOS(&p.Fees[i].Fee, fee)
	}
	p.Fee = p.Fees[1].Fee
	setSTOS(&p.Left, left)
	return p
}

func setSTOS(to interface{ UnmarshalText([]byte) error }, n int64) {
	_ = to.UnmarshalText([]byte(new(big.Int).Mul(big.NewInt(n), big.NewInt(1e18)).String()))
}

func TestWhatIsLeftFollowsTheFee(t *testing.T) {
	for _, c := range []struct{ name, fee, left string }{
		{"low", "1", "11"}, {"normal", "2", "10"}, {"high", "4", "8"}, {"", "2", "10"}, {"unheard of", "2", "10"},
	} {
		fee, left := feeOf(previewed(10), c.name)
		if fee.Format("stos") != c.fee+" stos" && fee.Format("stos") != c.fee || !strings.HasPrefix(left.Format("stos"), c.left) {
			t.Errorf("%q: %s, %s", c.name, fee.Format("stos"), left.Format("stos"))
		}
	}
}

// Only fees that can be paid are offered.
func TestFeesThatCanBePaid(t *testing.T) {
	for left, want := range map[int64]string{10: "low normal high", 2: "low normal high", 1: "low normal", 0: "low normal"} {
		names, words, normal := fees(previewed(left))
		if got := strings.Join(names, " "); got != want || len(words) != len(names) || names[normal] != "normal" {
			t.Errorf("with %d left: %q, %q, at %d", left, got, words, normal)
		}
	}
	if names, _, _ := fees(app.TxPreview{}); len(names) != 0 {
		t.Errorf("%q", names)
	}
	for name, want := range map[string]string{"low": "Low", "normal": "Normal", "high": "High", "": "Normal"} {
		if got := feeWord(name); got != want {
			t.Errorf("%q is %q", name, got)
		}
	}
}

func TestWhatIsAnAddress(t *testing.T) {
	long := strings.Repeat("q", 40)
	for value, want := range map[string]bool{
		"st1" + long: true, "stvaloper1" + long: true, "stsds1" + long: true, "0x" + long: true,
		"st1": false, "0x12": false, "bc1" + long: false, "": false, "12.5 STOS": false,
		"st1" + long + ", st1" + long: false, "st1 is how they begin, all of those addresses": false,
	} {
		if IsAddress(value) != want {
			t.Errorf("%q: %v", value, !want)
		}
	}
}

// A button never grows over the dialog, and letters are not cut in half.
func TestTitlesFitOnAButton(t *testing.T) {
	for text, want := range map[string]string{
		"":                      "",
		strings.Repeat("a", 40): strings.Repeat("a", 40),
		strings.Repeat("a", 41): strings.Repeat("a", 39) + "…",
		strings.Repeat("转", 60): strings.Repeat("转", 39) + "…",
	} {
		if got := shortened(text); got != want {
			t.Errorf("%q became %q", text, got)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.String().Draw(t, "text")
		if n := len([]rune(shortened(text))); n > longestWord {
			t.Fatalf("%d letters", n)
		}
	})
}

func TestHowOrdersEnd(t *testing.T) {
	for _, c := range []struct {
		err  error
		want ending
	}{
		{nil, done},
		{errors.New("x"), failed},
		{fault.Say(nil, "x"), failed},
		{fault.Wrong(nil, "x"), failed},
		{fault.Unclear(nil, "x"), unclear},
		{errors.Join(errors.New("x"), fault.Unclear(nil, "y")), unclear},
		{context.Canceled, failed},
	} {
		if got := endingOf(c.err); got != c.want {
			t.Errorf("%v: %v", c.err, got)
		}
	}
}

func TestOrdersInGeneralWords(t *testing.T) {
	o := Order{}
	title, text := o.words(app.TxPreview{Title: fault.Value("Vote yes")}, app.TxResult{})
	if title != "Done" || text != "Vote yes: it went through." || o.title() != "Check before you go on" {
		t.Errorf("%q, %q, %q", title, text, o.title())
	}
	o.moved() // nobody wants to know
	o.Done = func(app.TxPreview, app.TxResult) (string, string) { return "Sent", "It is there." }
	o.Title = "Look at it"
	if title, text = o.words(app.TxPreview{}, app.TxResult{}); title != "Sent" || text != "It is there." || o.title() != "Look at it" {
		t.Errorf("%q, %q, %q", title, text, o.title())
	}
}

// odd orders an order with a preview of one's own.
func odd(p app.TxPreview, err error) Order {
	return Order{
		Preview: func(context.Context) (app.TxPreview, error) { return p, err },
		Pay: func(context.Context, app.TxPreview, string, []byte) (app.TxResult, error) {
			return app.TxResult{}, fault.Say(nil, "The network refused it. Nothing was sent.")
		},
	}
}

// strange is a preview in which everything is long.
func strange() app.TxPreview {
	p := previewed(1234)
	p.Title = fault.Tell("Propose: %s", strings.Repeat("a question that takes its time ", 4))
	p.Lines = []app.PreviewLine{
		{Label: "Question", Value: fault.Value(strings.Repeat("Shall the network do this, and if so, when and for how long? ", 4))},
		{Label: "To", Value: fault.Value(fake.Exchange)},
		{Label: "Amount", Value: fault.Value("1,234,567.123456789012345678 STOS")},
	}
	p.Warnings = []fault.Words{fault.Value("You have never sent to this address before."), fault.Value(strings.Repeat("This is something to think about. ", 4))}
	return p
}

func TestStrangePictures(t *testing.T) {
	shots.InBoth(t, func(t *testing.T, mode string) {
		host, _ := stage.Host(t, 600, 560)
		Show(host, odd(strange(), nil))
		shots.Match(t, "strange-"+mode, host.Window)
		host, _ = stage.Host(t, 600, 480)
		pay(Show(host, odd(previewed(0), nil)), fake.Password)
		shots.Match(t, "failed-"+mode, host.Window)
	})
}

// Whatever a preview says, its dialog stays in the window, also at large text
// and in another language.
func TestDialogsStayInTheWindow(t *testing.T) {
	t.Cleanup(func() { _ = language.Use("en") })
	for _, n := range language.Names() {
		if err := language.Use(n.Code); err != nil {
			t.Fatal(err)
		}
		for _, size := range []fyne.Size{{Width: 600, Height: 400}, {Width: 1600, Height: 1000}} {
			host, _ := stage.Host(t, size.Width, size.Height)
			f := Show(host, odd(strange(), nil))
			for _, b := range f.dialog.Sheet().Buttons {
				at := fyne.CurrentApp().Driver().AbsolutePositionForObject(b)
				if at.X < 0 || at.X+b.Size().Width > size.Width {
					t.Errorf("%s, %v: %q is from %v to %v", n.Code, size, b.Text(), at.X, at.X+b.Size().Width)
				}
			}
		}
	}
}

func TestEscapeSendsNothing(t *testing.T) {
	host, _, b := opened(t)
	f := Show(host, order(b, fake.Ana))
	field(f).SetText(fake.Password)
	host.Canvas().OnTypedKey()(&fyne.KeyEvent{Name: fyne.KeyEscape})
	if f.dialog.Open() || b.Asked("confirm Send 12.5 STOS") {
		t.Errorf("open %v, %q", f.dialog.Open(), b.Calls)
	}
}

// Enter in the field of the password sends, once there is one.
func TestEnterSends(t *testing.T) {
	host, _, b := opened(t)
	f := Show(host, order(b, fake.Ana))
	field(f).OnSubmitted("")
	if b.Asked("confirm Send 12.5 STOS") {
		t.Fatal("sent without a password")
	}
	field(f).SetText(fake.Password)
	field(f).OnSubmitted("")
	if !b.Asked("confirm Send 12.5 STOS") {
		t.Errorf("%q", b.Calls)
	}
}

// A failure offers the same again, with an empty password and what was wrong.
func TestAFailureCanBeTriedAgain(t *testing.T) {
	host, _ := stage.Host(t, 620, 640)
	f := Show(host, odd(previewed(3), nil))
	pay(f, fake.Password)
	if !says(f, "The network refused it.") || field(f).Text != "" || !f.dialog.Sheet().Buttons[1].Disabled() {
		t.Fatal("it must be told, and the password is asked for again")
	}
	pay(f, fake.Password)
	if !says(f, "The network refused it.") {
		t.Error("a second time too")
	}
}

// What can be chosen of one fee is nothing.
func TestOneFeeIsNoChoice(t *testing.T) {
	host, _ := stage.Host(t, 620, 640)
	p := previewed(3)
	p.Fees = p.Fees[1:2]
	f := Show(host, odd(p, nil))
	for _, o := range test.LaidOutObjects(f.dialog.Sheet().Body) {
		if s, ok := o.(*widgets.Segments); ok {
			t.Errorf("%d fees to choose from", s.Chosen())
		}
	}
}

func TestOzoneInWords(t *testing.T) {
	q, err := fake.Full().QuoteOzone(t.Context(), "4")
	if err != nil {
		t.Fatal(err)
	}
	p := OzonePreview(q)
	if p.Title.String() != "Buy 40 ozone" || len(p.Lines) != 2 || p.Lines[0].Label != "You pay" || p.Lines[0].Value.String() != "4 STOS" || p.Lines[1].Value.String() != "40 ozone" {
		t.Errorf("%+v", p)
	}
}
