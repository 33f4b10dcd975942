package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"github.com/stratosdrive/stratosdrive/internal/app"
)

const folderHelp = `Takes the synced folder, with all files in it, to another place on this computer: to DIR, or where something lies there
into a folder of the old name in it. Nothing is sent or fetched. A file is removed from the old place only when its copy in
the new one was compared. What was cut off is gone on with by the same command.`

func (s *session) driveFolderCommand() *cobra.Command {
	var only, yes bool
	cmd := &cobra.Command{
		Use: "folder DIR", Short: "Move the synced folder to another place on this computer", Long: folderHelp, Args: exactly(1, "a folder"),
		RunE: func(cmd *cobra.Command, args []string) error {
			a, err := s.open()
			if err != nil {
				return err
			}
			if err := a.NeedKey(); err != nil {
				return err
			}
			would, err := a.PreviewFolderAtRest(cmd.Context(), args[0])
			if err != nil {
				return err
			}
			if only {
				return s.print(would, folderText(would)...)
			}
			if err := s.agree(yes, folderText(would), "Move the folder?"); err != nil {
				return err
			}
			done, err := a.MoveFolderAtRest(cmd.Context(), args[0], s.folderProgress())
			if err != nil {
				return err
			}
			return s.print(done, folderMovedText(done)...)
		},
	}
	cmd.Flags().BoolVar(&only, "preview", false, "tell what would happen and change nothing")
	cmd.Flags().BoolVar(&yes, "yes", false, "do not ask")
	return cmd
}

// folderProgress says how far each step is.
func (s *session) folderProgress() func(step app.FolderStep, done, total int64) {
	copying, clearing := s.progress("Copying"), s.progress("Emptying the old place")
	return func(step app.FolderStep, done, total int64) {
		if step == app.FolderClearing {
			clearing(done, total)
			return
		}
		copying(done, total)
	}
}

func folderText(m app.FolderMove) []string {
	return []string{fmt.Sprintf("%s (%s) go from %s to %s. The old folder is removed.", count(m.Files, "file"), bytesText(m.Bytes), m.From, m.To)}
}

func folderMovedText(m app.FolderMove) []string {
	text := []string{fmt.Sprintf("The synced folder is %s now.", m.To)}
	if m.Left > 0 {
		text = append(text, fmt.Sprintf("Left in %s, since it changed meanwhile: %s.", m.From, count(m.Left, "file")))
	}
	return text
}
