package main

import (
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"github.com/dustin/go-humanize"
	"github.com/spf13/cobra"

	"github.com/stratosdrive/stratosdrive/internal/app"
)

func (s *session) driveStatusCommand() *cobra.Command {
	return &cobra.Command{
		Use: "status", Short: "Tell where the drive stands", Args: exactly(0, "no arguments"),
		RunE: func(cmd *cobra.Command, _ []string) error {
			a, err := s.open()
			if err != nil {
				return err
			}
			r, err := a.Report(cmd.Context())
			if err != nil {
				return err
			}
			return s.print(r, statusText(r)...)
		},
	}
}

// statusText is the state of the drive for people: one line, and what more
// there is to know.
func statusText(r app.Report) []string {
	lines := []string{statusLine(r)}
	add := func(format string, args ...any) { lines = append(lines, fmt.Sprintf(format, args...)) }
	if r.Folder != "" {
		add("Folder: %s", r.Folder)
	}
	if r.Files > 0 {
		add("Drive: %s, %s", count(r.Files, "file"), humanize.Bytes(uint64(r.Bytes)))
	}
	if r.Epoch > 1 {
		add("Keys: of epoch %d, since a device was reported stolen", r.Epoch)
	}
	if r.OldLeft {
		add("Files under the old keys are still to be deleted: run stos drive new-epoch")
	}
	if !r.LastSync.IsZero() {
		add("All was the same: %s", r.LastSync.Local().Format(time.DateTime))
	}
	if text := limitsText(r.Limits); text != "" {
		add("Limits: %s", text)
	}
	for _, m := range r.Moving {
		add("%s %s: %d %% of %s", map[bool]string{true: "Sending", false: "Receiving"}[m.Up], m.Path, m.Done*100/m.Size, humanize.Bytes(uint64(m.Size)))
	}
	if r.Stopped != nil {
		add("Stopped: %d of %s. To go on anyway: stos drive allow", r.Stopped.Count, count(r.Stopped.Total, "file"))
		for _, p := range r.Stopped.Paths {
			add("  %s", p)
		}
	}
	for _, p := range r.Damaged {
		add("Damaged: %s. To fetch the saved version: stos drive refetch", p)
	}
	if r.Unread > 0 {
		add("Folders that could not be read: %d; what is in them is not synced", r.Unread)
	}
	for _, d := range r.Devices {
		if !d.Hidden {
			add("Device: %s", deviceText(d))
		}
	}
	for _, p := range r.Problems {
		if p != r.Problem {
			add("Problem: %s", p)
		}
	}
	return lines
}

// statusLine is the one line that is always true.
func statusLine(r app.Report) string {
	line := sentenceCase(string(r.Phase))
	switch {
	case r.Phase == app.PhaseOff:
		line = "Not syncing: start it with stos sync FOLDER, or open the window"
	case r.Phase == app.PhasePaused && !r.PausedUntil.IsZero():
		line += " until " + r.PausedUntil.Local().Format(time.DateTime)
	case r.Phase == app.PhaseSyncing && r.BytesTotal > 0:
		line += fmt.Sprintf(": %d of %s, %s of %s", r.FilesDone, count(r.FilesTotal, "file"), humanize.Bytes(uint64(r.BytesDone)), humanize.Bytes(uint64(r.BytesTotal)))
	}
	if r.Phase == app.PhaseSyncing && r.Left > 0 {
		line += fmt.Sprintf(", about %s left", strings.TrimSuffix(r.Left.String(), "0s"))
	}
	if r.Problem != "" {
		line += ". " + r.Problem
	}
	return line
}

func (s *session) driveLsCommand() *cobra.Command {
	return &cobra.Command{
		Use: "ls [PATH]", Short: "List a folder of the drive, what is not on this disk included", Args: between(0, 1, "at most a path"),
		RunE: func(cmd *cobra.Command, args []string) error {
			a, err := s.unlocked(cmd.Context())
			if err != nil {
				return err
			}
			return s.listDrive(cmd, a, append(args, "")[0])
		},
	}
}

func (s *session) driveWatchCommand() *cobra.Command {
	return &cobra.Command{
		Use: "watch", Short: "Print what happens in the drive, a line for each event", Args: exactly(0, "no arguments"),
		RunE: func(cmd *cobra.Command, _ []string) error {
			a, err := s.open()
			if err != nil {
				return err
			}
			return a.Watch(cmd.Context(), s.printEvent)
		},
	}
}

func (s *session) printEvent(e app.ToldEvent) error {
	line := e.Time.Local().Format(time.TimeOnly) + " " + e.Kind.String()
	if s.flags.json {
		raw, err := json.Marshal(e)
		if err != nil {
			return fmt.Errorf("print event: %w", err)
		}
		line = string(raw)
	} else {
		for _, more := range []string{e.Path, e.Text} {
			if more != "" {
				line += " " + more
			}
		}
		if e.Status != nil {
			line += " " + statusLine(app.Report{Status: *e.Status})
		}
	}
	if _, err := fmt.Fprintln(s.io.out, line); err != nil {
		return fmt.Errorf("print event: %w", err)
	}
	return nil
}

func (s *session) driveRefetchCommand() *cobra.Command {
	return &cobra.Command{
		Use: "refetch PATH", Short: "Bring back the saved version of a file that the disk damaged", Args: exactly(1, "a path in the drive"),
		RunE: func(cmd *cobra.Command, args []string) error {
			a, err := s.unlocked(cmd.Context())
			if err != nil {
				return err
			}
			if err := a.Refetch(cmd.Context(), args[0]); err != nil {
				return err
			}
			return s.print(map[string]string{"fetched": args[0]}, "The saved version is back.")
		},
	}
}
