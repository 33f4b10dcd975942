package ignore

import (
	"path"
	"strings"
)

// Level holds the rules that count in a folder: its own, and under them those
// of the folders around it. It does not change.
type Level struct {
	above *Level
	dir   string // path of the folder, "" for the root
	rules []rule
}

// Top returns the rules that are built in. They count for less than any
// others.
func Top() *Level { return &Level{rules: parse("", []byte(builtIn))} }

// In returns the rules that count in a folder below, whose file of rules has
// this text.
func (l *Level) In(dir string, text []byte) *Level {
	return &Level{above: l, dir: dir, rules: parse(path.Join(dir, FileName), text)}
}

// Match returns the rule that leaves out an item of the folder, or of one in it
// that no rule leaves out. Path is from the root.
func (l *Level) Match(p string, dir bool) (Rule, bool) {
	name := p[strings.LastIndexByte(p, '/')+1:]
	if name == FileName && !dir {
		return Rule{}, false
	}
	for at := l; at != nil; at = at.above {
		rel := p
		if at.dir != "" {
			rel = p[len(at.dir)+1:]
		}
		for i := len(at.rules) - 1; i >= 0; i-- {
			if r := &at.rules[i]; r.matches(rel, name, dir) {
				return r.Rule, !r.again
			}
		}
	}
	return Rule{}, false
}

// Rules are all rules of a drive.
type Rules struct {
	top   *Level
	below map[string]*Level // by folder, where one has rules of its own
}

// BuiltIn returns the rules of a drive without any files of rules.
func BuiltIn() *Rules { return NewRules(Top(), nil) }

// NewRules makes the rules of a drive from those that count everywhere and
// those of the folders that have some.
func NewRules(top *Level, below []*Level) *Rules {
	r := &Rules{top, make(map[string]*Level, len(below))}
	for _, l := range below {
		r.below[l.dir] = l
	}
	return r
}

// Match returns the rule that leaves out a path, and the path it is about: the
// same one, or a folder it lies in.
func (r *Rules) Match(p string, dir bool) (by Rule, at string, ignored bool) {
	level := r.level("")
	for i := 0; i <= len(p); i++ {
		if i < len(p) && p[i] != '/' {
			continue
		}
		part := p[:i]
		if by, ignored = level.Match(part, dir || i < len(p)); ignored {
			return by, part, true
		}
		if l, ok := r.below[part]; ok {
			level = l
		}
	}
	return Rule{}, "", false
}

// Inside returns the rules that count in a folder.
func (r *Rules) Inside(dir string) *Level {
	for at := dir; at != "" && at != "."; at = path.Dir(at) {
		if l, ok := r.below[at]; ok {
			return l
		}
	}
	return r.level("")
}

func (r *Rules) level(dir string) *Level {
	if l, ok := r.below[dir]; ok {
		return l
	}
	return r.top
}

// Equal reports whether both leave out the same.
func (r *Rules) Equal(o *Rules) bool {
	if len(r.below) != len(o.below) {
		return false
	}
	for dir, l := range r.below {
		other, ok := o.below[dir]
		if !ok || !l.equal(other) {
			return false
		}
	}
	return true
}

func (l *Level) equal(o *Level) bool {
	if len(l.rules) != len(o.rules) {
		return false
	}
	for i := range l.rules {
		if l.rules[i] != o.rules[i] {
			return false
		}
	}
	return true
}

// Junk reports whether a file may be deleted with the folder it is in: systems
// make it again at will.
func Junk(name string) bool {
	for _, j := range junk {
		if strings.EqualFold(j, name) {
			return true
		}
	}
	return strings.HasPrefix(name, "._")
}
