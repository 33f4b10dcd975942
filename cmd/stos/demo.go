package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"github.com/stratosdrive/stratosdrive/internal/app/demo"
)

func (s *session) demoCommand() *cobra.Command {
	var keep bool
	cmd := &cobra.Command{
		Use: "demo", Short: "Do the whole job once, on a network of its own, and prove it", Args: exactly(0, "no arguments"),
		RunE: func(cmd *cobra.Command, _ []string) error {
			report, err := demo.Run(cmd.Context(), demo.Options{
				Keep: keep,
				Step: func(st demo.Step) { s.say("%7.2f s  %s", st.Seconds, st.Name) },
			})
			if err != nil {
				return err
			}
			return s.print(report, fmt.Sprintf("All true, in %.1f s. First picture after %d ms.", report.Seconds, report.FirstFrameMS))
		},
	}
	cmd.Flags().BoolVar(&keep, "keep", false, "keep the folder of the demo")
	return cmd
}
