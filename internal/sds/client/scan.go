package client

import "bytes"

// findData finds the text of result.filedata in a JSON-RPC answer:
// raw[from:to], without the quotes. ok is false when there is none, when it
// holds an escape, or when the answer is not the plain JSON that nodes write.
// It only finds; whatever it skips is read by encoding/json afterwards.
func findData(raw []byte) (from, to int, ok bool) {
	s := scanner{raw: raw}
	return s.member("result", func() (int, int, bool) {
		return s.member("filedata", s.text)
	})
}

// scanner walks over JSON without reading values.
type scanner struct {
	raw []byte
	at  int
}

// member expects an object and calls found at the value of the named member.
func (s *scanner) member(name string, found func() (int, int, bool)) (from, to int, ok bool) {
	if !s.take('{') {
		return 0, 0, false
	}
	for !s.take('}') {
		kf, kt, ok := s.text()
		if !ok || !s.take(':') {
			return 0, 0, false
		}
		if string(s.raw[kf:kt]) == name {
			return found()
		}
		if !s.skip() {
			return 0, 0, false
		}
		s.take(',')
	}
	return 0, 0, false
}

func (s *scanner) space() {
	for s.at < len(s.raw) && (s.raw[s.at] == ' ' || s.raw[s.at] == '\t' || s.raw[s.at] == '\n' || s.raw[s.at] == '\r') {
		s.at++
	}
}

// take steps over space and c.
func (s *scanner) take(c byte) bool {
	s.space()
	if s.at < len(s.raw) && s.raw[s.at] == c {
		s.at++
		return true
	}
	return false
}

// text steps over a string without escapes and returns its inside.
func (s *scanner) text() (from, to int, ok bool) {
	if !s.take('"') {
		return 0, 0, false
	}
	n := bytes.IndexByte(s.raw[s.at:], '"')
	if n < 0 || bytes.IndexByte(s.raw[s.at:s.at+n], '\\') >= 0 {
		return 0, 0, false
	}
	from, to = s.at, s.at+n
	s.at = to + 1
	return from, to, true
}

// skip steps over one value.
func (s *scanner) skip() bool {
	s.space()
	depth := 0
	for s.at < len(s.raw) {
		switch c := s.raw[s.at]; c {
		case '"':
			if !s.skipText() {
				return false
			}
			if depth == 0 {
				return true
			}
			continue
		case '{', '[':
			depth++
		case '}', ']':
			if depth == 0 {
				return true // the end of the object around a bare value
			}
			depth--
			if depth == 0 {
				s.at++
				return true
			}
		case ',':
			if depth == 0 {
				return true
			}
		}
		s.at++
	}
	return false
}

// skipText steps over a string with escapes.
func (s *scanner) skipText() bool {
	for s.at++; s.at < len(s.raw); s.at++ {
		switch s.raw[s.at] {
		case '\\':
			s.at++
		case '"':
			s.at++
			return true
		}
	}
	return false
}
