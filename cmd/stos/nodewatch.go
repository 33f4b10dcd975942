package main

import (
	"context"
	"fmt"

	"github.com/dustin/go-humanize"
	"github.com/spf13/cobra"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/internal/fault"
)

func (s *session) nodeWatch() *cobra.Command {
	var tokenFile string
	var samples int
	cmd := &cobra.Command{
		Use: "watch [MONITOR]", Short: "Tell what a node does as it happens, and when it goes off", Args: between(0, 1, "one address at most"),
		Long: "Tell what a resource node does as it happens: traffic, whether it is online, and what its slices take.\n" +
			"MONITOR is the address of its monitor, such as ws://192.168.1.20:18381. The token that the node shows is read\n" +
			"from standard input, or from a file. Without an address, the nodes of the practice network are watched.",
		RunE: func(cmd *cobra.Command, args []string) error {
			nodes, err := s.watchedNodes(args, tokenFile)
			if err != nil {
				return err
			}
			return s.watchNodes(cmd.Context(), nodes, samples)
		},
	}
	cmd.Flags().StringVar(&tokenFile, "token-file", "", "file that holds the node's present token")
	cmd.Flags().IntVar(&samples, "samples", 0, "end after so many; 0: when it is interrupted")
	return cmd
}

func (s *session) watchedNodes(args []string, tokenFile string) ([]app.WatchedNode, error) {
	if len(args) == 0 {
		a, err := s.open()
		if err != nil {
			return nil, err
		}
		nodes, err := a.PracticeNodes()
		if err == nil && len(nodes) == 0 {
			err = fault.Wrong(nil, "This network names no nodes that can be watched. Give the address of a node's monitor.")
		}
		return nodes, err
	}
	node := app.WatchedNode{Monitor: args[0], TokenFile: tokenFile}
	if tokenFile != "" {
		return []app.WatchedNode{node}, nil
	}
	token, err := s.secret("Token: ")
	if err != nil || len(token) == 0 {
		return nil, fault.Wrong(err, "No token was given. Type or pipe the one that the node shows into this command.")
	}
	node.Token = string(token)
	return []app.WatchedNode{node}, nil
}

// watchNodes prints samples as they come, a line each.
func (s *session) watchNodes(ctx context.Context, nodes []app.WatchedNode, samples int) error {
	ctx, enough := context.WithCancel(ctx)
	defer enough()
	var failed error
	count := 0
	err := app.WatchNodes(ctx, nodes, func(n app.NodeSample) {
		if ctx.Err() != nil {
			return
		}
		if failed = s.print(n, nodeSampleText(n)); failed != nil {
			enough()
		}
		if count++; samples > 0 && count >= samples {
			enough()
		}
	})
	if err == nil {
		err = failed
	}
	return err
}

func nodeSampleText(n app.NodeSample) string {
	name := n.Address
	if name == "" {
		name = n.Monitor
	}
	text := moment(n.At) + "  " + name + "  "
	switch {
	case n.Trouble != "":
		text += n.Trouble
	case n.Missed:
		text += fmt.Sprintf("in %s, out %s (read later)", size(n.In), size(n.Out))
	default:
		text += fmt.Sprintf("%s, in %s, out %s, holds %s", n.State, size(n.In), size(n.Out), size(n.Disk))
	}
	switch {
	case n.WentOff:
		text += "  The node is off since " + moment(n.Since) + "."
	case n.CameBack:
		text += "  The node is back."
	}
	return text
}

func size(bytes int64) string { return humanize.Bytes(uint64(max(0, bytes))) }
