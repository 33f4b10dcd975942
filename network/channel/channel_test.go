package channel

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/stratosdrive/stratosdrive/internal/stratos"
)

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func person(t testing.TB, name string) stratos.PrivateKey {
	t.Helper()
	secret := sha256.Sum256([]byte(name))
	key, err := stratos.NewPrivateKey(secret[:])
	if err != nil {
		t.Fatal(err)
	}
	return key
}

const (
	share   = "sds://0123456789abcdef_0123456789_012345"
	stream  = "stos://0123456789abcdef_0123456789_012345?card=0123456789abcdef_0123456789_543210"
	private = "stos://0123456789abcdef_0123456789_012345#AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
)

func sample(t testing.TB) (File, Key) {
	t.Helper()
	key, month := NewKey(), NewID()
	film := Item{ID: NewID(), Kind: Video, Title: "Harbour", At: time.Unix(1_700_000_000, 0).UTC(), Bytes: 90e6, Seconds: 720}
	sealed, err := key.Seal(film.ID, private)
	if err != nil {
		t.Fatal(err)
	}
	film.Sealed = []Sealed{{month, sealed}}
	price, err := stratos.ParseAmount("2stos")
	if err != nil {
		t.Fatal(err)
	}
	return File{
		Owner: person(t, "artist").Address().String(), Title: "Boats", Text: "Boats of all kinds.", Poster: share,
		Changed: time.Unix(1_700_000_100, 0).UTC(),
		Items: []Item{
			film,
			{ID: NewID(), Kind: Video, Title: "Open", At: film.At, Link: stream},
			{ID: NewID(), Kind: Plain, Title: "Plan", At: film.At, Link: share},
		},
		Periods: []Period{{ID: month, From: film.At, To: film.At.AddDate(0, 1, 0), Price: price}},
	}, key
}

// A record leads to exactly the file that was published, of exactly this
// wallet.
func TestRecordLeadsToFile(t *testing.T) {
	f, _ := sample(t)
	raw, err := f.Encode()
	must(t, err)
	memo, err := NewRecord(share, raw).Memo()
	must(t, err)
	if len(memo) > MaxMemo {
		t.Fatalf("%d characters", len(memo))
	}
	record, err := ParseRecord(memo)
	must(t, err)
	artist := person(t, "artist").Address()
	got, err := Decode(raw, record, artist)
	must(t, err)
	again, err := got.Encode()
	must(t, err)
	if !bytes.Equal(again, raw) || record.Link != share {
		t.Errorf("came back as %s of %s", again, record.Link)
	}
	changed := bytes.Replace(raw, []byte("Boats"), []byte("Goats"), 1)
	if _, err := Decode(changed, record, artist); !errors.Is(err, ErrHash) {
		t.Errorf("a changed file: %v", err)
	}
	if _, err := Decode(raw, record, person(t, "thief").Address()); !errors.Is(err, ErrFile) {
		t.Errorf("of another wallet: %v", err)
	}
	newer := bytes.Replace(raw, []byte(`"version":1`), []byte(`"version":2`), 1)
	if _, err := Decode(newer, NewRecord(share, newer), artist); !errors.Is(err, ErrVersion) {
		t.Errorf("a newer file: %v", err)
	}
}

func TestFilesThatAreRefused(t *testing.T) {
	for name, spoil := range map[string]func(*File){
		"no title":         func(f *File) { f.Title = "" },
		"long title":       func(f *File) { f.Title = strings.Repeat("x", maxTitle+1) },
		"broken text":      func(f *File) { f.Text = "\xff" },
		"poster elsewhere": func(f *File) { f.Poster = "https://example.com/x.jpg" },
		"twice":            func(f *File) { f.Items[1].ID = f.Items[0].ID },
		"bad id":           func(f *File) { f.Items[0].ID = "../../x" },
		"unknown kind":     func(f *File) { f.Items[0].Kind = "program" },
		"no link":          func(f *File) { f.Items[1].Link = "" },
		"open and sealed":  func(f *File) { f.Items[0].Link = share },
		"key in the open":  func(f *File) { f.Items[1].Link = private },
		"unknown period":   func(f *File) { f.Items[0].Sealed[0].Period = NewID() },
		"large seal":       func(f *File) { f.Items[0].Sealed[0].Link = make([]byte, maxSealed+1) },
		"negative size":    func(f *File) { f.Items[0].Bytes = -1 },
		"period twice":     func(f *File) { f.Periods = append(f.Periods, f.Periods[0]) },
		"period backwards": func(f *File) { f.Periods[0].To = f.Periods[0].From },
		"grants elsewhere": func(f *File) { f.Periods[0].Grants = "stos://x" },
	} {
		f, _ := sample(t)
		spoil(&f)
		if _, err := f.Encode(); !errors.Is(err, ErrFile) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// Who paid opens what was sealed for the period; a stranger, an earlier
// period's key and a changed box do not. Neither file shows the key or the
// link.
func TestSubscription(t *testing.T) {
	f, key := sample(t)
	film, month := f.Items[0], f.Periods[0].ID
	fan, stranger := person(t, "fan"), person(t, "stranger")
	g := Grants{Owner: f.Owner, Period: month}
	must(t, g.Add(fan.Public(), key))
	must(t, g.Add(fan.Public(), NewKey())) // he has one
	raw, err := g.Encode()
	must(t, err)
	artist := person(t, "artist").Address()
	read, err := DecodeGrants(raw, artist, month)
	must(t, err)
	got, err := read.Open(fan)
	must(t, err)
	link, err := got.Open(film.ID, film.Sealed[0].Link)
	must(t, err)
	if link != private || len(read.Boxes) != 1 {
		t.Errorf("opens %s with one of %d keys", link, len(read.Boxes))
	}
	if _, err := read.Open(stranger); !errors.Is(err, ErrNoGrant) {
		t.Errorf("a stranger: %v", err)
	}
	if _, err := NewKey().Open(film.ID, film.Sealed[0].Link); !errors.Is(err, ErrClosed) {
		t.Errorf("the key of another period: %v", err)
	}
	if _, err := got.Open(f.Items[1].ID, film.Sealed[0].Link); !errors.Is(err, ErrClosed) {
		t.Errorf("as another item: %v", err)
	}
	if _, err := DecodeGrants(raw, artist, NewID()); !errors.Is(err, ErrFile) {
		t.Errorf("keys of another period: %v", err)
	}
	channel, err := f.Encode()
	must(t, err)
	for _, secret := range [][]byte{key[:], []byte(private)} {
		if bytes.Contains(raw, secret) || bytes.Contains(channel, secret) {
			t.Error("a secret lies open")
		}
	}
}

// A box that was changed in any bit, or lies in another file, opens for nobody.
func TestChangedBoxes(t *testing.T) {
	fan, key := person(t, "fan"), NewKey()
	rapid.Check(t, func(t *rapid.T) {
		g := Grants{Owner: "st1x", Period: "0123456789abcdef"}
		if err := g.Add(fan.Public(), key); err != nil {
			t.Fatal(err)
		}
		bit := rapid.IntRange(0, boxSize*8-1).Draw(t, "bit")
		g.Boxes[0].Sealed[bit/8] ^= 1 << (bit % 8)
		if _, err := g.Open(fan); !errors.Is(err, ErrClosed) {
			t.Fatalf("bit %d: %v", bit, err)
		}
	})
	g := Grants{Owner: "st1x", Period: "0123456789abcdef"}
	must(t, g.Add(fan.Public(), key))
	g.Boxes[0].For = (Grants{Owner: "st1y", Period: g.Period}).mark(fan.Public())
	g.Owner = "st1y"
	if _, err := g.Open(fan); !errors.Is(err, ErrClosed) {
		t.Errorf("in another channel: %v", err)
	}
}

func TestPaymentMemo(t *testing.T) {
	id := NewID()
	memo, err := PaymentMemo(id)
	must(t, err)
	if got, err := ParsePayment(memo); err != nil || got != id {
		t.Errorf("%q is for %q, %v", memo, got, err)
	}
	if _, err := PaymentMemo("x"); !errors.Is(err, ErrMemo) {
		t.Errorf("a bad period: %v", err)
	}
	for _, memo := range []string{"", "hello", "stos-subscribe/1", "stos-subscribe/1 x", "stos-subscribe/2 " + id, "stos-subscribe/1 " + id + " "} {
		if _, err := ParsePayment(memo); !errors.Is(err, ErrMemo) {
			t.Errorf("%q: %v", memo, err)
		}
	}
}

// Whatever somebody writes into a memo: it is refused, or it means exactly what
// it says.
func FuzzMemos(f *testing.F) {
	memo, _ := NewRecord(share, nil).Memo()
	f.Add(memo)
	f.Add("stos-subscribe/1 0123456789abcdef")
	f.Fuzz(func(t *testing.T, text string) {
		if r, err := ParseRecord(text); err == nil {
			if again, err := r.Memo(); err != nil || again != text {
				t.Errorf("%q is %q, %v", text, again, err)
			}
		}
		if period, err := ParsePayment(text); err == nil {
			if again, err := PaymentMemo(period); err != nil || again != text {
				t.Errorf("%q is %q, %v", text, again, err)
			}
		}
	})
}

// Whatever lies in a file: it is refused, or written again it is as good.
func FuzzFiles(f *testing.F) {
	file, key := sample(f)
	raw, _ := file.Encode()
	g := Grants{Owner: file.Owner, Period: file.Periods[0].ID}
	_ = g.Add(person(f, "fan").Public(), key)
	grants, _ := g.Encode()
	f.Add(raw, file.Periods[0].ID)
	f.Add(grants, file.Periods[0].ID)
	f.Fuzz(func(t *testing.T, raw []byte, period string) {
		artist := person(t, "artist")
		if file, err := Decode(raw, NewRecord(share, raw), artist.Address()); err == nil {
			if _, err := file.Encode(); err != nil {
				t.Errorf("%q cannot be written: %v", raw, err)
			}
		}
		if g, err := DecodeGrants(raw, artist.Address(), period); err == nil {
			if _, err := g.Open(artist); err != nil && !errors.Is(err, ErrNoGrant) && !errors.Is(err, ErrClosed) {
				t.Errorf("%q: %v", raw, err)
			}
		}
	})
}

// Limits count characters, whatever the script.
func TestLongWords(t *testing.T) {
	for letter, n := range map[string]int{"x": 1, "ü": 2, "船": 3} {
		if full := strings.Repeat(letter, maxTitle); !title(full) || title(full+letter) || len(full) != n*maxTitle {
			t.Errorf("%s: titles", letter)
		}
		if full := strings.Repeat(letter, maxText); !words(full) || words(full+letter) {
			t.Errorf("%s: texts", letter)
		}
	}
}
