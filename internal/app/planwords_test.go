package app

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/internal/stratos"
	"github.com/stratosdrive/stratosdrive/wallet/book"
	"github.com/stratosdrive/stratosdrive/wallet/chain"
	"github.com/stratosdrive/stratosdrive/wallet/gov"
	"github.com/stratosdrive/stratosdrive/wallet/message"
	"github.com/stratosdrive/stratosdrive/wallet/node"
	"github.com/stratosdrive/stratosdrive/wallet/stake"
)

// calledNames are what people called things; they are the same in every language.
var calledNames = []string{"Alpha", "Beta", "My node", "Your node", "https://a.example", "Shall we?", "rent", "yours"}

// translations are the words of a language, by the English sentence.
func translations(t *testing.T, code string) map[string]string {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join("..", "..", "ui", "language", "words", code+".json"))
	words := map[string]string{}
	if err == nil {
		err = json.Unmarshal(raw, &words)
	}
	if err != nil {
		t.Fatal(err)
	}
	return words
}

// english finds what would be said in English whatever the language: a sentence
// without a translation, or a text as a value that is nobody's name or address.
func english(w fault.Words, words map[string]string) (left []string) {
	format, args, told := w.Parts()
	if told && words[format] == "" {
		left = append(left, format)
	}
	for _, arg := range args {
		switch v := arg.(type) {
		case fault.Words:
			left = append(left, english(v, words)...)
		case fault.Choice:
			for _, part := range v {
				left = append(left, english(part, words)...)
			}
		case string:
			_, person := stratos.ParseAddress(v)
			_, node := stratos.ParseNodeAddress(v)
			if person != nil && node != nil && !slices.Contains(calledNames, v) {
				left = append(left, v)
			}
		case int, uint64, fault.STOS, fault.Span, fault.Date, fault.Day, fault.Percent, fault.Count:
		default:
			left = append(left, fmt.Sprintf("%T", v))
		}
	}
	return left
}

// orders are all kinds of payments that need no network to be made, in every
// turn that they take.
func orders(t *testing.T) map[string]order {
	t.Helper()
	self, other := stratos.Address{1}, stratos.Address{2}
	alpha := Validator{Address: self.Validator(), Name: "Alpha", Jailed: true, Staked: someWei(7)}
	beta := Validator{Address: other.Validator(), Name: "Beta", Active: true, Commission: 62.5, Staked: someWei(7)}
	idle := Validator{Address: stratos.Address{3}.Validator(), Name: "Alpha", Staked: someWei(1)}
	m := staker{self: self, staking: Staking{
		Period: 21 * 24 * time.Hour, Validators: []Validator{alpha, beta}, maxEntries: 7,
		Returns: []Unbonding{{Validator: alpha.Address, Name: "Alpha", Amount: someWei(3), Height: 4}},
	}}
	k := keeper{app: &App{}, self: self, rules: node.Rules{Open: true, Completion: time.Hour, Threshold: 48 * time.Hour}}
	n := node.Node{Owner: self, Address: stratos.NodeAddress{2}, PaidTo: self, Description: message.Description{Moniker: "My node"}}
	all := map[string]order{"idle": {warnings: validatorWarnings(idle), title: said("Claim %s", stos(someWei(1)))}}
	add := func(name string, o order, err error) {
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		all[name] = o
	}
	for _, amount := range []string{"1 wei", "max"} {
		o, err := m.delegate(StakeOrder{Validator: "Alpha", Amount: amount})
		add("delegate "+amount, o, err)
		o, err = k.deposit(n, NodeOrder{Amount: amount})
		add("deposit "+amount, o, err)
	}
	o, err := m.delegate(StakeOrder{Validator: "Beta", Amount: "1"})
	add("greedy", o, err)
	o, err = m.undelegate(StakeOrder{Validator: "Alpha", Amount: "1 wei"})
	add("undelegate", o, err)
	o, err = m.redelegate(StakeOrder{Validator: "Alpha", To: beta.Address, Amount: "1 wei"})
	add("redelegate", o, err)
	o, err = m.cancel(StakeOrder{Validator: "Alpha", Amount: "max"})
	add("cancel", o, err)
	name, site, paid := "Beta", "https://a.example", other.String()
	o, err = k.update(n, NodeOrder{About: NodeAbout{Name: &name, Website: &site, Contact: &name, Details: &name, PaidTo: &paid}})
	add("update", o, err)
	all["remove"] = k.remove(n)
	return all
}

func someWei(n uint64) stratos.Amount { return stratos.WeiAmount(n) }

// others are the words of the payments that ask the network first.
func others() []fault.Words {
	list := []fault.Words{tooEarly(), payWords(stake.Earnings{}, os.ErrClosed), payWords(stake.Earnings{}, nil)}
	for _, e := range []stake.Earnings{{Reports: 1}, {Reports: 1, Over: time.Hour}, {Reports: 6, Over: time.Minute}} {
		list = append(list, payWords(e, nil))
	}
	for _, threshold := range []time.Duration{0, 48 * time.Hour} {
		list = append(list, keeper{rules: node.Rules{Completion: time.Hour, Threshold: threshold}}.stays())
	}
	for _, r := range []gov.Rules{{}, {BurnsUnfilled: true}, {BurnsVetoed: true}, {BurnsUnvoted: true}, {BurnsVetoed: true, BurnsUnvoted: true}} {
		v := viewer{rules: r}
		list = append(list, v.refund(gov.Proposal{State: gov.Voting}), v.refund(gov.Proposal{State: gov.Depositing}))
	}
	var shares []message.Share
	for _, o := range []message.Option{message.Yes, message.No, message.Veto, message.Abstain} {
		list = append(list, fault.Value(voteWords([]message.Share{{Option: o, BasisPoints: 10_000}})))
		shares = append(shares, message.Share{Option: o, BasisPoints: 2_500})
	}
	list = append(list, fault.Value(voteWords(shares)))
	for advice := book.MemoFine; advice <= book.MemoSecret; advice++ {
		list = append(list, advice.Sentence())
	}
	list = append(list, subscribeWarnings(ChannelInfo{unsure: true}, ChannelPeriod{})...)
	return append(list, book.Report{Alike: []book.Alike{{Known: book.Known{Name: "Alpha"}}}}.Sentence())
}

// TestNoPaymentSpeaksEnglish: whatever is shown before a payment has words in
// every language, and values that are written as the language writes them.
func TestNoPaymentSpeaksEnglish(t *testing.T) {
	preview := chain.Preview{Message: message.Transfer{Amount: someWei(5)}}
	for _, code := range []string{"de", "es", "fr", "zh"} {
		words := translations(t, code)
		for _, w := range others() {
			for _, text := range english(w, words) {
				t.Errorf("%s: %q is left in English", code, text)
			}
		}
		for name, o := range orders(t) {
			said := append([]fault.Words{o.title(preview)}, o.warnings...)
			var lines []PreviewLine
			if o.lines != nil {
				lines = o.lines(preview)
			}
			for _, l := range append(lines, append(payLines(stratos.Address{2}, preview, "rent"), planLines(ChannelPlan{Items: 3, Added: 2, Removed: 1, LetIn: 4})...)...) {
				said = append(said, l.Value)
				if words[l.Label] == "" {
					t.Errorf("%s, %s: the label %q is left in English", code, name, l.Label)
				}
			}
			for _, w := range said {
				for _, text := range english(w, words) {
					t.Errorf("%s, %s: %q is left in English", code, name, text)
				}
			}
		}
	}
	if left := english(fault.Tell("Nobody said this."), nil); len(left) != 1 {
		t.Error("a sentence without a translation goes unnoticed")
	}
	if left := english(fault.Value("in three days"), nil); len(left) != 1 {
		t.Error("English as a value goes unnoticed")
	}
}
