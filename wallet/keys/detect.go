package keys

import (
	"bytes"
	"encoding/json"
	"strings"

	"github.com/stratosdrive/stratosdrive/internal/stratos"
)

// Kind says what a text or a file is that a person gives to import.
type Kind int

// Kinds of things that [Import] reads.
const (
	KindUnknown  Kind = iota
	KindWords         // BIP-39 words
	KindRawKey        // 64 hexadecimal digits
	KindAddress       // st1... or 0x..., to watch without a key
	KindKeystore      // Web3 keystore of an Ethereum wallet
	KindNodeKey       // key file of a Stratos resource node
	KindArmor         // export of the chain's command line
	KindSDKFile       // file of the Stratos JavaScript SDK
)

// String names the kind for people.
func (k Kind) String() string {
	return [...]string{
		"unknown", "words", "private key", "address", "Ethereum keystore", "node key file", "chain key export", "Stratos SDK wallet",
	}[k]
}

// NeedsPassword tells whether [Import] needs the password that the file was
// saved with.
func (k Kind) NeedsPassword() bool { return k >= KindKeystore }

// maxImport bounds what is looked at: the largest kind has a few kilobytes.
const maxImport = 64 * 1024

const armorStart = "-----BEGIN TENDERMINT PRIVATE KEY-----"

// Detect tells what data is, by its form alone: it may still be damaged, and
// words may be misspelled. Anything else is [KindUnknown].
func Detect(data []byte) Kind {
	data = trim(data)
	switch {
	case len(data) == 0 || len(data) > maxImport:
		return KindUnknown
	case data[0] == '{':
		return detectJSON(data)
	case bytes.Contains(data, []byte(armorStart)):
		return KindArmor
	case isHex(data, 64):
		return KindRawKey
	case looksLikeAddress(data):
		return KindAddress
	case looksLikeWords(data):
		return KindWords
	}
	return KindUnknown
}

// trim takes off white space and the mark that some editors write in front.
func trim(data []byte) []byte {
	return bytes.TrimSpace(bytes.TrimPrefix(data, []byte("\xef\xbb\xbf")))
}

// isHex tells whether data has count hexadecimal digits after an optional 0x.
func isHex(data []byte, count int) bool {
	if len(data) > 2 && data[0] == '0' && data[1]|0x20 == 'x' {
		data = data[2:]
	}
	for _, c := range data {
		if !strings.ContainsRune("0123456789abcdefABCDEF", rune(c)) {
			return false
		}
	}
	return len(data) == count
}

func looksLikeAddress(data []byte) bool {
	if bytes.HasPrefix(data, []byte("0x")) && isHex(data, 40) {
		return true
	}
	_, err := stratos.ParseAddress(string(data)) // an address is no secret
	return err == nil || len(data) < 60 && bytes.HasPrefix(bytes.ToLower(data), []byte("st1"))
}

// looksLikeWords wants several words of letters, as notes hold them: with
// numbers, commas and dots between.
func looksLikeWords(data []byte) bool {
	words := 0
	for word := range bytes.FieldsFuncSeq(data, betweenWords) {
		for _, c := range word {
			if c|0x20 < 'a' || c|0x20 > 'z' {
				return false
			}
		}
		words++
	}
	return words >= 3 && words <= 48
}

// betweenWords is what may stand around words in a note.
func betweenWords(r rune) bool {
	return r <= ' ' || r == 0xa0 || r >= '0' && r <= '9' || strings.ContainsRune(".,;:)(-\"'", r)
}

// detectJSON looks for the fields that only one kind has.
func detectJSON(data []byte) Kind {
	var probe struct {
		Crypto *struct{ Ciphertext string }
		Data   string
		IV, CT string
	}
	if json.Unmarshal(data, &probe) != nil {
		return KindUnknown
	}
	switch {
	case probe.Crypto != nil && len(probe.Crypto.Ciphertext) <= 64:
		return KindKeystore
	case probe.Crypto != nil:
		return KindNodeKey
	case probe.Data != "" || probe.IV != "" && probe.CT != "":
		return KindSDKFile
	}
	return KindUnknown
}
