package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"github.com/stratosdrive/stratosdrive/internal/localnet/control"
)

func epochCommand() *cobra.Command {
	var dir string
	cmd := &cobra.Command{
		Use:   "epoch",
		Short: "Look after the epochs in which traffic is paid for",
		Args:  noArgs,
		RunE:  func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	addDir(cmd, &dir)
	cmd.AddCommand(&cobra.Command{
		Use:   "close",
		Short: "Pay for the traffic until now, without waiting for the end of the epoch",
		Long: "Ends the present epoch: the traffic since the last report is told to the chain, which pays for it.\n" +
			"Rewards of the epoch before mature by it. The command ends when all of it is in a block.",
		Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return withFleet(cmd, dir, func(f control.Fleet) error {
				e, err := f.CloseEpoch(cmd.Context())
				if err != nil {
					return err
				}
				return sayEpoch(cmd, e)
			})
		},
	})
	return cmd
}

func sayEpoch(cmd *cobra.Command, e control.Epoch) error {
	if wantsJSON(cmd) {
		return show(cmd, e)
	}
	if e.Epoch == 0 {
		fmt.Fprintln(cmd.OutOrStdout(), "There was no traffic since the last report, so nothing was reported.")
		return nil
	}
	fmt.Fprintf(cmd.OutOrStdout(), "Epoch %d is paid for, by transaction %s.\n", e.Epoch, e.Hash)
	return nil
}
