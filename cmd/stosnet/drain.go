package main

import (
	"context"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/internal/localnet/control"
)

// drainLook lies between two looks at a node that is being emptied.
const drainLook = 250 * time.Millisecond

func drainCommand(dir *string) *cobra.Command {
	background := false
	cmd := &cobra.Command{
		Use:   "drain NAME",
		Short: "Empty a storage node",
		Long: "Moves everything that lies on the node to other nodes and gives it nothing new. The command waits\n" +
			"until nothing is left; when it is interrupted the network goes on by itself. An empty node can be\n" +
			"removed with stosnet node rm, and one that shall stay after all is kept with stosnet node start.",
		Args: oneName,
		RunE: func(cmd *cobra.Command, args []string) error {
			return withFleet(cmd, *dir, func(f control.Fleet) error {
				if err := f.Drain(cmd.Context(), args[0]); err != nil {
					return err
				}
				var n control.Node
				var err error
				if background {
					n, err = findNode(cmd.Context(), f, args[0])
				} else {
					n, err = awaitEmpty(cmd, f, args[0])
				}
				if err != nil {
					return err
				}
				return sayDrained(cmd, n)
			})
		},
	}
	cmd.Flags().BoolVar(&background, "background", false, "return at once; stosnet node list shows how far it is")
	return cmd
}

func sayDrained(cmd *cobra.Command, n control.Node) error {
	switch {
	case wantsJSON(cmd):
		return show(cmd, map[string]any{"node": n})
	case n.Left == 0:
		fmt.Fprintf(cmd.OutOrStdout(), "Storage node %s is empty. It can be removed with stosnet node rm %s.\n", n.Name, n.Name)
	default:
		fmt.Fprintf(cmd.OutOrStdout(), "Storage node %s is being emptied; slices left: %d.\n", n.Name, n.Left)
	}
	return nil
}

// awaitEmpty waits until nothing is left on the node and tells how it goes.
func awaitEmpty(cmd *cobra.Command, f control.Fleet, name string) (control.Node, error) {
	ctx, told := cmd.Context(), int64(-1)
	tick := time.NewTicker(drainLook)
	defer tick.Stop()
	for {
		n, err := findNode(context.WithoutCancel(ctx), f, name)
		switch {
		case err != nil:
			return n, err
		case !n.Draining:
			return n, fault.Say(nil, "Storage node %s is not being emptied any more: it was started meanwhile.", name)
		case n.Left == 0:
			return n, nil
		case n.Left != told:
			fmt.Fprintf(cmd.ErrOrStderr(), "Slices left on storage node %s: %d.\n", n.Name, n.Left)
			told = n.Left
		}
		select {
		case <-tick.C:
		case <-ctx.Done():
			return n, fault.Say(nil, "Storage node %s is not empty yet. The network goes on with it; stosnet node list shows how far it is.", name)
		}
	}
}
