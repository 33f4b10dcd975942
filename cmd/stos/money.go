package main

import (
	"context"
	"strings"

	"github.com/spf13/cobra"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/internal/stratos"
)

func (s *session) balanceCommand() *cobra.Command {
	return &cobra.Command{
		Use: "balance [ADDR|NAME]", Short: "Show what the account in use owns, or another address", Args: between(0, 1, "at most an address"),
		RunE: func(cmd *cobra.Command, args []string) error {
			a, err := s.open()
			if err != nil {
				return err
			}
			if len(args) > 0 || a.Watching() {
				return s.balanceOf(cmd.Context(), a, append(args, "")[0])
			}
			b, err := a.Balance(cmd.Context())
			if err != nil {
				return err
			}
			return s.print(b, append(moneyText(b), "For files    "+ozone(b.StorageNoz), "For sharing  "+ozone(b.PublishNoz))...)
		},
	}
}

// balanceOf shows what an address owns whose key need not be here; an empty one
// is the address in use.
func (s *session) balanceOf(ctx context.Context, a *app.App, address string) error {
	b, err := a.BalanceOf(ctx, address)
	if err != nil {
		return err
	}
	return s.print(b, append(moneyText(b), "Ozone        "+ozone(b.WalletNoz))...)
}

// moneyText says how much there is and where; a stake of nothing is left out.
func moneyText(b app.Balance) []string {
	text := []string{"Total        " + total(b), "Free to use  " + stos(b.Spendable)}
	for _, part := range []struct {
		label  string
		amount stratos.Amount
	}{{"Staked       ", b.Staked}, {"Coming back  ", b.Unbonding}, {"Rewards due  ", b.Rewards}} {
		if !part.amount.IsZero() {
			text = append(text, part.label+stos(part.amount))
		}
	}
	if b.StakeUnknown {
		text = append(text, "Staked       not known, the total is without it")
	}
	return text
}

// total is what somebody owns, and roughly what it is worth if that is wanted.
func total(b app.Balance) string {
	if b.Worth == "" {
		return stos(b.Total)
	}
	return stos(b.Total) + ", about " + b.Worth
}

func (s *session) faucetCommand() *cobra.Command {
	return &cobra.Command{
		Use: "faucet", Short: "Get 1,000 STOS on the practice network", Args: exactly(0, "no arguments"),
		RunE: func(cmd *cobra.Command, _ []string) error {
			a, err := s.open()
			if err != nil {
				return err
			}
			tx, err := a.Credit(cmd.Context())
			if err != nil {
				return err
			}
			return s.print(map[string]string{"hash": tx.Hash}, "1,000 practice STOS have arrived.")
		},
	}
}

func (s *session) sendCommand() *cobra.Command {
	var memo string
	return s.transactionCommand(transaction{
		use: "send ADDR|NAME AMOUNT", short: "Send STOS, for example: stos send st1... 1.5stos, or max for all of it",
		args:  exactly(2, "an address and an amount"),
		flags: func(cmd *cobra.Command) { cmd.Flags().StringVar(&memo, "memo", "", "note that everybody can read") },
		check: func(args []string) error { return checkPayment(args[0], args[1]) },
		preview: func(ctx context.Context, a *app.App, args []string) (app.TxPreview, error) {
			return a.PreviewPay(ctx, args[0], args[1], memo)
		},
		done: "Sent.",
	})
}

// checkPayment refuses bad input before anybody is asked for a password.
func checkPayment(to, amount string) error {
	looksRight := !strings.HasPrefix(to, stratos.PrefixAccount+"1") && !strings.HasPrefix(to, "0x") // a name of the address book
	if _, err := stratos.ParseAddress(to); err != nil && !looksRight {
		return fault.Wrong(err, "%s is not a Stratos address. Nothing was sent; check it letter by letter.", to)
	}
	return checkSpend(amount)
}

// checkSpend is checkAmount where all of it may be meant.
func checkSpend(amount string) error {
	if amount == "max" || amount == "all" {
		return nil
	}
	return checkAmount(amount)
}

func checkAmount(amount string) error {
	parsed, err := stratos.ParseAmount(amount)
	if err != nil || parsed.IsZero() {
		return fault.Wrong(err, "%s is not an amount. Nothing was sent; write for example 1.5stos, 10gwei or 7wei.", amount)
	}
	return nil
}

func (s *session) ozoneCommand() *cobra.Command {
	return s.commandGroup("ozone", "The prepaid traffic of uploads and downloads", s.ozoneShow(), s.ozonePrice(), s.ozoneBuy())
}

func (s *session) ozoneShow() *cobra.Command {
	return &cobra.Command{
		Use: "show", Short: "Show the ozone of every account", Args: exactly(0, "no arguments"),
		RunE: func(cmd *cobra.Command, _ []string) error {
			a, err := s.open()
			if err != nil {
				return err
			}
			o, err := a.Ozone(cmd.Context())
			if err != nil {
				return err
			}
			return s.print(o, "For files    "+ozone(o.StorageNoz), "For sharing  "+ozone(o.PublishNoz),
				"Wallet       "+ozone(o.WalletNoz))
		},
	}
}

func (s *session) ozoneBuy() *cobra.Command {
	var account, fee string
	var only bool
	cmd := &cobra.Command{
		Use: "buy AMOUNT", Short: "Buy ozone, for example: stos ozone buy 1stos, or max for all of it", Args: exactly(1, "an amount"),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := checkSpend(args[0]); err != nil {
				return err
			}
			a, err := s.payer(cmd.Context(), only)
			if err != nil {
				return err
			}
			q, err := a.QuoteOzoneFor(cmd.Context(), args[0], app.Account(account))
			if err == nil && fee != "" {
				q, err = q.WithFee(fee)
			}
			if err != nil {
				return err
			}
			if only {
				return s.print(q, "About "+ozone(q.Noz)+" for "+stos(q.Amount), "  Fee: "+stos(q.Fee), "  Left afterwards: "+stos(q.Left))
			}
			s.say("Buying about %s for %s, fee %s", ozone(q.Noz), stos(q.Amount), stos(q.Fee))
			tx, err := a.BuyOzoneUnlocked(cmd.Context(), q)
			if err != nil {
				return err
			}
			return s.print(tx, "Bought "+ozone(tx.Noz)+".")
		},
	}
	cmd.Flags().StringVar(&fee, "fee", "", "low, normal or high; high leaves the most room")
	cmd.Flags().BoolVar(&only, "preview", false, "tell what would happen and send nothing")
	cmd.Flags().StringVar(&account, "account", "", "wallet, storage or publish; by default most goes to storage and a tenth to publish")
	cmd.Flags().StringVar(&account, "for", "", "address or name of somebody else who gets it")
	cmd.MarkFlagsMutuallyExclusive("account", "for")
	return cmd
}

func (s *session) ozonePrice() *cobra.Command {
	var most string
	cmd := &cobra.Command{
		Use: "price", Short: "Show what ozone costs, and how the price rises with the amount", Args: exactly(0, "no arguments"),
		RunE: func(cmd *cobra.Command, _ []string) error {
			a, err := s.open()
			if err != nil {
				return err
			}
			market, err := a.OzoneMarket(cmd.Context(), most)
			if err != nil {
				return err
			}
			text := []string{"One STOS buys  " + ozone(market.PerSTOS), "Still for sale " + ozone(market.Left)}
			for _, p := range market.Curve {
				text = append(text, "  "+stos(p.Amount)+" buys "+ozone(p.Noz))
			}
			return s.print(market, text...)
		},
	}
	cmd.Flags().StringVar(&most, "up-to", "1000stos", "largest amount to tell the price of")
	return cmd
}
