package care

import (
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/ui/internal/fake"
)

func TestLockTimes(t *testing.T) {
	if words := lockWords(); len(words) != len(lockTimes) || words[0] != "Never" || words[3] != "After 15 minutes" {
		t.Error(words)
	}
	for i, d := range lockTimes {
		if lockIndex(d) != i {
			t.Errorf("%v is at %d", d, lockIndex(d))
		}
	}
	// A time that is none of ours must never read as "never".
	rapid.Check(t, func(t *rapid.T) {
		d := time.Duration(rapid.Int64Range(1, int64(100*time.Hour)).Draw(t, "time"))
		if lockIndex(d) == 0 {
			t.Fatalf("%v reads as never", d)
		}
	})
}

func TestTypedWords(t *testing.T) {
	if words, ok := answers([]string{" Violin", "SADDLE ", "canyon."}); !ok || strings.Join(words, " ") != "violin saddle canyon" {
		t.Error(words)
	}
	for _, texts := range [][]string{{"violin", ""}, {"violin saddle", "canyon"}, {"7"}} {
		if _, ok := answers(texts); ok {
			t.Errorf("%q are no words", texts)
		}
	}
	if place(7) != "Word 7" {
		t.Error(place(7))
	}
}

func TestWhatIsBrought(t *testing.T) {
	for content, begin := range map[string]string{
		"": "", " { \"crypto\"": "A key file", "-----BEGIN TENDERMINT": "A key file", "0x" + strings.Repeat("aF", 32): "A private key",
		"harbour violin meadow": "3 words", "harbour": "Words, a private key",
	} {
		if got := kindOf(content); !strings.HasPrefix(got, begin) || (begin == "") != (got == "") {
			t.Errorf("%q is %q", content, got)
		}
	}
}

func TestWalletsInWords(t *testing.T) {
	list, _ := fake.Full().Wallets()
	if got := walletsWords(list); !strings.HasPrefix(got, "Main account is in use, one of 2.") {
		t.Error(got)
	}
	if got := walletsWords(list[:1]); !strings.HasPrefix(got, "Main account is the only one.") {
		t.Error(got)
	}
	if nameOf(app.WalletInfo{Address: fake.Address}) != "st1c74…x80p" || current(nil).Address != "" {
		t.Error("a wallet without a name is its address")
	}
	if keyringWords(true) == keyringWords(false) {
		t.Error("why it cannot must be told")
	}
}
