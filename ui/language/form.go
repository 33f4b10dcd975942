package language

import (
	"strconv"
	"strings"
	"time"
)

// Form is how a language writes numbers, dates and plurals, after the Unicode
// CLDR.
type Form struct {
	Code    string
	Decimal string // between whole and fraction
	Group   string // between thousands
	// Least is the number of digits from which thousands are grouped.
	Least int
	// Byte is the letter of the unit of sizes.
	Byte string
	// Short and Long are dates without and with their year: D is the day, M the
	// name of the month, Y the year.
	Short, Long string
	Months      [12]string
	Weekdays    [7]string // from Sunday
	// Single tells which numbers are one thing.
	Single func(n int) bool
}

var forms = map[string]Form{
	"en": {
		Code: "en", Decimal: ".", Group: ",", Least: 4, Byte: "B", Short: "D M", Long: "D M Y", Single: one,
		Months:   months("Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec"),
		Weekdays: weekdays("Sunday Monday Tuesday Wednesday Thursday Friday Saturday"),
	},
	"zh": {
		Code: "zh", Decimal: ".", Group: ",", Least: 4, Byte: "B", Short: "MD日", Long: "Y年MD日", Single: none,
		Months:   months("1月 2月 3月 4月 5月 6月 7月 8月 9月 10月 11月 12月"),
		Weekdays: weekdays("星期日 星期一 星期二 星期三 星期四 星期五 星期六"),
	},
	"fr": {
		Code: "fr", Decimal: ",", Group: "\u00a0", Least: 4, Byte: "o", Short: "D M", Long: "D M Y", Single: noneOrOne,
		Months:   months("janv. févr. mars avr. mai juin juil. août sept. oct. nov. déc."),
		Weekdays: weekdays("dimanche lundi mardi mercredi jeudi vendredi samedi"),
	},
	"de": {
		Code: "de", Decimal: ",", Group: ".", Least: 4, Byte: "B", Short: "D. M", Long: "D. M Y", Single: one,
		Months:   months("Jan. Feb. März Apr. Mai Juni Juli Aug. Sept. Okt. Nov. Dez."),
		Weekdays: weekdays("Sonntag Montag Dienstag Mittwoch Donnerstag Freitag Samstag"),
	},
	"es": {
		Code: "es", Decimal: ",", Group: ".", Least: 5, Byte: "B", Short: "D M", Long: "D M Y", Single: one,
		Months:   months("ene feb mar abr may jun jul ago sept oct nov dic"),
		Weekdays: weekdays("domingo lunes martes miércoles jueves viernes sábado"),
	},
}

func months(names string) (list [12]string)  { copy(list[:], strings.Fields(names)); return list }
func weekdays(names string) (list [7]string) { copy(list[:], strings.Fields(names)); return list }

func one(n int) bool       { return n == 1 }
func none(int) bool        { return false }
func noneOrOne(n int) bool { return n == 0 || n == 1 }

// Now is the form of the language that is spoken.
func Now() Form { return now().form }

// Number writes a decimal number, given with a point and without groups, the
// way the language does.
func (f Form) Number(decimal string) string {
	whole, fraction, broken := strings.Cut(decimal, ".")
	sign := ""
	if strings.HasPrefix(whole, "-") {
		sign, whole = "-", whole[1:]
	}
	if broken {
		fraction = f.Decimal + fraction
	}
	return sign + f.grouped(whole) + fraction
}

func (f Form) grouped(digits string) string {
	if len(digits) < f.Least {
		return digits
	}
	var b strings.Builder
	for i, digit := range digits {
		if i > 0 && (len(digits)-i)%3 == 0 {
			b.WriteString(f.Group)
		}
		b.WriteRune(digit)
	}
	return b.String()
}

// Day writes the day of t, with or without its year.
func (f Form) Day(t time.Time, year bool) string {
	form := f.Short
	if year {
		form = f.Long
	}
	return strings.NewReplacer("D", strconv.Itoa(t.Day()), "M", f.Months[t.Month()-1], "Y", strconv.Itoa(t.Year())).Replace(form)
}

// Weekday names the day of the week.
func (f Form) Weekday(d time.Weekday) string { return f.Weekdays[d] }
