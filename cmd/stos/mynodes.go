package main

import (
	"context"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/internal/fault"
)

// nodePatience is how long nodes may take to answer a list.
const nodePatience = 8 * time.Second

func (s *session) nodeList() *cobra.Command {
	return &cobra.Command{
		Use: "list", Short: "List the nodes of the wallet, its node rewards, and the nodes that are watched", Args: exactly(0, "no arguments"),
		RunE: func(cmd *cobra.Command, _ []string) error {
			a, watched, err := s.freshNodes(cmd.Context())
			if err != nil {
				return err
			}
			nodes, rewards, err := a.OwnNodes(cmd.Context())
			if err != nil && len(watched) == 0 {
				return err
			}
			var text []string
			for _, n := range nodes {
				text = append(text, nodeText(n))
			}
			if err == nil {
				text = append(text, "Rewards to take out  "+stos(rewards.Mature), "Rewards to come      "+stos(rewards.Immature))
			}
			for _, n := range watched {
				text = append(text, watchedText(n)...)
			}
			return s.print(map[string]any{"nodes": nonNil(nodes), "rewards": rewards, "watched": nonNil(watched)}, text...)
		},
	}
}

// freshNodes asks the nodes that are watched, unless some program does so
// anyway, and lists them.
func (s *session) freshNodes(ctx context.Context) (*app.App, []app.MyNode, error) {
	a, err := s.forNodes(ctx)
	if err != nil {
		return nil, nil, err
	}
	if err := a.RefreshNodes(ctx, nodePatience); err != nil {
		return nil, nil, err
	}
	list, err := a.MyNodes()
	return a, list, err
}

// forNodes opens the profile, and its wallet where tokens lie under its key.
func (s *session) forNodes(ctx context.Context) (*app.App, error) {
	a, err := s.open()
	if err != nil || !a.NodesNeedKey() {
		return a, err
	}
	return s.unlocked(ctx)
}

// watchedText says how a node is.
func watchedText(n app.MyNode) []string {
	state := n.State
	if state == "" {
		state = "not heard yet"
	}
	if !n.StateSince.IsZero() {
		state += " since " + moment(n.StateSince)
	}
	text := []string{fmt.Sprintf("%s  %s  %s", n.Name, n.Monitor, state)}
	if n.Trouble != "" {
		text = append(text, "  "+n.Trouble)
	}
	if !n.Begun.IsZero() {
		text = append(text, fmt.Sprintf("  in %s and out %s in the last hour, in %s and out %s since %s, holds %s",
			size(n.HourIn), size(n.HourOut), size(n.In), size(n.Out), moment(n.Begun), size(n.Disk)))
	}
	if n.Tier != nil {
		text = append(text, fmt.Sprintf("  tier %d", *n.Tier))
	} else {
		text = append(text, "  tier not told")
	}
	if n.Chain != nil {
		text = append(text, fmt.Sprintf("  on the chain: %s, %s to take out, %s to come", n.Chain.State, stos(n.Chain.Mature), stos(n.Chain.Immature)))
	}
	return text
}

func (s *session) nodeAdd() *cobra.Command {
	var n app.NewNode
	var practice bool
	cmd := &cobra.Command{
		Use: "add [MONITOR]", Short: "Watch a node from now on, its token read from standard input", Args: between(0, 1, "one address at most"),
		Long: "Watch a resource node from now on: its traffic is remembered, and you are told when it goes off.\n" +
			"MONITOR is the address of its monitor, such as ws://192.168.1.20:18381. The token is read from standard input;\n" +
			"the node's program shows it when you type monitortoken into its terminal.",
		RunE: func(cmd *cobra.Command, args []string) error {
			if practice == (len(args) == 1) {
				return fault.Wrong(nil, "Give either the address of a node's monitor or --practice.")
			}
			if practice {
				return s.addPracticeNodes()
			}
			n.Monitor = args[0]
			return s.addNode(cmd.Context(), n)
		},
	}
	cmd.Flags().StringVar(&n.Name, "name", "", "what you call it")
	cmd.Flags().StringVar(&n.RPC, "rpc", "", "address of its RPC, such as http://192.168.1.20:18281, if the owner's methods are switched on there: they tell its tier")
	cmd.Flags().BoolVar(&n.Anyway, "anyway", false, "also when it does not answer now")
	cmd.Flags().BoolVar(&practice, "practice", false, "the nodes of the practice network instead, which need no token")
	return cmd
}

func (s *session) addPracticeNodes() error {
	a, err := s.open()
	if err != nil {
		return err
	}
	added, err := a.AddPracticeNodes()
	if err != nil {
		return err
	}
	return s.print(map[string]any{"added": added}, fmt.Sprintf("%d nodes of the practice network are watched now.", added))
}

// withToken opens what seals a token, and asks for one.
func (s *session) withToken(ctx context.Context) (*app.App, string, error) {
	a, err := s.open()
	if err == nil && !a.NodesHaveKey() {
		a, err = s.unlocked(ctx)
	}
	if err != nil {
		return nil, "", err
	}
	token, err := s.secret("Token: ")
	if err != nil || len(token) == 0 {
		return nil, "", fault.Wrong(err, "No token was given. Type or pipe the one that the node shows into this command.")
	}
	return a, string(token), nil
}

func (s *session) addNode(ctx context.Context, n app.NewNode) error {
	a, token, err := s.withToken(ctx)
	if err != nil {
		return err
	}
	n.Token = token
	added, err := a.AddNode(ctx, n)
	if err != nil {
		return err
	}
	return s.print(added, added.Name+" is in your list. It is watched while the window, stos sync or stos node watch runs.")
}

func (s *session) nodeToken() *cobra.Command {
	return &cobra.Command{
		Use: "token NODE", Short: "Give a watched node the token that it shows now, read from standard input", Args: exactly(1, "a node"),
		RunE: func(cmd *cobra.Command, args []string) error {
			a, token, err := s.withToken(cmd.Context())
			if err != nil {
				return err
			}
			if err := a.SetNodeToken(cmd.Context(), args[0], token); err != nil {
				return err
			}
			return s.print(map[string]any{"node": args[0]}, "The node takes it.")
		},
	}
}

func (s *session) nodeRename() *cobra.Command {
	return &cobra.Command{
		Use: "rename NODE NAME", Short: "Call a watched node something else", Args: exactly(2, "a node and its new name"),
		RunE: func(_ *cobra.Command, args []string) error {
			return s.changeNode(func(a *app.App) error { return a.RenameNode(args[0], args[1]) }, map[string]any{"node": args[1]}, "It is called so now.")
		},
	}
}

func (s *session) nodeForget() *cobra.Command {
	return &cobra.Command{
		Use: "forget NODE", Short: "Watch a node no more; the node, its deposit and its rewards stay", Args: exactly(1, "a node"),
		RunE: func(_ *cobra.Command, args []string) error {
			return s.changeNode(func(a *app.App) error { return a.ForgetNode(args[0]) }, map[string]any{"forgotten": args[0]}, "It is not watched any more.")
		},
	}
}

func (s *session) changeNode(change func(*app.App) error, result map[string]any, text string) error {
	a, err := s.open()
	if err != nil {
		return err
	}
	if err := change(a); err != nil {
		return err
	}
	return s.print(result, text)
}

func (s *session) nodeRewards() *cobra.Command {
	return &cobra.Command{
		Use: "rewards [NODE]", Short: "Show what nodes earned, and when it can be taken out; of a watched node, also what its traffic should earn",
		Args: between(0, 1, "a node, or none"),
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) == 1 {
				return s.rewardsOfNode(cmd.Context(), args[0])
			}
			a, err := s.open()
			if err != nil {
				return err
			}
			_, r, err := a.OwnNodes(cmd.Context())
			if err != nil {
				return err
			}
			return s.print(r, rewardsText(r)...)
		},
	}
}

// rewardsOfNode compares what a node got with what its traffic stands for.
func (s *session) rewardsOfNode(ctx context.Context, name string) error {
	a, _, err := s.freshNodes(ctx)
	if err != nil {
		return err
	}
	n, err := a.MyNode(name)
	if err != nil {
		return err
	}
	var text []string
	if n.Chain != nil {
		text = append(text, "To take out now   "+stos(n.Chain.Mature), "Matures by itself "+stos(n.Chain.Immature))
	}
	for _, e := range n.Epochs {
		text = append(text, nodeEpochText(e))
	}
	if len(n.Epochs) == 0 {
		text = append(text, "No epoch was seen yet.")
	}
	return s.print(map[string]any{"node": n.Name, "chain": n.Chain, "epochs": n.Epochs}, text...)
}

// nodeEpochText tells the arithmetic of an epoch.
func nodeEpochText(e app.NodeEpoch) string {
	text := fmt.Sprintf("Epoch %d, %s: ", e.Epoch, moment(e.At))
	moved := fmt.Sprintf("it moved %s, which stands for %s of %s", size(e.Traffic), ozone(e.Noz), ozone(e.All))
	switch {
	case !e.Whole:
		text += "the node was not heard all the time, so nothing can be expected of its traffic"
	case e.Basis == "":
		text += fmt.Sprintf("it moved %s; how much ozone that stands for is not published by this network, and is measured over three epochs", size(e.Traffic))
	case e.Basis == app.RateMeasured:
		text += fmt.Sprintf("%s by the epochs before; all nodes share %s, so about %s were expected", moved, stos(e.Pool), stos(e.Expected))
	default:
		text += fmt.Sprintf("%s; all nodes share %s, so %s were expected", moved, stos(e.Pool), stos(e.Expected))
	}
	text += fmt.Sprintf(". The report counts %s for the wallet, which are %s; ", ozone(e.Volume), stos(e.Due))
	if !e.Known {
		return text + "what it got is mature, and the chain has forgotten how much that was."
	}
	return text + "it got " + stos(e.Real) + "."
}
