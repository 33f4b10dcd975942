package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"github.com/stratosdrive/stratosdrive/internal/manual"
	"github.com/stratosdrive/stratosdrive/internal/manual/tree"
)

// manualCommand prints the manual page, for packages.
func (s *session) manualCommand() *cobra.Command {
	return &cobra.Command{
		Use: "manual", Short: "Print the manual page", Hidden: true, Args: exactly(0, "no arguments"),
		RunE: func(cmd *cobra.Command, _ []string) error {
			page := tree.Fill(manual.Page{
				Version: version, Web: manual.Web, See: []string{"stratosdrive", "stosnet"},
				Examples: []string{"stos wallet new", "stos put film.mp4", "stos share film.mp4", "stos sync ~/Drive", "stos demo"},
				Exits:    []string{"0 done", "1 failed", "2 wrong use: nothing was done", "3 nobody can tell whether it happened; look before doing it again"},
			}, cmd.Root())
			_, err := fmt.Fprint(s.io.out, page.Roff())
			return err
		},
	}
}
