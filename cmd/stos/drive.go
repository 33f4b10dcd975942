package main

import (
	"fmt"

	"github.com/dustin/go-humanize"
	"github.com/spf13/cobra"

	"github.com/stratosdrive/stratosdrive/internal/app"
)

func (s *session) syncCommand() *cobra.Command {
	var once, force bool
	cmd := &cobra.Command{
		Use: "sync DIR", Short: "Keep a folder the same on all of your machines", Args: exactly(1, "a folder"),
		RunE: func(cmd *cobra.Command, args []string) error {
			a, err := s.unlocked(cmd.Context())
			if err != nil {
				return err
			}
			summary, err := a.Sync(cmd.Context(), args[0], app.SyncOptions{
				Once: once, Force: force, Lock: true, Say: func(line string) { s.say("%s", line) },
			})
			if err != nil {
				return err
			}
			return s.print(summary, syncText(summary))
		},
	}
	cmd.Flags().BoolVar(&once, "once", false, "stop when both sides are the same")
	cmd.Flags().BoolVar(&force, "force", false, "go on although very much was deleted at once")
	return cmd
}

func syncText(sum app.SyncSummary) string {
	text := fmt.Sprintf("Up to date: %s sent, %d received, %d removed; %s up, %s down.",
		count(sum.Sent, "file"), sum.Received, sum.Removed, humanize.Bytes(uint64(sum.BytesUp)), humanize.Bytes(uint64(sum.BytesDown)))
	if sum.Received > 0 && !sum.Newest.IsZero() {
		text += " The newest change found is of " + local(sum.Newest) + "."
	}
	if sum.Unread > 0 {
		text += fmt.Sprintf(" %s could not be read; what is in there is not synced.", count(sum.Unread, "folder"))
	}
	return text
}
