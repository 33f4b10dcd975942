package onboard

import (
	"context"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2/lang"

	"github.com/stratosdrive/stratosdrive/internal/app"
)

// Backend is what the first start needs of package app.
type Backend interface {
	Stage() app.Stage
	NewWords(count int) ([]string, error)
	CheckWords(words string) error
	HelpWords(text string) app.WordHelp
	AddWallet(ctx context.Context, name, words string, password []byte) (app.WalletInfo, error)
	Networks() []app.NetworkChoice
	ChooseNetwork(ctx context.Context, id string) error
	SuggestedFolder() string
	ChooseFolder(ctx context.Context, path string) error
}

// Unlocker is what the password page needs of package app.
type Unlocker interface {
	Wallets() ([]app.WalletInfo, error)
	Unlock(ctx context.Context, password []byte) error
	ResetPassword(ctx context.Context, words, passphrase, password []byte) error
}

// screen is one picture of the first start.
type screen int

const (
	chooseWallet screen = iota // make a new one, or restore one
	showWords                  // the words of a new wallet
	askWords                   // the words of an old one
	askPassword
	chooseNetwork
	chooseFolder
	finished
)

// step is the place of a screen in the three steps.
func (s screen) step() int {
	switch {
	case s < chooseNetwork:
		return 0
	case s == chooseNetwork:
		return 1
	}
	return 2
}

func stepNames() []string { return []string{lang.L("Wallet"), lang.L("Network"), lang.L("Folder")} }

// first returns the screen to begin with: a first start that was left goes on
// where it stood.
func first(stage app.Stage) screen {
	switch stage {
	case app.NeedsWallet:
		return chooseWallet
	case app.NeedsNetwork:
		return chooseNetwork
	case app.NeedsFolder:
		return chooseFolder
	}
	return finished
}

// next returns the screen after one that was answered.
func next(s screen, restore bool) screen {
	switch s {
	case chooseWallet:
		if restore {
			return askWords
		}
		return showWords
	case showWords, askWords:
		return askPassword
	case askPassword:
		return chooseNetwork
	case chooseNetwork:
		return chooseFolder
	}
	return finished
}

// before returns the screen that Back leads to; ok is false where there is no
// way back, for a wallet that was made stays made.
func before(s screen, restore bool) (back screen, ok bool) {
	switch s {
	case showWords, askWords:
		return chooseWallet, true
	case askPassword:
		if restore {
			return askWords, true
		}
		return showWords, true
	case chooseFolder:
		return chooseNetwork, true
	}
	return s, false
}

// minPassword is the shortest password that is taken, in letters.
const minPassword = 8

// PasswordProblem says what is wrong with a new password typed twice, empty for
// nothing.
func PasswordProblem(once, twice string) string {
	switch {
	case len([]rune(once)) < minPassword:
		return lang.L("Use at least {{.N}} letters or numbers.", map[string]any{"N": minPassword})
	case once != twice:
		return lang.L("The two are not the same yet.")
	}
	return ""
}

// Tidy makes words of what was pasted: one space between them, lower case, no
// numbers of a list.
func Tidy(text string) string {
	var words []string
	for _, w := range strings.Fields(strings.ToLower(text)) {
		if w = strings.Trim(w, ".,;:()0123456789"); w != "" {
			words = append(words, w)
		}
	}
	return strings.Join(words, " ")
}

// wordsProblem says what is wrong with typed words, empty for nothing. Nothing
// is said before twelve are there.
func wordsProblem(check func(string) error, text string) (problem string, good bool) {
	words := Tidy(text)
	if err := check(words); err == nil {
		return "", true
	} else if len(strings.Fields(words)) >= 12 {
		return sentence(err), false
	}
	return "", false
}

// network is one card of the network screen.
type network struct{ id, icon, name, text string }

// ownNetwork is the card that asks for a file.
const ownNetwork = "own"

// networks are the cards, the practice network first.
func networks() []network {
	return []network{
		{"local", "lightning", lang.L("Try it here"), lang.L("A complete network on this computer. Ready now, costs nothing.")},
		{"mainnet", "globe", lang.L("Stratos mainnet"), lang.L("Hundreds of nodes around the world. Needs STOS to buy ozone.")},
		{"mesos", "star", lang.L("Mesos test network"), lang.L("Public, for trying things out. Free test coins.")},
		{ownNetwork, "gear", lang.L("My own"), lang.L("A file that names a chain and a resource node.")},
	}
}

// aboutNetwork is said under the cards about the chosen one.
func aboutNetwork(id string) string {
	switch id {
	case "local":
		return lang.L("This is a practice network: its files exist only on this computer, and its money is worth nothing.")
	case "mesos":
		return lang.L("A test network may be emptied at any time. Keep copies of what matters.")
	}
	return ""
}

// networkID is what to choose: the id of a card, or the file that was named;
// empty while nothing is named.
func networkID(card, file string) string {
	if card != ownNetwork {
		return card
	}
	return strings.TrimSpace(file)
}

// folderProblem says what is wrong with a folder, empty for nothing.
func folderProblem(folder string) string {
	if !filepath.IsAbs(strings.TrimSpace(folder)) {
		return lang.L("Name the whole way to the folder.")
	}
	return ""
}
