package say

import (
	"math/big"
	"strings"

	"fyne.io/fyne/v2/lang"

	"github.com/stratosdrive/stratosdrive/ui/language"
)

// Decimal is an amount that can write itself as an exact decimal number of a
// unit; the amounts of package app are.
type Decimal interface{ Format(unit string) string }

const stos = "stos"

// STOS says an amount exactly, in groups: "1,284.372 STOS".
func STOS(a Decimal) string { return write(a.Format(stos)) + " STOS" }

// Figure says an amount for a large figure, without its unit and with at most
// three decimals, never more than there is: "1,284.372".
func Figure(a Decimal) string {
	whole, fraction := split(a.Format(stos))
	if tail := cut(fraction, 3); tail != "" || fraction == "" || whole != "0" {
		return write(join(whole, tail))
	}
	return write(join(whole, cut(fraction, 9))) // tiny amounts are not nothing
}

// Fee says what something costs, rounded up at six decimals: "0.000095 STOS".
func Fee(a Decimal) string {
	whole, fraction := split(a.Format(stos))
	if len(fraction) <= 6 {
		return write(join(whole, fraction)) + " STOS"
	}
	n, ok := new(big.Int).SetString(whole+fraction[:6], 10)
	if !ok {
		return STOS(a)
	}
	return write(scaled(n.Add(n, big.NewInt(1)), 6)) + " STOS"
}

// Rest says what is left, rounded down at six decimals: "921.831905 STOS".
func Rest(a Decimal) string {
	whole, fraction := split(a.Format(stos))
	return write(join(whole, cut(fraction, 6))) + " STOS"
}

// Signed says an amount that came or went: "+ 250 STOS", "- 12.5 STOS".
func Signed(a Decimal, incoming bool) string {
	if incoming {
		return "+ " + Figure(a) + " STOS"
	}
	return "- " + Figure(a) + " STOS"
}

// Ozone says a decimal number of noz as ozone, with about three figures that
// matter: "212.6", "0.42", "1,204". Text that is no number says "0".
func Ozone(noz string) string {
	n, ok := new(big.Int).SetString(noz, 10)
	if !ok || n.Sign() <= 0 {
		return "0"
	}
	whole, fraction := split(scaled(n, 9))
	keep := 1
	switch {
	case len(whole) > 3:
		keep = 0
	case whole == "0":
		keep = len(fraction) - len(strings.TrimLeft(fraction, "0")) + 2
	case len(whole) == 1:
		keep = 2
	}
	return write(join(whole, cut(fraction, keep)))
}

// OzoneNamed is Ozone with the word: "212.6 ozone".
func OzoneNamed(noz string) string {
	return lang.L("{{.Amount}} ozone", map[string]any{"Amount": Ozone(noz)})
}

// write writes a decimal number the way the language does.
func write(decimal string) string { return language.Now().Number(decimal) }

// scaled is n divided by 10^places, with a point.
func scaled(n *big.Int, places int) string {
	digits := n.String()
	if pad := places + 1 - len(digits); pad > 0 {
		digits = strings.Repeat("0", pad) + digits
	}
	whole, fraction := digits[:len(digits)-places], digits[len(digits)-places:]
	return join(whole, strings.TrimRight(fraction, "0"))
}

func split(decimal string) (whole, fraction string) {
	whole, fraction, _ = strings.Cut(decimal, ".")
	return whole, fraction
}

func join(whole, fraction string) string {
	if fraction == "" {
		return whole
	}
	return whole + "." + fraction
}

func cut(fraction string, places int) string {
	if len(fraction) > places {
		fraction = fraction[:places]
	}
	return strings.TrimRight(fraction, "0")
}
