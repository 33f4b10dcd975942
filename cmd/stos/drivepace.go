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

func (s *session) drivePauseCommand() *cobra.Command {
	var length time.Duration
	cmd := &cobra.Command{
		Use: "pause", Short: "Let the sync wait, in the window too", Args: exactly(0, "no arguments"),
		RunE: func(cmd *cobra.Command, _ []string) error {
			if cmd.Flags().Changed("for") && length <= 0 {
				return fault.Wrong(nil, "A pause needs a length like 2h or 30m.")
			}
			return s.paced(cmd, func(a *app.App) error { return a.PauseFor(length) })
		},
	}
	cmd.Flags().DurationVar(&length, "for", 0, "how long, like 2h; until you resume if not given")
	return cmd
}

func (s *session) driveResumeCommand() *cobra.Command {
	return &cobra.Command{
		Use: "resume", Short: "Go on syncing after a pause", Args: exactly(0, "no arguments"),
		RunE: func(cmd *cobra.Command, _ []string) error {
			return s.paced(cmd, func(a *app.App) error { return a.GoOn() })
		},
	}
}

// paced changes how the drive moves and tells where it stands then.
func (s *session) paced(cmd *cobra.Command, change func(*app.App) error) error {
	a, err := s.open()
	if err != nil {
		return err
	}
	if err := change(a); err != nil {
		return err
	}
	r, err := a.Report(cmd.Context())
	if err != nil {
		return err
	}
	return s.print(r, statusLine(r))
}

func (s *session) driveAllowCommand() *cobra.Command {
	return &cobra.Command{
		Use: "allow", Short: "Go on although very much is deleted or changed at once", Args: exactly(0, "no arguments"),
		RunE: func(cmd *cobra.Command, _ []string) error {
			a, err := s.open()
			if err != nil {
				return err
			}
			if err := a.GoOnAnyway(cmd.Context()); err != nil {
				return err
			}
			return s.print(map[string]bool{"allowed": true}, "The sync goes on.")
		},
	}
}

func (s *session) driveLimitCommand() *cobra.Command {
	var up, down, from, until string
	var off bool
	cmd := &cobra.Command{
		Use: "limit", Short: "Show or set how fast the drive may send and receive, and when that holds", Args: exactly(0, "no arguments"),
		RunE: func(cmd *cobra.Command, _ []string) error {
			a, err := s.open()
			if err != nil {
				return err
			}
			l := a.Limits()
			if off {
				l = app.Limits{}
			}
			for flag, set := range map[string]func() error{
				"up": func() error { return parseRate(up, &l.Up) }, "down": func() error { return parseRate(down, &l.Down) },
				"from": func() error { l.From = from; return nil }, "until": func() error { l.Until = until; return nil },
			} {
				if !cmd.Flags().Changed(flag) {
					continue
				}
				if err := set(); err != nil {
					return err
				}
			}
			if l != a.Limits() {
				if err := a.SetLimits(l); err != nil {
					return err
				}
			}
			return s.print(l, orElse(limitsText(l), "No limits."))
		},
	}
	f := cmd.Flags()
	f.StringVar(&up, "up", "", "most to send, like 2MB/s; 0 for no limit")
	f.StringVar(&down, "down", "", "most to receive, like 10MB/s; 0 for no limit")
	f.StringVar(&from, "from", "", "time of day from which that holds, like 08:00")
	f.StringVar(&until, "until", "", "time of day until which that holds, like 18:00")
	f.BoolVar(&off, "off", false, "no limits and no timetable")
	return cmd
}

// parseRate reads bytes per second: 2MB/s, 500KB/s, 1MiB, 0.
func parseRate(text string, to *int64) error {
	n, err := humanize.ParseBytes(strings.TrimSuffix(strings.TrimSpace(text), "/s"))
	if err != nil || n > 1<<50 {
		return fault.Wrong(err, "%q is no speed. Write it like 2MB/s.", text)
	}
	*to = int64(n)
	return nil
}

func limitsText(l app.Limits) string {
	var parts []string
	for _, x := range []struct {
		rate int64
		what string
	}{{l.Up, "up"}, {l.Down, "down"}} {
		if x.rate > 0 {
			parts = append(parts, fmt.Sprintf("%s/s %s", humanize.Bytes(uint64(x.rate)), x.what))
		}
	}
	text := strings.Join(parts, ", ")
	if text != "" && l.From != "" {
		text += fmt.Sprintf(", from %s until %s", l.From, l.Until)
	}
	return text
}

func orElse(text, other string) string {
	if text == "" {
		return other
	}
	return text
}

func (s *session) driveFoldersCommand() *cobra.Command {
	choose := func(use, short string, do func(*cobra.Command, *app.App, string) error) *cobra.Command {
		return &cobra.Command{
			Use: use + " PATH", Short: short, Args: exactly(1, "a path in the drive"),
			RunE: func(cmd *cobra.Command, args []string) error {
				a, err := s.unlocked(cmd.Context())
				if err != nil {
					return err
				}
				if err := do(cmd, a, strings.Trim(args[0], "/")); err != nil {
					return err
				}
				return s.printChoices(cmd, a)
			},
		}
	}
	cmd := &cobra.Command{
		Use: "folders", Short: "Tell and choose which folders lie on this disk", Args: cobra.ArbitraryArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) > 0 {
				return s.helpOrUnknown(cmd, args)
			}
			a, err := s.unlocked(cmd.Context())
			if err != nil {
				return err
			}
			return s.printChoices(cmd, a)
		},
	}
	cmd.AddCommand(
		choose("keep", "Keep a file or folder on this disk; / is the whole drive", func(cmd *cobra.Command, a *app.App, p string) error {
			return a.KeepHere(cmd.Context(), p)
		}),
		choose("leave", "Take a file or folder off this disk; it stays in the drive", func(cmd *cobra.Command, a *app.App, p string) error {
			return a.FreeUp(cmd.Context(), p)
		}),
	)
	return cmd
}

func (s *session) printChoices(cmd *cobra.Command, a *app.App) error {
	list, err := a.FolderChoices(cmd.Context())
	if err != nil {
		return err
	}
	lines := []string{}
	for _, c := range list {
		verb := map[bool]string{true: "kept here", false: "left out"}[c.Keep]
		lines = append(lines, fmt.Sprintf("%s  /%s  %s, %s, %d here", verb, c.Path, count(c.Files, "file"), humanize.Bytes(uint64(c.Bytes)), c.Here))
	}
	if len(lines) == 0 {
		lines = append(lines, "All of the drive lies on this disk.")
	}
	return s.print(map[string]any{"folders": list}, lines...)
}
