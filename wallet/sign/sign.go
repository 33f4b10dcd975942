// Package sign signs messages of people and checks such signatures: "this text
// is by the owner of that account".
//
// The scheme is Ethereum's personal message (EIP-191): what is signed begins
// with the byte 0x19 and the words "Ethereum Signed Message", then the length
// and the text. A transaction of the chain begins with other bytes in both of
// its forms, and so does everything that a storage node accepts, so a signed
// message can never be used as either; it cannot even be made to look like
// one, since the prefix is not the user's. Any tool that checks Ethereum
// signatures can check these, for the account is the same in both forms.
package sign

import (
	"encoding/hex"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/internal/stratos"
)

const prefix = "\x19Ethereum Signed Message:\n"

// maxText bounds what is signed; it is for texts that a person reads.
const maxText = 1 << 20

// Text signs a text and returns "0x" and 130 hexadecimal digits: r, s, and v
// as 27 or 28.
func Text(key stratos.PrivateKey, text string) (string, error) {
	if err := check(text); err != nil {
		return "", err
	}
	if !key.Valid() {
		return "", fault.Wrong(stratos.ErrKey, "The wallet is locked.")
	}
	signature := key.Sign(envelope(text))
	signature[64] += 27
	return "0x" + hex.EncodeToString(signature), nil
}

// Signer returns who signed a text.
func Signer(text, signature string) (stratos.Address, error) {
	if err := check(text); err != nil {
		return stratos.Address{}, err
	}
	raw, err := hex.DecodeString(strings.TrimPrefix(strings.TrimSpace(signature), "0x"))
	if err != nil || len(raw) != 65 {
		return stratos.Address{}, fault.Wrong(err, "This is not a signature. It has 130 digits and letters from a to f, perhaps after 0x.")
	}
	public, err := stratos.Recover(envelope(text), raw)
	if err != nil {
		return stratos.Address{}, fault.Wrong(err, "This signature is damaged, or it is of another kind.")
	}
	return public.Address(), nil
}

// Verify tells whether the account, st1... or 0x..., signed a text. The error
// is about input that cannot be read, not about a signature of somebody else.
func Verify(account, text, signature string) (bool, error) {
	want, err := stratos.ParseAddress(account)
	if err != nil {
		return false, fault.Wrong(err, "%s", stratos.ExplainAddress(account))
	}
	got, err := Signer(text, signature)
	if err != nil {
		return false, err
	}
	return got == want, nil
}

func check(text string) error {
	if text == "" || len(text) > maxText || !utf8.ValidString(text) {
		return fault.Wrong(nil, "A message to sign is a text of at most one million characters.")
	}
	return nil
}

// envelope is what is hashed and signed.
func envelope(text string) []byte {
	return []byte(prefix + strconv.Itoa(len(text)) + text)
}
