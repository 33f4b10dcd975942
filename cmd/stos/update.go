package main

import (
	"fmt"
	"os"
	"strings"

	"github.com/dustin/go-humanize"
	"github.com/spf13/cobra"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/internal/fault"
)

// Where newer versions come from, and whose signatures are believed; set by the
// build. Without them the program does not look.
var updateAddress, updateKeys string

// updates say where newer versions of this program come from.
func (s *session) updates() app.UpdateOptions {
	program, _ := os.Executable() // without it nobody can tell how it was installed
	return app.UpdateOptions{
		Address: updateAddress, Keys: updateKeys, Version: version, Program: program,
		AppImage: app.OwnAppImage(s.io.env("APPIMAGE"), s.io.env("APPDIR"), program),
	}
}

func (s *session) updateCommand() *cobra.Command {
	return s.commandGroup("update", "Newer versions of this program", s.updateCheck(), s.updateGet(), s.updateAuto())
}

func (s *session) updateCheck() *cobra.Command {
	return &cobra.Command{
		Use: "check", Short: "Ask whether there is a newer version", Args: exactly(0, "no arguments"),
		RunE: func(cmd *cobra.Command, _ []string) error {
			a, err := s.open()
			if err != nil {
				return err
			}
			u, err := a.CheckUpdates(cmd.Context())
			if err != nil {
				return err
			}
			return s.print(u, updateLines(u)...)
		},
	}
}

// updateLines say what is known of newer versions.
func updateLines(u app.Updates) []string {
	if u.Offer == nil {
		return []string{"You have the newest version, " + u.Version + "."}
	}
	lines := []string{fmt.Sprintf("%s is there; you have %s.", u.Offer.Version, u.Version)}
	if notes := strings.TrimSpace(u.Offer.Notes); notes != "" {
		lines = append(lines, "", notes, "")
	}
	switch {
	case u.Offer.Way == app.ByOthers:
		return append(lines, "What installed this copy brings new versions too.")
	case u.Offer.Way == app.ByNobody:
		return append(lines, "It has no file for this computer yet.")
	case u.Offer.Path != "":
		return append(lines, nextStep(*u.Offer))
	}
	return append(lines, fmt.Sprintf("Fetch it with: stos update get (%s)", humanize.Bytes(uint64(u.Offer.Size))))
}

// nextStep says what to do with a version that was fetched.
func nextStep(o app.UpdateOffer) string {
	switch o.Kind {
	case "deb":
		return "Install it with: sudo apt install " + o.Path
	case "installer":
		return "Quit Stratos Drive and start " + o.Path
	case "dmg":
		return "Open " + o.Path + " and drag Stratos Drive into Applications."
	}
	return "Bring it in from the window, in Settings. The file is " + o.Path
}

func (s *session) updateGet() *cobra.Command {
	return &cobra.Command{
		Use: "get", Short: "Fetch the newest version, prove it, and say how it is installed", Args: exactly(0, "no arguments"),
		RunE: func(cmd *cobra.Command, _ []string) error {
			a, err := s.open()
			if err != nil {
				return err
			}
			o, err := a.GetUpdate(cmd.Context(), s.progress("Fetching"))
			if err != nil {
				return err
			}
			return s.print(o, o.Version+" is here and is what its makers signed.", nextStep(o))
		},
	}
}

func (s *session) updateAuto() *cobra.Command {
	return &cobra.Command{
		Use: "auto on|off", Short: "Say whether the window looks for newer versions once a day", Args: exactly(1, "on or off"),
		RunE: func(_ *cobra.Command, args []string) error {
			if args[0] != "on" && args[0] != "off" {
				return fault.Wrong(nil, "Say on or off.")
			}
			a, err := s.open()
			if err != nil {
				return err
			}
			on := args[0] == "on"
			if err := a.SetChecksUpdates(on); err != nil {
				return err
			}
			text := "The window does not look for newer versions by itself."
			if on {
				text = "The window looks for newer versions once a day."
			}
			return s.print(map[string]bool{"auto": on}, text)
		},
	}
}
