package proof

import (
	"fmt"
	"math/big"
	"strings"
)

// Decimal is a number with 18 decimals, as the chain counts inside a formula.
type Decimal struct{ i *big.Int } // the number times 10^18

const places = 18

var (
	one  = new(big.Int).Exp(big.NewInt(10), big.NewInt(places), nil)
	half = new(big.Int).Quo(one, big.NewInt(2))
)

func whole(n *big.Int) Decimal { return Decimal{new(big.Int).Mul(n, one)} }

// IsZero tells whether it is nothing at all.
func (d Decimal) IsZero() bool { return d.i.Sign() == 0 }

// Atoms is the number times 10^18.
func (d Decimal) Atoms() *big.Int { return new(big.Int).Set(d.i) }

// Floor cuts the decimals off; numbers here are never negative.
func (d Decimal) Floor() *big.Int { return new(big.Int).Quo(d.i, one) }

func (d Decimal) plus(e Decimal) Decimal  { return Decimal{new(big.Int).Add(d.i, e.i)} }
func (d Decimal) minus(e Decimal) Decimal { return Decimal{new(big.Int).Sub(d.i, e.i)} }

// times rounds to the nearest, halves to even.
func (d Decimal) times(e Decimal) Decimal { return Decimal{nearest(new(big.Int).Mul(d.i, e.i))} }

// over cuts at 36 decimals, then rounds as times does. e is not zero.
func (d Decimal) over(e Decimal) Decimal {
	up := new(big.Int).Mul(d.i, one)
	return Decimal{nearest(up.Quo(up.Mul(up, one), e.i))}
}

// overWhole cuts at 18 decimals. n is not zero.
func (d Decimal) overWhole(n *big.Int) Decimal { return Decimal{new(big.Int).Quo(d.i, n)} }

func (d Decimal) timesWhole(n *big.Int) Decimal { return Decimal{new(big.Int).Mul(d.i, n)} }

// nearest divides by 10^18.
func nearest(n *big.Int) *big.Int {
	quotient, rest := new(big.Int).QuoRem(n, one, new(big.Int))
	switch c := rest.Cmp(half); {
	case c > 0, c == 0 && quotient.Bit(0) == 1:
		quotient.Add(quotient, big.NewInt(1))
	}
	return quotient
}

// round is the nearest whole number.
func (d Decimal) round() *big.Int { return nearest(d.i) }

// String writes all decimals that matter.
func (d Decimal) String() string {
	sign, abs := "", new(big.Int).Abs(d.i)
	if d.i.Sign() < 0 {
		sign = "-"
	}
	number, rest := new(big.Int).QuoRem(abs, one, new(big.Int))
	text := fmt.Sprintf("%s%s.%018s", sign, number, rest)
	return strings.TrimSuffix(strings.TrimRight(text, "0"), ".")
}

// longest is how many digits a number of a chain may have.
const longest = 80

func parseDecimal(text string) (Decimal, error) {
	before, after, _ := strings.Cut(text, ".")
	digits := before + after + strings.Repeat("0", max(0, places-len(after)))
	if len(after) > places {
		return Decimal{}, fmt.Errorf("%q has too many decimals", text)
	}
	n, err := parseWhole(digits)
	return Decimal{n}, err
}

func parseWhole(text string) (*big.Int, error) {
	n, ok := new(big.Int).SetString(text, 10)
	if !ok || len(text) > longest || strings.Trim(text, "0123456789") != "" {
		return nil, fmt.Errorf("%.90q is no number", text)
	}
	return n, nil
}
