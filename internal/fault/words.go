package fault

import (
	"fmt"
	"strings"
	"time"
)

// Words is a sentence or a few words for people, together with the values in it,
// so that it can be said in another language. As a text, and as JSON, it is
// English. The zero Words say nothing.
type Words struct {
	format string
	args   []any
	told   bool // format is an English sentence, not only the place of a value
}

// Tell returns words with the verbs of package fmt. The format stands in the
// source as it is: that is how its translations are known to be needed. Values
// are numbers and texts that are the same in every language, [STOS], [Span],
// [Date], [Percent], [Count], [Choice] or other Words.
func Tell(format string, args ...any) Words { return Words{format, args, true} }

// Value returns words that are a value alone: a name, an address, or one of the
// values that [Tell] takes.
func Value(v any) Words { return Words{format: "%v", args: []any{v}} }

// Parts returns the format and its values; told is false for a value alone,
// whose format needs no translation.
func (w Words) Parts() (format string, args []any, told bool) { return w.format, w.args, w.told }

// Empty tells whether nothing is said.
func (w Words) Empty() bool { return w.format == "" }

// String says it in English.
func (w Words) String() string { return fmt.Sprintf(w.format, w.args...) }

// MarshalText writes it in English.
func (w Words) MarshalText() ([]byte, error) { return []byte(w.String()), nil }

// UnmarshalText takes a text as a value: what it was made of is not in it.
func (w *Words) UnmarshalText(text []byte) error {
	*w = Words{}
	if len(text) > 0 {
		*w = Value(string(text))
	}
	return nil
}

// STOS is an amount in words: "12.5 STOS".
type STOS struct {
	Amount interface{ Format(unit string) string }
}

// String gives the amount in STOS, as `stos` prints it.
func (s STOS) String() string { return s.Amount.Format("stos") + " STOS" }

// Span is a length of time in words: "21 days", "1 hour", "a moment".
type Span time.Duration

// String says it in English.
func (s Span) String() string {
	d := time.Duration(s)
	for _, unit := range []struct {
		length time.Duration
		name   string
	}{{24 * time.Hour, "day"}, {time.Hour, "hour"}, {time.Minute, "minute"}, {time.Second, "second"}} {
		if n := int(d / unit.length); n > 1 || (n == 1 && d%unit.length == 0) {
			if n == 1 {
				return "1 " + unit.name
			}
			return fmt.Sprintf("%d %ss", n, unit.name)
		}
	}
	return "a moment"
}

// Date is a moment in words, in the time of this computer: "2 January 2026
// 15:04".
type Date time.Time

// String gives it as `stos` prints it, in local time.
func (d Date) String() string { return time.Time(d).Local().Format("2 January 2006 15:04") }

// Day is the day of a moment in words, in the time of this computer:
// "2026-01-02".
type Day time.Time

// String gives it as year-month-day, in local time.
func (d Day) String() string { return time.Time(d).Local().Format(time.DateOnly) }

// Percent is a part in words: "33.4 %". Two decimals matter at most.
type Percent float64

// String says it in English.
func (p Percent) String() string {
	return strings.TrimSuffix(strings.TrimRight(fmt.Sprintf("%.2f", float64(p)), "0"), ".") + " %"
}

// Count is a whole number in words.
type Count int

// Choice are several words in a row, with commas between: "yes 60 %, no 40 %".
type Choice []Words

// String says all of it in English.
func (c Choice) String() string {
	parts := make([]string, len(c))
	for i, w := range c {
		parts[i] = w.String()
	}
	return strings.Join(parts, ", ")
}
