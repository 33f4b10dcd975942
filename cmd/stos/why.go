package main

import (
	"github.com/spf13/cobra"
)

func (s *session) driveWhyCommand() *cobra.Command {
	return &cobra.Command{
		Use: "why PATH", Short: "Explain what happens to a file or folder, and why", Args: exactly(1, "a path"),
		RunE: func(cmd *cobra.Command, args []string) error {
			a, err := s.unlocked(cmd.Context())
			if err != nil {
				return err
			}
			r, err := a.Why(cmd.Context(), args[0])
			if err != nil {
				return err
			}
			lines := []string{r.Path}
			for _, f := range r.Facts {
				lines = append(lines, "  "+f.Sentence)
			}
			return s.print(r, lines...)
		},
	}
}
