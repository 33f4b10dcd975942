package main

import (
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/internal/fault"
)

func (s *session) driveLogCommand() *cobra.Command {
	var since string
	most := 20
	cmd := &cobra.Command{
		Use: "log", Short: "List what was done to the drive, when and by which device", Args: exactly(0, "no arguments"),
		RunE: func(cmd *cobra.Command, _ []string) error {
			if most < 1 {
				return fault.Wrong(nil, "Ask for one change or more.")
			}
			var from time.Time
			if since != "" {
				var err error
				if from, err = readTime(since, time.Now()); err != nil {
					return err
				}
			}
			a, err := s.unlocked(cmd.Context())
			if err != nil {
				return err
			}
			list, err := a.DriveChanges(cmd.Context(), from, most)
			if err != nil {
				return err
			}
			var text []string
			for _, c := range list {
				text = append(text, changeText(c)...)
			}
			return s.print(map[string]any{"changes": nonNil(list)}, text...)
		},
	}
	cmd.Flags().StringVar(&since, "since", "", "nothing older: "+timeHelp)
	cmd.Flags().IntVar(&most, "limit", most, "at most so many")
	return cmd
}

func changeText(c app.DriveChange) []string {
	text := []string{fmt.Sprintf("%s  %s  %s", c.ID, local(c.When), c.Device)}
	for _, t := range c.Items {
		line := fmt.Sprintf("  %-8s %s", t.Action, t.Path)
		if t.Folder {
			line += "/"
		}
		if t.From != "" {
			line += ", was " + t.From
		}
		text = append(text, line)
	}
	if c.More > 0 {
		text = append(text, fmt.Sprintf("  and %d more", c.More))
	}
	return text
}

func (s *session) driveUndoCommand() *cobra.Command {
	var yes, only bool
	cmd := &cobra.Command{
		Use: "undo CHANGE", Short: "Take back one change that drive log lists", Args: exactly(1, "a change, as drive log names it"),
		Long: "Take back one change that drive log lists. What was changed again since then stays as it is. It can be undone in its turn.",
		RunE: func(cmd *cobra.Command, args []string) error {
			change := strings.ToLower(args[0])
			a, err := s.unlocked(cmd.Context())
			if err != nil {
				return err
			}
			would, err := a.PreviewUndo(cmd.Context(), change)
			if err != nil {
				return err
			}
			if only {
				return s.print(would, effectText("Without the change", would)...)
			}
			if err := s.agree(yes, effectText("Without the change", would), "Take it back now?"); err != nil {
				return err
			}
			done, err := a.UndoChange(cmd.Context(), change)
			if err != nil {
				return err
			}
			return s.print(done, fmt.Sprintf("The change of %s is taken back.", local(done.When)))
		},
	}
	cmd.Flags().BoolVar(&yes, "yes", false, "do not ask")
	cmd.Flags().BoolVar(&only, "preview", false, "tell what would change and change nothing")
	return cmd
}
