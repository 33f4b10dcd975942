package fault

import (
	"encoding/json"
	"testing"
	"time"
)

// amount is an amount of STOS as a test wants it.
type amount string

func (a amount) Format(string) string { return string(a) }

func TestWordsAreEnglishAsText(t *testing.T) {
	moment := time.Date(2026, 12, 7, 9, 30, 0, 0, time.Local)
	for want, w := range map[string]Words{
		"": {}, "Alpha": Value("Alpha"), "100 %d": Value("100 %d"), "21": Value(Count(21)),
		"Stake 12.5 STOS with Alpha":       Tell("Stake %s with %s", STOS{amount("12.5")}, "Alpha"),
		"Back about 7 December 2026 09:30": Tell("Back about %s", Date(moment)),
		"Until 2026-12-07":                 Tell("Until %s", Day(moment)),
		"Vote yes 60 %, no 40.25 %":        Tell("Vote %s", Choice{Tell("yes %s", Percent(60)), Tell("no %s", Percent(40.25))}),
		"It keeps 5 % of it":               Tell("It keeps 5 %% of it"),
	} {
		if got := w.String(); got != want {
			t.Errorf("%q, want %q", got, want)
		}
		if w.Empty() != (want == "") {
			t.Errorf("%q: empty is %v", want, w.Empty())
		}
		raw, err := json.Marshal(w)
		var back Words
		if err == nil {
			err = json.Unmarshal(raw, &back)
		}
		if err != nil || back.String() != want || back.Empty() != w.Empty() {
			t.Errorf("%q comes back as %q (%v)", want, back, err)
		}
	}
}

func TestSpansAreWhatPeopleSay(t *testing.T) {
	for d, want := range map[time.Duration]string{
		21 * 24 * time.Hour: "21 days", 24 * time.Hour: "1 day", 36 * time.Hour: "36 hours", time.Hour: "1 hour",
		90 * time.Second: "90 seconds", 2 * time.Minute: "2 minutes", time.Second: "1 second", time.Millisecond: "a moment", 0: "a moment",
	} {
		if got := Span(d).String(); got != want {
			t.Errorf("%v is %q, want %q", d, got, want)
		}
	}
}

// TestPartsTellAValueFromASentence: a value alone is never looked up in a table
// of translations, whatever a person called it.
func TestPartsTellAValueFromASentence(t *testing.T) {
	if format, args, told := Value("Send").Parts(); told || format != "%v" || args[0] != "Send" {
		t.Error(format, args, told)
	}
	if format, args, told := Tell("Send %s", "x").Parts(); !told || format != "Send %s" || args[0] != "x" {
		t.Error(format, args, told)
	}
}
