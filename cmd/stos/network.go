package main

import (
	"strings"

	"github.com/spf13/cobra"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/internal/stratos"
)

func (s *session) networkCommand() *cobra.Command {
	return s.commandGroup("network", "The networks that may be used, and the servers of their chains",
		s.networkList(), s.networkUse(), s.networkAdd(), s.networkRemove(), s.networkServers())
}

func (s *session) networkList() *cobra.Command {
	return &cobra.Command{
		Use: "list", Short: "List the networks that may be used", Args: exactly(0, "no arguments"),
		RunE: func(*cobra.Command, []string) error {
			a, err := s.open()
			if err != nil {
				return err
			}
			return s.printNetworks(a)
		},
	}
}

func (s *session) printNetworks(a *app.App) error {
	list := a.Networks()
	text := []string{}
	for _, n := range list {
		line := n.ID
		if n.Practice {
			line += "  (the practice network on this computer)"
		}
		if n.Current {
			line += "  in use"
		}
		text = append(text, line)
	}
	return s.print(map[string]any{"networks": list}, text...)
}

func (s *session) networkUse() *cobra.Command {
	return &cobra.Command{
		Use: "use NAME|FILE", Short: "Use another network from now on", Args: exactly(1, "local, mainnet, mesos, a network of your own, or a network.json file"),
		RunE: func(_ *cobra.Command, args []string) error {
			a, err := s.open()
			if err != nil {
				return err
			}
			if err := a.SelectNetwork(args[0]); err != nil {
				return err
			}
			return s.printNetworks(a)
		},
	}
}

func (s *session) networkAdd() *cobra.Command {
	var add app.OwnNetwork
	cmd := &cobra.Command{
		Use: "add NAME --chain-id ID --server URL", Short: "Describe a network of your own", Args: exactly(1, "a name"),
		RunE: func(cmd *cobra.Command, args []string) error {
			a, err := s.open()
			if err != nil {
				return err
			}
			add.Name = args[0]
			choice, err := a.AddNetwork(cmd.Context(), add)
			if err != nil {
				return err
			}
			return s.print(choice, "Added. Use it with: stos network use "+args[0])
		},
	}
	cmd.Flags().StringVar(&add.ChainID, "chain-id", "", "id of the chain, for example stratos-1")
	cmd.Flags().StringVar(&add.REST, "server", "", "address of a server of the chain (its REST port)")
	cmd.Flags().BoolVar(&add.Plain, "plain", false, "use an http address although others may read and change the line")
	return cmd
}

func (s *session) networkRemove() *cobra.Command {
	return &cobra.Command{
		Use: "rm NAME", Short: "Forget a network of your own", Args: exactly(1, "the name of a network of your own"),
		RunE: func(_ *cobra.Command, args []string) error {
			a, err := s.open()
			if err != nil {
				return err
			}
			if err := a.RemoveNetwork(args[0]); err != nil {
				return err
			}
			return s.print(map[string]string{"removed": args[0]}, "Removed "+args[0]+".")
		},
	}
}

func (s *session) networkServers() *cobra.Command {
	var set app.NewServers
	var reset bool
	cmd := &cobra.Command{
		Use: "servers [URL...]", Short: "Show or change the servers of the chain, in the order in which they are tried",
		RunE: func(cmd *cobra.Command, args []string) error {
			a, err := s.open()
			if err != nil {
				return err
			}
			var now app.Servers
			if set.REST = args; len(args) > 0 || set.GasPrice != "" || reset {
				now, err = a.SetServers(cmd.Context(), set)
			} else {
				now, err = a.Servers()
			}
			if err != nil {
				return err
			}
			return s.print(now, append([]string{now.ChainID + ", gas price " + now.GasPrice.Format(stratos.Gwei) + " gwei"}, now.REST...)...)
		},
	}
	cmd.Flags().StringVar(&set.GasPrice, "gas-price", "", "least that the servers want for gas, for example 1gwei")
	cmd.Flags().BoolVar(&set.Plain, "plain", false, "use http addresses although others may read and change the line")
	cmd.Flags().BoolVar(&reset, "reset", false, "go back to the servers that come with the network")
	return cmd
}

func (s *session) currencyCommand() *cobra.Command {
	return &cobra.Command{
		Use: "currency [CODE|off]", Short: "Show what STOS is worth in a currency, or stop that (it is off until you ask for it)",
		Long: "Show what STOS is worth in a currency, for example EUR. A public price server is asked for it; it is told the\n" +
			"currency and nothing else. Off until you switch it on.",
		Args: between(0, 1, "at most a currency, for example EUR, or off"),
		RunE: func(_ *cobra.Command, args []string) error {
			a, err := s.open()
			if err != nil {
				return err
			}
			if len(args) == 1 {
				if err := a.SetCurrency(strings.Replace(args[0], "off", "", 1)); err != nil {
					return err
				}
			}
			code := a.Currency()
			text := "Amounts are shown in STOS and " + code + "."
			if code == "" {
				text = "Amounts are shown in STOS alone."
			}
			return s.print(map[string]string{"currency": code}, text)
		},
	}
}
