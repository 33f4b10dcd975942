package keys

import (
	"bytes"
	"crypto/rand"
	"crypto/sha256"
	"crypto/sha512"
	"errors"
	"fmt"
	"strconv"
	"strings"

	bip39 "github.com/cosmos/go-bip39"
	"golang.org/x/text/unicode/norm"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/wallet/secret"
)

// ErrWords is wrapped by every error about words that are not a BIP-39 phrase.
var ErrWords = errors.New("not a valid word phrase")

const bitsPerWord = 11 // the list has 2^11 words

// NewWords returns count fresh English BIP-39 words, separated by single
// spaces. Count is 12 or 24, else the error is a [fault.Wrong].
func NewWords(count int) (words []byte, err error) {
	if count != 12 && count != 24 {
		return nil, fault.Wrong(ErrWords, "A new wallet has 12 or 24 words, not %d.", count)
	}
	secret.Do(func() {
		entropy := make([]byte, count*4/3)
		defer Wipe(entropy)
		rand.Read(entropy) // never fails
		words = wordsOf(entropy)
	})
	return words, nil
}

// wordsOf writes entropy and its checksum as words, 11 bits each.
func wordsOf(entropy []byte) []byte {
	sum := sha256.Sum256(entropy)
	bits := append(bytes.Clone(entropy), sum[0])
	defer Wipe(bits)
	count := len(entropy) * 3 / 4
	words := make([]byte, 0, count*9) // no word is longer than 8 letters
	for i := range count {
		if i > 0 {
			words = append(words, ' ')
		}
		words = append(words, bip39.WordList[bitsAt(bits, i*bitsPerWord)]...)
	}
	return words
}

// bitsAt reads 11 bits of raw from bit position at.
func bitsAt(raw []byte, at int) int {
	value := 0
	for bit := at; bit < at+bitsPerWord; bit++ {
		value = value<<1 | int(raw[bit/8]>>(7-bit%8)&1)
	}
	return value
}

// ParseWords reads 12, 15, 18, 21 or 24 English BIP-39 words in any letter
// case with any white space between them, and returns them in the one form
// that [Seed] takes: lower case, single spaces. Errors wrap [ErrWords] and say
// which word is wrong by its position, never by the word itself.
func ParseWords(text []byte) ([]byte, error) {
	lower := bytes.ToLower(text)
	defer Wipe(lower)
	list := bytes.Fields(lower)
	if n := len(list); n < 12 || n > 24 || n%3 != 0 {
		return nil, fault.Wrong(ErrWords, "A wallet has 12, 15, 18, 21 or 24 words; these are %d.", n)
	}
	bits, err := bitsOf(list)
	defer Wipe(bits)
	if err != nil {
		return nil, err
	}
	if !checksumFits(bits, len(list)) {
		return nil, fault.Wrong(fmt.Errorf("%w: checksum", ErrWords),
			"Each word is spelled right, but together they do not fit: a word is wrong or in the wrong place. Compare them with your note, one by one.")
	}
	return bytes.Join(list, []byte{' '}), nil
}

// bitsOf packs the positions of the words in the word list, 11 bits each.
func bitsOf(list [][]byte) ([]byte, error) {
	bits := make([]byte, (len(list)*bitsPerWord+7)/8)
	var wrong []int
	for i, word := range list {
		index, known := bip39.ReverseWordMap[string(word)] // does not allocate
		if !known {
			wrong = append(wrong, i+1)
			continue
		}
		for b := range bitsPerWord {
			at := i*bitsPerWord + b
			bits[at/8] |= byte(index>>(bitsPerWord-1-b)&1) << (7 - at%8)
		}
	}
	return bits, unknownWords(wrong)
}

// unknownWords says which words are on no list, by their places alone.
func unknownWords(places []int) error {
	switch len(places) {
	case 0:
		return nil
	case 1:
		return fault.Wrong(fmt.Errorf("%w: word %d", ErrWords, places[0]),
			"Word %d is not one of the words that wallets use. Check its spelling.", places[0])
	}
	return fault.Wrong(fmt.Errorf("%w: words %v", ErrWords, places),
		"Words %s are not among those that wallets use. Check their spelling.", Places(places))
}

// Places writes a list of places as people say it: "1, 4 and 7".
func Places(list []int) string {
	words := make([]string, len(list))
	for i, n := range list {
		words[i] = strconv.Itoa(n)
	}
	if len(words) < 2 {
		return strings.Join(words, "")
	}
	return strings.Join(words[:len(words)-1], ", ") + " and " + words[len(words)-1]
}

// checksumFits compares the last bits, one for every three words, with the
// hash of the bits before them.
func checksumFits(bits []byte, words int) bool {
	entropy, checksumBits := bits[:words*4/3], words/3
	sum := sha256.Sum256(entropy)
	shift := 8 - checksumBits
	return bits[len(entropy)]>>shift == sum[0]>>shift
}

// Seed returns the 64-byte BIP-39 seed of words, which must come from
// [NewWords] or [ParseWords], and passphrase, which may be empty. As BIP-39
// demands, the passphrase is brought to Unicode form NFKD first.
func Seed(words, passphrase []byte) (seed []byte) {
	secret.Do(func() { seed = seedOf(words, passphrase) })
	return seed
}

func seedOf(words, passphrase []byte) []byte {
	normal := norm.NFKD.Bytes(passphrase) // may be passphrase itself
	salt := append(append(make([]byte, 0, 8+len(normal)), "mnemonic"...), normal...)
	defer Wipe(salt)
	if len(normal) > 0 && &normal[0] != &passphrase[0] {
		Wipe(normal)
	}
	return secret.PBKDF2(sha512.New, words, salt, 2048, 64)
}
