// Command words keeps the translations of the window whole. It reads the source
// for all sentences that people see and lists those that a language lacks:
//
//	go run ./internal/house/words            # what is missing or not needed any more
//	go run ./internal/house/words -tidy      # sorts the files and takes out what is not needed
//
// It is run from the folder that holds go.mod.
package main

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
)

// codes are the languages that the window is translated into.
var codes = []string{"de", "es", "fr", "zh"}

func main() {
	tidy := flag.Bool("tidy", false, "sort the files and take out what is not needed")
	flag.Parse()
	lacking, err := run(*tidy)
	if err != nil {
		fmt.Fprintln(os.Stderr, "words:", err)
		os.Exit(2)
	}
	for _, line := range lacking {
		fmt.Println(line)
	}
	if len(lacking) > 0 {
		os.Exit(1)
	}
}

func run(tidy bool) (lacking []string, err error) {
	found, err := collect(".")
	if err != nil {
		return nil, err
	}
	for _, code := range codes {
		words, err := readWords(".", code)
		if err != nil {
			return nil, err
		}
		if tidy {
			maps.DeleteFunc(words, func(key, _ string) bool { return found.Words[key] == "" && found.Errors[key] == "" })
			if err := writeWords(code, words); err != nil {
				return nil, err
			}
		}
		lacking = append(lacking, problems(code, words, found)...)
	}
	if tidy {
		err = writeWords("en", same(found.Words))
	}
	return lacking, err
}

// same are English sentences as they are, a sheet for translators to begin with.
func same(keys map[string]string) map[string]string {
	words := map[string]string{}
	for key := range keys {
		words[key] = key
	}
	return words
}

func path(root, code string) string {
	return filepath.Join(root, "ui", "language", "words", code+".json")
}

func readWords(root, code string) (words map[string]string, err error) {
	raw, err := os.ReadFile(path(root, code))
	if err != nil {
		return nil, err
	}
	return words, json.Unmarshal(raw, &words)
}

// writeWords writes a file of words in the order of its keys.
func writeWords(code string, words map[string]string) error {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(words); err != nil {
		return err
	}
	return os.WriteFile(path(".", code), b.Bytes(), 0o644)
}

// problems are what a language lacks, has too much, or has with other values.
func problems(code string, words map[string]string, found Found) []string {
	list := append(missing(code, words, found.Words), missing(code, words, found.Errors)...)
	for _, key := range slices.Sorted(maps.Keys(words)) {
		switch {
		case found.Words[key] == "" && found.Errors[key] == "":
			list = append(list, fmt.Sprintf("%s: not needed any more: %q", code, key))
		case !sameValues(key, words[key]):
			list = append(list, fmt.Sprintf("%s: other values than in English: %q is %q", code, key, words[key]))
		}
	}
	return list
}

func missing(code string, words, keys map[string]string) (list []string) {
	for _, key := range slices.Sorted(maps.Keys(keys)) {
		if words[key] == "" {
			list = append(list, fmt.Sprintf("%s: missing: %q (%s)", code, key, keys[key]))
		}
	}
	return list
}

var (
	names = regexp.MustCompile(`\{\{[^}]*\}\}`)
	verbs = regexp.MustCompile(`%(\[\d+\])?[a-z]`)
)

// sameValues tells whether a translation holds the values of its key. The
// sentence for a single thing may hold the number, for French counts 0 so too.
func sameValues(key, text string) bool {
	have, want := values(text), values(key)
	if len(want) == 0 && slices.Equal(have, []string{"{{.N}}"}) && names.FindString(key) == "" {
		return true
	}
	return slices.Equal(have, want)
}

// values are the sorted values of a sentence: names, and verbs of package fmt
// that stand alone, for "5 %" is no verb.
func values(text string) []string {
	list := slices.Compact(slices.Sorted(slices.Values(names.FindAllString(text, -1))))
	for _, verb := range verbs.FindAllString(text, -1) {
		list = append(list, verb[:1]+verb[len(verb)-1:])
	}
	slices.Sort(list)
	return list
}
