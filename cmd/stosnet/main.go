// Command stosnet runs a whole Stratos network on one machine. docs/network.md
// describes it.
package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"syscall"

	"github.com/spf13/cobra"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/internal/localnet"
	"github.com/stratosdrive/stratosdrive/internal/localnet/chain"
	"github.com/stratosdrive/stratosdrive/internal/localnet/monitor"
	"github.com/stratosdrive/stratosdrive/internal/localnet/report"
)

// version is set by the build.
var version = "dev"

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	context.AfterFunc(ctx, stop) // a second signal ends the process at once
	cmd := root()
	err := cmd.ExecuteContext(ctx)
	tell(cmd, err)
	os.Exit(fault.ExitCode(err))
}

func root() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "stosnet",
		Short: "A whole Stratos network on this machine",
		Long: "Runs a whole Stratos network on this machine and looks after it: a chain, storage nodes, a gateway\n" +
			"and a faucet, reachable from this machine only. Its files exist only here.\n\n" +
			"Exit codes: 0 done, 1 failed, 2 wrong use, 3 nobody can tell whether it happened.",
		Example:       "  stosnet up --dir net\n  stosnet node list --dir net\n  stosnet check --dir net",
		SilenceUsage:  true,
		SilenceErrors: true,
		Args:          noArgs,
		RunE:          func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.CompletionOptions.HiddenDefaultCmd = true
	cmd.SetFlagErrorFunc(func(_ *cobra.Command, err error) error {
		return fault.Wrong(err, "%v. See stosnet --help.", err)
	})
	cmd.PersistentFlags().Bool(jsonFlag, false, "one JSON object on stdout instead of text")
	cmd.AddCommand(upCommand(), nodeCommand(), checkCommand(), epochCommand(), versionCommand(), manualCommand())
	return cmd
}

func upCommand() *cobra.Command {
	var o localnet.Options
	cmd := &cobra.Command{
		Use:   "up --dir D",
		Short: "Run a network until it is told to stop",
		Long: "Runs a chain, a meta node, storage nodes, a gateway and a faucet on 127.0.0.1.\n" +
			"D/network.json tells where they are; it is there while the network is ready.\n" +
			"Everything is kept in D, and the next start goes on from it.",
		Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			o.Progress = cmd.OutOrStdout()
			return localnet.Up(cmd.Context(), o)
		},
	}
	f := cmd.Flags()
	f.StringVar(&o.Dir, "dir", "", "folder for everything that the network keeps")
	f.IntVar(&o.Nodes, "nodes", localnet.DefaultNodes, "storage nodes")
	f.IntVar(&o.Replicas, "replicas", localnet.DefaultReplicas, "copies of each part of a file, each on another node")
	f.StringVar((*string)(&o.Ports), "ports", "", `"reference" for the ports of the reference programs`)
	f.BoolVar(&o.Faithful, "faithful", false, "with delays and habits of the real network")
	f.DurationVar(&o.Epoch, "epoch", report.DefaultEpoch, "time between two reports of the traffic to the chain")
	f.DurationVar(&o.BlockRest, "block-rest", chain.DefaultRest, "least time between two blocks")
	f.DurationVar(&o.LogInterval, "log-interval", monitor.DefaultInterval, "time between two samples that the monitors of the nodes send")
	periodFlags(cmd, &o)
	return cmd
}

// periodFlags are the times that people wait for. The folder keeps those that
// it was made with.
func periodFlags(cmd *cobra.Command, o *localnet.Options) {
	f, p := cmd.Flags(), &o.Periods
	f.DurationVar(&p.Unbonding, "unbonding", 0, "time until undelegated coins are free, in a new folder (default 1m)")
	f.DurationVar(&p.Deposit, "deposit-period", 0, "time in which a proposal must get its deposit, in a new folder (default 1m)")
	f.DurationVar(&p.Voting, "voting-period", 0, "time in which stakers vote, in a new folder (default 30s)")
	f.DurationVar(&p.NodeUnbonding, "node-unbonding", 0, "time until the deposit of a node is back, in a new folder (default 1m)")
	f.Int64Var(&p.MatureEpochs, "mature-epochs", 0, "after how many epochs a reward can be taken out, in a new folder (default 1)")
}

func versionCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "version",
		Short: "Print the version",
		Args:  noArgs,
		Run:   func(cmd *cobra.Command, _ []string) { fmt.Fprintln(cmd.OutOrStdout(), version) },
	}
}

func noArgs(_ *cobra.Command, args []string) error {
	if len(args) > 0 {
		return fault.Wrong(nil, "%q is not a command of stosnet. See stosnet --help.", args[0])
	}
	return nil
}
