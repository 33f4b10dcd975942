package main

import (
	"fmt"
	"runtime"
	"time"

	"github.com/spf13/cobra"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/internal/fault"
)

func (s *session) playCommand() *cobra.Command {
	return s.player("play WHAT", "Play a video: a file, a path in the drive, an id or a link", exactly(1, "something to play"),
		func(cmd *cobra.Command, args []string) (*app.App, string, error) {
			a, err := s.openFor(cmd, args[0])
			return a, args[0], err
		})
}

// player is a command that plays what find makes of its arguments.
func (s *session) player(use, short string, count cobra.PositionalArgs, find func(*cobra.Command, []string) (*app.App, string, error)) *cobra.Command {
	var o app.PlayOptions
	var seconds, seek float64
	var headless, address bool
	var with string
	var rest time.Duration
	cmd := &cobra.Command{
		Use: use, Short: short, Args: count,
		RunE: func(cmd *cobra.Command, args []string) error {
			a, what, err := find(cmd, args)
			if err != nil {
				return err
			}
			if address || with != "" {
				return s.playElsewhere(cmd, a, what, with, rest)
			}
			if !headless {
				return s.playInWindow(cmd, a, what)
			}
			o.For = time.Duration(seconds * float64(time.Second))
			o.Seek = time.Duration(seek * float64(time.Second))
			report, err := a.Play(cmd.Context(), what, o)
			if err != nil {
				return err
			}
			return s.print(report, fmt.Sprintf("Played %.1f s; first picture after %d ms, %d stalls.",
				report.PlayedSeconds, report.FirstFrameMS, report.Stalls))
		},
	}
	cmd.Flags().BoolVar(&headless, "headless", false, "without a window and without sound, with a report")
	cmd.Flags().BoolVar(&address, "print-address", false, "print an address for other players, and stay as long as one reads")
	cmd.Flags().DurationVar(&rest, "rest", time.Minute, "with --print-address: how long after the last reading to stay")
	cmd.Flags().StringVar(&with, "with", "", "play with another program: mpv, vlc")
	cmd.Flags().Float64Var(&seconds, "seconds", 0, "stop after this many seconds of video")
	cmd.Flags().Float64Var(&seek, "seek", 0, "then jump to this second")
	cmd.Flags().BoolVar(&o.Resume, "resume", false, "without a window too: begin where it was left on any device, and remember where it is left")
	return cmd
}

// openFor unlocks the wallet only when what is played lies on the network.
func (s *session) openFor(cmd *cobra.Command, what string) (*app.App, error) {
	if app.IsLocalFile(what) || app.IsWebAddress(what) {
		return s.open()
	}
	return s.unlocked(cmd.Context())
}

// playElsewhere lets another program play, or anybody who is given the address.
func (s *session) playElsewhere(cmd *cobra.Command, a *app.App, what, program string, rest time.Duration) error {
	if program != "" {
		if err := a.PlayIn(cmd.Context(), what, program); err != nil {
			return err
		}
		return s.print(map[string]string{"played": what}, "The other player was closed.")
	}
	return a.Lend(cmd.Context(), what, rest, func(m *app.Media) error {
		return s.print(map[string]string{"address": m.URL, "title": m.Title}, m.URL)
	})
}

// playInWindow plays in a window until the person closes it.
func (s *session) playInWindow(cmd *cobra.Command, a *app.App, what string) error {
	if runtime.GOOS == "linux" && s.io.env("DISPLAY")+s.io.env("WAYLAND_DISPLAY") == "" {
		return fault.Say(nil, "There is no display here, so no window can open. Use --headless to play without one.")
	}
	if err := a.PlayWindow(cmd.Context(), what); err != nil {
		return err
	}
	return s.print(map[string]string{"played": what}, "The window was closed.")
}
