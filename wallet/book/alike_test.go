package book

import (
	"math/rand/v2"
	"os"
	"strings"
	"testing"

	"github.com/btcsuite/btcd/btcutil/bech32"
	"pgregory.net/rapid"

	"github.com/stratosdrive/stratosdrive/internal/stratos"
)

const charset = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"

// pairs is how many are tried: a million with STOS_NIGHTLY=1.
func pairs() int {
	if os.Getenv("STOS_NIGHTLY") != "" {
		return 1_000_000
	}
	return 30_000
}

func randomAddress(r *rand.Rand) (a stratos.Address) {
	for i := range a {
		a[i] = byte(r.Uint32())
	}
	return a
}

// hexTwin shares the first and the last four digits with a.
func hexTwin(r *rand.Rand, a stratos.Address) stratos.Address {
	twin := randomAddress(r)
	copy(twin[:2], a[:2])
	copy(twin[18:], a[18:])
	return twin
}

// bechTwins shares the first and the last four characters of the st1 form. The
// last six are a check sum over the rest, which is linear: what one character
// of the address changes in it is known, so the four characters are solved for
// instead of searched.
type bechTwins struct{ effect [20]uint32 } // of each of 20 bits of the address on the last 20 bits of the check sum

// Positions of the characters that are used to correct the check sum.
const correctAt = 8

func checksumEnd(data []byte) uint32 {
	text, err := bech32.Encode(stratos.PrefixAccount, data)
	if err != nil {
		panic(err)
	}
	end := uint32(0)
	for _, c := range text[len(text)-4:] {
		end = end<<5 | uint32(strings.IndexRune(charset, c))
	}
	return end
}

func newBechTwins() *bechTwins {
	b := &bechTwins{}
	zero := checksumEnd(make([]byte, 32))
	for bit := range b.effect {
		data := make([]byte, 32)
		data[correctAt+bit/5] = 1 << (bit % 5)
		b.effect[bit] = checksumEnd(data) ^ zero
	}
	return b
}

// twin of a, which differs in between.
func (b *bechTwins) twin(r *rand.Rand, a stratos.Address) (stratos.Address, bool) {
	data, err := bech32.ConvertBits(a[:], 8, 5, true)
	if err != nil {
		panic(err)
	}
	want := checksumEnd(data)
	for i := 4; i < len(data); i++ {
		data[i] = byte(r.IntN(32))
	}
	for bit, on := range b.solve(checksumEnd(data) ^ want) {
		if on {
			data[correctAt+bit/5] ^= 1 << (bit % 5)
		}
	}
	raw, err := bech32.ConvertBits(data, 5, 8, false)
	if err != nil {
		return stratos.Address{}, false
	}
	return stratos.Address(raw), true
}

// solve finds bits whose effects add up to target, by elimination.
func (b *bechTwins) solve(target uint32) (bits [20]bool) {
	var rows [20]struct{ effect, from uint32 }
	for i, e := range b.effect {
		from := uint32(1) << i
		for k := 19; k >= 0; k-- {
			if e>>k&1 == 0 {
				continue
			}
			if rows[k].effect == 0 {
				rows[k].effect, rows[k].from = e, from
				break
			}
			e, from = e^rows[k].effect, from^rows[k].from
		}
	}
	chosen := uint32(0)
	for k := 19; k >= 0; k-- {
		if target>>k&1 == 1 {
			target, chosen = target^rows[k].effect, chosen^rows[k].from
		}
	}
	for i := range bits {
		bits[i] = chosen>>i&1 == 1
	}
	return bits
}

// alike tells whether two addresses are pointed out.
func alike(a, b stratos.Address) bool {
	return len(NewChecker(Known{Address: a, Source: InBook}).Check(b).Alike) > 0
}

func TestTwinsArePointedOut(t *testing.T) {
	seed := uint64(7)
	t.Logf("seed %d, %d pairs", seed, pairs())
	r := rand.New(rand.NewPCG(seed, 4))
	makeTwin := newBechTwins()
	missed := [2]int{}
	made := [2]int{}
	for i := range pairs() {
		a := randomAddress(r)
		b := hexTwin(r, a)
		if i%2 == 0 {
			var ok bool
			if b, ok = makeTwin.twin(r, a); !ok {
				t.Fatal("twin is no address")
			}
			x, y := a.String(), b.String()
			if x[:7] != y[:7] || x[len(x)-4:] != y[len(y)-4:] {
				t.Fatalf("%s and %s are no twins", x, y)
			}
		}
		made[i%2]++
		if a != b && !alike(a, b) {
			missed[i%2]++
		}
	}
	t.Logf("missed %d of %d st1 twins, %d of %d 0x twins", missed[0], made[0], missed[1], made[1])
	if sum := missed[0] + missed[1]; sum*1000 > pairs() {
		t.Errorf("%d of %d missed", sum, pairs())
	}
}

func TestStrangersAreNot(t *testing.T) {
	seed := uint64(8)
	t.Logf("seed %d, %d pairs", seed, pairs())
	r := rand.New(rand.NewPCG(seed, 4))
	for range pairs() {
		if a, b := randomAddress(r), randomAddress(r); alike(a, b) {
			t.Errorf("%s and %s are pointed out", a, b)
		}
	}
}

func TestReport(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 1))
	friend, shop, own := randomAddress(r), randomAddress(r), randomAddress(r)
	thief, ownTwin, shopTwin := hexTwin(r, friend), hexTwin(r, own), hexTwin(r, shop)
	c := NewChecker(Known{friend, "Anna", InBook}, Known{shop, "", Paid}, Known{own, "Savings", Own}, Known{thief, "", Sender})
	for name, want := range map[string]struct {
		to    stratos.Address
		first bool
		from  Source
		alike []stratos.Address
	}{
		"a friend":              {friend, false, InBook, nil},
		"paid before":           {shop, false, Paid, nil},
		"own":                   {own, false, Own, nil},
		"sent a trifle":         {thief, true, Sender, []stratos.Address{friend}},
		"twin of an own":        {ownTwin, true, Unknown, []stratos.Address{own}},
		"twin of a payee":       {shopTwin, true, Unknown, []stratos.Address{shop}},
		"twin of two":           {hexTwin(r, friend), true, Unknown, []stratos.Address{friend, thief}},
		"a stranger":            {randomAddress(r), true, Unknown, nil},
		"looks alike elsewhere": {stratos.Address{9: 1}, true, Unknown, nil},
	} {
		got := c.Check(want.to)
		if got.FirstTime != want.first || got.Known.Source != want.from || len(got.Alike) != len(want.alike) {
			t.Errorf("%s: %+v", name, got)
			continue
		}
		for i, a := range want.alike {
			if got.Alike[i].Address != a {
				t.Errorf("%s: %+v", name, got.Alike)
			}
		}
		if got.Sentence().Empty() != (len(want.alike) == 0) {
			t.Errorf("%s: %q", name, got.Sentence())
		}
	}
	if s := c.Check(thief).Sentence(); !strings.Contains(s.String(), "not Anna") {
		t.Error(s)
	}
	c.Add(Known{thief, "", Paid})
	c.Add(Known{thief, "", Sender})
	if got := c.Check(thief); got.Known.Source != Paid || got.FirstTime || len(got.Alike) != 1 {
		t.Errorf("%+v", got)
	}
}

// Whoever is alike is so in both directions, and nobody is alike himself.
func TestAlikeIsMutual(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 0))
		a := randomAddress(r)
		b := a
		for range rapid.IntRange(0, 12).Draw(t, "changes") {
			b[r.IntN(20)] = byte(r.Uint32())
		}
		if alike(a, b) != alike(b, a) || alike(a, a) {
			t.Fatalf("%s, %s", a, b)
		}
	})
}

// TestAmongTenThousand: a twin is found among very many. How fast, tells
// [BenchmarkCheck].
func TestAmongTenThousand(t *testing.T) {
	r := rand.New(rand.NewPCG(2, 2))
	c := NewChecker()
	var known []stratos.Address
	for range 10_000 {
		known = append(known, randomAddress(r))
		c.Add(Known{Address: known[len(known)-1], Source: Paid})
	}
	for i := range 1000 {
		if got := c.Check(hexTwin(r, known[i])); len(got.Alike) != 1 {
			t.Fatalf("%+v", got)
		}
	}
}

func BenchmarkCheck(b *testing.B) {
	r := rand.New(rand.NewPCG(2, 2))
	c := NewChecker()
	for range 10_000 {
		c.Add(Known{Address: randomAddress(r), Source: Paid})
	}
	a := randomAddress(r)
	for b.Loop() {
		c.Check(a)
	}
}
