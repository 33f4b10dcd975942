package walletpage

import (
	"math/big"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/ui/confirm"
	"github.com/stratosdrive/stratosdrive/ui/internal/fake"
	"github.com/stratosdrive/stratosdrive/ui/widgets"
)

func TestPlacesSayWhereItIs(t *testing.T) {
	b := fake.Full()
	want := []place{{"Free to use", "934.332"}, {"Staked", "300"}, {"Leaves staking from 9 Dec", "40"}, {"Rewards to claim", "10.04"}}
	list := places(b.Money, &b.Stakes, fake.Now)
	if len(list) != len(want) {
		t.Fatalf("%+v", list)
	}
	for i := range want {
		if list[i] != want[i] {
			t.Errorf("%+v, want %+v", list[i], want[i])
		}
	}
	if list = places(b.Money, nil, fake.Now); len(list) != 2 || list[1] != (place{"Staked", "?"}) {
		t.Errorf("what is not known must not read as nothing: %+v", list)
	}
	locked := fake.Full().Money
	locked.Held = locked.Held.Add(b.Stakes.Unbonding)
	if list = places(locked, nil, fake.Now); len(list) != 3 || list[1] != (place{"Locked for now", "40"}) {
		t.Errorf("%+v", list)
	}
	if list = places(fake.Empty().Money, &app.Staking{}, fake.Now); len(list) != 3 || list[0].amount != "0" {
		t.Errorf("%+v", list)
	}
	if got := leaves(b.Stakes.Returns[:1], fake.Now); got != "Leaves staking on 9 Dec" || leaves(nil, fake.Now) != "Leaves staking" {
		t.Error(got)
	}
}

func TestOzoneOfBothAccounts(t *testing.T) {
	b := app.Balance{StorageNoz: "200000000000", PublishNoz: "12600000000"}
	if ozone(b) != "212600000000" || figureOfOzone(b) != "212.6" {
		t.Error(ozone(b))
	}
	if ozone(app.Balance{StorageNoz: "x"}) != "0" || !strings.Contains(aboutOzone(app.Balance{}, false), "Buy some") {
		t.Error("no ozone must say what to do")
	}
	unknown := app.Balance{OzoneUnknown: true}
	if figureOfOzone(unknown) != "?" || !strings.Contains(aboutOzone(unknown, false), "not known") {
		t.Error("what is not known must not read as nothing")
	}
	if got := aboutOzone(b, false); got != "Pays for uploads and downloads." {
		t.Error(got)
	}
}

func TestEntries(t *testing.T) {
	want := []entry{
		{icon: "arrow-up", title: "Sent to Ana", second: "On its way, st1c74…x80p", amount: "- 3 STOS", when: "Today, 14:58"},
		{icon: "arrow-down", title: "Received from Gate", second: "st1k9w…4q2m", amount: "+ 250 STOS", when: "Today, 11:20", incoming: true},
		{icon: "lightning", title: "Bought ozone", second: "for your drive", amount: "- 0.04 STOS", when: "Today, 10:58"},
		{icon: "arrow-down", title: "Received from Gate", second: "st1k9w…4q2m", amount: "+ 120 STOS", when: "Tuesday", incoming: true},
		{icon: "arrow-up", title: "Sent to Landlord", second: "st1n0e…yh7z, November", amount: "- 48.2 STOS", when: "12 Nov"},
		{icon: "arrow-down", title: "Received from Gate", second: "st1k9w…4q2m", amount: "+ 96 STOS", when: "8 Nov", incoming: true},
		{icon: "arrow-up", title: "Sent to Ana", second: "Did not go through; only the fee was paid", amount: "- 100 STOS", when: "2 Nov", failed: true},
		{icon: "chart", title: "Staked STOS", amount: "- 100 STOS", when: "2 Nov"},
		{icon: "arrow-up", title: "Sent to Ana", second: "st1c74…x80p, rent share", amount: "- 12.5 STOS", when: "1 Nov"},
	}
	list, _ := fake.Full().Wallets()
	wallet, names := current(list), namesOf(fake.Full().People)
	for i, h := range fake.Full().Past[:len(want)] {
		if got := entryOf(h, wallet, names, fake.Now); got != want[i] {
			t.Errorf("%d:\n got %+v\nwant %+v", i, got, want[i])
		}
	}
	nobody := namesOf(nil)
	if e := entryOf(app.HistoryEntry{State: "unknown"}, wallet, nobody, fake.Now); !strings.Contains(e.second, "not known yet") || e.title != "Transaction" || e.amount != "" {
		t.Errorf("%+v", e)
	}
	if e := entryOf(app.HistoryEntry{Kind: "sent", With: "st1me"}, app.WalletInfo{Account: app.AccountInfo{Address: "st1me"}}, nobody, fake.Now); e.title != "Sent to yourself" {
		t.Errorf("%+v", e)
	}
	for kind, want := range map[string]string{"sent": "Sent", "received": "Received"} {
		if e := entryOf(app.HistoryEntry{Kind: kind, With: fake.Ana}, wallet, nobody, fake.Now); e.title != want {
			t.Errorf("%+v", e)
		}
	}
}

func TestRowsOfTheHistory(t *testing.T) {
	in, out, bad := entry{amount: "+ 1", incoming: true}.row(), entry{amount: "- 1"}.row(), entry{amount: "- 1", failed: true, incoming: true}.row()
	if !in.Cells[0].Good || out.Cells[0].Good || !out.Cells[0].Name || bad.Cells[0].Good || bad.Cells[0].Name || bad.IconTone != widgets.Bad {
		t.Errorf("%+v %+v %+v", in, out, bad)
	}
	for state, want := range map[string]string{"done": "Done", "failed": "Did not go through", "waiting": "On its way", "unknown": "Not known yet"} {
		if got, _ := stateWords(state); got != want {
			t.Errorf("%s is %q", state, got)
		}
	}
	if aboutHistory(app.HistoryPage{Complete: true}) != "" || aboutHistory(app.HistoryPage{}) == "" || aboutHistory(app.HistoryPage{Problem: "x", Complete: true}) != "x" {
		t.Error("a history that is not all there must say so")
	}
	if got := exportName("csv", fake.Now); got != "stratos-history-2026-11-22.csv" {
		t.Error(got)
	}
	if kinds := kindFilters(); kinds[0].id != "" || len(kinds) != 8 {
		t.Error(kinds)
	}
}

func TestWhenToContinue(t *testing.T) {
	for _, c := range []struct {
		to     string
		enough bool
		want   bool
	}{{fake.Address, true, true}, {"", true, false}, {"st1", true, false}, {fake.Address, false, false}} {
		if canSend(c.to, c.enough) != c.want {
			t.Errorf("%+v", c)
		}
	}
}

func TestButtonsSayWhatHappens(t *testing.T) {
	quote, _ := fake.Full().QuoteOzone(t.Context(), "4")
	if p := confirm.OzonePreview(quote); p.Title.String() != "Buy 40 ozone" || len(p.Lines) != 2 || p.Lines[0].Value.String() != "4 STOS" {
		t.Errorf("%+v", p)
	}
	if amountOf(app.TxPreview{}) != "It" {
		t.Error("a preview without an amount")
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

func TestPeople(t *testing.T) {
	people := fake.Full().People
	for text, want := range map[string]string{
		"ana": fake.Ana, " Ana ": fake.Ana, strings.ToUpper(fake.AnaHex): fake.Ana, fake.Exchange: fake.Exchange, "": "", " st1nobody ": "st1nobody",
	} {
		if got := payee(people, text); got != want {
			t.Errorf("%q is paid at %q, want %q", text, got, want)
		}
	}
	if names := namesOf(people); names(fake.Ana) != "Ana" || names("st1nobody") != "" || names("") != "" {
		t.Error("names")
	}
	for _, c := range []struct {
		to, memo, begin string
		tone            widgets.Tone
	}{
		{"st1nobody", "", "", widgets.Neutral},
		{fake.Ana, "", "In your address book: Ana", widgets.Good},
		{"ana", "", "In your address book: st1c74…x80p", widgets.Good},
		{"Gate", " ", "Gate needs a note", widgets.Bad},
		{"Gate", "718 204", "In your address book", widgets.Good},
	} {
		if text, tone := hint(people, c.to, c.memo); !strings.HasPrefix(text, c.begin) || (text == "") != (c.begin == "") || tone != c.tone {
			t.Errorf("%+v: %q", c, text)
		}
	}
	var order []string
	for _, c := range listed(people, "") {
		order = append(order, c.Name)
	}
	if strings.Join(order, " ") != "Gate Ana Landlord" || len(listed(people, "718")) != 1 || len(listed(people, "nobody")) != 0 {
		t.Error(order)
	}
}

func wei(stos int64) *big.Int { return new(big.Int).Mul(big.NewInt(stos), big.NewInt(1e18)) }

func TestCourseOfTheMoney(t *testing.T) {
	past := fake.Full().Past
	values := course(fake.Now, wei(1284), past, "st1me")
	if len(values) != coursePoints || values[coursePoints-1] != 1284 {
		t.Fatalf("ends at %v", values[len(values)-1])
	}
	// 466 came, 60.74 went; what waits, what failed and what was staked count
	// for nothing.
	if got := values[0]; got < 878.7 || got > 878.8 {
		t.Errorf("it began at %v", got)
	}
	slices.Reverse(past)
	if again := course(fake.Now, wei(1284), past, "st1me"); !slices.Equal(again, values) {
		t.Error("the order of the entries counts")
	}
	slices.Reverse(past)
	if course(fake.Now, wei(1), past[:2], "") != nil || course(fake.Now, wei(1), nil, "") != nil || course(fake.Now.AddDate(1, 0, 0), wei(1), past, "") != nil {
		t.Error("one payment, or none in that time, is no course")
	}
}

func TestWhatMovesMoney(t *testing.T) {
	entry := func(kind, state, with string, incoming bool) app.HistoryEntry {
		h := app.HistoryEntry{Kind: kind, State: state, With: with, Incoming: incoming}
		_ = h.Amount.UnmarshalText([]byte("100"))
		_ = h.Fee.UnmarshalText([]byte("7"))
		return h
	}
	for _, c := range []struct {
		h    app.HistoryEntry
		want int64
	}{
		{entry("sent", "done", "st1you", false), -107},
		{entry("sent", "done", "st1me", false), -7},
		{entry("sent", "failed", "st1you", false), -7},
		{entry("sent", "waiting", "st1you", false), 0},
		{entry("sent", "unknown", "st1you", false), 0},
		{entry("received", "done", "st1you", true), 100},
		{entry("stake", "done", "", false), -7},
		{entry("stake", "done", "", true), 0},
		{entry("ozone", "done", "st1store", false), -107},
		{entry("ozone", "done", "st1you", true), 0},
		{entry("node", "done", "", true), 100},
	} {
		if got := moved(c.h, "st1me"); got.Int64() != c.want {
			t.Errorf("%s %s, incoming %v: %v, want %d", c.h.Kind, c.h.State, c.h.Incoming, got, c.want)
		}
	}
}

// A course never shows less than nothing, and ends with what there is.
func TestCourseHolds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var entries []app.HistoryEntry
		at := fake.Now
		for range rapid.IntRange(0, 30).Draw(t, "entries") {
			at = at.Add(-time.Duration(rapid.Int64Range(0, int64(72*time.Hour)).Draw(t, "pause")))
			h := fake.Full().Past[rapid.IntRange(0, 8).Draw(t, "entry")]
			h.Time = at
			entries = append(entries, h)
		}
		for i, v := range course(fake.Now, wei(10), entries, "") {
			if v < 0 || (i == coursePoints-1 && v != 10 && !entries[0].Time.Equal(fake.Now)) {
				t.Fatalf("point %d is %v", i, v)
			}
		}
	})
}
