package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"github.com/dustin/go-humanize"

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
// JSON object on stdout as well, so that scripts always get exactly one.
func (s *session) printError(err error) {
	sentence := fault.Sentence(err)
	if _, explained := errors.AsType[*fault.Error](err); !explained {
		sentence = sentenceCase(sentence)
	}
	fmt.Fprintln(s.io.err, "stos: "+sentence)
	if s.flags.json {
		_ = json.NewEncoder(s.io.out).Encode(map[string]any{"error": sentence, "exit_code": fault.ExitCode(err)})
	}
}

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
