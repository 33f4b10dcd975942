package main

import (
	"context"

	"github.com/spf13/cobra"

	"github.com/stratosdrive/stratosdrive/internal/app"
)

// transaction is a command that sends one: it is simulated, told in plain
// words, and sent unless only the preview was asked for.
type transaction struct {
	use, short, long string
	args             cobra.PositionalArgs
	flags            func(*cobra.Command)
	check            func(args []string) error // before a password is asked for; may be nil
	preview          func(ctx context.Context, a *app.App, args []string) (app.TxPreview, error)
	done             string // what to say when it is in a block
}

func (s *session) transactionCommand(t transaction) *cobra.Command {
	var fee string
	var only bool
	cmd := &cobra.Command{
		Use: t.use, Short: t.short, Long: t.long, Args: t.args,
		RunE: func(cmd *cobra.Command, args []string) error {
			if t.check != nil {
				if err := t.check(args); err != nil {
					return err
				}
			}
			a, err := s.payer(cmd.Context(), only)
			if err != nil {
				return err
			}
			p, err := t.preview(cmd.Context(), a, args)
			if err == nil && fee != "" {
				p, err = p.WithFee(fee)
			}
			if err != nil {
				return err
			}
			if only {
				return s.print(p, previewText(p)...)
			}
			return s.confirm(cmd.Context(), a, p, t.done)
		},
	}
	cmd.Flags().StringVar(&fee, "fee", "", "low, normal or high; high leaves the most room")
	cmd.Flags().BoolVar(&only, "preview", false, "tell what would happen and send nothing")
	if t.flags != nil {
		t.flags(cmd)
	}
	return cmd
}

// payer opens the profile, with its wallet unlocked unless nothing is to be
// signed.
func (s *session) payer(ctx context.Context, only bool) (*app.App, error) {
	if only {
		return s.open()
	}
	return s.unlocked(ctx)
}

// confirm sends what was previewed and waits until it is in a block.
func (s *session) confirm(ctx context.Context, a *app.App, p app.TxPreview, done string) error {
	for _, line := range previewText(p) {
		s.say("%s", line)
	}
	tx, err := a.ConfirmUnlocked(ctx, p, "")
	if err != nil {
		return err
	}
	return s.print(tx, done+" Transaction "+tx.Hash)
}

func previewText(p app.TxPreview) []string {
	text := []string{p.Title.String()}
	for _, l := range p.Lines {
		text = append(text, "  "+l.Label+": "+l.Value.String())
	}
	text = append(text, "  Fee: "+stos(p.Fee), "  Left afterwards: "+stos(p.Left))
	for _, w := range p.Warnings {
		text = append(text, "  Please note: "+w.String())
	}
	return text
}
