package walletpage

import (
	"strings"
	"testing"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/ui/internal/fake"
)

func TestPlacesAddUp(t *testing.T) {
	list := places(fake.Full().Money)
	if len(list) != 2 || list[0].amount != "934.332" || list[1].amount != "350.04" {
		t.Errorf("%+v", list)
	}
	if list := places(fake.Empty().Money); len(list) != 1 || list[0].amount != "0" {
		t.Errorf("%+v", list)
	}
}

func TestOzoneOfBothAccounts(t *testing.T) {
	b := app.Balance{StorageNoz: "200000000000", PublishNoz: "12600000000"}
	if ozone(b) != "212600000000" || figureOfOzone(b) != "212.6" {
		t.Error(ozone(b))
	}
	if ozone(app.Balance{StorageNoz: "x"}) != "0" || !strings.Contains(aboutOzone(app.Balance{}), "Buy some") {
		t.Error("no ozone must say what to do")
	}
	unknown := app.Balance{OzoneUnknown: true}
	if figureOfOzone(unknown) != "?" || !strings.Contains(aboutOzone(unknown), "not known") {
		t.Error("what is not known must not read as nothing")
	}
}

func TestEntries(t *testing.T) {
	want := []entry{
		{icon: "arrow-down", title: "Received", second: "st1k9w…4q2m", amount: "+ 250 STOS", when: "Today, 11:20", incoming: true},
		{icon: "lightning", title: "Bought ozone", second: "for your drive", amount: "- 0.04 STOS", when: "Today, 10:58"},
		{icon: "arrow-up", title: "Sent", second: "st1c74…x80p, rent share", amount: "- 12.5 STOS", when: "1 Nov"},
		{icon: "arrow-up", title: "Sent", second: "On its way, st1c74…x80p", amount: "- 3 STOS", when: "Today, 14:58"},
		{icon: "arrow-up", title: "Sent", second: "Did not go through; only the fee was paid", amount: "- 100 STOS", when: "2 Nov", failed: true},
		{icon: "activity", title: "Staked STOS", amount: "- 100 STOS", when: "2 Nov"},
	}
	list, _ := fake.Full().Wallets()
	wallet := current(list)
	past, _ := fake.Full().History(t.Context())
	for i, h := range past {
		if got := entryOf(h, wallet, fake.Now); got != want[i] {
			t.Errorf("%d:\n got %+v\nwant %+v", i, got, want[i])
		}
	}
	if e := entryOf(app.HistoryEntry{State: "unknown"}, wallet, fake.Now); !strings.Contains(e.second, "not known yet") || e.title != "Transaction" {
		t.Errorf("%+v", e)
	}
}

func TestTypedAmounts(t *testing.T) {
	for text, want := range map[string]struct{ wrong, enough bool }{
		"": {}, "0": {}, ".": {}, "12.": {}, "0.00": {},
		"12.5": {enough: true}, " 1 ": {enough: true}, "0.000000000000000001": {enough: true},
		"1,284.5": {wrong: true}, "-1": {wrong: true}, "1e5": {wrong: true}, "twelve": {wrong: true}, ".5": {wrong: true},
		"1.0000000000000000001": {wrong: true}, "1.2.3": {wrong: true},
	} {
		problem, enough := amountProblem(text)
		if (problem != "") != want.wrong || enough != want.enough {
			t.Errorf("%q: %q, enough %v", text, problem, enough)
		}
	}
}

func FuzzTypedAmounts(f *testing.F) {
	for _, s := range []string{"1.5", "", "1,0", "١", "1..2", "9999999999999999999999"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		problem, enough := amountProblem(text)
		if enough && problem != "" {
			t.Fatalf("%q is enough and wrong", text)
		}
		if enough && strings.Trim(strings.TrimSpace(text), "0123456789.") != "" {
			t.Fatalf("%q is taken for a number", text)
		}
	})
}

func TestWhenToContinue(t *testing.T) {
	for _, c := range []struct {
		to, amount string
		want       bool
	}{
		{fake.Address, "1", true}, {"", "1", false}, {"st1", "1", false}, {fake.Address, "", false}, {fake.Address, "0", false},
	} {
		if canSend(c.to, c.amount) != c.want {
			t.Errorf("%+v", c)
		}
	}
}

func TestButtonsSayWhatHappens(t *testing.T) {
	preview, _ := fake.Full().PreviewSend(t.Context(), fake.Address, "12.5", "")
	if sendWords(preview) != "Send 12.5 STOS" {
		t.Error(sendWords(preview))
	}
	quote, _ := fake.Full().QuoteOzone(t.Context(), "4")
	if buyWords(quote) != "Buy 40 ozone" {
		t.Error(buyWords(quote))
	}
	if note(false) != "" || !strings.Contains(note(true), "worth nothing") {
		t.Error("practice money must be called so")
	}
	if current(nil).Address != "" {
		t.Error("no wallet")
	}
}

func TestOnesOwnAccountsHaveNames(t *testing.T) {
	w := app.WalletInfo{Storage: "st1storage", Publish: "st1publish"}
	for address, want := range map[string]string{"": "", "st1storage": "for your drive", "st1publish": "for what you share", fake.Address: "st1c74…x80p"} {
		if got := partner(address, w); got != want {
			t.Errorf("%s is %q, want %q", address, got, want)
		}
	}
}
