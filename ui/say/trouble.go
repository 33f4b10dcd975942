package say

import (
	"strings"
	"time"

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
	return language.Explain(format, values(args)...)
}

// Told says what package app told in an English sentence, in the language of the
// window. The values in it may be filled in already.
func Told(sentence string) string { return language.Retell(sentence) }

// Words says words with their values in the language of the window. A value
// alone is said as the language writes it, and never looked up: a name may be a
// word of the window.
func Words(w fault.Words) string {
	format, args, told := w.Parts()
	switch {
	case told:
		return language.Explain(format, values(args)...)
	case len(args) == 1:
		return value(args[0])
	}
	return ""
}

// values are those of a sentence as the language writes them.
func values(args []any) []any {
	said := make([]any, len(args))
	for i, arg := range args {
		said[i] = arg
		if written(arg) {
			said[i] = value(arg)
		}
	}
	return said
}

// written tells whether a value is written otherwise in other languages.
func written(v any) bool {
	switch v.(type) {
	case fault.STOS, fault.Span, fault.Date, fault.Day, fault.Percent, fault.Count, fault.Choice, fault.Words:
		return true
	}
	return false
}

func value(v any) string {
	switch v := v.(type) {
	case fault.STOS:
		return STOS(v.Amount)
	case fault.Span:
		if time.Duration(v) < time.Second {
			return lang.L("a moment")
		}
		return Days(time.Duration(v))
	case fault.Date:
		return Moment(time.Time(v), time.Now())
	case fault.Day:
		return language.Now().Day(time.Time(v).Local(), true)
	case fault.Percent:
		return Percent(float64(v))
	case fault.Count:
		return Count(int(v))
	case fault.Choice:
		parts := make([]string, len(v))
		for i, w := range v {
			parts[i] = Words(w)
		}
		return strings.Join(parts, ", ")
	case fault.Words:
		return Words(v)
	case string:
		return v
	}
	return language.Explain("%v", v)
}
