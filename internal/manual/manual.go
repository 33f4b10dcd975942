// Package manual writes the manual page of a program, and what shells complete,
// from what the program knows of itself. Nothing of a page is kept by hand.
//
// A page is roff with the macros of man(7), which every man understands. It
// does not depend on the time or the machine it is made on.
package manual

import (
	"fmt"
	"strings"
)

// Web is where the project is.
const Web = "https://github.com/stratosdrive/stratosdrive"

// Page is a manual page of section 1.
type Page struct {
	Name     string // of the program
	Version  string
	Short    string // what it is, without a stop at the end
	Long     string // empty: Short
	Use      string // the words after the name, such as "[COMMAND] [FLAGS]"
	Flags    []Flag // that every command has
	Commands []Command
	Examples []string // whole command lines
	Exits    []string // exit codes and what they mean, "0 done"
	See      []string // other pages of section 1
	Web      string   // address of the project
}

// Command is one command of the program.
type Command struct {
	Use   string // whole, "stos drive ls [PATH]"
	Text  string
	Flags []Flag
}

// Flag is a flag of a program or a command.
type Flag struct {
	Name    string // without dashes
	Letter  string // short form, empty for none
	Value   string // what kind of value it takes, empty for none
	Default string // empty where that says nothing
	Text    string
}

// Roff is the page as man reads it.
func (p Page) Roff() string {
	var b strings.Builder
	fmt.Fprintf(&b, ".TH %s 1 \"\" %s \"Stratos Drive\"\n", quote(strings.ToUpper(p.Name)), quote(p.Name+" "+p.Version))
	section(&b, "NAME", escape(p.Name)+" \\- "+escape(p.Short)+"\n")
	section(&b, "SYNOPSIS", ".B "+escape(p.Name)+"\n"+escape(p.Use)+"\n")
	long := p.Long
	if long == "" {
		long = p.Short + "."
	}
	section(&b, "DESCRIPTION", paragraphs(long))
	section(&b, "OPTIONS", flags(p.Flags))
	var commands strings.Builder
	for _, c := range p.Commands {
		fmt.Fprintf(&commands, ".SS %s\n%s%s", quote(escape(c.Use)), paragraphs(c.Text), flags(c.Flags))
	}
	section(&b, "COMMANDS", commands.String())
	section(&b, "EXAMPLES", verbatim(p.Examples))
	var exits strings.Builder
	for _, e := range p.Exits {
		code, meaning, _ := strings.Cut(e, " ")
		fmt.Fprintf(&exits, ".TP\n.B %s\n%s\n", escape(code), escape(meaning))
	}
	section(&b, "EXIT STATUS", exits.String())
	see := make([]string, len(p.See))
	for i, name := range p.See {
		see[i] = `\fB` + escape(name) + `\fR(1)`
	}
	if p.Web != "" {
		see = append(see, escape(p.Web))
	}
	if len(see) > 0 {
		section(&b, "SEE ALSO", strings.Join(see, ", ")+"\n")
	}
	return b.String()
}

// section writes one section; an empty one is left out.
func section(b *strings.Builder, title, content string) {
	if content != "" {
		fmt.Fprintf(b, ".SH %s\n%s", quote(title), content)
	}
}

// paragraphs is text as it stands, where empty lines part paragraphs.
func paragraphs(text string) string {
	var b strings.Builder
	for i, p := range strings.Split(strings.TrimSpace(text), "\n\n") {
		if i > 0 {
			b.WriteString(".PP\n")
		}
		b.WriteString(escape(p) + "\n")
	}
	return b.String()
}

func flags(list []Flag) string {
	var b strings.Builder
	for _, f := range list {
		b.WriteString(".TP\n")
		if f.Letter != "" {
			b.WriteString(`\fB\-` + escape(f.Letter) + `\fR, `)
		}
		b.WriteString(`\fB\-\-` + escape(f.Name) + `\fR`)
		if f.Value != "" {
			b.WriteString(` \fI` + escape(f.Value) + `\fR`)
		}
		text := f.Text
		if f.Default != "" {
			text += " (" + f.Default + " where it is not given)"
		}
		b.WriteString("\n" + escape(text) + "\n")
	}
	return b.String()
}

func verbatim(lines []string) string {
	if len(lines) == 0 {
		return ""
	}
	var b strings.Builder
	b.WriteString(".EX\n")
	for _, line := range lines {
		b.WriteString(escape(line) + "\n")
	}
	b.WriteString(".EE\n")
	return b.String()
}

// escape makes text stand as it is: no line of it is a command of roff, and
// dashes can be copied into a terminal.
func escape(text string) string {
	lines := strings.Split(strings.NewReplacer(`\`, `\e`, "-", `\-`).Replace(text), "\n")
	for i, line := range lines {
		if line = strings.TrimRight(line, " \t\r"); strings.HasPrefix(line, ".") || strings.HasPrefix(line, "'") {
			line = `\&` + line
		}
		lines[i] = line
	}
	return strings.Join(lines, "\n")
}

// quote is one argument of a command of roff.
func quote(text string) string {
	return `"` + strings.ReplaceAll(text, `"`, `""`) + `"`
}
