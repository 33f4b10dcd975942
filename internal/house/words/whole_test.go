package main

import (
	"go/ast"
	"maps"
	"path/filepath"
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
// of errors, wires and formats, and the program's own terms.
var foreign = []*regexp.Regexp{
	regexp.MustCompile(`(^|\s)--?[a-z][a-z-]+`),
	regexp.MustCompile(`\b[0-9a-fA-F]{16,}\b`),
	regexp.MustCompile(`(?i)\b(hash|sha-?256|checksum|nil|null|struct|int64|uint64|bool|goroutine|panic|stack trace|errno|exit code|error code|status code|stderr|stdout|json-rpc|grpc|http [1-5]\d\d)\b`),
	regexp.MustCompile(`\b[A-Za-z]+[a-z][A-Z][A-Za-z]*\(`),
	regexp.MustCompile(`\b(E[A-Z]{4,}|0x[0-9a-fA-F]{4,})\b`),
	regexp.MustCompile(`(?i)\b(json|rpc|eof|hex|hexadecimal|bech32|base64|utf-?8|socket|tcp|tls|sqlite|protobuf|http status|sequence number|mutex|timeout|stdin)\b`),
	regexp.MustCompile(`(^|\s)stos [a-z]`), // a command
}

// plain are sentences that hold such a word for a reason.
var plain = map[string]string{
	"The history can be saved as csv or json.": "the kinds of files that a person chooses from",
	"%s does not describe a network. Use local, mainnet, mesos, a network of your own or a network.json file.": "the name of a file that a person gives",
	"Save for programs (JSON)":        "the kind of a file that a person chooses",
	"The whole way to a network.json": "the name of a file that a person gives",
}

// called are sentences about how the program was called: they name a flag or a
// command, and the window never comes to say them.
var called = []string{
	"Nothing syncs this drive now. Start it with stos sync FOLDER, or open the window.",
	"Nothing syncs this drive now. To go on anyway, run stos sync FOLDER --force.",
	"There is no wallet %s in this profile. See the ones there are with: stos wallet list",
	"This system has no folder for settings. Name one with --home.",
}

// TestWindowSpeaksPlainly: no string in the window names a hash, a flag, a Go
// type or an error code, and no sentence about an error that may reach it.
func TestWindowSpeaksPlainly(t *testing.T) {
	found, err := collect(root)
	if err != nil {
		t.Fatal(err)
	}
	held := map[string]bool{}
	for _, sentences := range []map[string]string{found.Words, found.Errors} {
		for _, text := range slices.Sorted(maps.Keys(sentences)) {
			word := foreignIn(text)
			if held[text] = word != ""; word != "" && plain[text] == "" {
				t.Errorf("%q names %q (%s)", text, word, sentences[text])
			}
		}
	}
	for text := range plain {
		if !held[text] {
			t.Errorf("nobody says %q any more, or it is plain: take it off the list", text)
		}
	}
	for _, bad := range []string{
		"Run it with --force", "The hash differs", "a nil pointer", "exit code 3", "failed: ENOSPC", "HTTP 404", "call doThis()", "ffffffffffffffffff",
		"unexpected EOF", "The JSON is broken", "RPC failed", "the socket is closed", "Start it with: stos net up",
	} {
		if foreignIn(bad) == "" {
			t.Errorf("%q would not be noticed", bad)
		}
	}
}

// foreignIn is the first word of a sentence that says nothing to people.
func foreignIn(text string) string {
	for _, f := range foreign {
		if word := f.FindString(text); word != "" {
			return word
		}
	}
	return ""
}

// TestTranslationsSpeakPlainly: nor does a translation.
func TestTranslationsSpeakPlainly(t *testing.T) {
	for _, code := range codes {
		words, err := readWords(root, code)
		if err != nil {
			t.Fatal(err)
		}
		for key, text := range words {
			if word := foreignIn(text); word != "" && foreignIn(key) == "" {
				t.Errorf("%s: %q names %q", code, text, word)
			}
		}
	}
}

// TestCommandsAreNamedToCallersOnly: sentences with a command or a flag are few,
// known, and left to the command line.
func TestCommandsAreNamedToCallersOnly(t *testing.T) {
	for _, text := range called {
		if !ofCommandLine(text) {
			t.Errorf("%q would be shown in the window", text)
		}
	}
	for _, text := range []string{"The drive is full.", "Name it -- or leave it.", "A stos network"} {
		if ofCommandLine(text) != (text == "Name it -- or leave it.") {
			t.Errorf("%q is taken for one of the command line", text)
		}
	}
	found := callers(t)
	for _, text := range found {
		if !slices.Contains(called, text) {
			t.Errorf("%q names a command or a flag. If the window never says it, add it to the list of those.", text)
		}
	}
	if len(found) != len(called) {
		t.Errorf("%d of the list are said: %q", len(found), found)
	}
}

// callers are the sentences about errors that are left to the command line.
func callers(t *testing.T) (list []string) {
	t.Helper()
	for _, dir := range folders {
		err := walk(filepath.Join(root, dir), func(n ast.Node, _ func() string) {
			if call, ok := n.(*ast.CallExpr); ok {
				if i, is := explained[named(call.Fun)]; is && i < len(call.Args) {
					if text, ok := literal(call.Args[i]); ok && ofCommandLine(text) {
						list = append(list, text)
					}
				}
			}
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return list
}
