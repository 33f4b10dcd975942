package book

import (
	"cmp"
	"slices"
	"strings"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/internal/stratos"
)

// Source says why an address is known. A higher one is trusted more.
type Source int

// Sources. Who only sent something is not trusted: thieves send a trifle from
// an address that resembles a real one, hoping to be copied from the history.
const (
	Unknown Source = iota
	Sender         // money or a trifle came from it
	Paid           // this wallet paid it before
	InBook         // the user gave it a name
	Own            // an account of this user
)

// Known is an address that a recipient is compared with.
type Known struct {
	Address stratos.Address
	Name    string // to show; may be empty
	Source  Source
}

// Alike is a known address that a recipient resembles without being it.
type Alike struct {
	Known
	Hex         bool // in the 0x form, else in the st1 form
	First, Last int  // characters that are the same at both ends, after the prefix
}

// Report is what is to be said about a recipient.
type Report struct {
	Known     Known   // the recipient itself, with source Unknown if it is not known
	FirstTime bool    // never paid, named or owned before
	Alike     []Alike // the most alike first
}

// An address is pointed out when at least so many characters are the same at
// each end, and so many in all. People compare four and four, or less.
const (
	endsAlike = 3
	sumAlike  = 7
)

// Checker compares recipients with known addresses. It is not safe for
// concurrent changes; checks may run at once.
type Checker struct {
	known []Known
	forms [][2]string             // st1 and 0x form of each, without prefix
	index map[stratos.Address]int // where an address is
	ends  [2]map[string][]int     // by the characters at both ends, for each form
}

// NewChecker knows the addresses given.
func NewChecker(known ...Known) *Checker {
	c := &Checker{index: map[stratos.Address]int{}, ends: [2]map[string][]int{{}, {}}}
	for _, k := range known {
		c.Add(k)
	}
	return c
}

// Add makes one more address known. Of several sources of one address the most
// trusted counts.
func (c *Checker) Add(k Known) {
	if at, exists := c.index[k.Address]; exists {
		if k.Source > c.known[at].Source {
			c.known[at] = k
		}
		return
	}
	at := len(c.known)
	c.index[k.Address] = at
	c.known = append(c.known, k)
	forms := formsOf(k.Address)
	c.forms = append(c.forms, forms)
	for i, form := range forms {
		key := ends(form)
		c.ends[i][key] = append(c.ends[i][key], at)
	}
}

// formsOf are both ways to write an address, without st1 and 0x.
func formsOf(a stratos.Address) [2]string {
	return [2]string{
		strings.TrimPrefix(a.String(), stratos.PrefixAccount+"1"),
		strings.ToLower(strings.TrimPrefix(a.Hex(), "0x")),
	}
}

func ends(form string) string { return form[:endsAlike] + form[len(form)-endsAlike:] }

// Check looks at a recipient. It takes microseconds, however many addresses
// are known. An address that the user named or owns resembles only others that
// the user named or owns; one of the user's own is never pointed out.
func (c *Checker) Check(recipient stratos.Address) Report {
	r := Report{Known: Known{Address: recipient}, FirstTime: true}
	if at, exists := c.index[recipient]; exists {
		r.Known = c.known[at]
		r.FirstTime = r.Known.Source < Paid
	}
	if r.Known.Source == Own {
		return r
	}
	best := map[int]Alike{}
	for i, form := range formsOf(recipient) {
		for _, at := range c.ends[i][ends(form)] {
			a := Alike{Known: c.known[at], Hex: i == 1}
			a.First, a.Last = shared(form, c.forms[at][i])
			if a.Address == recipient || a.First+a.Last < sumAlike || r.Known.Source >= InBook && a.Source < InBook {
				continue
			}
			if old, seen := best[at]; !seen || old.First+old.Last < a.First+a.Last {
				best[at] = a
			}
		}
	}
	for _, a := range best {
		r.Alike = append(r.Alike, a)
	}
	slices.SortFunc(r.Alike, func(a, b Alike) int {
		return cmp.Or(cmp.Compare(b.Source, a.Source), cmp.Compare(b.First+b.Last, a.First+a.Last), strings.Compare(a.Address.String(), b.Address.String()))
	})
	return r
}

// shared counts the characters that two different forms have in common at
// their beginning and at their end.
func shared(a, b string) (first, last int) {
	for first < min(len(a), len(b)) && a[first] == b[first] {
		first++
	}
	for last < min(len(a), len(b)) && a[len(a)-1-last] == b[len(b)-1-last] {
		last++
	}
	return first, last
}

// Sentence tells a person about the most alike address, or nothing.
func (r Report) Sentence() fault.Words {
	if len(r.Alike) == 0 {
		return fault.Words{}
	}
	a := r.Alike[0]
	name := cmp.Or(a.Name, a.shown())
	return fault.Tell("This is not %s, although its address begins and ends alike. Thieves make such addresses to be copied by mistake. Compare every character before you send.", name)
}

func (a Alike) shown() string {
	if a.Hex {
		return a.Address.Hex()
	}
	return a.Address.String()
}
