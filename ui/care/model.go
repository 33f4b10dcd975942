package care

import (
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2/lang"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/ui/onboard"
	"github.com/stratosdrive/stratosdrive/ui/say"
)

// lockTimes are the times after which a wallet may lock itself; 0 is never.
var lockTimes = []time.Duration{0, time.Minute, 5 * time.Minute, 15 * time.Minute, time.Hour, 8 * time.Hour}

// lockWords name the times.
func lockWords() []string {
	words := []string{lang.L("Never")}
	for _, d := range lockTimes[1:] {
		words = append(words, lang.L("After {{.Time}}", map[string]any{"Time": say.Days(d)}))
	}
	return words
}

// lockIndex is the place of a time: of the next longer one when it is none of
// them, and of "never" only when it is never.
func lockIndex(d time.Duration) int {
	if d <= 0 {
		return 0
	}
	for i, t := range lockTimes {
		if t >= d {
			return i
		}
	}
	return len(lockTimes) - 1
}

// keyringWords say what opening with the system means, or why it cannot.
func keyringWords(available bool) string {
	if available {
		return lang.L("Whoever is logged in to this computer as you opens the wallet without its password. Sending money still asks for it.")
	}
	return lang.L("This computer has no keyring that could open it, so only the password does.")
}

// walletsWords say how many wallets there are and which is in use.
func walletsWords(list []app.WalletInfo) string {
	name := nameOf(current(list))
	if len(list) < 2 {
		return lang.L("{{.Name}} is the only one. Each wallet has its own money and its own drive.", map[string]any{"Name": name})
	}
	return lang.L("{{.Name}} is in use, one of {{.N}}. Each wallet has its own money and its own drive.", map[string]any{"Name": name, "N": len(list)})
}

func current(list []app.WalletInfo) app.WalletInfo {
	if i := slices.IndexFunc(list, func(w app.WalletInfo) bool { return w.Current }); i >= 0 {
		return list[i]
	}
	return app.WalletInfo{}
}

// nameOf is the name of a wallet, or its address.
func nameOf(w app.WalletInfo) string {
	if w.Name != "" {
		return w.Name
	}
	return say.Brief(w.Address)
}

// listedAs is the name of a wallet in a menu.
func listedAs(w app.WalletInfo) string {
	if w.Watched {
		return lang.L("{{.Name}}, watched", map[string]any{"Name": nameOf(w)})
	}
	return nameOf(w)
}

// place says which word is asked for: "Word 7".
func place(position int) string { return lang.L("Word {{.N}}", map[string]any{"N": position}) }

// answers tidies typed words; ok tells whether there is one in each field.
func answers(texts []string) (words []string, ok bool) {
	for _, text := range texts {
		word := onboard.Tidy(text)
		if word == "" || strings.Contains(word, " ") {
			return nil, false
		}
		words = append(words, word)
	}
	return words, true
}

// kindOf tells what was typed to bring a wallet in, so far as it shows.
func kindOf(content string) string {
	trimmed := strings.TrimSpace(content)
	hex := strings.TrimPrefix(trimmed, "0x")
	switch {
	case trimmed == "":
		return ""
	case strings.HasPrefix(trimmed, "{"), strings.HasPrefix(trimmed, "-----BEGIN"):
		return lang.L("A key file. Type the password it was made with.")
	case len(hex) == 64 && strings.Trim(strings.ToLower(hex), "0123456789abcdef") == "":
		return lang.L("A private key. The drive of the wallet comes with it.")
	}
	if n := len(strings.Fields(onboard.Tidy(trimmed))); n > 1 {
		return lang.L("{{.N}} words. A passphrase is only needed if you once chose one.", map[string]any{"N": n})
	}
	return lang.L("Words, a private key or the text of a key file.")
}

// looksLikeAddress tells whether enough of an address is typed to try it.
func looksLikeAddress(text string) bool { return len(strings.TrimSpace(text)) >= 20 }

// moneyWords say what an account has, a question mark while nobody knows.
func moneyWords(b app.Balance, err error) string {
	if err != nil {
		return "?"
	}
	return say.Figure(b.Total) + " STOS"
}

// foundWords say how many used accounts were found.
func foundWords(n int) string {
	switch n {
	case 0:
		return lang.L("No other account of this wallet was used on this network.")
	case 1:
		return lang.L("One more account was found.")
	}
	return lang.L("{{.N}} more accounts were found.", map[string]any{"N": n})
}
