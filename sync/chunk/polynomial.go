package chunk

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	mathbits "math/bits"

	"github.com/restic/chunker"
)

// tries is how many polynomials are looked at; one of about 27 is irreducible.
const tries = 1_000_000

// derive returns the first irreducible polynomial of degree 53 in a stream. It
// is the one that restic's library finds, which the format names; that library
// takes a millisecond and more for it, and every start of the program would wait
// for that.
func derive(stream io.Reader) (chunker.Pol, error) {
	var word [8]byte
	for range tries {
		if _, err := io.ReadFull(stream, word[:]); err != nil {
			return 0, fmt.Errorf("read key stream: %w", err)
		}
		f := binary.LittleEndian.Uint64(word[:])&(1<<(degree+1)-1) | 1<<degree | 1
		if irreducible(f) {
			return chunker.Pol(f), nil
		}
	}
	return 0, errors.New("no irreducible polynomial found")
}

// irreducible reports whether a polynomial of degree 53 that is odd has no
// divisors. Since 53 is prime, x to the power of 2^53 is x, modulo f, just where
// all its divisors have degree 1 or 53 (M. O. Rabin, Probabilistic Algorithms in
// Finite Fields, 1980); x does not divide it, and x+1 does if it has an even
// number of terms.
func irreducible(f uint64) bool {
	if mathbits.OnesCount64(f)%2 == 0 {
		return false
	}
	const x = 2
	power := uint64(x)
	for range degree {
		power = square(power, f)
	}
	return power == x
}

// square returns a*a modulo f, both over two elements.
func square(a, f uint64) uint64 {
	high, low := spread(a>>32), spread(a&(1<<32-1)) // the bits from 64 on, and those below
	for i := mathbits.Len64(high); i > 0; i = mathbits.Len64(high) {
		shift := 63 + i - degree // what takes the highest bit away
		if shift >= 64 {
			high ^= f << (shift - 64)
			continue
		}
		high ^= f >> (64 - shift)
		low ^= f << shift
	}
	for i := mathbits.Len64(low); i > degree; i = mathbits.Len64(low) {
		low ^= f << (i - 1 - degree)
	}
	return low
}

// spread puts a zero between the lowest 32 bits.
func spread(a uint64) uint64 {
	a = (a | a<<16) & 0x0000ffff0000ffff
	a = (a | a<<8) & 0x00ff00ff00ff00ff
	a = (a | a<<4) & 0x0f0f0f0f0f0f0f0f
	a = (a | a<<2) & 0x3333333333333333
	return (a | a<<1) & 0x5555555555555555
}
