package history

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"math/big"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/stratos"
	"github.com/stratosdrive/stratosdrive/wallet/chain"
)

// fill stores n entries of many kinds, the last one the newest.
func fill(t testing.TB, l *Log, account stratos.Address, n int) {
	t.Helper()
	ctx := context.Background()
	kinds := []Kind{Sent, Received, BoughtOzone, Staked, StakeReward, Voted}
	ok(t, l.inside(ctx, "fill", func(tx *sql.Tx) error {
		id, err := accountID(ctx, tx, testChain, account.String())
		for i := 0; i < n && err == nil; i++ {
			amount := new(big.Int).Mul(big.NewInt(int64(i+1)), big.NewInt(1_000_000_000_000_000_000))
			e := Entry{
				Time: time.Unix(1_700_000_000+int64(i)*60, 0), Kind: kinds[i%len(kinds)], Direction: In, Amount: stratos.NewAmount(amount),
				Counterparty: stratos.Address{byte(i), byte(i >> 8), byte(i >> 16), 1}.String(), Hash: fmt.Sprintf("%064X", i), State: chain.Done,
				Height: int64(i + 1), Memo: fmt.Sprintf("invoice %d of =customer%d", i, i%977), Type: chain.TypeSend, Change: amount, Messages: 1,
			}
			err = insert(ctx, tx, id, e, 0, 0)
		}
		return err
	}))
}

func find(t testing.TB, l *Log, q Query) []Entry {
	t.Helper()
	found, err := l.Find(context.Background(), testChain, alice(t), q)
	ok(t, err)
	return found
}

func TestFind(t *testing.T) {
	l := newLog(t)
	fill(t, l, alice(t), 300)
	fill(t, l, bob(t), 20)
	for name, c := range map[string]struct {
		query Query
		want  int // of all
		first int // number of the newest
	}{
		"everything":    {Query{}, 300, 299},
		"a memo":        {Query{Text: "invoice 299"}, 2, 299},
		"an address":    {Query{Text: stratos.Address{7, 1, 0, 1}.String()}, 1, 263},
		"a 0x address":  {Query{Text: strings.ToLower(stratos.Address{7, 1, 0, 1}.Hex())}, 1, 263},
		"a hash":        {Query{Text: fmt.Sprintf("%064x", 77)}, 1, 77},
		"an amount":     {Query{Text: "300"}, 1, 299},
		"a kind":        {Query{Text: "bought ozone"}, 50, 296},
		"kinds":         {Query{Kinds: []Kind{Voted, Staked}}, 100, 299},
		"kind and text": {Query{Kinds: []Kind{Voted}, Text: "invoice 300"}, 1, 299},
		"times":         {Query{From: time.Unix(1_700_000_600, 0), Until: time.Unix(1_700_000_900, 0)}, 5, 14},
		"time and text": {Query{Text: "customer", From: time.Unix(1_700_000_600, 0), Until: time.Unix(1_700_000_900, 0)}, 5, 14},
		"nothing":       {Query{Text: "nobody"}, 0, 0},
		"only signs":    {Query{Text: `"*()`}, 300, 299},
		"an expression": {Query{Text: `words:x OR NEAR(a b) NOT -c ^d`}, 0, 0},
	} {
		n, err := l.Count(context.Background(), testChain, alice(t), c.query)
		ok(t, err)
		list := find(t, l, c.query)
		if n != c.want || (c.want > 0 && list[0].Hash != fmt.Sprintf("%064X", c.first)) {
			t.Errorf("%s: %d entries, the newest %+v", name, n, append(list, Entry{})[0].Hash)
		}
	}
	page := find(t, l, Query{Text: "invoice", Limit: 10, Offset: 20})
	if len(page) != 10 || page[0].Hash != fmt.Sprintf("%064X", 279) {
		t.Errorf("third page: %d entries from %s", len(page), page[0].Hash)
	}
}

// What is found begins with every word that was asked for, and nothing that
// does is missing.
func TestFindIsExact(t *testing.T) {
	l := newLog(t)
	fill(t, l, alice(t), 200)
	all := find(t, l, Query{Limit: 1000})
	for _, text := range []string{"inv", "customer1", "invoice 4", "staked", "Sent customer3"} {
		want := 0
		for _, e := range all {
			if beginsWith(e, text) {
				want++
			}
		}
		if got := len(find(t, l, Query{Text: text, Limit: 1000})); got != want || want == 0 {
			t.Errorf("%q: %d entries, want %d", text, got, want)
		}
	}
}

func beginsWith(e Entry, text string) bool {
	for _, term := range strings.Fields(strings.ToLower(text)) {
		some := false
		words := strings.FieldsFunc(strings.ToLower(wordsOf(e)), func(r rune) bool { return strings.ContainsRune(" \n=", r) })
		for _, word := range words {
			some = some || strings.HasPrefix(word, term)
		}
		if !some {
			return false
		}
	}
	return true
}

func TestExport(t *testing.T) {
	l, ctx := newLog(t), context.Background()
	fill(t, l, alice(t), 503)
	books, err := l.Books(ctx, testChain, alice(t))
	ok(t, err)
	var table, text bytes.Buffer
	ok(t, l.Export(ctx, testChain, alice(t), Query{}, CSV, &table))
	ok(t, l.Export(ctx, testChain, alice(t), Query{}, JSON, &text))
	rows, err := csv.NewReader(&table).ReadAll()
	ok(t, err)
	var entries []map[string]any
	ok(t, json.Unmarshal(text.Bytes(), &entries))
	if len(rows) != 504 || len(entries) != 503 {
		t.Fatalf("%d rows, %d objects", len(rows), len(entries))
	}
	sum := map[bool]*big.Int{false: new(big.Int), true: new(big.Int)}
	for i, row := range rows[1:] {
		for isJSON, number := range map[bool]string{false: row[8], true: entries[i]["change_wei"].(string)} {
			n, good := new(big.Int).SetString(number, 10)
			if !good {
				t.Fatalf("row %d: %q", i, number)
			}
			sum[isJSON].Add(sum[isJSON], n)
		}
		if row[14] != entries[i]["hash"] || row[4] != entries[i]["amount_wei"] {
			t.Fatalf("row %d: %v and %v", i, row, entries[i])
		}
	}
	if sum[false].Cmp(books) != 0 || sum[true].Cmp(books) != 0 {
		t.Errorf("tables add up to %v, the books to %v", sum, books)
	}
	var empty bytes.Buffer
	if ok(t, l.Export(ctx, testChain, bob(t), Query{}, JSON, &empty)); empty.String() != "[]\n" {
		t.Errorf("nothing: %q", empty.String())
	}
	if err := l.Export(ctx, testChain, bob(t), Query{}, "xml", &empty); err == nil {
		t.Error("an unknown format was written")
	}
}

// A stranger's memo must not become a formula.
func TestMemosAreHarmless(t *testing.T) {
	for memo, want := range map[string]string{"=1+1": "'=1+1", "@x": "'@x", "-2": "'-2", "hi = you": "hi = you", "": ""} {
		if got := harmless(memo); got != want {
			t.Errorf("%q: %q", memo, got)
		}
	}
}

// largeLog has 100,000 entries.
func largeLog(b testing.TB) *Log {
	b.Helper()
	l, err := Open(context.Background(), filepath.Join(b.TempDir(), "large.db"))
	ok(b, err)
	b.Cleanup(func() { l.Close() })
	fill(b, l, alice(b), 100_000)
	return l
}

// BenchmarkSearch searches 100,000 entries, one page and how many there are.
func BenchmarkSearch(b *testing.B) {
	l, ctx := largeLog(b), context.Background()
	for name, text := range map[string]string{
		"one": "invoice 54321", "some": "customer55", "all": "i", "kind": "bought ozone", "nothing": "zebra", "list": "",
	} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				q := Query{Text: text, Limit: 50}
				if _, err := l.Find(ctx, testChain, alice(b), q); err != nil {
					b.Fatal(err)
				}
				if _, err := l.Count(ctx, testChain, alice(b), q); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
