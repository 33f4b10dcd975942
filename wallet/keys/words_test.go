package keys

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	bip39 "github.com/cosmos/go-bip39"
	"pgregory.net/rapid"

	"github.com/stratosdrive/stratosdrive/internal/fault"
)

func TestNewWords(t *testing.T) {
	for _, count := range []int{12, 24} {
		words, err := NewWords(count)
		if err != nil {
			t.Fatal(err)
		}
		if n := len(bytes.Fields(words)); n != count || !libraryAccepts(string(words)) {
			t.Errorf("%d words, valid %v", n, libraryAccepts(string(words)))
		}
		clean, err := ParseWords(words)
		if err != nil || !bytes.Equal(clean, words) {
			t.Errorf("read back: %v", err)
		}
	}
	if _, err := NewWords(15); fault.ExitCode(err) != int(fault.WrongUse) {
		t.Errorf("15 words: %v", err)
	}
}

func libraryAccepts(words string) bool {
	_, err := bip39.MnemonicToByteArray(words)
	return err == nil
}

func TestAgainstLibrary(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		size := rapid.SampledFrom([]int{16, 20, 24, 28, 32}).Draw(t, "size")
		entropy := rapid.SliceOfN(rapid.Byte(), size, size).Draw(t, "entropy")
		phrase := rapid.StringMatching(`[ -~]{0,40}`).Draw(t, "passphrase")
		want, err := bip39.NewMnemonic(entropy)
		if err != nil {
			t.Fatal(err)
		}
		if got := wordsOf(entropy); string(got) != want {
			t.Fatalf("words %s, want %s", got, want)
		}
		clean, err := ParseWords([]byte("\n " + strings.ToUpper(strings.ReplaceAll(want, " ", " \t")) + " "))
		if err != nil || string(clean) != want {
			t.Fatalf("parsed %s: %v", clean, err)
		}
		if got := Seed(clean, []byte(phrase)); !bytes.Equal(got, bip39.NewSeed(want, phrase)) {
			t.Fatalf("seed %x", got)
		}
	})
}

func TestWrongWordsAreNoticed(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		entropy := rapid.SliceOfN(rapid.Byte(), 16, 16).Draw(t, "entropy")
		list := strings.Fields(string(wordsOf(entropy)))
		list[rapid.IntRange(0, 11).Draw(t, "at")] = rapid.SampledFrom(bip39.WordList).Draw(t, "word")
		text := strings.Join(list, " ")
		if _, err := ParseWords([]byte(text)); (err == nil) != libraryAccepts(text) {
			t.Fatalf("%s: %v", text, err)
		}
	})
}

func TestWordSentences(t *testing.T) {
	good := "abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon about"
	for text, want := range map[string]string{
		"":                                       "these are 0",
		"abandon about":                          "these are 2",
		good + " " + good + " abandon":           "these are 25",
		strings.Replace(good, "about", "zoo", 1): "together they do not fit",
		strings.Replace(good, "about", "abuot", 1):       "Word 12 is not",
		strings.Replace(good, "abandon", "gibberish", 1): "Word 1 is not",
		"gibberish abandon nonsens " + good[24:]:         "Words 1 and 3 are not",
	} {
		_, err := ParseWords([]byte(text))
		if !errors.Is(err, ErrWords) || fault.ExitCode(err) != int(fault.WrongUse) {
			t.Errorf("%q: %v", text, err)
			continue
		}
		if s := fault.Sentence(err); !strings.Contains(s, want) {
			t.Errorf("%q: %q", text, s)
		}
		if strings.Contains(err.Error(), "gibberish") || strings.Contains(err.Error(), "abuot") {
			t.Errorf("the error repeats a word: %v", err)
		}
	}
}

func TestPassphraseIsNormalised(t *testing.T) {
	words := []byte("test test test test test test test test test test test junk")
	composed, decomposed := []byte("caf\u00e9"), []byte("cafe\u0301")
	if !bytes.Equal(Seed(words, composed), Seed(words, decomposed)) {
		t.Error("two spellings of one passphrase give two wallets")
	}
	if bytes.Equal(Seed(words, composed), Seed(words, []byte("cafe"))) {
		t.Error("the accent is lost")
	}
}

func FuzzParseWords(f *testing.F) {
	f.Add([]byte("abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon about"))
	f.Add([]byte("legal winner thank year wave sausage worth useful legal winner thank yellow"))
	f.Fuzz(func(t *testing.T, text []byte) {
		clean, err := ParseWords(text)
		if err != nil {
			return
		}
		if !libraryAccepts(string(clean)) {
			t.Fatalf("%q accepted", text)
		}
		if again, err := ParseWords(clean); err != nil || !bytes.Equal(again, clean) {
			t.Fatalf("%q is not stable: %v", clean, err)
		}
	})
}
