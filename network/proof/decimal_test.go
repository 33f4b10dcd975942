package proof

import (
	"math/big"
	"strings"
	"testing"

	sdkmath "cosmossdk.io/math"
	"pgregory.net/rapid"
)

// TestDecimals: numbers round as those of the chain do, though nothing of the
// code is the same.
func TestDecimals(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		draw := func(name string) (Decimal, sdkmath.LegacyDec) {
			raw := rapid.SliceOfN(rapid.Byte(), 0, 15).Draw(t, name)
			i := new(big.Int).SetBytes(raw)
			if rapid.Bool().Draw(t, "even") { // so that halves come up
				i.Mul(i, big.NewInt(5e8))
			}
			return Decimal{new(big.Int).Set(i)}, sdkmath.LegacyNewDecFromBigIntWithPrec(i, places)
		}
		a, x := draw("a")
		b, y := draw("b")
		whole := big.NewInt(rapid.Int64Range(1, 1e18).Draw(t, "n"))
		n := sdkmath.NewIntFromBigInt(whole)
		same := func(what string, own Decimal, theirs sdkmath.LegacyDec) {
			if own.i.Cmp(theirs.BigInt()) != 0 {
				t.Errorf("%s: %s instead of %s", what, own, theirs)
			}
		}
		same("times", a.times(b), x.Mul(y))
		same("times n", a.timesWhole(whole), x.MulInt(n))
		same("over n", a.overWhole(whole), x.QuoInt(n))
		if b.i.Sign() > 0 {
			same("over", a.over(b), x.Quo(y))
		}
		if got, want := a.Floor(), x.TruncateInt().BigInt(); got.Cmp(want) != 0 {
			t.Errorf("floor %s instead of %s", got, want)
		}
		back, err := parseDecimal(x.String())
		if err != nil || back.i.Cmp(a.i) != 0 || strings.TrimSuffix(strings.TrimRight(x.String(), "0"), ".") != a.String() && a.i.Sign() > 0 {
			t.Errorf("%s is written %s: %v", x, a, err)
		}
		if d := a.minus(b); d.plus(b).i.Cmp(a.i) != 0 || d.i.Sign() < 0 && !strings.HasPrefix(d.String(), "-") {
			t.Errorf("%s - %s = %s", a, b, d)
		}
	})
}

func FuzzDecimal(f *testing.F) {
	for _, seed := range []string{"0", "1.5", "-1", "+1", "1_0", "0.0000000000000000001", ".", "", "1e5", strings.Repeat("9", 90)} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		d, err := parseDecimal(text)
		if err != nil {
			return
		}
		if again, err := parseDecimal(d.String()); err != nil || again.i.Cmp(d.i) != 0 || d.i.Sign() < 0 {
			t.Errorf("%q is %s: %v", text, d, err)
		}
	})
}
