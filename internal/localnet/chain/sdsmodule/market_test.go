package sdsmodule

import (
	"math/big"
	"testing"

	"cosmossdk.io/math"
	"pgregory.net/rapid"
)

func stos(n int64) math.Int {
	return math.NewIntFromBigInt(new(big.Int).Mul(big.NewInt(n), big.NewInt(1e18)))
}

// The numbers were recorded on the real chain with a deposit of 10 000 STOS.
func TestRecordedPurchases(t *testing.T) {
	m := Market{Deposit: stos(10_000), Unissued: math.ZeroInt(), Remaining: math.NewInt(1e16)}
	if price := m.Price(); !price.Equal(math.LegacyNewDec(1_000_000)) {
		t.Errorf("the first price is %s", price)
	}
	for _, p := range []struct{ stos, noz int64 }{{1, 999_900_009_999}, {2, 1_999_200_259_920}, {1, 999_300_369_825}} {
		bought, err := m.Buy(stos(p.stos))
		if err != nil || !bought.Equal(math.NewInt(p.noz)) {
			t.Errorf("%d STOS buy %s, recorded %d, %v", p.stos, bought, p.noz, err)
		}
		m.Remaining, m.Unissued = m.Remaining.Sub(bought), m.Unissued.Add(stos(p.stos))
	}
	if !m.Total().Equal(math.NewInt(1e16)) {
		t.Errorf("%s noz exist", m.Total())
	}
}

func amount(t *rapid.T, name string, bits int) math.Int {
	raw := rapid.SliceOfN(rapid.Byte(), 0, bits/8).Draw(t, name)
	return math.NewIntFromBigInt(new(big.Int).SetBytes(raw))
}

// A purchase never exceeds what is left, is what integers say to within the
// last digit, and makes the next one dearer.
func TestPurchases(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := Market{Deposit: amount(t, "deposit", 88), Unissued: amount(t, "unissued", 88), Remaining: amount(t, "remaining", 64)}
		wei := amount(t, "wei", 88)
		all := m.Deposit.Add(m.Unissued).Add(wei)
		bought, err := m.Buy(wei)
		if all.IsZero() {
			if err == nil {
				t.Fatal("bought in a market without money")
			}
			return
		}
		if err != nil || bought.IsNegative() || bought.GT(m.Remaining) {
			t.Fatalf("bought %s of %s, %v", bought, m.Remaining, err)
		}
		exact := m.Remaining.Mul(wei).Quo(all)
		if d := bought.Sub(exact); d.IsNegative() || d.GT(math.OneInt()) {
			t.Fatalf("bought %s, exact %s", bought, exact)
		}
		next := Market{Deposit: m.Deposit, Unissued: m.Unissued.Add(wei), Remaining: m.Remaining.Sub(bought)}
		if next.Remaining.IsPositive() && next.Price().LT(m.Price()) {
			t.Fatalf("the price falls from %s to %s", m.Price(), next.Price())
		}
	})
}

func TestImpossiblePurchases(t *testing.T) {
	m := Market{Deposit: stos(1), Unissued: math.ZeroInt(), Remaining: math.NewInt(1e12)}
	huge := math.NewIntFromBigInt(new(big.Int).Lsh(big.NewInt(1), 200))
	for _, wei := range []math.Int{math.NewInt(-1), huge} {
		if _, err := m.Buy(wei); err == nil {
			t.Errorf("bought for %s", wei)
		}
	}
	if price := (Market{Deposit: stos(1), Unissued: math.ZeroInt(), Remaining: math.ZeroInt()}).Price(); !price.IsZero() {
		t.Errorf("sold out at %s", price)
	}
}
