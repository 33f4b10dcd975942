package say

import (
	"fmt"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/ui/language"
)

// in speaks a language until the test ends.
func in(t *testing.T, code string) {
	t.Helper()
	if err := language.Use(code); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = language.Use("en") })
}

func TestLanguages(t *testing.T) {
	now := time.Date(2026, 11, 22, 15, 0, 0, 0, time.UTC)
	for code, want := range map[string][9]string{
		"de": {"1,8 GB", "18.204 Dateien", "0 Dateien", "Heute, 14:02", "Montag", "12. Nov. 2025, 18:30", "1.284,372 STOS", "99,98 %", "noch 2 Tage"},
		"fr": {"1,8 Go", "18\u00a0204 fichiers", "0 fichier", "Auj. 14:02", "lundi", "12 nov. 2025, 18:30", "1\u00a0284,372 STOS", "99,98 %", "2 jours restants"},
		"es": {"1,8 GB", "18.204 archivos", "0 archivos", "Hoy, 14:02", "lunes", "12 nov 2025, 18:30", "1284,372 STOS", "99,98 %", "quedan 2 días"},
		"zh": {"1.8 GB", "18,204 个文件", "0 个文件", "今天 14:02", "星期一", "2025年11月12日 18:30", "1,284.372 STOS", "99.98%", "剩余 2 天"},
	} {
		in(t, code)
		got := [9]string{
			Size(1_800_000_000), Files(18204), Files(0), When(now.Add(-58*time.Minute), now), When(time.Date(2026, 11, 16, 8, 0, 0, 0, time.UTC), now),
			Moment(time.Date(2025, 11, 12, 18, 30, 0, 0, time.UTC), now), STOS(stosText("1284.372")), Percent(99.98), Left(48 * time.Hour),
		}
		if got != want {
			t.Errorf("%s:\n got %q\nwant %q", code, got, want)
		}
	}
}

func TestTroubleInAnotherLanguage(t *testing.T) {
	err := fmt.Errorf("pay: %w", fault.Wrong(nil, "%q is not an amount of STOS. Write for example 12.5.", "x"))
	for code, want := range map[string]string{
		"en": `"x" is not an amount of STOS. Write for example 12.5.`, "de": `"x" ist kein Betrag in STOS. Schreib zum Beispiel 12.5.`,
	} {
		in(t, code)
		if got := Trouble(err); got != want {
			t.Errorf("%s: %s", code, got)
		}
	}
	if got := Trouble(io.EOF); strings.Contains(got, "EOF") || len(got) < 40 {
		t.Error(got)
	}
	if got := Trouble(fault.Say(nil, "Only 100%% of %s.", "it")); got != "Only 100% of it." {
		t.Error(got)
	}
}
