package main

import "github.com/spf13/cobra"

// driveCommand holds what can be done with the drive besides syncing it.
func (s *session) driveCommand() *cobra.Command {
	return s.commandGroup(
		"drive", "Look after the drive: versions, devices, space",
		s.driveVersionsCommand(), s.driveDeletedCommand(), s.driveAtCommand(), s.driveRestoreCommand(), s.driveRewindCommand(),
	)
}
