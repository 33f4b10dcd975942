package walletpage

import (
	"cmp"
	"slices"
	"strings"

	"fyne.io/fyne/v2/lang"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/ui/say"
	"github.com/stratosdrive/stratosdrive/ui/widgets"
)

// knows returns the contact whose address or name was typed, nil for nobody.
func knows(people []app.Contact, text string) *app.Contact {
	text = strings.TrimSpace(text)
	if text == "" {
		return nil
	}
	i := slices.IndexFunc(people, func(c app.Contact) bool {
		return strings.EqualFold(c.Address, text) || strings.EqualFold(c.Hex, text) || strings.EqualFold(c.Name, text)
	})
	if i < 0 {
		return nil
	}
	return &people[i]
}

// namesOf says who an address is, empty for nobody known.
func namesOf(people []app.Contact) func(string) string {
	return func(address string) string {
		if c := knows(people, address); c != nil && !strings.EqualFold(c.Name, address) {
			return c.Name
		}
		return ""
	}
}

// payee is the address of what was typed: that of a contact, or the text.
func payee(people []app.Contact, text string) string {
	if c := knows(people, text); c != nil {
		return c.Address
	}
	return strings.TrimSpace(text)
}

// hint is said under a recipient: who it is, and what it wants.
func hint(people []app.Contact, to, memo string) (text string, tone widgets.Tone) {
	c := knows(people, to)
	switch {
	case c == nil:
		return "", widgets.Neutral
	case c.Exchange && strings.TrimSpace(memo) == "":
		return lang.L("{{.Name}} needs a note with every payment. Without it the money may be lost.", map[string]any{"Name": c.Name}), widgets.Bad
	case strings.EqualFold(c.Name, strings.TrimSpace(to)):
		return lang.L("In your address book: {{.Address}}", map[string]any{"Address": say.Brief(c.Address)}), widgets.Good
	}
	return lang.L("In your address book: {{.Address}}", map[string]any{"Address": c.Name}), widgets.Good
}

// listed are the people in the order of the book: whom one paid last first,
// then by name; text leaves those it is in.
func listed(people []app.Contact, text string) []app.Contact {
	text = strings.ToLower(strings.TrimSpace(text))
	out := slices.DeleteFunc(slices.Clone(people), func(c app.Contact) bool {
		return !strings.Contains(strings.ToLower(c.Name+" "+c.Address+" "+c.Hex+" "+c.Memo), text)
	})
	slices.SortStableFunc(out, func(a, b app.Contact) int {
		if c := b.Used.Compare(a.Used); c != 0 {
			return c
		}
		return cmp.Compare(strings.ToLower(a.Name), strings.ToLower(b.Name))
	})
	return out
}

// personRow is a contact as a row of a table.
func personRow(c app.Contact) widgets.TableRow {
	second := say.Brief(c.Address)
	if c.Memo != "" {
		second += ", " + lang.L("note {{.Note}}", map[string]any{"Note": c.Memo})
	}
	r := widgets.TableRow{Icon: "user", Name: c.Name, Second: second}
	if c.Exchange {
		r.Cells = []widgets.TableCell{{Text: lang.L("Exchange"), Pill: true}}
	}
	return r
}
