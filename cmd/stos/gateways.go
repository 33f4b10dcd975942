package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/internal/fault"
)

func (s *session) gatewayCommand() *cobra.Command {
	return s.commandGroup("gateway", "The resource nodes that files go through", s.gatewayList(), s.gatewayAdd(), s.gatewayRemove())
}

func (s *session) gatewayList() *cobra.Command {
	return &cobra.Command{
		Use: "list", Short: "List the gateways of the network and ask each whether it works", Args: exactly(0, "no arguments"),
		RunE: func(cmd *cobra.Command, _ []string) error {
			a, err := s.open()
			if err != nil {
				return err
			}
			list, err := a.Gateways(cmd.Context())
			if err != nil {
				return err
			}
			text := []string{}
			for _, g := range list {
				text = append(text, gatewayLine(g))
			}
			if len(list) == 0 {
				text = []string{"This network has no gateway yet. Add one with: stos gateway add"}
			}
			return s.print(map[string]any{"gateways": nonNil(list)}, text...)
		},
	}
}

func gatewayLine(g app.Gateway) string {
	state := fmt.Sprintf("works, answered in %d ms", g.Millis)
	if !g.Works {
		state = g.Problem
	}
	return g.Name + "  " + state
}

func (s *session) gatewayAdd() *cobra.Command {
	var add app.NewGateway
	var withToken bool
	cmd := &cobra.Command{
		Use: "add", Short: "Use a resource node, its address read from standard input",
		Long: "Use a resource node as a gateway to the network. Its address, which may hold an access token,\n" +
			"is read from standard input; with --token the token for videos is the line after it.",
		Args: exactly(0, "no arguments; the address is read from standard input"),
		RunE: func(cmd *cobra.Command, _ []string) error {
			address, err := s.secret("Address: ")
			if err != nil {
				return fault.Wrong(err, "No address was given. Type or pipe it into this command.")
			}
			add.RPC = string(address)
			if withToken {
				token, err := s.secret("Token: ")
				if err != nil {
					return fault.Wrong(err, "No token was given. Type or pipe it into this command.")
				}
				add.Token = string(token)
			}
			a, err := s.open()
			if err != nil {
				return err
			}
			g, err := a.AddGateway(cmd.Context(), add)
			if err != nil {
				return err
			}
			return s.print(g, "Added "+gatewayLine(g)+".")
		},
	}
	cmd.Flags().StringVar(&add.Video, "video", "", "address of the same node's video port")
	cmd.Flags().BoolVar(&withToken, "token", false, "read a token for videos too")
	cmd.Flags().BoolVar(&add.Plain, "plain", false, "use an http address although others may read the line")
	return cmd
}

func (s *session) gatewayRemove() *cobra.Command {
	return &cobra.Command{
		Use: "rm NAME", Short: "Stop using a gateway that was added", Args: exactly(1, "the name of a gateway, as list shows it"),
		RunE: func(_ *cobra.Command, args []string) error {
			a, err := s.open()
			if err != nil {
				return err
			}
			if err := a.RemoveGateway(args[0]); err != nil {
				return err
			}
			return s.print(map[string]string{"removed": args[0]}, "Removed "+args[0]+".")
		},
	}
}
