package main

import (
	"flag"
	"io"

	"github.com/stratosdrive/stratosdrive/internal/manual"
)

// writeManual writes the manual page ("man"), or what a shell completes, for
// packages.
func writeManual(out io.Writer, format string, set *flag.FlagSet) error {
	flags := manual.Flags(set)
	if format != "man" {
		text, err := manual.Completion(format, "stratosdrive", flags)
		if err != nil {
			return err
		}
		_, err = io.WriteString(out, text)
		return err
	}
	page := manual.Page{
		Name: "stratosdrive", Version: version, Short: "a synced folder, a wallet and a player on the Stratos network",
		Long: "Opens the window of Stratos Drive. A link, stos://... or sds://..., or a file that holds one (its name ends with .stos), is shown in it.\n\n" +
			"A program that runs already is brought to the front instead.",
		Use: "[FLAGS] [LINK]", Flags: flags, Web: manual.Web, See: []string{"stos", "stosnet"},
		Exits: []string{"0 done", "1 failed", "2 wrong use"},
	}
	_, err := io.WriteString(out, page.Roff())
	return err
}
