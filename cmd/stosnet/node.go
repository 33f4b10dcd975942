package main

import (
	"context"
	"fmt"
	"text/tabwriter"

	"github.com/dustin/go-humanize"
	"github.com/spf13/cobra"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/internal/localnet/control"
)

func nodeCommand() *cobra.Command {
	var dir string
	cmd := &cobra.Command{
		Use:   "node",
		Short: "See and change the storage nodes of a network",
		Long: "Every part of a file lies on several storage nodes. Nodes can come and go while the network runs;\n" +
			"no file is lost as long as one node has each of its parts.",
		Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	addDir(cmd, &dir)
	cmd.AddCommand(listCommand(&dir), addCommand(&dir), drainCommand(&dir),
		actCommand(&dir, act{
			use: "rm", short: "Take a storage node out of the network at once",
			long: "Takes the node out and deletes what lies on it. The others make new copies, for which the owner\n" +
				"of the removed node is charged. It is refused when some part of a file lies nowhere else.\n" +
				"Draining the node first avoids both.",
			done: "Storage node %s is out of the network.", do: control.Fleet.Remove, gone: true,
		}),
		actCommand(&dir, act{
			use: "stop", short: "Switch a storage node off",
			long: "The node serves nothing and its monitor does not answer, as if its computer were switched off. It\n" +
				"stays off when the network starts again. When it is away for long, the others make new copies.",
			done: "Storage node %s is off.", do: control.Fleet.Stop,
		}),
		actCommand(&dir, act{
			use: "start", short: "Switch a storage node on again",
			long: "The node serves what it has. One that was being drained is kept, and gets new parts of files.",
			done: "Storage node %s is on.", do: control.Fleet.Start,
		}))
	return cmd
}

func listCommand(dir *string) *cobra.Command {
	return &cobra.Command{
		Use:   "list",
		Short: "List the storage nodes",
		Long: "Lists the storage nodes with their state, how well they did lately (0 to 100), what they hold and,\n" +
			"of a node that is being drained, how many slices are left. It works while the network is down too.",
		Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return withFleet(cmd, *dir, func(f control.Fleet) error {
				list, err := f.Nodes(cmd.Context())
				if err != nil {
					return err
				}
				if wantsJSON(cmd) {
					return show(cmd, map[string]any{"nodes": list})
				}
				return printNodes(cmd, list)
			})
		},
	}
}

func printNodes(cmd *cobra.Command, list []control.Node) error {
	w := tabwriter.NewWriter(cmd.OutOrStdout(), 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "NAME\tSTATE\tTIER\tHEALTH\tUSED\tCAPACITY\tSLICES\tLEFT\tADDRESS")
	for _, n := range list {
		state, left := n.State, "-"
		if n.Draining {
			state, left = n.State+", draining", humanize.Comma(n.Left)
		}
		fmt.Fprintf(w, "%s\t%s\t%d\t%.0f\t%s\t%s\t%s\t%s\t%s\n", n.Name, state, n.Tier, n.Score,
			humanize.Bytes(uint64(n.Used)), humanize.Bytes(uint64(n.Capacity)), humanize.Comma(n.Slices), left, n.Address)
	}
	return w.Flush()
}

func addCommand(dir *string) *cobra.Command {
	var capacity string
	var tier int
	cmd := &cobra.Command{
		Use:     "add",
		Short:   "Add a storage node",
		Long:    "Makes one more storage node, with keys of its own, in the folder of the network.",
		Example: "  stosnet node add --dir net --capacity 10GB --tier 2",
		Args:    noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			size, err := parseSize(capacity)
			if err != nil {
				return err
			}
			return withFleet(cmd, *dir, func(f control.Fleet) error {
				n, err := f.Add(cmd.Context(), size, tier)
				if err != nil {
					return err
				}
				if wantsJSON(cmd) {
					return show(cmd, map[string]any{"node": n})
				}
				fmt.Fprintf(cmd.OutOrStdout(), "Storage node %s is there, with room for %s.\n", n.Name, humanize.Bytes(uint64(n.Capacity)))
				return nil
			})
		},
	}
	cmd.Flags().StringVar(&capacity, "capacity", "", "room for slices, such as 10GB; without it a share of the disk")
	cmd.Flags().IntVar(&tier, "tier", 2, "class of the node, 0 to 3")
	return cmd
}

// parseSize reads sizes such as 10GB; nothing is 0.
func parseSize(text string) (int64, error) {
	if text == "" {
		return 0, nil
	}
	size, err := humanize.ParseBytes(text)
	if err != nil || size == 0 || size > 1<<60 {
		return 0, fault.Wrong(err, "%q is no size for a storage node. Write it like 500MB or 10GB.", text)
	}
	return int64(size), nil
}

// act is a command that does one thing to one node.
type act struct {
	use, short, long, done string
	do                     func(f control.Fleet, ctx context.Context, name string) error
	gone                   bool // the node is no more
}

func actCommand(dir *string, a act) *cobra.Command {
	return &cobra.Command{
		Use:   a.use + " NAME",
		Short: a.short,
		Long:  a.long,
		Args:  oneName,
		RunE: func(cmd *cobra.Command, args []string) error {
			return withFleet(cmd, *dir, func(f control.Fleet) error {
				if err := a.do(f, cmd.Context(), args[0]); err != nil {
					return err
				}
				if !wantsJSON(cmd) {
					fmt.Fprintf(cmd.OutOrStdout(), a.done+"\n", args[0])
					return nil
				}
				if a.gone {
					return show(cmd, map[string]any{"removed": args[0]})
				}
				n, err := findNode(cmd.Context(), f, args[0])
				if err != nil {
					return err
				}
				return show(cmd, map[string]any{"node": n})
			})
		},
	}
}

// findNode returns the node with that name or address.
func findNode(ctx context.Context, f control.Fleet, name string) (control.Node, error) {
	list, err := f.Nodes(ctx)
	if err != nil {
		return control.Node{}, err
	}
	for _, n := range list {
		if n.Name == name || n.Address == name {
			return n, nil
		}
	}
	return control.Node{}, fault.Say(nil, "Storage node %s was removed meanwhile.", name)
}
