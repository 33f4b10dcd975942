package say

import (
	"testing"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/fault"
)

func TestWordsInEachLanguage(t *testing.T) {
	until := time.Date(2026, 12, 7, 9, 30, 0, 0, time.Local)
	stake := fault.Tell("Stake %s with %s", fault.STOS{Amount: stosText("1284.372")}, "Send")
	vote := fault.Tell("Vote %s on proposal %d", fault.Choice{fault.Tell("%s %s", fault.Tell("yes"), fault.Percent(60.5)), fault.Tell("abstain")}, uint64(7))
	period := fault.Tell("It cannot be moved on for %s.", fault.Span(21*24*time.Hour))
	for code, want := range map[string][6]string{
		"en": {"Stake 1,284.372 STOS with Send", "Vote yes 60.5 %, abstain on proposal 7", "It cannot be moved on for 21 days.", "7 Dec 2026, 09:30", "7 Dec 2026", "18,204"},
		"de": {"1.284,372 STOS bei Send staken", "Mit „Ja 60,5 %, Enthaltung“ über Vorschlag 7 abstimmen", "Er kann 21 Tage lang nicht weiter verschoben werden.", "7. Dez. 2026, 09:30", "7. Dez. 2026", "18.204"},
		"zh": {"将 1,284.372 STOS 质押给 Send", "对提案 7 投“赞成 60.5%, 弃权”", "在 21 天 内不能再次转移。", "2026年12月7日 09:30", "2026年12月7日", "18,204"},
	} {
		in(t, code)
		got := [6]string{Words(stake), Words(vote), Words(period), Words(fault.Value(fault.Date(until))), Words(fault.Value(fault.Day(until))), Words(fault.Value(fault.Count(18204)))}
		if got != want {
			t.Errorf("%s:\n got %q\nwant %q", code, got, want)
		}
	}
	if got := Words(fault.Value("Folder")) + Words(fault.Words{}); got != "Folder" {
		t.Errorf("a name became %q", got)
	}
}

// TestTroubleWithValues: amounts, dates and sentences in a sentence about an
// error are in the language too.
func TestTroubleWithValues(t *testing.T) {
	in(t, "de")
	err := fault.Say(nil, "%s Only the fee of %s was paid.", fault.Tell("There is not enough STOS in this account."), fault.STOS{Amount: stosText("0.25")})
	if got := Trouble(err); got != "In diesem Konto sind nicht genug STOS. Nur die Gebühr von 0,25 STOS wurde bezahlt." {
		t.Error(got)
	}
	if got := Words(fault.Value(fault.Span(0))); got != "einen Augenblick" {
		t.Error(got)
	}
}
