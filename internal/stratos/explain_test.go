package stratos

import (
	"strings"
	"testing"
	"unicode"

	"pgregory.net/rapid"
)

func drawAddress(t *rapid.T) Address {
	a := Address(rapid.SliceOfN(rapid.Byte(), 20, 20).Draw(t, "address"))
	a[0] |= 1 // not the zero address
	return a
}

func TestWhyNotAnAddress(t *testing.T) {
	raw := Address{1, 2, 3}
	for text, words := range map[string]string{
		raw.Validator():                                 "of a validator",
		EncodeBech32(PrefixConsensus, raw[:]):           "validator's machine",
		NodeAddress(raw).String():                       "of a storage node",
		EncodeBech32(PrefixNodeKey, make([]byte, 32)):   "key of a storage node",
		EncodeBech32(PrefixPubKey, raw[:]):              "public key",
		"cosmos18yesadx3t8x3jjsygpqeqzh0j7xh2vh6xgpxrm": "another network, which begins with cosmos1",
		"St18yesadx3t8x3jjsygpqeqzh0j7xh2vh66945zx":     "mixes capital and small",
		"0x39330eb4D159cd194a044041900aEf978d7532fA":    "do not fit together",
		"0X39330eb4d159cd194a044041900aef978d7532fa":    "do not fit together",
		"0x39330Eb4D159cd194a044041900aEf978d7532f":     "letter by letter",
		"st18yesadx3t8x3jjsygpqeqzh0j7xh2vh66945zq":     "letter by letter",
		"st1qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqq0w5dxq":     "letter by letter",
		"":      "letter by letter",
		"alice": "letter by letter",
	} {
		if _, err := ParseAddress(text); err == nil {
			t.Errorf("%q is an address", text)
		}
		if got := ExplainAddress(text); !strings.Contains(got, words) {
			t.Errorf("%q: %s", text, got)
		}
	}
}

// One wrong character, or one missing, is always noticed.
func TestTypingErrorsInAddresses(t *testing.T) {
	const letters = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
	rapid.Check(t, func(t *rapid.T) {
		text := drawAddress(t).String()
		at := rapid.IntRange(3, len(text)-1).Draw(t, "at")
		wrong := letters[rapid.IntRange(0, 31).Draw(t, "letter")]
		if wrong == text[at] {
			t.Skip("the same letter")
		}
		for _, bad := range []string{text[:at] + string(wrong) + text[at+1:], text[:at] + text[at+1:], text + " ", "\n" + text} {
			if a, err := ParseAddress(bad); err == nil {
				t.Fatalf("%s became %s", bad, a)
			}
			if ExplainAddress(bad) == "" {
				t.Fatalf("%s: nothing is said", bad)
			}
		}
	})
}

// A letter of the wrong case in the 0x form is always noticed, unless all
// letters are of one case and so carry no checksum.
func TestTypingErrorsInHexAddresses(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a := drawAddress(t)
		text := []rune(a.Hex())
		at := rapid.IntRange(2, len(text)-1).Draw(t, "at")
		if text[at] <= '9' {
			t.Skip("a digit has no case")
		}
		if unicode.IsUpper(text[at]) {
			text[at] = unicode.ToLower(text[at])
		} else {
			text[at] = unicode.ToUpper(text[at])
		}
		digits := string(text[2:])
		oneCase := digits == strings.ToLower(digits) || digits == strings.ToUpper(digits)
		if got, err := ParseAddress(string(text)); (err == nil) != oneCase || err == nil && got != a {
			t.Fatalf("%s: %v, %v", string(text), got, err)
		}
		if !oneCase && !strings.Contains(ExplainAddress(string(text)), "do not fit together") {
			t.Fatalf("%s: %s", string(text), ExplainAddress(string(text)))
		}
	})
}
