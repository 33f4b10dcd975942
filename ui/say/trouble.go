package say

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/ui/language"
)

// Trouble says what to tell a person about err, in the language of the window. An
// error without a sentence is for the log: its words are of the program.
func Trouble(err error) string {
	if err != nil && !fault.Explained(err) {
		fyne.LogError("an error without a sentence", err)
		return lang.L("Something went wrong that was not expected. Try again; if it comes back, make a report in the settings, under Diagnostics.")
	}
	format, args := fault.Parts(err)
	return language.Explain(format, args...)
}

// Told says what package app told in an English sentence, in the language of the
// window. The values in it may be filled in already.
func Told(sentence string) string { return language.Retell(sentence) }
