package say

import (
	"math"
	"strconv"
	"strings"
	"time"

	"fyne.io/fyne/v2/lang"
	"github.com/dustin/go-humanize"

	"github.com/stratosdrive/stratosdrive/ui/language"
)

// Size says a number of bytes: "4 KB", "1.8 GB". Units are powers of 1000.
func Size(bytes int64) string {
	n := uint64(max(bytes, 0))
	number, unit, _ := strings.Cut(humanize.Bytes(n), " ")
	if number == "1000" { // rounded up: a whole of the next unit
		number, unit, _ = strings.Cut(humanize.Bytes(n+n/1000), " ")
	}
	form := language.Now()
	return form.Number(strings.TrimSuffix(number, ".0")) + " " + strings.ToUpper(strings.TrimSuffix(unit, "B")) + form.Byte
}

// Speed says bytes per second: "6.1 MB/s". What cannot be told, since no time
// has passed, is none.
func Speed(perSecond float64) string {
	if !(perSecond < math.MaxInt64) {
		perSecond = 0
	}
	return Size(int64(perSecond)) + "/s"
}

// Count says a whole number in groups: "18,204".
func Count(n int) string { return language.Now().Number(strconv.Itoa(n)) }

// Items says how many entries a folder has: "48 items", "1 item".
func Items(n int) string { return Plural(n, "1 item", "{{.N}} items") }

// Files says a number of files: "18,204 files", "1 file".
func Files(n int) string { return Plural(n, "1 file", "{{.N}} files") }

// Plural says a number of things: one is the sentence for a single thing, many
// that for N of them. Which numbers are a single thing depends on the language.
func Plural(n int, one, many string) string {
	number := map[string]any{"N": Count(n)}
	if language.Now().Single(n) {
		return lang.L(one, number)
	}
	return lang.L(many, number)
}

// When says a moment that has passed, as seen from now: "Today, 14:02",
// "Yesterday", "Monday", "12 Nov", "12 Nov 2025". The zero time says nothing.
func When(t, now time.Time) string {
	if t.IsZero() {
		return ""
	}
	t = t.In(now.Location())
	switch days := dayNumber(now) - dayNumber(t); {
	case days == 0:
		return lang.L("Today, {{.Time}}", map[string]any{"Time": t.Format("15:04")})
	case days == 1:
		return lang.L("Yesterday")
	case days > 1 && days < 7:
		return language.Now().Weekday(t.Weekday())
	}
	return language.Now().Day(t, t.Year() != now.Year())
}

// WhenTimed is When with the time of the day: "Today, 14:02", "Monday, 09:12",
// "12 Nov 2025, 18:30".
func WhenTimed(t, now time.Time) string {
	day := When(t, now)
	if day == "" || dayNumber(now) == dayNumber(t.In(now.Location())) {
		return day
	}
	return timed(day, t.In(now.Location()))
}

// dayNumber counts calendar days, so that "yesterday" is about midnight and
// not about 24 hours.
func dayNumber(t time.Time) int {
	y, m, d := t.Date()
	return int(time.Date(y, m, d, 0, 0, 0, 0, time.UTC).Unix() / (24 * 60 * 60))
}

// Left says how long something still takes or lasts: "about 4 min left",
// "2 days left", "less than a minute left".
func Left(d time.Duration) string {
	switch {
	case d <= 0:
		return ""
	case d < time.Minute:
		return lang.L("less than a minute left")
	case d.Round(time.Minute) < time.Hour:
		return lang.L("about {{.N}} min left", map[string]any{"N": int(d.Round(time.Minute) / time.Minute)})
	case d.Round(time.Hour) < 48*time.Hour:
		return Plural(int(d.Round(time.Hour)/time.Hour), "about 1 hour left", "about {{.N}} hours left")
	default:
		return Plural(int(d.Round(24*time.Hour)/(24*time.Hour)), "1 day left", "{{.N}} days left")
	}
}

// Until says when something ends, as seen from now: "2 days left", "ended",
// and "no end" for the zero time.
func Until(end, now time.Time) string {
	switch {
	case end.IsZero():
		return lang.L("no end")
	case !end.After(now):
		return lang.L("ended")
	default:
		return Left(end.Sub(now))
	}
}

// Address groups an address for reading, with the middle shown so that
// look-alikes differ: "st1c7 4wqy … k3h2 … 9x80p". Short text stays as it is.
func Address(address string) string {
	n := len(address)
	if n < 24 {
		return address
	}
	return address[:5] + " " + address[5:9] + " … " + address[n/2-2:n/2+2] + " … " + address[n-5:]
}

// Brief shortens an address for a second line: "st1k9w…4q2m".
func Brief(address string) string {
	n := len(address)
	if n < 14 {
		return address
	}
	return address[:6] + "…" + address[n-4:]
}

// Groups splits a whole address into groups of four for comparing it letter
// by letter.
func Groups(address string) string {
	var out []string
	for len(address) > 4 {
		out, address = append(out, address[:4]), address[4:]
	}
	return strings.Join(append(out, address), " ")
}

// Day says a day as seen from now, past or to come: "9 Dec", "9 Dec 2027". The
// zero time says nothing.
func Day(t, now time.Time) string {
	if t.IsZero() {
		return ""
	}
	t = t.In(now.Location())
	return language.Now().Day(t, t.Year() != now.Year())
}

// Moment says a moment whole: "22 Nov 2026, 14:02".
func Moment(t, now time.Time) string {
	if t.IsZero() {
		return ""
	}
	t = t.In(now.Location())
	return timed(language.Now().Day(t, true), t)
}

// timed adds the time of the day to a day.
func timed(day string, t time.Time) string {
	return lang.L("{{.Day}}, {{.Time}}", map[string]any{"Day": day, "Time": t.Format("15:04")})
}

// Percent says a number of percent with two decimals at most: "5 %",
// "99.98 %", and none from a thousand on: "83,268 %". A number below zero, or
// that is none, is not known, and says "?".
func Percent(p float64) string {
	switch {
	case !(p >= 0) || math.IsInf(p, 1):
		return "?"
	case p >= 1000:
		return percent(strconv.FormatInt(int64(p), 10))
	}
	return percent(strings.TrimSuffix(strings.TrimRight(strconv.FormatFloat(p, 'f', 2, 64), "0"), "."))
}

func percent(number string) string {
	return lang.L("{{.N}} %", map[string]any{"N": language.Now().Number(number)})
}

// Days says a whole number of days, rounded: "21 days", "1 day"; less than a
// day is said in hours or minutes.
func Days(d time.Duration) string {
	switch {
	case d >= 36*time.Hour || d.Round(time.Hour) == 24*time.Hour:
		return Plural(int(d.Round(24*time.Hour)/(24*time.Hour)), "1 day", "{{.N}} days")
	case d >= 90*time.Minute || d.Round(time.Minute) == time.Hour:
		return Plural(int(d.Round(time.Hour)/time.Hour), "1 hour", "{{.N}} hours")
	case d.Round(time.Second) >= time.Minute:
		return Plural(int(d.Round(time.Minute)/time.Minute), "1 minute", "{{.N}} minutes")
	}
	return Plural(int(d.Round(time.Second)/time.Second), "1 second", "{{.N}} seconds")
}
