package explorer

import (
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/internal/stratos"
	"github.com/stratosdrive/stratosdrive/ui/internal/fake"
	"github.com/stratosdrive/stratosdrive/ui/internal/stage"
	"github.com/stratosdrive/stratosdrive/ui/language"
	"github.com/stratosdrive/stratosdrive/ui/page"
	"github.com/stratosdrive/stratosdrive/ui/widgets"
)

// inGerman runs the rest of a test in a language in which no word is that of
// package app.
func inGerman(t *testing.T) {
	t.Helper()
	if err := language.Use("de"); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = language.Use("en") })
}

// Each way that the page offers leads to the place that it names, also for
// things with odd names.
func TestWaysLeadWhereTheySay(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		id := rapid.StringMatching(`[0-9A-Za-z/ .:-]{1,40}`).Draw(t, "id")
		kind := rapid.SampledFrom([]string{"block", "tx", "account", "validator", "node", "proposal", "report", "file"}).Draw(t, "kind")
		if got := placeOf(itemRoute(app.Item{Kind: kind, ID: id}).Arg); got != (place{item: app.Item{Kind: kind, ID: id}}) {
			t.Fatalf("a thing leads to %+v", got)
		}
		if got := placeOf(findRoute(id).Arg); got != (place{find: id}) {
			t.Fatalf("words lead to %+v", got)
		}
		what := rapid.SampledFrom(lists()).Draw(t, "list")
		if got := placeOf(listRoute(what).Arg); got != (place{list: what}) {
			t.Fatalf("a list leads to %+v", got)
		}
	})
	for _, arg := range []string{"", "explorer", "explorer/", "explorer/block", "explorer/block/", "explorer/list/"} {
		if got := placeOf(arg); got.list != app.NewBlocks {
			t.Errorf("%q leads to %+v", arg, got)
		}
	}
	if r := itemRoute(app.Item{Kind: "tx", ID: "A"}); r.Page != page.Network {
		t.Errorf("the explorer is on the page %q", r.Page)
	}
}

func TestListsHaveWords(t *testing.T) {
	seen := map[string]bool{}
	for i, word := range listWords() {
		if word == "" || seen[word] || i >= len(lists()) {
			t.Errorf("list %d is called %q", i, word)
		}
		seen[word] = true
	}
	if len(listWords()) != len(lists()) {
		t.Errorf("%d words for %d lists", len(listWords()), len(lists()))
	}
}

// amounts for facts and lines.
func amountOf(t *testing.T, text string) *stratos.Amount {
	t.Helper()
	a, err := stratos.ParseAmount(text)
	if err != nil {
		t.Fatal(err)
	}
	return &a
}

func TestValues(t *testing.T) {
	now := time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)
	count, percent := int64(18204), 66.5
	for name, c := range map[string]struct {
		fact app.Fact
		want string
	}{
		"nothing":        {app.Fact{Name: "Note"}, ""},
		"a name":         {app.Fact{Text: "Tomas"}, "Tomas"},
		"several lines":  {app.Fact{Text: "  first\n\tsecond\r\nthird "}, "first second third"},
		"words":          {app.Fact{Text: "Out of service", Words: true}, "Out of service"},
		"money":          {app.Fact{Amount: amountOf(t, "12.5stos")}, "12.5 STOS"},
		"a count":        {app.Fact{Count: &count}, "18,204"},
		"a part":         {app.Fact{Percent: &percent}, "66.5 %"},
		"a name and sum": {app.Fact{Text: "Tomas", Amount: amountOf(t, "1stos")}, "Tomas, 1 STOS"},
		"a count and %":  {app.Fact{Count: &count, Percent: &percent}, "18,204, 66.5 %"},
	} {
		if got := valueOf(c.fact, now); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
	if got := valueOf(app.Fact{Time: &now}, now); !strings.Contains(got, "12:00") && !strings.Contains(got, ":") {
		t.Errorf("a time is %q", got)
	}
	if got := valueOf(app.Fact{Noz: "1500000000"}, now); got == "" || strings.Contains(got, "1500000000") {
		t.Errorf("ozone is %q", got)
	}
}

// What strangers wrote stays in one line, and none of its words is lost.
func TestTextOfStrangersIsOneLine(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		words := rapid.SliceOf(rapid.StringMatching(`[a-zäß.,!]{1,9}`)).Draw(t, "words")
		gap := rapid.SampledFrom([]string{" ", "\n", "\t\t", "\r\n", " \u00a0 ", "\u2028"}).Draw(t, "gap")
		text := oneLine(strings.Join(words, gap))
		if strings.ContainsAny(text, "\n\r\t") || text != strings.Join(words, " ") {
			t.Fatalf("%q", text)
		}
	})
}

func TestWhatIsAText(t *testing.T) {
	text, item := strings.Repeat("word ", 17), &app.Item{Kind: "tx", ID: "A"}
	for name, c := range map[string]struct {
		fact app.Fact
		long bool
	}{
		"long":              {app.Fact{Text: text}, true},
		"short":             {app.Fact{Text: text[:80]}, false},
		"words of ours":     {app.Fact{Text: text, Words: true}, false},
		"leads to anything": {app.Fact{Text: text, Item: item}, false},
	} {
		if got := long(c.fact); got != c.long {
			t.Errorf("%s: %v", name, got)
		}
	}
}

func TestLines(t *testing.T) {
	hash, from, to := strings.Repeat("AB", 32), fake.Address, "Tomas"
	at := time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)
	for name, c := range map[string]struct {
		line                      app.ChainLine
		called, second, moved, as string
	}{
		"a block": {
			app.ChainLine{Item: app.Item{Kind: "block", ID: "2481033"}, Words: "Block", Time: at, Count: 1},
			"Block 2481033", "1 transaction", "", "archive",
		},
		"an empty block": {
			app.ChainLine{Item: app.Item{Kind: "block", ID: "7"}, Words: "Block", Time: at}, "Block 7", "0 transactions", "", "archive",
		},
		"a block from afar": {app.ChainLine{Item: app.Item{Kind: "block", ID: "7"}, Words: "Block"}, "Block 7", "", "", "archive"},
		"a payment": {
			app.ChainLine{Item: app.Item{Kind: "tx", ID: hash}, Words: "Sent", From: from, To: to, Amount: amountOf(t, "25stos")},
			"Sent", "", "25 STOS", "swap",
		},
		"a proposal": {app.ChainLine{Item: app.Item{Kind: "proposal", ID: "14"}, Words: "Proposal"}, "Proposal 14", "", "", "vote"},
		"its title": {
			app.ChainLine{Item: app.Item{Kind: "proposal", ID: "14"}, Words: "More\nnodes", Title: true}, "More nodes", "", "", "vote",
		},
		"nobody's": {app.ChainLine{Item: app.Item{Kind: "validator", ID: "v"}, Words: "Validator"}, "Validator", "", "", "chart"},
	} {
		if got := lineName(c.line); got != c.called {
			t.Errorf("%s is called %q", name, got)
		}
		if got := lineValue(c.line); got != c.moved {
			t.Errorf("%s moved %q", name, got)
		}
		if got := lineIcon(c.line); got != c.as {
			t.Errorf("%s has the icon %q", name, got)
		}
		if got := lineSecond(c.line); c.line.From == "" && got != c.second {
			t.Errorf("%s is by %q", name, got)
		}
	}
}

// Who did a thing is said shortly, also where only one of both is known.
func TestWhoDidIt(t *testing.T) {
	hash := strings.Repeat("AB", 32)
	both := lineSecond(app.ChainLine{Item: app.Item{Kind: "tx", ID: hash}, From: fake.Address, To: "Tomas"})
	if !strings.HasSuffix(both, " to Tomas") || strings.Contains(both, fake.Address) {
		t.Errorf("%q", both)
	}
	one := lineSecond(app.ChainLine{Item: app.Item{Kind: "tx", ID: hash}, From: fake.Address})
	if one == "" || !strings.HasPrefix(both, one) {
		t.Errorf("%q", one)
	}
	if by := lineSecond(app.ChainLine{Item: app.Item{Kind: "tx", ID: hash}}); by == "" || strings.Contains(by, hash) {
		t.Errorf("the name of a transaction is %q", by)
	}
}

// No word that is known is left in English in another language, but those that
// are the same there.
func TestWordsAreTranslated(t *testing.T) {
	english := map[string]string{}
	for _, words := range []map[string]string{things(), facts(), states()} {
		for key, word := range words {
			if key != word {
				t.Errorf("%q is %q in English", key, word)
			}
			english[key] = word
		}
	}
	inGerman(t)
	same := 0
	for key := range english {
		if translated(key) == key {
			same++
		}
	}
	if same > len(english)/10 {
		t.Errorf("%d of %d words are the same in German", same, len(english))
	}
	if got := translated("A word of tomorrow"); got != "A word of tomorrow" {
		t.Errorf("what is not known is %q", got)
	}
}

func TestTitles(t *testing.T) {
	for id, want := range map[string]string{"14": "Proposal 14", "123456789012": "Proposal 123456789012", "1234567890123": "Proposal"} {
		if got := titleOf(app.ItemView{Item: app.Item{Kind: "proposal", ID: id}, Words: "Proposal"}); got != want {
			t.Errorf("%s: %q", id, got)
		}
	}
	inGerman(t)
	if got := titleOf(app.ItemView{Item: app.Item{Kind: "block", ID: "7"}, Words: "Transaction"}); strings.Contains(got, "Transaction ") {
		t.Errorf("%q in German", got)
	}
}

// What is missing on a thing is said, and so is that there is more.
func TestAThingSaysWhatIsMissing(t *testing.T) {
	p, _ := opened(t, fake.Full(), "explorer/account/"+fake.Address, 1064, 640)
	lines := []app.ChainLine{{Item: app.Item{Kind: "tx", ID: "A"}, Words: "Sent", Time: fake.Now}}
	p.shown(app.ItemView{Item: app.Item{Kind: "account", ID: "x"}, Words: "Account", Lines: lines, Total: 4, Failed: true, Problem: "The chain keeps a day only."}, nil)
	var said []string
	for _, text := range stage.Find[*widgets.Text](p.body) {
		said = append(said, text.Text())
	}
	for _, each := range stage.Find[*widgets.Paragraph](p.body) {
		said = append(said, each.Text())
	}
	all := strings.Join(said, "\n")
	for _, want := range []string{"and 3 more", "The chain keeps a day only.", "Transactions, the newest first"} {
		if !strings.Contains(all, want) {
			t.Errorf("it does not say %q:\n%s", want, all)
		}
	}
	p.shown(app.ItemView{Item: app.Item{Kind: "account", ID: "x"}, Words: "Account", Lines: lines, Total: 1}, nil)
	for _, text := range stage.Find[*widgets.Text](p.body) {
		if strings.Contains(text.Text(), "more") {
			t.Errorf("it says %q", text.Text())
		}
	}
}
