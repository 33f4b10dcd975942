package main

import (
	"fmt"

	"github.com/dustin/go-humanize"
	"github.com/dustin/go-humanize/english"
	"github.com/spf13/cobra"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/internal/localnet/control"
)

func checkCommand() *cobra.Command {
	var dir string
	repair := false
	cmd := &cobra.Command{
		Use:   "check --dir D",
		Short: "Prove everything that a network stores",
		Long: "Reads every copy of every part of every file and proves it, looks for bytes that belong to no file,\n" +
			"and checks the books: what was bought, spent and is left of each account. It works on a running\n" +
			"network, which goes on serving, and on one that is down. Exit code 1 means that problems were found.",
		Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return withFleet(cmd, dir, func(f control.Fleet) error {
				report, err := f.Check(cmd.Context(), repair, func(done, total int64) {
					if total > 0 {
						fmt.Fprintf(cmd.ErrOrStderr(), "Proved %d of %d slices.\n", done, total)
					}
				})
				if cmd.Context().Err() != nil {
					return fault.Say(err, "The check was interrupted.")
				}
				if err != nil {
					return err
				}
				return sayReport(cmd, report)
			})
		},
	}
	addDir(cmd, &dir)
	cmd.Flags().BoolVar(&repair, "repair", false, "let a running network repair at once what is found")
	return cmd
}

func sayReport(cmd *cobra.Command, r control.Report) error {
	out, problems := cmd.OutOrStdout(), len(r.Problems)
	if wantsJSON(cmd) {
		if err := show(cmd, struct {
			OK bool `json:"ok"`
			control.Report
		}{problems == 0, r}); err != nil || problems == 0 {
			return err
		}
		return fault.Say(errSaid, "The check found problems.")
	}
	for _, note := range r.Notes {
		fmt.Fprintln(out, note)
	}
	for _, problem := range r.Problems {
		fmt.Fprintln(out, problem)
	}
	if r.Repaired > 0 {
		fmt.Fprintf(out, "Problems that were repaired: %d.\n", r.Repaired)
	}
	if problems > 0 {
		return fault.Say(nil, "The check found %s. A running network repairs what it can by itself; run the check again later.", english.Plural(problems, "problem", ""))
	}
	fmt.Fprintf(out, "All is well: %s in %s, %s with %s were proved.\n",
		english.Plural(int(r.Files), "file", ""), english.Plural(int(r.Slices), "slice", ""), english.Plural(int(r.Copies), "copy", ""), humanize.Bytes(uint64(r.Bytes)))
	return nil
}
