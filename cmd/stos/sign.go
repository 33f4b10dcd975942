package main

import (
	"io"

	"github.com/spf13/cobra"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/internal/fault"
)

// maxText is the longest text that can be signed.
const maxText = 1 << 20

func (s *session) signCommand() *cobra.Command {
	return &cobra.Command{
		Use: "sign TEXT", Short: "Sign a text as the owner of the wallet; - reads it from standard input", Args: exactly(1, "a text"),
		RunE: func(cmd *cobra.Command, args []string) error {
			text, err := s.textOf(args[0])
			if err != nil {
				return err
			}
			return s.withPassword("Password: ", func(a *app.App, password []byte) error {
				signature, err := a.SignText(cmd.Context(), text, password)
				if err != nil {
					return err
				}
				w, err := a.CurrentWallet()
				if err != nil {
					return err
				}
				return s.print(map[string]string{"address": w.Account.Address, "signature": signature}, signature)
			})
		},
	}
}

func (s *session) verifyCommand() *cobra.Command {
	return &cobra.Command{
		Use: "verify ADDR TEXT SIGNATURE", Short: "Tell whether the owner of an address signed a text; - reads it from standard input",
		Args: exactly(3, "an address, a text and a signature"),
		RunE: func(_ *cobra.Command, args []string) error {
			text, err := s.textOf(args[1])
			if err != nil {
				return err
			}
			a, err := s.open()
			if err != nil {
				return err
			}
			if err := a.VerifyText(args[0], text, args[2]); err != nil {
				return err
			}
			return s.print(map[string]any{"address": args[0], "valid": true}, "The owner of "+args[0]+" signed this text.")
		},
	}
}

func (s *session) textOf(arg string) (string, error) {
	if arg != "-" {
		return arg, nil
	}
	raw, err := io.ReadAll(io.LimitReader(s.io.in, maxText+1))
	if err != nil || len(raw) > maxText {
		return "", fault.Wrong(err, "The text cannot be read, or is longer than a megabyte.")
	}
	return string(raw), nil
}
