package app

import (
	"regexp"
	"strings"
)

// hidden stands for what a report does not tell.
const hidden = "[hidden]"

// quoted finds names in quotes. They go first, whatever is in them.
var quoted = regexp.MustCompile(`"(?:[^"\\]|\\.)*"|“[^”]*”|«[^»]*»|„[^“]*“`)

// private finds what else may say who somebody is or what they keep: addresses
// of the network, of the web and of mail, paths, names of files, and long runs
// of digits and letters that could be a key. The order matters.
var private = []*regexp.Regexp{
	regexp.MustCompile(`[A-Za-z][A-Za-z0-9+.-]*://\S+`),
	regexp.MustCompile(`\b(?:st|stvaloper|stvalcons|stsds|stsdspub|stpub|stvaloperpub)1[02-9a-z]{6,}\b`),
	regexp.MustCompile(`\b(?:0x)?[0-9a-fA-F]{16,}\b`),
	regexp.MustCompile(`\b[A-Za-z0-9+/_-]{32,}=*`),
	regexp.MustCompile(`\S+@\S+`),
	regexp.MustCompile(`(?:[A-Za-z]:)?[^\s"]*[/\\][^\s"]*`),
	regexp.MustCompile(`\b\d{1,3}(?:\.\d{1,3}){3}(?::\d+)?\b|\[[0-9a-fA-F:]+\](?::\d+)?`),
	regexp.MustCompile(`[^\s"]+\.[\pL][\pL\d]{0,11}(?::\d+)?\b`),
}

// hide takes out of a sentence what a stranger need not know. What is before
// the sentence itself, as in "holiday plans: The disk is full.", is the name of
// a file.
func hide(text string) string {
	text = quoted.ReplaceAllString(text, hidden)
	if name, sentence := cutName(text); name {
		text = "[file]: " + sentence
	}
	for _, p := range private {
		text = p.ReplaceAllString(text, hidden)
	}
	return text
}

// cutName parts the name of a file from the sentence about it, which begins
// with a capital letter or a name that is hidden already, after the last colon
// that such a one follows.
func cutName(text string) (named bool, sentence string) {
	at := -1
	for i := 0; ; {
		next := strings.Index(text[i:], ": ")
		if next < 0 {
			break
		}
		i += next + len(": ")
		if i < len(text) && (text[i] >= 'A' && text[i] <= 'Z' || strings.HasPrefix(text[i:], hidden)) {
			at = i
		}
	}
	if at < 0 {
		return false, text
	}
	return true, text[at:]
}
