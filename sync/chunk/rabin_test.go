package chunk

import (
	"bytes"
	"errors"
	"io"
	"math/rand"
	"slices"
	"testing"
	"testing/iotest"

	"github.com/restic/chunker"
)

// The cuts are those of restic's chunker, which the format names. Every way to
// read and every kind of content gives them.
func TestCutsAreThoseOfTheFormat(t *testing.T) {
	const size = 1 << 20
	rng := rand.New(rand.NewSource(3))
	text := bytes.Repeat([]byte("a line of text that comes again and again\n"), size/40)
	mixed := append(append(noise(size/2), make([]byte, size/3)...), noise(size/5)...)
	for range 16 {
		pol, err := chunker.DerivePolynomial(rng)
		if err != nil {
			t.Fatal(err)
		}
		r, err := newRabin(pol)
		if err != nil {
			t.Fatal(err)
		}
		least, most := 65+rng.Intn(50_000), 50_100+rng.Intn(200_000)
		average := 1 + rng.Intn(20)
		for name, p := range map[string][]byte{"noise": noise(size), "zeros": make([]byte, size), "text": text, "mixed": mixed, "short": noise(rng.Intn(2 * least)), "empty": nil} {
			p = p[:len(p)-rng.Intn(1+len(p)/50)]
			want, got := theirs(t, pol, p, least, most, average), ours(t, r, iotest.OneByteReader(bytes.NewReader(p[:min(len(p), 1000)])), p, least, most, average)
			if !slices.Equal(got, want) {
				t.Fatalf("%s of %d bytes, %d to %d, %d bits: %d cuts, want %d", name, len(p), least, most, average, len(got), len(want))
			}
		}
	}
}

// The polynomial of a drive is the one that restic's library finds.
func TestPolynomialIsThatOfTheFormat(t *testing.T) {
	stream := make([]byte, 8*20_000)
	rand.New(rand.NewSource(5)).Read(stream)
	a, b := bytes.NewReader(stream), bytes.NewReader(stream)
	for range 50 {
		want, err := chunker.DerivePolynomial(a)
		if err != nil {
			t.Fatal(err)
		}
		got, err := derive(b)
		if err != nil || got != want || a.Len() != b.Len() {
			t.Fatalf("derived %v, %v; want %v", got, err, want)
		}
	}
	if _, err := derive(bytes.NewReader(nil)); err == nil {
		t.Error("an empty stream gave a polynomial")
	}
}

func theirs(t *testing.T, pol chunker.Pol, p []byte, least, most, average int) (sizes []int) {
	t.Helper()
	ch := chunker.NewWithBoundaries(bytes.NewReader(p), pol, uint(least), uint(most))
	ch.SetAverageBits(average)
	buf := make([]byte, most)
	for {
		c, err := ch.Next(buf)
		if errors.Is(err, io.EOF) {
			return sizes
		}
		if err != nil {
			t.Fatal(err)
		}
		sizes = append(sizes, len(c.Data))
	}
}

func ours(t *testing.T, r *rabin, slowly io.Reader, p []byte, least, most, average int) (sizes []int) {
	t.Helper()
	at := 0
	s := &stream{src: io.MultiReader(slowly, bytes.NewReader(p[min(len(p), 1000):]))}
	for {
		c, err := s.next(r, least, most, 1<<average-1)
		if err != nil {
			t.Fatal(err)
		}
		if len(c) == 0 {
			return sizes
		}
		if !bytes.Equal(c, p[at:at+len(c)]) {
			t.Fatal("other bytes at", at)
		}
		at += len(c)
		sizes = append(sizes, len(c))
	}
}

func TestOtherPolynomialsAreRefused(t *testing.T) {
	if _, err := newRabin(chunker.Pol(1<<40 | 1)); err == nil {
		t.Error("taken")
	}
}
