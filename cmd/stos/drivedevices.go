package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"github.com/stratosdrive/stratosdrive/internal/app"
)

func (s *session) driveDevicesCommand() *cobra.Command {
	var all bool
	cmd := &cobra.Command{
		Use: "devices", Short: "List the devices of the drive; rename, hide or retire one", Args: exactly(0, "no arguments"),
		RunE: func(cmd *cobra.Command, _ []string) error {
			a, err := s.unlocked(cmd.Context())
			if err != nil {
				return err
			}
			list, err := a.DriveDevices(cmd.Context())
			if err != nil {
				return err
			}
			var text []string
			for _, d := range list {
				if d.Hidden && !all {
					continue
				}
				text = append(text, deviceText(d))
			}
			return s.print(map[string]any{"devices": nonNil(list)}, text...)
		},
	}
	cmd.Flags().BoolVar(&all, "all", false, "show hidden devices too")
	var show, back bool
	rename := s.deviceCommand("rename DEVICE NAME", "Give a device another name", 2, func(cmd *cobra.Command, a *app.App, args []string) (app.DriveDevice, error) {
		return a.RenameDevice(cmd.Context(), args[0], args[1])
	})
	hide := s.deviceCommand("hide DEVICE", "Take a device out of lists; it goes on syncing", 1, func(cmd *cobra.Command, a *app.App, args []string) (app.DriveDevice, error) {
		return a.HideDevice(cmd.Context(), args[0], !show)
	})
	hide.Flags().BoolVar(&show, "undo", false, "show it again")
	retire := s.deviceCommand("retire DEVICE", "Say that a device is not coming back, so that nothing waits for it", 1, func(cmd *cobra.Command, a *app.App, args []string) (app.DriveDevice, error) {
		return a.RetireDevice(cmd.Context(), args[0], !back)
	})
	retire.Flags().BoolVar(&back, "undo", false, "count it again")
	cmd.AddCommand(rename, hide, retire)
	return cmd
}

func (s *session) deviceCommand(use, short string, args int, do func(*cobra.Command, *app.App, []string) (app.DriveDevice, error)) *cobra.Command {
	return &cobra.Command{
		Use: use, Short: short, Args: exactly(args, "a device, by its name or id"),
		RunE: func(cmd *cobra.Command, args []string) error {
			a, err := s.unlocked(cmd.Context())
			if err != nil {
				return err
			}
			d, err := do(cmd, a, args)
			if err != nil {
				return err
			}
			return s.print(d, deviceText(d))
		},
	}
}

func deviceText(d app.DriveDevice) string {
	text := fmt.Sprintf("%s  %s  %s", d.ID[:12], local(d.Seen), d.Name)
	for _, mark := range []struct {
		is   bool
		text string
	}{
		{d.This, "this one"},
		{d.Hidden, "hidden"},
		{d.Retired, "does not count any more"},
		{d.Silent, "not seen for 90 days: does it still count?"},
	} {
		if mark.is {
			text += "  (" + mark.text + ")"
		}
	}
	return text
}
