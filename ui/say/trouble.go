package say

import (
	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/ui/language"
)

// Trouble says what to tell a person about err, in the language of the window.
func Trouble(err error) string {
	format, args := fault.Parts(err)
	return language.Explain(format, args...)
}

// Told says what package app told in an English sentence, in the language of the
// window. The values in it may be filled in already.
func Told(sentence string) string { return language.Retell(sentence) }
