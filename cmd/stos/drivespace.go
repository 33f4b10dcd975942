package main

import (
	"fmt"
	"strings"

	"github.com/dustin/go-humanize"
	"github.com/spf13/cobra"

	"github.com/stratosdrive/stratosdrive/internal/app"
)

func (s *session) driveSpaceCommand() *cobra.Command {
	return &cobra.Command{
		Use: "space", Short: "Tell what the drive's space on the network is used for", Args: exactly(0, "no arguments"),
		RunE: func(cmd *cobra.Command, _ []string) error {
			a, err := s.unlocked(cmd.Context())
			if err != nil {
				return err
			}
			space, err := a.Space(cmd.Context())
			if err != nil {
				return err
			}
			return s.print(space, spaceText(space)...)
		},
	}
}

func bytesText(n int64) string { return humanize.Bytes(uint64(max(n, 0))) }

func spaceText(u app.DriveSpace) []string {
	return []string{
		fmt.Sprintf("In the drive now        %10s", bytesText(u.Current)),
		fmt.Sprintf("Old versions            %10s", bytesText(u.Old)),
		fmt.Sprintf("Not needed any more     %10s", bytesText(u.Unused)),
		fmt.Sprintf("Folders and indexes     %10s", bytesText(u.Metadata)),
		fmt.Sprintf("Together                %10s in %s", bytesText(u.Total), count(u.Packs, "file")),
		fmt.Sprintf("Waiting to be deleted   %10s", bytesText(u.Condemned)),
	}
}

func (s *session) driveGCCommand() *cobra.Command {
	var only, repack, yes bool
	cmd := &cobra.Command{
		Use: "gc", Short: "Free space: delete what neither the drive nor its past needs", Args: exactly(0, "no arguments"),
		Long: "Free space. What neither the drive nor its kept past needs is condemned first. It is deleted 30 days later, when every device knows of it.",
		RunE: func(cmd *cobra.Command, _ []string) error {
			a, err := s.unlocked(cmd.Context())
			if err != nil {
				return err
			}
			if only || repack && !yes {
				would, err := a.PreviewCleanUp(cmd.Context())
				if err != nil {
					return err
				}
				if only {
					return s.print(would, cleanUpText(would)...)
				}
				if err := s.agree(false, cleanUpText(would), "Free space and send that much again?"); err != nil {
					return err
				}
			}
			done, err := a.CleanUp(cmd.Context(), repack)
			if err != nil {
				return err
			}
			return s.print(done, cleanUpText(done)...)
		},
	}
	f := cmd.Flags()
	f.BoolVar(&only, "preview", false, "tell what would happen and change nothing")
	f.BoolVar(&repack, "repack", false, "store what is needed of mostly unused packs anew; this costs ozone")
	f.BoolVar(&yes, "yes", false, "do not ask")
	return cmd
}

func cleanUpText(c app.CleanUp) []string {
	if c.Problem != "" {
		return []string{c.Problem}
	}
	var text []string
	if c.Done {
		text = append(text, fmt.Sprintf("Deleted: %s.", count(c.Deleted, "pack")))
	} else {
		text = append(text, fmt.Sprintf("May be deleted now: %s.", count(c.Due, "pack")))
	}
	text = append(text, fmt.Sprintf("Waiting to be deleted: %s.", count(c.Condemned, "pack")))
	if c.Repack > 0 {
		text = append(text, fmt.Sprintf("Mostly unused: %s. Storing what is needed of that anew sends %s and frees %s later (--repack).", count(c.Repack, "pack"), bytesText(c.RepackCost), bytesText(c.RepackGain)))
	}
	if c.Missing > 0 {
		text = append(text, fmt.Sprintf("The network lacks %s. The next sync sends that again from the files on this computer, as far as they are there.", count(c.Missing, "pack")))
	}
	if len(c.Silent) > 0 {
		text = append(text, fmt.Sprintf("Not seen for 90 days: %s. Nothing is deleted until they come back, or until you say that they do not count any more (drive devices retire).", strings.Join(c.Silent, ", ")))
	}
	if len(c.NotRead) > 0 {
		text = append(text, fmt.Sprintf("Not all devices know yet what is to be deleted: %s.", strings.Join(c.NotRead, ", ")))
	}
	return text
}

func (s *session) driveRetentionCommand() *cobra.Command {
	return s.commandGroup("retention", "Tell or set how long the past is kept", s.retentionShowCommand(), s.retentionSetCommand())
}

func (s *session) retentionShowCommand() *cobra.Command {
	return &cobra.Command{
		Use: "show", Short: "Tell how long the past is kept", Args: exactly(0, "no arguments"),
		RunE: func(cmd *cobra.Command, _ []string) error {
			a, err := s.unlocked(cmd.Context())
			if err != nil {
				return err
			}
			r, err := a.Retention(cmd.Context())
			if err != nil {
				return err
			}
			return s.print(r, retentionText(r))
		},
	}
}

func (s *session) retentionSetCommand() *cobra.Command {
	var r app.Retention
	cmd := &cobra.Command{
		Use: "set", Short: "Set how long the past is kept, for all devices", Args: exactly(0, "no arguments"),
		RunE: func(cmd *cobra.Command, _ []string) error {
			a, err := s.unlocked(cmd.Context())
			if err != nil {
				return err
			}
			old, err := a.Retention(cmd.Context())
			if err != nil {
				return err
			}
			for flag, set := range map[string]func(){
				"all": func() { old.All = r.All }, "daily": func() { old.Daily = r.Daily }, "weekly": func() { old.Weekly = r.Weekly },
			} {
				if cmd.Flags().Changed(flag) {
					set()
				}
			}
			if err := a.SetRetention(cmd.Context(), old); err != nil {
				return err
			}
			return s.print(old, retentionText(old))
		},
	}
	f := cmd.Flags()
	f.IntVar(&r.All, "all", 0, "days for which every state is kept")
	f.IntVar(&r.Daily, "daily", 0, "days of age up to which the last state of each day is kept")
	f.IntVar(&r.Weekly, "weekly", 0, "days of age up to which the last state of each week is kept")
	return cmd
}

func retentionText(r app.Retention) string {
	text := fmt.Sprintf("Everything is kept for %d days", r.All)
	if r.Daily > r.All {
		text += fmt.Sprintf(", then the last state of each day until it is %d days old", r.Daily)
	}
	if r.Weekly > max(r.All, r.Daily) {
		text += fmt.Sprintf(", then the last of each week until it is %d days old", r.Weekly)
	}
	return text + ". What is in the drive now is always kept."
}
