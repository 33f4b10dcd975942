package main

import "github.com/spf13/cobra"

// driveCommand holds what can be done with the drive besides syncing it.
func (s *session) driveCommand() *cobra.Command {
	return s.commandGroup(
		"drive", "Look after the drive: versions, devices, space",
		s.driveStatusCommand(), s.driveLsCommand(), s.driveWatchCommand(), s.driveWhyCommand(), s.drivePauseCommand(), s.driveResumeCommand(),
		s.driveLimitCommand(), s.driveAllowCommand(), s.driveFoldersCommand(), s.driveRefetchCommand(),
		s.driveMvCommand(), s.driveLogCommand(), s.driveUndoCommand(), s.driveVersionsCommand(), s.driveDeletedCommand(), s.driveAtCommand(), s.driveRestoreCommand(), s.driveRewindCommand(),
		s.driveDevicesCommand(), s.driveSpaceCommand(), s.driveGCCommand(), s.driveRetentionCommand(),
		s.driveCheckCommand(), s.driveMoveCommand(), s.driveFolderCommand(), s.driveNewEpochCommand(),
	)
}
