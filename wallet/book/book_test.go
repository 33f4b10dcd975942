package book

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/internal/stratos"
)

func address(n byte) stratos.Address { return stratos.Address{n, 1, 2, 3, 19: n} }

func names(list []Entry) (out []string) {
	for _, e := range list {
		out = append(out, e.Name)
	}
	return out
}

func TestBook(t *testing.T) {
	b := Open(filepath.Join(t.TempDir(), "profile", "book.json"))
	if list, err := b.List(); err != nil || list != nil {
		t.Fatalf("%v, %v", list, err)
	}
	kraken := Entry{Address: address(3), Name: " Kraken ", Memo: "12345678", Exchange: true}
	err := errors.Join(b.Put(Entry{Address: address(1), Name: "bob"}), b.Put(Entry{Address: address(2), Name: "Änne"}), b.Put(kraken), b.Put(Entry{Address: address(1), Name: "Bob"}))
	if err != nil {
		t.Fatal(err)
	}
	at := time.Date(2026, 11, 22, 10, 0, 0, 0, time.UTC)
	if err := errors.Join(b.Paid(address(3), at), b.Paid(address(3), at.Add(-time.Hour)), b.Paid(address(9), at)); err != nil {
		t.Fatal(err)
	}
	again := Open(b.path)
	list, err := again.List()
	if err != nil || !slices.Equal(names(list), []string{"Bob", "Kraken", "Änne"}) {
		t.Fatalf("%v, %v", list, err)
	}
	kraken.Name, kraken.Used = "Kraken", at
	if got, known, err := again.Named("KRAKEN "); err != nil || !known || got != kraken {
		t.Errorf("%+v, %v, %v", got, known, err)
	}
	if got, known, err := again.Find(address(2)); err != nil || !known || got.Name != "Änne" {
		t.Errorf("%+v, %v", got, err)
	}
	for text, want := range map[string][]string{"ÄNN": {"Änne"}, address(1).String()[3:20]: {"Bob"}, strings.ToLower(address(3).Hex()[:20]): {"Kraken"}, "": {"Bob", "Kraken", "Änne"}, "zzz": nil} {
		if got, err := again.Search(text); err != nil || !slices.Equal(names(got), want) {
			t.Errorf("search %q: %v, %v", text, names(got), err)
		}
	}
	if err := b.Remove(address(2)); err != nil {
		t.Fatal(err)
	}
	if err := b.Remove(address(2)); !errors.Is(err, ErrUnknown) {
		t.Error(err)
	}
	if _, known, _ := b.Find(address(2)); known {
		t.Error("still there")
	}
}

func TestPutRefuses(t *testing.T) {
	b := Open(filepath.Join(t.TempDir(), "book.json"))
	if err := b.Put(Entry{Address: address(1), Name: "Anna"}); err != nil {
		t.Fatal(err)
	}
	for name, e := range map[string]Entry{
		"taken":        {Address: address(2), Name: "ANNA"},
		"no name":      {Address: address(2), Name: " "},
		"two lines":    {Address: address(2), Name: "a\nb"},
		"turned round": {Address: address(2), Name: "a\u202eb"},
		"invisible":    {Address: address(2), Name: "Anna\u200b"},
		"long":         {Address: address(2), Name: strings.Repeat("x", 101)},
		"an address":   {Address: address(2), Name: address(3).String()},
		"no address":   {Name: "x"},
		"long memo":    {Address: address(2), Name: "x", Memo: strings.Repeat("x", 257)},
	} {
		if err := b.Put(e); fault.ExitCode(err) != int(fault.WrongUse) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if list, _ := b.List(); len(list) != 1 {
		t.Errorf("%+v", list)
	}
}

func TestDamagedBookIsLeftAlone(t *testing.T) {
	path := filepath.Join(t.TempDir(), "book.json")
	b := Open(path)
	for text, want := range map[string]error{
		"": ErrDamaged, "{": ErrDamaged, "{}": ErrDamaged, `{"version":2}`: ErrNewer, `{"version":2,"entries":{"a":1}}`: ErrNewer,
		`{"version":1,"entries":[{"address":"st1x","name":"a"}]}`: ErrDamaged,
	} {
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		_, err := b.List()
		if !errors.Is(err, want) {
			t.Errorf("%q: %v", text, err)
		}
		if err := b.Put(Entry{Address: address(1), Name: "a"}); !errors.Is(err, want) {
			t.Errorf("%q: put: %v", text, err)
		}
		if raw, _ := os.ReadFile(path); string(raw) != text {
			t.Errorf("%q was overwritten", text)
		}
	}
}

// Several programs write at once: no entry is lost.
func TestWritersAtOnce(t *testing.T) {
	path := filepath.Join(t.TempDir(), "book.json")
	var group sync.WaitGroup
	for n := range 4 {
		group.Go(func() {
			for i := range 5 {
				if err := Open(path).Put(Entry{Address: address(byte(n*5 + i + 1)), Name: fmt.Sprint(n, i)}); err != nil {
					t.Error(err)
				}
			}
		})
	}
	group.Wait()
	if list, err := Open(path).List(); err != nil || len(list) != 20 {
		t.Errorf("%d entries, %v", len(list), err)
	}
}

func FuzzParse(f *testing.F) {
	raw, err := encode([]Entry{{Address: address(1), Name: "Anna", Memo: "m", Exchange: true, Used: time.Unix(5, 0).UTC()}})
	if err != nil {
		f.Fatal(err)
	}
	f.Add(raw)
	f.Fuzz(func(t *testing.T, raw []byte) {
		list, err := parse(raw)
		if err != nil {
			return
		}
		written, err := encode(list)
		if err != nil {
			return // a year that JSON cannot write
		}
		again, err := parse(written)
		if err != nil || len(again) != len(list) {
			t.Fatalf("%d entries became %d, %v", len(list), len(again), err)
		}
	})
}
