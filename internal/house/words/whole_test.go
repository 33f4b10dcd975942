package main

import (
	"maps"
	"regexp"
	"slices"
	"testing"
)

const root = "../../.."

// TestTranslationsAreWhole: every language has every sentence of the window,
// with its values, and nothing else.
func TestTranslationsAreWhole(t *testing.T) {
	found, err := collect(root)
	if err != nil {
		t.Fatal(err)
	}
	if len(found.Words) < 800 {
		t.Errorf("only %d sentences were found in the source", len(found.Words))
	}
	for _, code := range codes {
		words, err := readWords(root, code)
		if err != nil {
			t.Fatal(err)
		}
		for _, problem := range problems(code, words, found) {
			t.Errorf("%s\nsee CONTRIBUTING.md, Words that people see", problem)
		}
	}
	if sheet, err := readWords(root, "en"); err != nil || !maps.Equal(sheet, same(found.Words)) {
		t.Error("words/en.json is not what the window says: go run ./internal/house/words -tidy")
	}
}

// foreign are words that say nothing to people: flags, hashes, Go types, codes
// of errors, and the program's own terms.
var foreign = []*regexp.Regexp{
	regexp.MustCompile(`(^|\s)--?[a-z][a-z-]+`),
	regexp.MustCompile(`\b[0-9a-fA-F]{16,}\b`),
	regexp.MustCompile(`(?i)\b(hash|sha-?256|checksum|nil|null|struct|int64|uint64|bool|goroutine|panic|stack trace|errno|exit code|error code|status code|stderr|stdout|json-rpc|grpc|http [1-5]\d\d)\b`),
	regexp.MustCompile(`\b[A-Za-z]+[a-z][A-Z][A-Za-z]*\(`),
	regexp.MustCompile(`\b(E[A-Z]{4,}|0x[0-9a-fA-F]{4,})\b`),
}

// TestWindowSpeaksPlainly: no string in the window names a hash, a flag, a Go
// type or an error code.
func TestWindowSpeaksPlainly(t *testing.T) {
	found, err := collect(root)
	if err != nil {
		t.Fatal(err)
	}
	for _, text := range slices.Sorted(maps.Keys(found.Words)) {
		for _, f := range foreign {
			if word := f.FindString(text); word != "" {
				t.Errorf("%q names %q (%s)", text, word, found.Words[text])
			}
		}
	}
	for _, bad := range []string{"Run it with --force", "The hash differs", "a nil pointer", "exit code 3", "failed: ENOSPC", "HTTP 404", "call doThis()", "ffffffffffffffffff"} {
		if !slices.ContainsFunc(foreign, func(f *regexp.Regexp) bool { return f.MatchString(bad) }) {
			t.Errorf("%q would not be noticed", bad)
		}
	}
}
