package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/dustin/go-humanize"
	"github.com/spf13/cobra"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/internal/fault"
)

// watchEnd says when watching ends, zero: when it is interrupted; and after what
// time a node is off.
type watchEnd struct {
	samples, alerts int
	after           time.Duration
}

func (s *session) nodeWatch() *cobra.Command {
	var tokenFile string
	var end watchEnd
	cmd := &cobra.Command{
		Use: "watch [MONITOR]", Short: "Tell what nodes do as it happens, and when one goes off", Args: between(0, 1, "one address at most"),
		Long: "Tell what resource nodes do as it happens: traffic, whether they are online, and what their slices take.\n" +
			"Without an address, the nodes of your list are watched and what they do is remembered; without a list, those of\n" +
			"the practice network. MONITOR is the address of a monitor, such as ws://192.168.1.20:18381, of a node that is not\n" +
			"in the list. The token that it shows is read from standard input, or from a file.",
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := app.CheckNodePatience(end.after); err != nil {
				return err
			}
			if len(args) == 0 {
				a, err := s.forNodes(cmd.Context())
				if err != nil {
					return err
				}
				if list, err := a.MyNodes(); err != nil || len(list) > 0 {
					return errors.Join(err, s.guardNodes(cmd.Context(), a, end))
				}
			}
			nodes, err := s.watchedNodes(args, tokenFile)
			if err != nil {
				return err
			}
			return s.printSamples(cmd.Context(), end, func(ctx context.Context, heard func(app.NodeSample)) error {
				return app.WatchNodes(ctx, nodes, end.after, heard)
			})
		},
	}
	cmd.Flags().StringVar(&tokenFile, "token-file", "", "file that holds the node's present token")
	cmd.Flags().IntVar(&end.samples, "samples", 0, "end after so many; 0: when it is interrupted")
	cmd.Flags().IntVar(&end.alerts, "alerts", 0, "end when so many nodes went off or came back; 0: when it is interrupted")
	cmd.Flags().DurationVar(&end.after, "after", 30*time.Second, "how long a node must be off before it is told")
	return cmd
}

// guardNodes watches the nodes of the list, and tells the desktop too.
func (s *session) guardNodes(ctx context.Context, a *app.App, end watchEnd) error {
	if a.NodesAreGuarded() {
		s.say("Another program watches your nodes already. This one goes on when it ends.")
	}
	return s.printSamples(ctx, end, func(ctx context.Context, heard func(app.NodeSample)) error {
		stop := a.GuardNodes(app.NodeGuard{Heard: heard, After: end.after, Told: func(list []app.NodeAlert) { a.NotifyOfNodes(ctx, list) }})
		<-ctx.Done()
		stop()
		return nil
	})
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

// printSamples prints what is heard, a line each, until there was enough.
func (s *session) printSamples(ctx context.Context, end watchEnd, watch func(context.Context, func(app.NodeSample)) error) error {
	ctx, enough := context.WithCancel(ctx)
	defer enough()
	var failed error
	var had watchEnd
	err := watch(ctx, func(n app.NodeSample) {
		if ctx.Err() != nil {
			return
		}
		if failed = s.print(n, nodeSampleText(n)); failed != nil {
			enough()
		}
		had.samples++
		if n.WentOff || n.CameBack {
			had.alerts++
		}
		if end.samples > 0 && had.samples >= end.samples || end.alerts > 0 && had.alerts >= end.alerts {
			enough()
		}
	})
	return errors.Join(err, failed)
}

func nodeSampleText(n app.NodeSample) string {
	name := cmp.Or(n.Name, n.Address, n.Monitor)
	text := moment(n.At) + "  " + name + "  "
	switch {
	case n.CameBack:
		text += "online"
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
