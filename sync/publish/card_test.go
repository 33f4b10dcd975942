package publish

import (
	"bytes"
	"errors"
	"strings"
	"testing"
)

func TestCardRoundTrip(t *testing.T) {
	want := Card{Title: "  Harbour\u202e at\n dawn ", Seconds: 61.5, Bytes: 9, Width: 640, Height: 360, Poster: []byte{1, 2, 3}}
	raw, err := want.Encode()
	if err != nil {
		t.Fatal(err)
	}
	got, err := ParseCard(raw)
	if err != nil || got.Title != "Harbour at dawn" || got.Seconds != 61.5 || !bytes.Equal(got.Poster, want.Poster) || got.Version != 1 {
		t.Fatal(got, err)
	}
	want.Poster = make([]byte, MaxCard)
	if _, err := want.Encode(); !errors.Is(err, ErrTooLarge) {
		t.Error(err)
	}
}

func TestHostileCards(t *testing.T) {
	for text, want := range map[string]error{
		"": ErrDamaged, "[]": ErrDamaged, "{}": ErrDamaged, `{"version":2}`: ErrNewer, `{"version":1,"bytes":-1}`: ErrDamaged,
		`{"version":1,"seconds":-1}`: ErrDamaged, `{"version":1,"width":99999}`: ErrDamaged, strings.Repeat(" ", MaxCard+1): ErrDamaged,
	} {
		if _, err := ParseCard([]byte(text)); !errors.Is(err, want) {
			t.Errorf("%.30q: %v", text, err)
		}
	}
	c, err := ParseCard([]byte(`{"version":1,"title":"` + strings.Repeat("é", 500) + `"}`))
	if err != nil || len([]rune(c.Title)) != MaxTitle {
		t.Error(err, len(c.Title))
	}
}

func TestStreamLinks(t *testing.T) {
	l, err := NewStreamLink("sds://abcdef_0123", "sds://card0123")
	if err != nil || l.String() != "stos://abcdef_0123?card=card0123" {
		t.Fatal(l, err)
	}
	if back, err := ParseStreamLink(" " + l.String() + "\n"); err != nil || back != l {
		t.Error(back, err)
	}
	for _, text := range []string{"sds://abcdef?card=abcdef", "stos://abcdef#x", "stos://abcdef?card=", "stos://a/b/cdef?card=abcdef", "stos://abcdef?card=abc&def"} {
		if _, err := ParseStreamLink(text); !errors.Is(err, ErrLink) {
			t.Errorf("%q: %v", text, err)
		}
	}
}

func FuzzCard(f *testing.F) {
	raw, _ := Card{Title: "x", Poster: []byte{1}}.Encode()
	f.Add(raw)
	f.Fuzz(func(t *testing.T, raw []byte) {
		c, err := ParseCard(raw)
		if err != nil {
			return
		}
		again, err := c.Encode()
		if err != nil && !errors.Is(err, ErrTooLarge) {
			t.Fatal(err)
		}
		if back, perr := ParseCard(again); err == nil && (perr != nil || back.Title != c.Title) {
			t.Fatal(back, perr)
		}
	})
}
