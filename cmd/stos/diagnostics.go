package main

import (
	"encoding/json"
	"io"
	"strings"

	"github.com/spf13/cobra"
)

func (s *session) diagnosticsCommand() *cobra.Command {
	var save string
	cmd := &cobra.Command{
		Use: "diagnostics", Short: "Write a report for whoever helps, without secrets, names of files or addresses", Args: exactly(0, "no arguments"),
		RunE: func(cmd *cobra.Command, _ []string) error {
			a, err := s.open()
			if err != nil {
				return err
			}
			d, err := a.Diagnostics(cmd.Context(), version)
			if err != nil {
				return err
			}
			if save == "" {
				return s.print(d, d.Lines()...)
			}
			text := strings.Join(d.Lines(), "\n") + "\n"
			if s.flags.json {
				raw, err := json.MarshalIndent(d, "", "  ")
				if err != nil {
					return err
				}
				text = string(raw) + "\n"
			}
			if err := writeNew(save, func(w io.Writer) error {
				_, err := io.WriteString(w, text)
				return err
			}); err != nil {
				return err
			}
			return s.print(map[string]string{"saved": save}, "Saved as "+save+". Read it before you give it away.")
		},
	}
	cmd.Flags().StringVar(&save, "save", "", "write it into a new file")
	return cmd
}
