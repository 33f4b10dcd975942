package sdsmodule

import (
	"errors"

	"cosmossdk.io/math"
)

// NozRate is the deposit behind one noz, in wei: the total ozone is the
// effective deposit divided by it.
const NozRate = 1_000_000

// maxPrepayBits keeps the product below inside the range of decimals; all coins
// of the chain are 87 bits of wei.
const maxPrepayBits = 120

var errNotEnoughOzone = errors.New("not enough remaining ozone limit")

// Market is what the price of ozone follows from.
type Market struct {
	Deposit   math.Int // effective deposit of all nodes, wei
	Unissued  math.Int // prepaid and not yet paid out, wei
	Remaining math.Int // ozone left to sell, noz
}

// Price is wei per noz, with 18 decimals: (deposit + unissued) / remaining.
// It is zero when nothing is left.
func (m Market) Price() math.LegacyDec {
	if !m.Remaining.IsPositive() {
		return math.LegacyZeroDec()
	}
	return m.Deposit.Add(m.Unissued).ToLegacyDec().Quo(m.Remaining.ToLegacyDec())
}

// Buy returns how much noz a prepay of wei buys:
// floor(remaining * wei / (deposit + unissued + wei)), with 18 decimals inside.
func (m Market) Buy(wei math.Int) (math.Int, error) {
	if wei.IsNegative() || wei.BigInt().BitLen() > maxPrepayBits {
		return math.Int{}, errors.New("no such amount of coins exists")
	}
	all := m.Deposit.Add(m.Unissued).Add(wei)
	if !all.IsPositive() {
		return math.Int{}, errNotEnoughOzone
	}
	bought := m.Remaining.ToLegacyDec().Mul(wei.ToLegacyDec()).Quo(all.ToLegacyDec()).TruncateInt()
	if bought.GT(m.Remaining) {
		return math.Int{}, errNotEnoughOzone
	}
	return bought, nil
}

// Total is the ozone that exists, sold or not, in noz.
func (m Market) Total() math.Int { return m.Deposit.QuoRaw(NozRate) }
