package stratos

import (
	"errors"
	"fmt"
	"math/big"
	"strings"
)

// Denominations. Only wei exists on the chain.
const (
	Wei  = "wei"
	Gwei = "gwei" // 10^9 wei
	STOS = "stos" // 10^18 wei
)

var decimals = map[string]int{Wei: 0, Gwei: 9, STOS: 18}

// ErrAmount is wrapped by every error about text that is not an amount.
var ErrAmount = errors.New("not an amount")

// Amount is a number of wei, never negative. The zero value is zero.
type Amount struct{ wei big.Int }

// NewAmount returns wei as an amount. It panics when wei is negative.
func NewAmount(wei *big.Int) Amount {
	if wei.Sign() < 0 {
		panic("stratos: negative amount")
	}
	var a Amount
	a.wei.Set(wei)
	return a
}

// WeiAmount returns wei as an amount.
func WeiAmount(wei uint64) Amount { return NewAmount(new(big.Int).SetUint64(wei)) }

// ParseWei reads a decimal integer of wei.
func ParseWei(text string) (Amount, error) { return ParseDecimal(text, Wei) }

// ParseAmount reads "1.5stos", "10gwei" or "7wei", with at most one space
// before the unit.
func ParseAmount(text string) (Amount, error) {
	at := strings.IndexFunc(text, func(r rune) bool { return r >= 'a' && r <= 'z' })
	if at < 0 {
		return Amount{}, fmt.Errorf("%w: %q has no unit, write for example 1.5stos", ErrAmount, text)
	}
	number, unit := strings.TrimSuffix(text[:at], " "), text[at:]
	if _, known := decimals[unit]; !known {
		return Amount{}, fmt.Errorf("%w: unknown unit %q, use stos, gwei or wei", ErrAmount, unit)
	}
	return ParseDecimal(number, unit)
}

// ParseDecimal reads a plain decimal number of unit. Signs, exponents,
// commas and more decimals than the unit has are errors.
func ParseDecimal(number, unit string) (Amount, error) {
	places, known := decimals[unit]
	if !known {
		return Amount{}, fmt.Errorf("%w: unknown unit %q", ErrAmount, unit)
	}
	whole, fraction, dot := strings.Cut(number, ".")
	if whole == "" || (dot && fraction == "") || !digitsOnly(whole) || !digitsOnly(fraction) {
		return Amount{}, fmt.Errorf("%w: %q is not a plain decimal number", ErrAmount, number)
	}
	if len(fraction) > places {
		return Amount{}, fmt.Errorf("%w: %s has at most %d decimals", ErrAmount, unit, places)
	}
	if len(whole) > 80 {
		return Amount{}, fmt.Errorf("%w: too large", ErrAmount)
	}
	wei, ok := new(big.Int).SetString(whole+fraction+strings.Repeat("0", places-len(fraction)), 10)
	if !ok || wei.BitLen() > 256 {
		return Amount{}, fmt.Errorf("%w: too large", ErrAmount)
	}
	return NewAmount(wei), nil
}

func digitsOnly(s string) bool {
	return strings.Trim(s, "0123456789") == ""
}

// Wei returns the number of wei as a new integer.
func (a Amount) Wei() *big.Int { return new(big.Int).Set(&a.wei) }

// String returns the decimal number of wei.
func (a Amount) String() string { return a.wei.String() }

// Format returns the exact decimal number of unit without trailing zeros.
// It panics for an unknown unit.
func (a Amount) Format(unit string) string {
	places, known := decimals[unit]
	if !known {
		panic("stratos: unknown unit " + unit)
	}
	digits := a.wei.String()
	if pad := places + 1 - len(digits); pad > 0 {
		digits = strings.Repeat("0", pad) + digits
	}
	whole, fraction := digits[:len(digits)-places], strings.TrimRight(digits[len(digits)-places:], "0")
	if fraction == "" {
		return whole
	}
	return whole + "." + fraction
}

// IsZero tells whether the amount is zero.
func (a Amount) IsZero() bool { return a.wei.Sign() == 0 }

// Cmp compares like [big.Int.Cmp].
func (a Amount) Cmp(b Amount) int { return a.wei.Cmp(&b.wei) }

// Add returns a + b.
func (a Amount) Add(b Amount) Amount {
	var sum Amount
	sum.wei.Add(&a.wei, &b.wei)
	return sum
}

// Sub returns a - b; ok is false, and the result zero, when b is larger.
func (a Amount) Sub(b Amount) (difference Amount, ok bool) {
	if a.Cmp(b) < 0 {
		return Amount{}, false
	}
	difference.wei.Sub(&a.wei, &b.wei)
	return difference, true
}

// MarshalText writes the decimal number of wei.
func (a Amount) MarshalText() ([]byte, error) { return []byte(a.String()), nil }

// UnmarshalText reads a decimal number of wei.
func (a *Amount) UnmarshalText(text []byte) error {
	parsed, err := ParseWei(string(text))
	if err != nil {
		return err
	}
	a.wei.Set(&parsed.wei)
	return nil
}
