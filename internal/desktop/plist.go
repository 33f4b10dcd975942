package desktop

import (
	"encoding/xml"
	"strings"
)

// agent is the property list by which launchd starts the program when its user
// logs in (man 5 launchd.plist).
func agent(p Program) string {
	var b strings.Builder
	b.WriteString(`<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<plist version="1.0">
<dict>
	<key>Label</key>
	<string>` + escaped(p.id()) + `</string>
	<key>ProgramArguments</key>
	<array>
`)
	for _, word := range p.command(hidden) {
		b.WriteString("\t\t<string>" + escaped(word) + "</string>\n")
	}
	b.WriteString(`	</array>
	<key>ProcessType</key>
	<string>Interactive</string>
	<key>RunAtLoad</key>
	<true/>
</dict>
</plist>
`)
	return b.String()
}

func escaped(text string) string {
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(text)) // a builder takes everything
	return b.String()
}
