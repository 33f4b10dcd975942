package desktop

import "strings"

// Files as freedesktop.org describes them: the Desktop Entry Specification 1.5,
// the Autostart Specification 0.5 and the Association between MIME types and
// applications 1.0.1.

// autostartEntry is the file that starts the program with the session.
func autostartEntry(p Program) string {
	return entry(p, p.command(hidden), "X-GNOME-Autostart-enabled=true")
}

// applicationEntry is the file by which the desktop knows the program and what
// it opens.
func applicationEntry(p Program) string {
	return entry(p, p.command("%u"), "Categories=Network;FileTransfer;", "MimeType=x-scheme-handler/"+Scheme+";", "StartupWMClass="+p.Name)
}

func entry(p Program, command []string, more ...string) string {
	words := make([]string, len(command))
	for i, word := range command {
		words[i] = execWord(word)
	}
	lines := append([]string{
		"[Desktop Entry]", "Type=Application", "Version=1.5", "Name=" + value(p.Name), "Icon=" + p.ID,
		// Without its program, after that was removed, the file counts as absent.
		"TryExec=" + value(p.Path), "Exec=" + strings.Join(words, " "), "Terminal=false",
	}, more...)
	return strings.Join(lines, "\n") + "\n"
}

// value escapes the text of a key.
func value(text string) string {
	return strings.NewReplacer(`\`, `\\`, "\n", `\n`, "\t", `\t`, "\r", `\r`).Replace(text)
}

// execWord is a word of a command line: quoted, its percent signs doubled, and
// escaped once more because it is the text of a key. The field code %u stands
// as it is.
func execWord(word string) string {
	if word == "%u" {
		return word
	}
	quoted := strings.NewReplacer(`\`, `\\`, `"`, `\"`, "`", "\\`", `$`, `\$`, `%`, `%%`).Replace(word)
	return value(`"` + quoted + `"`)
}

// startsFrom tells whether an autostart file starts its program: the desktop's
// own settings switch it off by a line.
func startsFrom(content string) bool {
	for line := range strings.Lines(content) {
		key, value, _ := strings.Cut(strings.TrimSpace(line), "=")
		switch strings.TrimSpace(key) + "=" + strings.ToLower(strings.TrimSpace(value)) {
		case "Hidden=true", "X-GNOME-Autostart-enabled=false":
			return false
		}
	}
	return strings.Contains(content, "[Desktop Entry]")
}

// defaults is the section of mimeapps.list that says what opens what.
const defaults = "[Default Applications]"

// opener is the application that a mimeapps.list names for a type, "" for none.
func opener(list, kind string) string {
	section := ""
	for line := range strings.Lines(list) {
		line = strings.TrimSpace(line)
		if strings.HasPrefix(line, "[") {
			section = line
			continue
		}
		if key, value, ok := strings.Cut(line, "="); ok && section == defaults && strings.TrimSpace(key) == kind {
			first, _, _ := strings.Cut(value, ";")
			return strings.TrimSpace(first)
		}
	}
	return ""
}

// withOpener returns a mimeapps.list in which an application opens a type. All
// other lines stay as they are.
func withOpener(list, kind, application string) string {
	line := kind + "=" + application + ";\n"
	if list != "" && !strings.HasSuffix(list, "\n") {
		list += "\n"
	}
	var out strings.Builder
	section, done := "", false
	for old := range strings.Lines(list) {
		text := strings.TrimSpace(old)
		if strings.HasPrefix(text, "[") {
			section = text
		} else if key, _, ok := strings.Cut(text, "="); ok && section == defaults && strings.TrimSpace(key) == kind {
			continue
		}
		out.WriteString(old)
		if text == defaults && !done {
			out.WriteString(line)
			done = true
		}
	}
	if !done {
		out.WriteString(defaults + "\n" + line)
	}
	return out.String()
}

// withoutOpener returns a mimeapps.list in which an application does not open a
// type any more. All other lines stay as they are.
func withoutOpener(list, kind, application string) string {
	if opener(list, kind) != application {
		return list
	}
	var out strings.Builder
	section := ""
	for line := range strings.Lines(list) {
		text := strings.TrimSpace(line)
		if strings.HasPrefix(text, "[") {
			section = text
		}
		if key, _, ok := strings.Cut(text, "="); !ok || section != defaults || strings.TrimSpace(key) != kind {
			out.WriteString(line)
		}
	}
	return out.String()
}
