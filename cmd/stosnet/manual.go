package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"github.com/stratosdrive/stratosdrive/internal/manual"
	"github.com/stratosdrive/stratosdrive/internal/manual/tree"
)

// manualCommand prints the manual page, for packages.
func manualCommand() *cobra.Command {
	return &cobra.Command{
		Use: "manual", Short: "Print the manual page", Hidden: true, Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			page := tree.Fill(manual.Page{
				Version: version, Web: manual.Web, See: []string{"stos", "stratosdrive"},
				Exits: []string{"0 done", "1 failed", "2 wrong use", "3 nobody can tell whether it happened"},
			}, cmd.Root())
			_, err := fmt.Fprint(cmd.OutOrStdout(), page.Roff())
			return err
		},
	}
}
