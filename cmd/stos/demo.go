package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"github.com/stratosdrive/stratosdrive/internal/app/demo"
)

func (s *session) demoCommand() *cobra.Command {
	var keep, withoutPlayer bool
	cmd := &cobra.Command{
		Use: "demo", Short: "Do the whole job once, on a network of its own, and prove it", Args: exactly(0, "no arguments"),
		RunE: func(cmd *cobra.Command, _ []string) error {
			report, err := demo.Run(cmd.Context(), demo.Options{
				Keep: keep, WithoutPlayer: withoutPlayer,
				Step: func(st demo.Step) { s.say("%7.2f s  %s", st.Seconds, st.Name) },
			})
			if err != nil {
				return err
			}
			text := fmt.Sprintf("All true, in %.1f s.", report.Seconds)
			if !withoutPlayer {
				text += fmt.Sprintf(" First picture after %d ms.", report.FirstFrameMS)
			}
			return s.print(report, text)
		},
	}
	cmd.Flags().BoolVar(&keep, "keep", false, "keep the folder of the demo")
	cmd.Flags().BoolVar(&withoutPlayer, "without-player", false, "save the shared video instead of playing it, where ffmpeg or libmpv is missing")
	return cmd
}
