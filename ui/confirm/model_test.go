package confirm

import (
	"errors"
	"testing"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/ui/internal/fake"
)

func TestRowsSayTheCostLast(t *testing.T) {
	p, _ := fake.Full().PreviewPay(t.Context(), fake.Ana, "12.5", "")
	list := rows(p, "", func(string) string { return "Ana" })
	want := []row{
		{label: "To", value: fake.Ana, name: "Ana", address: true},
		{label: "Amount", value: "12.5 STOS", strong: true},
		{label: "Network fee", value: "0.00019 STOS"},
		{label: "Left after this", value: "921.83181 STOS"},
	}
	if len(list) != len(want) {
		t.Fatalf("%+v", list)
	}
	for i := range want {
		if list[i] != want[i] {
			t.Errorf("%+v, want %+v", list[i], want[i])
		}
	}
	if list = rows(p, "high", nil); list[2].value != "0.00038 STOS" || list[3].value != "921.83162 STOS" {
		t.Errorf("with the highest fee %+v", list)
	}
}

func TestOnlyFeesThatCanBePaidAreOffered(t *testing.T) {
	p, _ := fake.Full().PreviewPay(t.Context(), fake.Ana, "max", "")
	names, words, normal := fees(p)
	if len(names) != 3 || words[0] != "Low" || words[2] != "High" || normal != 1 {
		t.Errorf("%v %v %d", names, words, normal)
	}
	p.Left = app.TxPreview{}.Left // all of it is sent
	if names, _, normal = fees(p); len(names) != 2 || names[1] != "normal" || normal != 1 {
		t.Errorf("%v %d", names, normal)
	}
	if fee, left := feeOf(p, "high"); fee.Format("stos") != "0.00019" || left.Format("stos") != "0" {
		t.Error("a fee that cannot be paid is never shown")
	}
}

func TestAddressesAreKnownAsSuch(t *testing.T) {
	for text, want := range map[string]bool{
		fake.Address: true, fake.Hex: true, fake.Val(1): true, "st1": false, "12.5 STOS": false, "": false,
		fake.Address + ", " + fake.Address: false,
	} {
		if IsAddress(text) != want {
			t.Errorf("%q", text)
		}
	}
}

func TestEndings(t *testing.T) {
	for _, c := range []struct {
		err  error
		want ending
	}{{nil, done}, {errors.New("x"), failed}, {fault.Wrong(nil, "no"), failed}, {fault.Unclear(nil, "maybe"), unclear}} {
		if endingOf(c.err) != c.want {
			t.Errorf("%v", c.err)
		}
	}
}

func TestButtonsHaveShortWords(t *testing.T) {
	if got := shortened("Send 12.5 STOS"); got != "Send 12.5 STOS" {
		t.Error(got)
	}
	if got := shortened("Stake 100 STOS with Väterchen Frost und seine sieben Knoten"); len([]rune(got)) != longestWord || got[len(got)-3:] != "…" {
		t.Error(got)
	}
}

func TestWordsOfAnOrder(t *testing.T) {
	o := Order{}
	if title, text := o.words(app.TxPreview{Title: fault.Value("Vote yes")}, app.TxResult{}); title != "Done" || text != "Vote yes: it went through." {
		t.Error(title, text)
	}
	o.Done = func(app.TxPreview, app.TxResult) (string, string) { return "Voted", "Yes." }
	if title, _ := o.words(app.TxPreview{}, app.TxResult{}); title != "Voted" || o.title() != "Check before you go on" {
		t.Error(title)
	}
	o.moved()
}
