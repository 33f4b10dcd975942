package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"regexp"
	"strings"

	"github.com/dustin/go-humanize"
	"github.com/dustin/go-humanize/english"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/internal/stratos"
)

// print writes a result: one JSON object with --json, else the lines of text.
func (s *session) print(value any, text ...string) error {
	if !s.flags.json {
		for _, line := range text {
			if _, err := fmt.Fprintln(s.io.out, line); err != nil {
				return fmt.Errorf("print result: %w", err)
			}
		}
		return nil
	}
	enc := json.NewEncoder(s.io.out)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(value); err != nil {
		return fmt.Errorf("print result: %w", err)
	}
	return nil
}

// printError tells what went wrong in one sentence, on stderr; with --json a
// JSON object on stdout as well, so that scripts always get exactly one. What
// nobody found words for is told apart from the sentence, for whoever repairs
// the program.
func (s *session) printError(err error) {
	report := map[string]any{"error": withoutKeys(withHint(fault.Sentence(err), err)), "exit_code": fault.ExitCode(err)}
	if _, explained := errors.AsType[*fault.Error](err); !explained {
		report["error"], report["detail"] = unexpected, withoutKeys(err.Error())
	}
	fmt.Fprintln(s.io.err, "stos:", report["error"])
	if detail, there := report["detail"]; there {
		fmt.Fprintln(s.io.err, "detail:", detail)
	}
	if s.flags.json {
		_ = s.print(merged(err, report))
	}
}

// partial is a failure with a result: what was done nevertheless.
type partial struct {
	error
	result any
}

// Unwrap returns the failure itself.
func (p partial) Unwrap() error { return p.error }

// merged is the report of a failure, with the fields of its result if it has
// one.
func merged(err error, report map[string]any) map[string]any {
	p, is := errors.AsType[partial](err)
	if !is {
		return report
	}
	raw, err := json.Marshal(p.result)
	all := map[string]any{}
	if err != nil || json.Unmarshal(raw, &all) != nil {
		return report
	}
	maps.Copy(all, report)
	return all
}

const unexpected = "Something went wrong that should not. What was reported as done before is safe; please try again."

// linkKey is the key of a private link, which must not get into a log when a
// link was given where none belongs.
var linkKey = regexp.MustCompile(`#[A-Za-z0-9_-]{16,}`)

func withoutKeys(text string) string { return linkKey.ReplaceAllString(text, "#...") }

// say writes progress to stderr.
func (s *session) say(format string, args ...any) {
	fmt.Fprintf(s.io.err, format+"\n", args...)
}

// progress returns a callback that says whenever another tenth is done.
func (s *session) progress(what string) func(done, total int64) {
	last := int64(-1)
	return func(done, total int64) {
		if total <= 0 {
			return
		}
		if tenth := done * 10 / total; tenth != last {
			last = tenth
			s.say("%s: %d %% of %s", what, tenth*10, humanize.Bytes(uint64(total)))
		}
	}
}

// count names a number of things, "1 file" or "2 files".
func count[N int | int64](n N, thing string) string { return english.Plural(int(n), thing, "") }

func sentenceCase(text string) string {
	if text == "" {
		return text
	}
	return strings.ToUpper(text[:1]) + text[1:]
}

func stos(a stratos.Amount) string { return a.Format(stratos.STOS) + " STOS" }

// ozone writes a decimal number of noz in ozone, rounded down to what people
// can read.
func ozone(noz string) string {
	if noz == "" {
		return "not known"
	}
	a, err := stratos.ParseDecimal(noz, stratos.Wei)
	if err != nil {
		return noz + " noz"
	}
	text := a.Format(stratos.Gwei) // 1 ozone = 10^9 noz, like gwei and wei
	if whole, fraction, ok := strings.Cut(text, "."); ok && len(fraction) > 3 {
		text = whole + "." + fraction[:3]
	}
	return text + " ozone"
}
