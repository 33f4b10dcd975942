package say

import (
	"math/big"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// stosText is an amount as its exact decimal number of STOS.
type stosText string

func (s stosText) Format(string) string { return string(s) }

func TestSizes(t *testing.T) {
	for bytes, want := range map[int64]string{
		0: "0 B", 512: "512 B", 4_000: "4 KB", 212_000: "212 KB", 1_100_000: "1.1 MB",
		1_800_000_000: "1.8 GB", 212_000_000_000: "212 GB", -5: "0 B",
	} {
		if got := Size(bytes); got != want {
			t.Errorf("%d: %q, want %q", bytes, got, want)
		}
	}
	if got := Speed(6_100_000); got != "6.1 MB/s" {
		t.Error(got)
	}
}

func TestCounts(t *testing.T) {
	for got, want := range map[string]string{
		Items(1): "1 item", Items(48): "48 items", Items(0): "0 items",
		Files(18204): "18,204 files", Files(1): "1 file",
	} {
		if got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

func TestWhenTimed(t *testing.T) {
	now := time.Date(2026, 11, 22, 15, 0, 0, 0, time.UTC)
	for want, ago := range map[string]time.Duration{
		"Today, 14:58": 2 * time.Minute, "Yesterday, 14:00": 25 * time.Hour, "Thursday, 15:00": 72 * time.Hour, "23 Oct, 15:00": 30 * 24 * time.Hour,
	} {
		if got := WhenTimed(now.Add(-ago), now); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
	if WhenTimed(time.Time{}, now) != "" {
		t.Error("no time has a moment")
	}
}

func TestWhen(t *testing.T) {
	now := time.Date(2026, 11, 22, 15, 0, 0, 0, time.UTC) // a Sunday
	for _, c := range []struct {
		at   time.Time
		want string
	}{
		{time.Time{}, ""},
		{now.Add(-58 * time.Minute), "Today, 14:02"},
		{time.Date(2026, 11, 21, 23, 59, 0, 0, time.UTC), "Yesterday"},
		{time.Date(2026, 11, 16, 8, 0, 0, 0, time.UTC), "Monday"},
		{time.Date(2026, 11, 15, 8, 0, 0, 0, time.UTC), "15 Nov"},
		{time.Date(2025, 11, 12, 8, 0, 0, 0, time.UTC), "12 Nov 2025"},
		{time.Date(2026, 11, 24, 8, 0, 0, 0, time.UTC), "24 Nov"},
	} {
		if got := When(c.at, now); got != c.want {
			t.Errorf("%v: %q, want %q", c.at, got, c.want)
		}
	}
}

func TestYesterdayIsAboutMidnight(t *testing.T) {
	now := time.Date(2026, 3, 1, 0, 5, 0, 0, time.UTC)
	if got := When(now.Add(-10*time.Minute), now); got != "Yesterday" {
		t.Error(got)
	}
}

func TestLeft(t *testing.T) {
	for d, want := range map[time.Duration]string{
		0: "", 20 * time.Second: "less than a minute left", 4 * time.Minute: "about 4 min left",
		61 * time.Minute: "about 1 hour left", 5 * time.Hour: "about 5 hours left",
		72 * time.Hour: "3 days left", 7*24*time.Hour - time.Second: "7 days left", 48 * time.Hour: "2 days left",
	} {
		if got := Left(d); got != want {
			t.Errorf("%v: %q, want %q", d, got, want)
		}
	}
	now := time.Unix(1_800_000_000, 0)
	if Until(time.Time{}, now) != "no end" || Until(now, now) != "ended" || Until(now.Add(50*time.Hour), now) != "2 days left" {
		t.Error("until")
	}
}

func TestAddresses(t *testing.T) {
	const a = "st1c74wqy0000000000000000k3h200000000000009x80p"
	got := Address(a)
	if !strings.HasPrefix(got, "st1c7 4wqy … ") || !strings.HasSuffix(got, " … 9x80p") {
		t.Error(got)
	}
	if Brief(a) != "st1c74…x80p" || Brief("short") != "short" || Address("short") != "short" {
		t.Error("brief")
	}
	if Groups("st1c74wqy0") != "st1c 74wq y0" {
		t.Error(Groups("st1c74wqy0"))
	}
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringMatching(`[a-z0-9]{1,70}`).Draw(t, "address")
		if strings.ReplaceAll(Groups(text), " ", "") != text {
			t.Fatal("groups lost a letter")
		}
	})
}

func TestAmounts(t *testing.T) {
	for text, want := range map[stosText][5]string{
		"1284.372":             {"1,284.372 STOS", "1,284.372", "1,284.372 STOS", "1,284.372 STOS", "+ 1,284.372 STOS"},
		"0":                    {"0 STOS", "0", "0 STOS", "0 STOS", "+ 0 STOS"},
		"12.5":                 {"12.5 STOS", "12.5", "12.5 STOS", "12.5 STOS", "+ 12.5 STOS"},
		"0.00009420001":        {"0.00009420001 STOS", "0.0000942", "0.000095 STOS", "0.000094 STOS", "+ 0.0000942 STOS"},
		"0.999999999999999999": {"0.999999999999999999 STOS", "0.999", "1 STOS", "0.999999 STOS", "+ 0.999 STOS"},
		"1000000":              {"1,000,000 STOS", "1,000,000", "1,000,000 STOS", "1,000,000 STOS", "+ 1,000,000 STOS"},
	} {
		got := [5]string{STOS(text), Figure(text), Fee(text), Rest(text), Signed(text, true)}
		if got != want {
			t.Errorf("%s:\n got %q\nwant %q", text, got, want)
		}
	}
	if got := Signed(stosText("100"), false); got != "- 100 STOS" {
		t.Error(got)
	}
}

// A fee is never said smaller, and a rest never larger, than it is.
func TestRoundingIsHonest(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		wei := rapid.Uint64().Draw(t, "wei")
		exact := new(big.Rat).SetFrac(new(big.Int).SetUint64(wei), big.NewInt(1e18))
		text := stosText(strings.TrimRight(strings.TrimRight(exact.FloatString(18), "0"), "."))
		if parse(t, Fee(text)).Cmp(exact) < 0 {
			t.Fatalf("fee %s said as %s", text, Fee(text))
		}
		if parse(t, Rest(text)).Cmp(exact) > 0 || parse(t, Figure(text)+" STOS").Cmp(exact) > 0 {
			t.Fatalf("rest %s said as %s", text, Rest(text))
		}
	})
}

func parse(t *rapid.T, said string) *big.Rat {
	r, ok := new(big.Rat).SetString(strings.ReplaceAll(strings.TrimSuffix(said, " STOS"), ",", ""))
	if !ok {
		t.Fatalf("%q is no amount", said)
	}
	return r
}

func TestOzone(t *testing.T) {
	for noz, want := range map[string]string{
		"212600000000": "212.6", "420000000": "0.42", "1204500000000": "1,204", "5210000000": "5.21",
		"0": "0", "": "0", "x": "0", "-4": "0", "1": "0.000000001", "1500": "0.0000015", "40000000000": "40",
	} {
		if got := Ozone(noz); got != want {
			t.Errorf("%s: %q, want %q", noz, got, want)
		}
	}
	if OzoneNamed("40000000000") != "40 ozone" {
		t.Error(OzoneNamed("40000000000"))
	}
}

func TestDaysToCome(t *testing.T) {
	now := time.Date(2026, 11, 22, 15, 0, 0, 0, time.UTC)
	for in, want := range map[time.Time]string{
		{}: "", time.Date(2026, 12, 9, 0, 0, 0, 0, time.UTC): "9 Dec", time.Date(2027, 1, 2, 0, 0, 0, 0, time.UTC): "2 Jan 2027",
	} {
		if got := Day(in, now); got != want {
			t.Errorf("%v is %q", in, got)
		}
	}
	if got := Moment(now, now); got != "22 Nov 2026, 15:00" || Moment(time.Time{}, now) != "" {
		t.Error(got)
	}
}

func TestPercents(t *testing.T) {
	for in, want := range map[float64]string{5: "5 %", 99.98: "99.98 %", 7.5: "7.5 %", 0: "0 %", -1: "?", 100: "100 %", 83_268.7: "83,268 %", 8.244: "8.24 %"} {
		if got := Percent(in); got != want {
			t.Errorf("%v is %q", in, got)
		}
	}
}

func TestDurations(t *testing.T) {
	for in, want := range map[time.Duration]string{
		21 * 24 * time.Hour: "21 days", 24 * time.Hour: "1 day", time.Hour: "1 hour", 3 * time.Hour: "3 hours",
		90 * time.Second: "2 minutes", time.Minute: "1 minute", 20 * time.Second: "20 seconds", time.Second: "1 second",
	} {
		if got := Days(in); got != want {
			t.Errorf("%v is %q", in, got)
		}
	}
}
