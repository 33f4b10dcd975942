package main

import (
	"github.com/spf13/cobra"

	"github.com/stratosdrive/stratosdrive/internal/app"
)

func (s *session) accountCommand() *cobra.Command {
	return s.commandGroup("account", "Accounts of the wallet: the same words, each with money and a history of its own",
		s.accountList(), s.accountAdd(), s.accountUse(), s.accountRename(), s.accountRemove(), s.accountFind())
}

func (s *session) accountList() *cobra.Command {
	return &cobra.Command{
		Use: "list", Short: "List the accounts of the wallet in use", Args: exactly(0, "no arguments"),
		RunE: func(*cobra.Command, []string) error {
			a, err := s.open()
			if err != nil {
				return err
			}
			list, err := a.WalletAccounts()
			if err != nil {
				return err
			}
			return s.print(map[string]any{"accounts": nonNil(list)}, accountLines(list)...)
		},
	}
}

func accountLines(list []app.AccountInfo) []string {
	var text []string
	for _, each := range list {
		mark := ""
		if each.Current {
			mark = "  (in use)"
		}
		text = append(text, each.Address+"  "+each.Name+mark)
	}
	return text
}

func (s *session) accountAdd() *cobra.Command {
	return s.onWallet("add [NAME]", "Take the next account of the words into use", between(0, 1, "at most a name"),
		func(a *app.App, cmd *cobra.Command, args []string) error {
			added, err := a.AddAccount(cmd.Context(), append(args, "")[0])
			if err != nil {
				return err
			}
			return s.print(added, "Using "+added.Name+", "+added.Address+".")
		})
}

func (s *session) accountUse() *cobra.Command {
	return &cobra.Command{
		Use: "use ADDR|NAME", Short: "Send, stake and sign with another account from now on", Args: exactly(1, "an account"),
		RunE: func(_ *cobra.Command, args []string) error {
			a, err := s.open()
			if err != nil {
				return err
			}
			chosen, err := a.ChooseAccount(args[0])
			if err != nil {
				return err
			}
			return s.print(chosen, "Using "+chosen.Name+", "+chosen.Address+".")
		},
	}
}

func (s *session) accountRename() *cobra.Command {
	return s.onWallet("rename ADDR|NAME NEW-NAME", "Call an account something else", exactly(2, "an account and a name"),
		func(a *app.App, _ *cobra.Command, args []string) error {
			renamed, err := a.RenameAccount(args[0], args[1])
			if err != nil {
				return err
			}
			return s.print(renamed, "Renamed to "+renamed.Name+".")
		})
}

func (s *session) accountRemove() *cobra.Command {
	return s.onWallet("rm ADDR|NAME", "Take an account out of the list; its money stays, and add brings it back", exactly(1, "an account"),
		func(a *app.App, _ *cobra.Command, args []string) error {
			if err := a.HideAccount(args[0]); err != nil {
				return err
			}
			return s.print(map[string]string{"removed": args[0]}, "Removed "+args[0]+" from the list.")
		})
}

func (s *session) accountFind() *cobra.Command {
	return s.onWallet("find", "Ask the chain which accounts of the words were used, and list them", exactly(0, "no arguments"),
		func(a *app.App, cmd *cobra.Command, _ []string) error {
			found, err := a.FindAccounts(cmd.Context())
			if err != nil {
				return err
			}
			text := accountLines(found)
			if len(found) == 0 {
				text = []string{"No other account of this wallet was used on this network."}
			}
			return s.print(map[string]any{"accounts": nonNil(found)}, text...)
		})
}
