package desktop

import "strings"

// registered is one text in the registry of Windows, below HKEY_CURRENT_USER.
// An empty name is the default value of its key.
type registered struct{ key, name, text string }

const (
	runKey    = `Software\Microsoft\Windows\CurrentVersion\Run`
	schemeKey = `Software\Classes\` + Scheme
)

// atStart is the value that starts the program with the session.
func atStart(p Program) registered {
	return registered{runKey, p.id(), commandLine(p.command(hidden))}
}

// linkValues are the values that make the program open links.
func linkValues(p Program) []registered {
	return []registered{
		{schemeKey, "", "URL:" + p.Name},
		{schemeKey, "URL Protocol", ""},
		{schemeKey + `\DefaultIcon`, "", commandLine([]string{p.Path}) + ",0"},
		{schemeKey + `\shell\open\command`, "", commandLine(p.command("%1"))},
	}
}

// commandLine joins words as CommandLineToArgvW takes them apart.
func commandLine(words []string) string {
	quoted := make([]string, len(words))
	for i, word := range words {
		quoted[i] = windowsWord(word)
	}
	return strings.Join(quoted, " ")
}

// windowsWord quotes a word: backslashes are doubled where a quote follows.
func windowsWord(word string) string {
	var b strings.Builder
	b.WriteByte('"')
	slashes := 0
	for _, c := range []byte(word) {
		switch c {
		case '\\':
			slashes++
		case '"':
			b.WriteString(strings.Repeat(`\`, slashes+1))
			slashes = 0
		default:
			slashes = 0
		}
		b.WriteByte(c)
	}
	b.WriteString(strings.Repeat(`\`, slashes))
	b.WriteByte('"')
	return b.String()
}
