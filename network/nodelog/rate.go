package nodelog

import (
	"math/big"
	"slices"
)

// Basis tells where it is known from how many noz a byte counts.
type Basis string

// Where it is known from.
const (
	Told     Basis = "told"     // the network's description
	Measured Basis = "measured" // earlier epochs of the log
)

// How many epochs are compared, at the least and at the most.
const (
	fewestMeasured = 3
	mostMeasured   = 20
)

// NozPerByte measures how many noz of a volume report a byte stood for, by the
// newest epochs before one in which all watched nodes of the wallet were heard
// all the time. The chain counts noz only, and what a byte counts is decided
// inside the storage network, so nothing but such a comparison tells it. It is
// nil while fewer than three epochs with traffic can be compared.
func (l *Log) NozPerByte(before int64) *big.Rat {
	noz, bytes, compared := new(big.Int), new(big.Int), 0
	for _, e := range slices.Backward(l.Epochs) {
		volume, ok := new(big.Int).SetString(e.Volume, 10)
		if e.Number >= before || !e.Whole || e.Shared <= 0 || !ok {
			continue
		}
		noz.Add(noz, volume)
		bytes.Add(bytes, big.NewInt(e.Shared))
		if compared++; compared == mostMeasured {
			break
		}
	}
	if compared < fewestMeasured {
		return nil
	}
	return new(big.Rat).SetFrac(noz, bytes)
}

// Stand is what bytes stand for at a rate, in whole noz.
func Stand(bytes int64, rate *big.Rat) *big.Int {
	noz := new(big.Int).Mul(big.NewInt(bytes), rate.Num())
	return noz.Quo(noz, rate.Denom())
}
