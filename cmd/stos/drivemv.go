package main

import (
	"fmt"

	"github.com/spf13/cobra"
)

func (s *session) driveMvCommand() *cobra.Command {
	return &cobra.Command{
		Use: "mv FROM TO", Short: "Move or rename a file or folder of the drive, also one that is not on this disk",
		Args: exactly(2, "a path in the drive, and the new one"),
		RunE: func(cmd *cobra.Command, args []string) error {
			a, err := s.unlocked(cmd.Context())
			if err != nil {
				return err
			}
			if err := a.Move(cmd.Context(), args[0], args[1]); err != nil {
				return err
			}
			return s.print(map[string]any{"from": args[0], "to": args[1]}, fmt.Sprintf("%s is now %s.", args[0], args[1]))
		},
	}
}
