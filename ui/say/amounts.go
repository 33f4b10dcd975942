package say

import (
	"math/big"
	"strings"

	"fyne.io/fyne/v2/lang"
)

// Decimal is an amount that can write itself as an exact decimal number of a
// unit; the amounts of package app are.
type Decimal interface{ Format(unit string) string }

const stos = "stos"

// STOS says an amount exactly, in groups: "1,284.372 STOS".
func STOS(a Decimal) string { return group(a.Format(stos)) + " STOS" }

// Figure says an amount for a large figure, without its unit and with at most
// three decimals, never more than there is: "1,284.372".
func Figure(a Decimal) string {
	whole, fraction := split(a.Format(stos))
	if tail := cut(fraction, 3); tail != "" || fraction == "" || whole != "0" {
		return join(group(whole), tail)
	}
	return join(whole, cut(fraction, 9)) // tiny amounts are not nothing
}

// Fee says what something costs, rounded up at six decimals: "0.000095 STOS".
func Fee(a Decimal) string {
	whole, fraction := split(a.Format(stos))
	if len(fraction) <= 6 {
		return join(group(whole), fraction) + " STOS"
	}
	n, ok := new(big.Int).SetString(whole+fraction[:6], 10)
	if !ok {
		return STOS(a)
	}
	return scaled(n.Add(n, big.NewInt(1)), 6) + " STOS"
}

// Rest says what is left, rounded down at six decimals: "921.831905 STOS".
func Rest(a Decimal) string {
	whole, fraction := split(a.Format(stos))
	return join(group(whole), cut(fraction, 6)) + " STOS"
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
	switch plain := strings.ReplaceAll(whole, ",", ""); {
	case len(plain) > 3:
		keep = 0
	case plain == "0":
		keep = len(fraction) - len(strings.TrimLeft(fraction, "0")) + 2
	case len(plain) == 1:
		keep = 2
	}
	return join(whole, cut(fraction, keep))
}

// OzoneNamed is Ozone with the word: "212.6 ozone".
func OzoneNamed(noz string) string {
	return lang.L("{{.Amount}} ozone", map[string]any{"Amount": Ozone(noz)})
}

// scaled writes n divided by 10^places, in groups.
func scaled(n *big.Int, places int) string {
	digits := n.String()
	if pad := places + 1 - len(digits); pad > 0 {
		digits = strings.Repeat("0", pad) + digits
	}
	whole, fraction := digits[:len(digits)-places], digits[len(digits)-places:]
	return join(group(whole), strings.TrimRight(fraction, "0"))
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

// group puts commas between thousands of the whole part.
func group(decimal string) string {
	whole, fraction := split(decimal)
	var b strings.Builder
	for i, digit := range whole {
		if i > 0 && (len(whole)-i)%3 == 0 {
			b.WriteByte(',')
		}
		b.WriteRune(digit)
	}
	return join(b.String(), fraction)
}
