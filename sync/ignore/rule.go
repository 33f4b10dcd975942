// Package ignore says which files of a folder are not synced: those that the
// files .stosignore in it name, in the syntax of .gitignore, and those that
// programs and systems leave behind while they work.
package ignore

import (
	"bytes"
	"strings"

	"github.com/bmatcuk/doublestar/v4"
)

// FileName is the name of the files that hold rules. They are synced
// themselves, whatever a rule says.
const FileName = ".stosignore"

// MaxFile is the largest file of rules that is read, in bytes.
const MaxFile = 1 << 20

// Rule is one line of a file of rules.
type Rule struct {
	File string // path of the file, from the root of the drive; "" for a rule that is built in
	Line int    // from 1
	Text string // as it stands there
}

// rule is a line that was understood.
type rule struct {
	Rule
	shape   shape
	pattern string
	head    string // how every name begins that a pattern matches
	tail    string // and how it ends
	again   bool   // takes back what rules before it said
	dirOnly bool
}

type shape int

const (
	literal shape = iota // the whole name
	suffix               // * and the end of the name
	prefix               // the beginning of the name and *
	glob                 // a pattern for the name
	whole                // a pattern for the path from the folder of the rules
)

// parse reads the lines of a file of rules.
func parse(file string, text []byte) []rule {
	var out []rule
	text = bytes.TrimPrefix(text, []byte("\xef\xbb\xbf"))
	for i, line := range strings.Split(string(text), "\n") {
		line = strings.TrimSuffix(line, "\r")
		if r, ok := parseLine(line); ok {
			r.Rule = Rule{file, i + 1, line}
			out = append(out, r)
		}
	}
	return out
}

// parseLine reads one line; it is false for empty lines, remarks, and patterns
// that can match nothing.
func parseLine(line string) (r rule, ok bool) {
	if strings.HasPrefix(line, "#") {
		return r, false
	}
	p := trimSpaces(line)
	if strings.HasPrefix(p, "!") {
		r.again, p = true, p[1:]
	}
	if strings.HasSuffix(p, "/") {
		r.dirOnly, p = true, strings.TrimSuffix(p, "/")
	}
	anchored := strings.Contains(p, "/")
	if p = strings.TrimPrefix(p, "/"); p == "" {
		return r, false
	}
	r.shape, r.pattern = shapeOf(p, anchored)
	if r.shape == glob {
		r.head, r.tail = p[:strings.IndexAny(p, special)], p[strings.LastIndexAny(p, special)+1:]
	}
	return r, doublestar.ValidatePattern(r.pattern)
}

// trimSpaces removes spaces at the end, but for one behind a backslash.
func trimSpaces(p string) string {
	trimmed := strings.TrimRight(p, " ")
	slashes := len(trimmed) - len(strings.TrimRight(trimmed, `\`))
	if len(trimmed) < len(p) && slashes%2 == 1 {
		return trimmed + " "
	}
	return trimmed
}

// special are the characters that mean more than themselves.
const special = `*?[]{}\`

// shapeOf finds the cheapest way to compare a pattern, for most are simple and
// every file is compared with every rule.
func shapeOf(p string, anchored bool) (shape, string) {
	switch {
	case anchored && strings.HasSuffix(p, "/**"): // all in a folder, but not the folder
		return whole, escapeBraces(p + "/*")
	case anchored:
		return whole, escapeBraces(p)
	case !strings.ContainsAny(p, special):
		return literal, p
	case p[0] == '*' && !strings.ContainsAny(p[1:], special):
		return suffix, p[1:]
	case p[len(p)-1] == '*' && !strings.ContainsAny(p[:len(p)-1], special):
		return prefix, p[:len(p)-1]
	}
	return glob, escapeBraces(p)
}

// escapeBraces takes from braces the meaning that they have in the library and
// not in these files.
func escapeBraces(p string) string {
	if !strings.ContainsAny(p, "{}") {
		return p
	}
	var b strings.Builder
	for i := 0; i < len(p); i++ {
		switch {
		case p[i] == '\\' && i+1 < len(p):
			b.WriteByte(p[i])
			i++
		case p[i] == '{', p[i] == '}':
			b.WriteByte('\\')
		}
		b.WriteByte(p[i])
	}
	return b.String()
}

// matches compares a rule with a path from the folder of the rule, which ends
// in name.
func (r *rule) matches(rel, name string, dir bool) bool {
	if r.dirOnly && !dir {
		return false
	}
	switch r.shape {
	case literal:
		return name == r.pattern
	case suffix:
		return strings.HasSuffix(name, r.pattern)
	case prefix:
		return strings.HasPrefix(name, r.pattern)
	case glob:
		return strings.HasPrefix(name, r.head) && strings.HasSuffix(name, r.tail) && doublestar.MatchUnvalidated(r.pattern, name)
	}
	return doublestar.MatchUnvalidated(r.pattern, rel)
}
