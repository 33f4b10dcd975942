package confirm

import (
	"context"
	"strings"

	"fyne.io/fyne/v2/lang"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/ui/say"
)

// Order is a transaction that a person wants to make.
type Order struct {
	// Title stands over the preview; empty is "Check before you go on".
	Title string
	// Preview simulates it and says what will happen. It is read again when the
	// person goes back and changes the form.
	Preview func(ctx context.Context) (app.TxPreview, error)
	// Pay signs and sends it with a fee of the preview ("" is the normal one),
	// and returns when it is in a block.
	Pay func(ctx context.Context, p app.TxPreview, fee string, password []byte) (app.TxResult, error)
	// Name says who an address is, empty for nobody known; may be nil.
	Name func(address string) string
	// Done says how it ended well; nil says it in general words.
	Done func(p app.TxPreview, r app.TxResult) (title, text string)
	// Moved is called when something may have moved; may be nil.
	Moved func()
}

// row is one fact of a preview.
type row struct {
	label, value string
	name         string // who the address in value is
	address      bool
	strong       bool
}

// rows puts the facts of a preview in order, the fee and the rest last.
func rows(p app.TxPreview, fee string, name func(string) string) []row {
	var list []row
	for _, l := range p.Lines {
		value := say.Words(l.Value)
		r := row{label: lang.L(l.Label), value: value, address: IsAddress(value), strong: strings.HasSuffix(value, " STOS")}
		if r.address && name != nil {
			r.name = name(value)
		}
		list = append(list, r)
	}
	cost, left := feeOf(p, fee)
	return append(list, row{label: lang.L("Network fee"), value: say.Fee(cost)}, row{label: lang.L("Left after this"), value: say.Rest(left)})
}

// IsAddress tells whether a value is an address of the chain, in any form.
func IsAddress(value string) bool {
	for _, begin := range []string{"st1", "stvaloper1", "stsds1", "0x"} {
		if strings.HasPrefix(value, begin) && len(value) >= 38 && !strings.ContainsAny(value, " ,") {
			return true
		}
	}
	return false
}

// feeOf is the fee of a name and what is left with it. A preview counts with
// its own fee; an unknown name is that one.
func feeOf(p app.TxPreview, name string) (fee, left interface{ Format(string) string }) {
	for _, c := range p.Fees {
		if c.Name != name {
			continue
		}
		if rest, ok := p.Left.Add(p.Fee).Sub(c.Fee); ok {
			return c.Fee, rest
		}
	}
	return p.Fee, p.Left
}

// fees are the fees that can be chosen: those that can be paid. The normal one
// is where choosing begins.
func fees(p app.TxPreview) (names, words []string, normal int) {
	for _, c := range p.Fees {
		if _, ok := p.Left.Add(p.Fee).Sub(c.Fee); !ok {
			continue
		}
		if c.Fee.Cmp(p.Fee) == 0 {
			normal = len(names)
		}
		names, words = append(names, c.Name), append(words, feeWord(c.Name))
	}
	return names, words, normal
}

func feeWord(name string) string {
	switch name {
	case "low":
		return lang.L("Low")
	case "high":
		return lang.L("High")
	}
	return lang.L("Normal")
}

// longestWord is how many letters have room on a button beside another one.
const longestWord = 40

// shortened is a text that fits on a button.
func shortened(text string) string {
	if runes := []rune(text); len(runes) > longestWord {
		return string(runes[:longestWord-1]) + "…"
	}
	return text
}

// ending is how an order ended.
type ending int

const (
	done    ending = iota
	failed         // nothing moved, or the sentence says what did; it can be tried again
	unclear        // nobody knows; it must not be tried again blindly
)

func endingOf(err error) ending {
	switch {
	case err == nil:
		return done
	case fault.ExitCode(err) == int(fault.Unknown):
		return unclear
	}
	return failed
}

// words say how an order ended well.
func (o Order) words(p app.TxPreview, r app.TxResult) (title, text string) {
	if o.Done != nil {
		return o.Done(p, r)
	}
	return lang.L("Done"), lang.L("{{.What}}: it went through.", map[string]any{"What": say.Words(p.Title)})
}

func (o Order) title() string {
	if o.Title != "" {
		return o.Title
	}
	return lang.L("Check before you go on")
}

func (o Order) moved() {
	if o.Moved != nil {
		o.Moved()
	}
}
