package keys

import (
	"bytes"
	"encoding/hex"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/internal/stratos"
)

// ParseRaw reads a private key of 64 hexadecimal digits, with or without 0x
// and with white space around it. Errors never repeat the input.
func ParseRaw(text []byte) (stratos.PrivateKey, error) {
	digits := bytes.TrimSpace(text)
	if len(digits) > 2 && digits[0] == '0' && digits[1]|0x20 == 'x' {
		digits = digits[2:]
	}
	if len(digits) != 64 {
		return stratos.PrivateKey{}, fault.Wrong(stratos.ErrKey, "A private key has 64 digits and letters from a to f; this has %d characters.", len(digits))
	}
	raw := make([]byte, 32)
	defer Wipe(raw)
	if _, err := hex.Decode(raw, digits); err != nil {
		return stratos.PrivateKey{}, fault.Wrong(stratos.ErrKey, "A private key has only the digits 0 to 9 and a to f.")
	}
	key, err := stratos.NewPrivateKey(raw)
	if err != nil {
		return stratos.PrivateKey{}, fault.Wrong(err, "This number cannot be a private key.")
	}
	return key, nil
}

// Wipe overwrites secret with zeros.
func Wipe(secret []byte) { clear(secret) }
