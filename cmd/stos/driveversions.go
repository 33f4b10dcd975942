package main

import (
	"fmt"
	"strings"
	"time"

	"github.com/dustin/go-humanize"
	"github.com/spf13/cobra"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/internal/fault"
)

const timeHelp = "a time as 2026-01-31, \"2026-01-31 17:30\" or RFC 3339, or how long ago: 90m, 2h, 3d, 1w"

func (s *session) driveVersionsCommand() *cobra.Command {
	return &cobra.Command{
		Use: "versions PATH", Short: "List the versions of a file, and of earlier ones of this name that are deleted", Args: exactly(1, "a path in the drive"),
		RunE: func(cmd *cobra.Command, args []string) error {
			a, err := s.unlocked(cmd.Context())
			if err != nil {
				return err
			}
			list, err := a.Versions(cmd.Context(), args[0])
			if err != nil {
				return err
			}
			var text []string
			for _, v := range list {
				text = append(text, versionText(v))
			}
			return s.print(map[string]any{"versions": nonNil(list)}, text...)
		},
	}
}

func versionText(v app.DriveVersion) string {
	mark := ""
	switch {
	case v.Current:
		mark = "  (now)"
	case v.Earlier:
		mark = "  (an earlier file of this name)"
	}
	return fmt.Sprintf("%s  %s  %10s  %s  %s%s", v.ID, local(v.Saved), humanize.Bytes(uint64(v.Size)), v.Device, v.Path, mark)
}

func (s *session) driveDeletedCommand() *cobra.Command {
	return &cobra.Command{
		Use: "deleted [PATH]", Short: "List what was deleted: where, when and by which device", Args: between(0, 1, "at most a folder"),
		RunE: func(cmd *cobra.Command, args []string) error {
			a, err := s.unlocked(cmd.Context())
			if err != nil {
				return err
			}
			list, err := a.Deleted(cmd.Context(), append(args, "")[0])
			if err != nil {
				return err
			}
			var text []string
			for _, d := range list {
				name, size := d.Path, humanize.Bytes(uint64(d.Size))
				if d.Folder {
					name, size = name+"/", ""
				}
				text = append(text, fmt.Sprintf("%s  %10s  %s  %s", local(d.Deleted), size, d.Device, name))
			}
			return s.print(map[string]any{"deleted": nonNil(list)}, text...)
		},
	}
}

func (s *session) driveAtCommand() *cobra.Command {
	return &cobra.Command{
		Use: "at TIME [PATH]", Short: "List the drive as it was at a time", Args: between(1, 2, "a time, and at most a folder"),
		Long: "List the drive as it was at a time. TIME is " + timeHelp + ".",
		RunE: func(cmd *cobra.Command, args []string) error {
			at, err := readTime(args[0], time.Now())
			if err != nil {
				return err
			}
			a, err := s.unlocked(cmd.Context())
			if err != nil {
				return err
			}
			list, when, err := a.ListAt(cmd.Context(), append(args, "")[1], app.Moment{At: at})
			if err != nil {
				return err
			}
			return s.print(map[string]any{"when": when, "entries": nonNil(list)}, entriesText(list)...)
		},
	}
}

// restoreFlags are the flags of drive restore.
type restoreFlags struct {
	at, version, output string
	beside              bool
	all                 restoreAllFlags
}

func (s *session) driveRestoreCommand() *cobra.Command {
	var o restoreFlags
	cmd := &cobra.Command{
		Use: "restore PATH", Short: "Bring back a deleted file or folder, a file's older version, or a whole drive",
		Long: restoreHelp, Args: exactly(1, "a path in the drive, or a folder on this computer"),
		RunE: func(cmd *cobra.Command, args []string) error {
			if o.all.words || o.all.wallet {
				return s.restoreAll(cmd, args[0], o.all)
			}
			return s.restore(cmd, args[0], o)
		},
	}
	f := cmd.Flags()
	o.all.add(f)
	f.StringVar(&o.at, "at", "", "bring back what was there at this time: "+timeHelp)
	f.StringVar(&o.version, "version", "", "bring back this version, as drive versions names it")
	f.StringVarP(&o.output, "output", "o", "", "write it to this file instead, and leave the drive as it is")
	f.BoolVar(&o.beside, "copy", false, "put it beside the file that is there, as a copy")
	return cmd
}

func (s *session) restore(cmd *cobra.Command, path string, o restoreFlags) error {
	m := app.Moment{Version: o.version}
	if o.at != "" {
		if o.version != "" {
			return fault.Wrong(nil, "Say either a version or a time. Nothing was changed.")
		}
		var err error
		if m.At, err = readTime(o.at, time.Now()); err != nil {
			return err
		}
	}
	a, err := s.unlocked(cmd.Context())
	if err != nil {
		return err
	}
	if o.output != "" {
		got, err := a.SaveVersion(cmd.Context(), path, m, app.GetOptions{To: o.output, Progress: s.progress("Downloading")})
		if err != nil {
			return err
		}
		return s.print(got, fmt.Sprintf("Saved %s (%s).", got.Path, humanize.Bytes(uint64(got.Size))))
	}
	done, err := a.Restore(cmd.Context(), path, m, o.beside)
	if err != nil {
		return err
	}
	return s.print(done, fmt.Sprintf("%s is back as it was on %s.", done.Path, local(done.When)))
}

func (s *session) driveRewindCommand() *cobra.Command {
	var yes, only bool
	cmd := &cobra.Command{
		Use: "rewind TIME [PATH]", Short: "Make the drive, or a folder of it, what it was at a time", Args: between(1, 2, "a time, and at most a folder"),
		Long: "Make the drive, or a folder of it, what it was at a time. TIME is " + timeHelp + ". It is undone by rewinding to just before.",
		RunE: func(cmd *cobra.Command, args []string) error {
			at, err := readTime(args[0], time.Now())
			if err != nil {
				return err
			}
			a, err := s.unlocked(cmd.Context())
			if err != nil {
				return err
			}
			folder := append(args, "")[1]
			would, err := a.PreviewRewind(cmd.Context(), folder, at)
			if err != nil {
				return err
			}
			if only {
				return s.print(would, effectText("State", would)...)
			}
			if err := s.agree(yes, effectText("State", would), "Rewind now?"); err != nil {
				return err
			}
			done, err := a.Rewind(cmd.Context(), folder, at)
			if err != nil {
				return err
			}
			return s.print(done, fmt.Sprintf("The drive is as it was on %s.", local(done.When)))
		},
	}
	cmd.Flags().BoolVar(&yes, "yes", false, "do not ask")
	cmd.Flags().BoolVar(&only, "preview", false, "tell what would change and change nothing")
	return cmd
}

func effectText(what string, f app.DriveEffect) []string {
	text := []string{fmt.Sprintf("%s of %s. Files that come back: %d, that get their old content: %d, that are moved: %d, that go: %d.", what, local(f.When), f.Back, f.Changed, f.Moved, f.Gone)}
	for _, p := range f.Paths {
		text = append(text, "  "+p)
	}
	return text
}

// agree shows what would happen and asks, unless a flag said yes already.
func (s *session) agree(yes bool, lines []string, question string) error {
	if yes {
		return nil
	}
	for _, line := range lines {
		s.say("%s", line)
	}
	s.say("%s Type yes to go on.", question)
	answer, err := s.line()
	if err != nil || !strings.EqualFold(strings.TrimSpace(string(answer)), "yes") {
		return fault.Wrong(err, "Nothing was changed. Answer yes, or give --yes, to go on.")
	}
	return nil
}

func local(t time.Time) string { return t.Local().Format("2006-01-02 15:04") }

// readTime reads a time as people write it.
func readTime(text string, now time.Time) (time.Time, error) {
	for _, form := range []string{time.RFC3339Nano, "2006-01-02 15:04:05", "2006-01-02 15:04", time.DateOnly} {
		if t, err := time.ParseInLocation(form, text, time.Local); err == nil {
			return t, nil
		}
	}
	if d, err := longTime(text); err == nil && d >= 0 {
		return now.Add(-d), nil
	}
	return now, fault.Wrong(nil, "%q is no time. Write for example 2026-01-31, \"2026-01-31 17:30\", 2h or 3d.", text)
}

// longTime is time.ParseDuration that knows days and weeks too.
func longTime(text string) (time.Duration, error) {
	for unit, hours := range map[string]int{"d": 24, "w": 7 * 24} {
		if n, ok := strings.CutSuffix(text, unit); ok {
			var count int
			if _, err := fmt.Sscanf(n, "%d", &count); err != nil || fmt.Sprint(count) != n || count > 100_000 {
				return 0, fmt.Errorf("count of %s: %q", unit, n)
			}
			return time.Duration(count*hours) * time.Hour, nil
		}
	}
	return time.ParseDuration(text)
}
