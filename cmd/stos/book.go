package main

import (
	"github.com/spf13/cobra"

	"github.com/stratosdrive/stratosdrive/internal/app"
)

func (s *session) bookCommand() *cobra.Command {
	return s.commandGroup("book", "Names for addresses", s.bookList(), s.bookAdd(), s.bookRemove())
}

func (s *session) bookList() *cobra.Command {
	return &cobra.Command{
		Use: "list", Short: "List the address book", Args: exactly(0, "no arguments"),
		RunE: func(*cobra.Command, []string) error {
			a, err := s.open()
			if err != nil {
				return err
			}
			list, err := a.Contacts()
			if err != nil {
				return err
			}
			text := []string{}
			for _, c := range list {
				text = append(text, c.Address+"  "+c.Name)
			}
			if len(list) == 0 {
				text = []string{"The address book is empty."}
			}
			return s.print(map[string]any{"contacts": nonNil(list)}, text...)
		},
	}
}

func (s *session) bookAdd() *cobra.Command {
	var c app.Contact
	cmd := &cobra.Command{
		Use: "add ADDR NAME", Short: "Name an address; payments take the name then", Args: exactly(2, "an address and a name"),
		RunE: func(_ *cobra.Command, args []string) error {
			a, err := s.open()
			if err != nil {
				return err
			}
			c.Address, c.Name = args[0], args[1]
			if err := a.SaveContact(c); err != nil {
				return err
			}
			return s.print(c, "Saved "+c.Name+".")
		},
	}
	cmd.Flags().StringVar(&c.Memo, "memo", "", "note that belongs to payments to it")
	cmd.Flags().BoolVar(&c.Exchange, "exchange", false, "an exchange, which wants a memo with every payment")
	return cmd
}

func (s *session) bookRemove() *cobra.Command {
	return &cobra.Command{
		Use: "rm ADDR", Short: "Take an address out of the address book", Args: exactly(1, "an address"),
		RunE: func(_ *cobra.Command, args []string) error {
			a, err := s.open()
			if err != nil {
				return err
			}
			if err := a.RemoveContact(args[0]); err != nil {
				return err
			}
			return s.print(map[string]string{"removed": args[0]}, "Removed.")
		},
	}
}
