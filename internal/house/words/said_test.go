package main

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// sample are values as the verbs of a sentence want them.
func sample(format string) (args []any) {
	for _, verb := range regexp.MustCompile(`%(\.\d+)?[a-z]`).FindAllString(strings.ReplaceAll(format, "%%", ""), -1) {
		switch verb[len(verb)-1] {
		case 'd':
			args = append(args, 1000+len(args))
		case 'f':
			args = append(args, 0.5+float64(len(args)))
		default:
			args = append(args, fmt.Sprint("value", len(args)))
		}
	}
	return args
}

// TestErrorsCanBeSaid: a sentence about an error takes its values in every
// language, each once and as what it is, whatever their order there.
func TestErrorsCanBeSaid(t *testing.T) {
	found, err := collect(root)
	if err != nil {
		t.Fatal(err)
	}
	for _, code := range codes {
		words, err := readWords(root, code)
		if err != nil {
			t.Fatal(err)
		}
		for _, key := range slices.Sorted(maps.Keys(found.Errors)) {
			args := sample(key)
			said := fmt.Sprintf(words[key], args...)
			if strings.Contains(said, "%!") {
				t.Errorf("%s: %q is said as %q", code, key, said)
			}
			for _, arg := range args {
				if want := strings.TrimSuffix(fmt.Sprint(arg), ".5"); strings.Count(said, want) < 1 {
					t.Errorf("%s: %q loses %v: %q", code, key, arg, said)
				}
			}
		}
	}
}

// TestErrorsEndLikeSentences: with a mark, as their English ones do.
func TestErrorsEndLikeSentences(t *testing.T) {
	found, err := collect(root)
	if err != nil {
		t.Fatal(err)
	}
	for _, code := range codes {
		words, err := readWords(root, code)
		if err != nil {
			t.Fatal(err)
		}
		for key := range found.Errors {
			text := words[key]
			if strings.HasSuffix(key, ".") && !strings.HasSuffix(text, ".") && !strings.HasSuffix(text, "。") {
				t.Errorf("%s: %q has no end: %q", code, key, text)
			}
			if text != strings.TrimSpace(text) || strings.Contains(text, "  ") {
				t.Errorf("%s: %q has needless spaces", code, text)
			}
		}
	}
}

// TestPeopleAreSpokenToInOneTone: du, vous, tú and 您, never the other form.
func TestPeopleAreSpokenToInOneTone(t *testing.T) {
	for code, other := range map[string]*regexp.Regexp{
		"de": regexp.MustCompile(`\b(Ihnen|Ihren|Ihrem|Bitte geben Sie|können Sie|Sie können|Prüfen Sie|Wählen Sie|Versuchen Sie)\b`),
		"fr": regexp.MustCompile(`(?i)(^|\s)(tu|ton|tes|réessaie|vérifie ta|vérifie ton)\s`),
		"es": regexp.MustCompile(`(?i)\b(usted|inténtelo|compruebe|elija|pruebe)\b`),
		"zh": regexp.MustCompile(`你`),
	} {
		words, err := readWords(root, code)
		if err != nil {
			t.Fatal(err)
		}
		for key, text := range words {
			if word := other.FindString(text); word != "" {
				t.Errorf("%s: %q says %q for %q", code, text, word, key)
			}
		}
	}
}
