package say

import (
	"math"
	"strconv"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/stratosdrive/stratosdrive/ui/language"
)

// TestEdgesOfUnits: what rounds up to a whole of the next unit is said in it.
func TestEdgesOfUnits(t *testing.T) {
	for _, c := range []struct{ got, want string }{
		{Size(999), "999 B"},
		{Size(1000), "1 KB"},
		{Size(999_449), "999 KB"},
		{Size(999_500), "1 MB"},
		{Size(999_999), "1 MB"},
		{Size(999_999_999), "1 GB"},
		{Size(math.MaxInt64), "9.2 EB"},
		{Left(59*time.Second + 999*time.Millisecond), "less than a minute left"},
		{Left(59*time.Minute + 29*time.Second), "about 59 min left"},
		{Left(59*time.Minute + 40*time.Second), "about 1 hour left"},
		{Left(47*time.Hour + 29*time.Minute), "about 47 hours left"},
		{Left(47*time.Hour + 40*time.Minute), "2 days left"},
		{Days(0), "0 seconds"},
		{Days(59*time.Second + 700*time.Millisecond), "1 minute"},
		{Days(59*time.Minute + 40*time.Second), "1 hour"},
		{Days(61 * time.Minute), "61 minutes"},
		{Days(23*time.Hour + 40*time.Minute), "1 day"},
		{Days(25 * time.Hour), "25 hours"},
		{Days(35*time.Hour + 20*time.Minute), "35 hours"},
		{Percent(math.NaN()), "?"},
		{Percent(math.Inf(1)), "?"},
		{Percent(999.999), "1,000 %"},
		{Percent(99.999), "100 %"},
		{Percent(0.004), "0 %"},
		{Speed(math.NaN()), "0 B/s"},
		{Speed(-1), "0 B/s"},
		{Speed(math.Inf(1)), "0 B/s"},
		{Clock(math.NaN()), "0:00"},
		{Clock(math.Inf(-1)), "0:00"},
	} {
		if c.got != c.want {
			t.Errorf("%q, want %q", c.got, c.want)
		}
	}
}

func TestBeginningsOfSentences(t *testing.T) {
	for in, want := range map[string]string{
		"": "", "2 days left": "2 days left", "no end": "No end", "Ended": "Ended", "écoulé": "Écoulé", "über": "Über",
		"剩余 2 天": "剩余 2 天", "ñandú": "Ñandú", "…": "…",
	} {
		if got := Begin(in); got != want {
			t.Errorf("%q begins as %q, want %q", in, got, want)
		}
	}
}

// unitOf is a size as its number and the place of its unit.
func unitOf(t *rapid.T, said string) (number float64, unit int) {
	text, word, _ := strings.Cut(said, " ")
	number, err := strconv.ParseFloat(text, 64)
	if err != nil {
		t.Fatalf("%q has no number", said)
	}
	unit = strings.Index("BKMGTPE", word[:1])
	return number, unit
}

// A larger file is never said to be smaller, a number never has four digits,
// and it is right to a twentieth.
func TestSizesAreInOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		digits := rapid.IntRange(0, 18).Draw(t, "digits")
		small := rapid.Int64Range(0, int64(math.Pow10(digits))).Draw(t, "small")
		large := small + rapid.Int64Range(0, small/50+1).Draw(t, "more")
		n, unit := unitOf(t, Size(small))
		m, higher := unitOf(t, Size(large))
		if higher < unit || higher == unit && m < n {
			t.Fatalf("%d is %q, and %d is %q", small, Size(small), large, Size(large))
		}
		if n >= 1000 {
			t.Fatalf("%d is %q", small, Size(small))
		}
		if exact := n * math.Pow(1000, float64(unit)); small > 0 && math.Abs(exact-float64(small)) > float64(small)/20 {
			t.Fatalf("%d is %q", small, Size(small))
		}
	})
}

// However long something takes, no unit is said as much as the next one, and
// what takes longer is never said to take less.
func TestTimesAreInOrder(t *testing.T) {
	length := func(said string) time.Duration {
		for _, u := range []struct {
			word string
			unit time.Duration
		}{{"second", time.Second}, {"min", time.Minute}, {"hour", time.Hour}, {"day", 24 * time.Hour}} {
			if strings.Contains(said, u.word) {
				n, _ := strconv.Atoi(strings.Map(func(r rune) rune {
					if r < '0' || r > '9' {
						return -1
					}
					return r
				}, said))
				return time.Duration(n) * u.unit
			}
		}
		return -1
	}
	rapid.Check(t, func(t *rapid.T) {
		seconds := rapid.Int64Range(60, 100*24*3600).Draw(t, "seconds")
		short := time.Duration(seconds) * time.Second
		long := short + time.Duration(rapid.Int64Range(0, seconds/10+1).Draw(t, "more"))*time.Second
		for name, say := range map[string]func(time.Duration) string{"left": Left, "days": Days} {
			a, b := length(say(short)), length(say(long))
			if a < 0 || b < a {
				t.Fatalf("%s: %v is %q, and %v is %q", name, short, say(short), long, say(long))
			}
			if off := math.Abs(float64(a - short)); off > float64(short)/2 {
				t.Fatalf("%s: %v is %q", name, short, say(short))
			}
		}
		if said := Left(short); strings.Contains(said, " 60 min") || strings.Contains(said, " 48 hours") {
			t.Fatalf("%v is %q", short, said)
		}
	})
}

// The words for days follow the calendar: today, yesterday, the days of a week,
// and then dates, at any time of the day and across the year.
func TestDaysFollowTheCalendar(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		now := time.Unix(rapid.Int64Range(1_700_000_000, 1_900_000_000).Draw(t, "now"), 0).UTC()
		back := rapid.IntRange(0, 800).Draw(t, "days back")
		at := time.Date(now.Year(), now.Month(), now.Day()-back, rapid.IntRange(0, 23).Draw(t, "hour"), 30, 0, 0, time.UTC)
		got := When(at, now)
		var want string
		switch {
		case back == 0:
			want = "Today, " + at.Format("15:04")
		case back == 1:
			want = "Yesterday"
		case back < 7:
			want = at.Weekday().String()
		case at.Year() == now.Year():
			want = at.Format("2 Jan")
		default:
			want = at.Format("2 Jan 2006")
		}
		if got != want {
			t.Fatalf("%v as seen from %v is %q, want %q", at, now, got, want)
		}
		if timed := WhenTimed(at, now); !strings.HasPrefix(timed, strings.TrimSuffix(want, at.Format("15:04"))) || !strings.HasSuffix(timed, at.Format("15:04")) {
			t.Fatalf("with its time it is %q", timed)
		}
	})
}

// A moment is said in the time of the person who reads it, not of the clock it
// was taken from.
func TestMomentsAreInLocalTime(t *testing.T) {
	east := time.FixedZone("east", 9*3600)
	now := time.Date(2026, 11, 22, 1, 0, 0, 0, east)
	at := time.Date(2026, 11, 21, 15, 30, 0, 0, time.UTC) // half past midnight there
	for got, want := range map[string]string{
		When(at, now): "Today, 00:30", WhenTimed(at, now): "Today, 00:30", Day(at, now): "22 Nov", Moment(at, now): "22 Nov 2026, 00:30",
	} {
		if got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

// In each language one thing and many are said apart where it has two words, and
// the number is always in what is said of many.
func TestCountsInEachLanguage(t *testing.T) {
	for _, n := range language.Names() {
		in(t, n.Code)
		for name, say := range map[string]func(int) string{"items": Items, "files": Files} {
			for _, count := range []int{0, 1, 2, 21, 1001, 18_204} {
				if said := say(count); !strings.Contains(said, Count(count)) || strings.Contains(said, "{{") {
					t.Errorf("%s, %s: %d is %q", n.Code, name, count, said)
				}
			}
			one, two := strings.TrimPrefix(say(1), "1"), strings.TrimPrefix(say(2), "2")
			if same := one == two; same != (n.Code == "zh") {
				t.Errorf("%s, %s: %q and %q", n.Code, name, one, two)
			}
		}
		for _, d := range []time.Duration{time.Second, time.Minute, 5 * time.Minute, time.Hour, 3 * time.Hour, 24 * time.Hour, 72 * time.Hour} {
			for _, said := range []string{Left(d), Days(d)} {
				if said == "" || strings.Contains(said, "{{") || n.Code != "en" && (strings.Contains(said, "left") || strings.Contains(said, "hour")) {
					t.Errorf("%s: %v is %q", n.Code, d, said)
				}
			}
		}
	}
}

// Shortened addresses keep their beginning and their end, and show nothing that
// is not in them.
func TestShortAddressesAreOfTheAddress(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		address := rapid.StringMatching(`st1[a-z0-9]{0,60}`).Draw(t, "address")
		for name, say := range map[string]func(string) string{"address": Address, "brief": Brief, "groups": Groups} {
			said := say(address)
			if !strings.HasPrefix(said, address[:3]) || !strings.HasSuffix(said, address[len(address)-1:]) {
				t.Fatalf("%s: %s is %q", name, address, said)
			}
			rest := address
			for _, part := range strings.FieldsFunc(said, func(r rune) bool { return r == ' ' || r == '…' }) {
				at := strings.Index(rest, part)
				if at < 0 {
					t.Fatalf("%s: %s is %q", name, address, said)
				}
				rest = rest[at+len(part):]
			}
		}
	})
}

// An amount that cannot be read is said as it is, and never as another.
func TestOddAmounts(t *testing.T) {
	if got := Fee(stosText("x.1234567")); got != "x.1234567 STOS" {
		t.Error(got)
	}
	for noz, want := range map[string]string{"999999999": "0.99", "1000000000": "1", "12345678901": "12.3", "999999999999": "999.9", "1000000000000": "1,000"} {
		if got := Ozone(noz); got != want {
			t.Errorf("%s: %q, want %q", noz, got, want)
		}
	}
}

// Ozone is never said to be more than there is, nor nothing where there is some.
func TestOzoneIsHonest(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		noz := rapid.Uint64Range(1, 1<<62).Draw(t, "noz")
		said, err := strconv.ParseFloat(strings.ReplaceAll(Ozone(strconv.FormatUint(noz, 10)), ",", ""), 64)
		exact := float64(noz) / 1e9
		if err != nil || said <= 0 || said > exact*(1+1e-12) || said < exact*0.9 {
			t.Fatalf("%d noz is %q", noz, Ozone(strconv.FormatUint(noz, 10)))
		}
	})
}
