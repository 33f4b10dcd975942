package main

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/stratosdrive/stratosdrive/internal/app"
)

func (s *session) stakeCommand() *cobra.Command {
	return s.commandGroup("stake", "Stake STOS with a validator and earn with it",
		s.stakeShow(), s.stakeValidators(), s.stakeAdd(), s.stakeTake(), s.stakeMove(), s.stakeKeep(),
		s.stakeClaim(), s.stakeCompound(), s.stakePayTo())
}

func (s *session) stakeShow() *cobra.Command {
	return &cobra.Command{
		Use: "show", Short: "Show what is staked, earned and on its way back", Args: exactly(0, "no arguments"),
		RunE: func(cmd *cobra.Command, _ []string) error {
			staking, err := s.staking(cmd.Context())
			if err != nil {
				return err
			}
			text := []string{
				"Staked           " + stos(staking.Staked), "Rewards          " + stos(staking.Rewards),
				"On the way back  " + stos(staking.Unbonding),
			}
			text = append(text, "Earns now        "+aprText(staking))
			for _, v := range staking.Validators {
				if !v.Staked.IsZero() {
					text = append(text, fmt.Sprintf("  %s: %s, rewards %s", v.Name, stos(v.Staked), stos(v.Rewards)))
				}
			}
			for _, u := range staking.Returns {
				text = append(text, fmt.Sprintf("  from %s: %s on %s", u.Name, stos(u.Amount), moment(u.Done)))
			}
			for _, m := range staking.Moves {
				text = append(text, fmt.Sprintf("  moved to %s: %s from %s, cannot be moved on before %s", m.ToName, stos(m.Amount), m.FromName, moment(m.Done)))
			}
			return s.print(staking, text...)
		},
	}
}

// aprText is what staking pays, with what that is measured by.
func aprText(s app.Staking) string {
	if s.APR <= 0 {
		return s.APRWords.String()
	}
	return fmt.Sprintf("%.2f %% a year before commission. %s", s.APR, s.APRWords)
}

func (s *session) stakeValidators() *cobra.Command {
	return &cobra.Command{
		Use: "validators", Short: "List the validators, the strongest first", Args: exactly(0, "no arguments"),
		RunE: func(cmd *cobra.Command, _ []string) error {
			staking, err := s.staking(cmd.Context())
			if err != nil {
				return err
			}
			var text []string
			for _, v := range staking.Validators {
				text = append(text, validatorText(v))
			}
			return s.print(map[string]any{"validators": nonNil(staking.Validators)}, text...)
		},
	}
}

func validatorText(v app.Validator) string {
	text := fmt.Sprintf("%s  %s  keeps %.1f %%, power %.2f %%", v.Address, v.Name, v.Commission, v.Power)
	if v.Uptime >= 0 {
		text += fmt.Sprintf(", online %.1f %%", v.Uptime)
	}
	return text + validatorState(v)
}

func validatorState(v app.Validator) string {
	switch {
	case v.Jailed:
		return ", shut out for misbehaving"
	case !v.Active:
		return ", not active"
	}
	return ""
}

func (s *session) staking(ctx context.Context) (app.Staking, error) {
	a, err := s.open()
	if err != nil {
		return app.Staking{}, err
	}
	return a.Staking(ctx)
}

// stakeOrder is a command that does something with a stake.
func (s *session) stakeOrder(use, short, done string, args cobra.PositionalArgs, order func(args []string) app.StakeOrder) *cobra.Command {
	return s.transactionCommand(transaction{
		use: use, short: short, args: args, done: done,
		preview: func(ctx context.Context, a *app.App, args []string) (app.TxPreview, error) {
			return a.PreviewStake(ctx, order(args))
		},
	})
}

func (s *session) stakeAdd() *cobra.Command {
	return s.stakeOrder("add VALIDATOR AMOUNT", "Stake an amount, or max for all of it", "Staked.",
		exactly(2, "a validator and an amount"), func(args []string) app.StakeOrder {
			return app.StakeOrder{Kind: app.StakeDelegate, Validator: args[0], Amount: args[1]}
		})
}

func (s *session) stakeTake() *cobra.Command {
	return s.stakeOrder("take VALIDATOR AMOUNT", "Take an amount back; it arrives after the network's waiting time", "On its way back.",
		exactly(2, "a validator and an amount"), func(args []string) app.StakeOrder {
			return app.StakeOrder{Kind: app.StakeUndelegate, Validator: args[0], Amount: args[1]}
		})
}

func (s *session) stakeMove() *cobra.Command {
	return s.stakeOrder("move FROM TO AMOUNT", "Move an amount to another validator at once", "Moved.",
		exactly(3, "two validators and an amount"), func(args []string) app.StakeOrder {
			return app.StakeOrder{Kind: app.StakeRedelegate, Validator: args[0], To: args[1], Amount: args[2]}
		})
}

func (s *session) stakeKeep() *cobra.Command {
	var height int64
	cmd := s.stakeOrder("keep VALIDATOR [AMOUNT]", "Stake again what is on its way back", "Staked again.",
		between(1, 2, "a validator, and an amount unless it is all"), func(args []string) app.StakeOrder {
			return app.StakeOrder{Kind: app.StakeCancel, Validator: args[0], Amount: append(args, "", "")[1], Height: height}
		})
	cmd.Flags().Int64Var(&height, "height", 0, "which one, when several are on their way back from the validator")
	return cmd
}

func (s *session) stakeClaim() *cobra.Command {
	return s.stakeOrder("claim [VALIDATOR]", "Collect the rewards of one validator or of all", "Claimed.",
		between(0, 1, "at most a validator"), func(args []string) app.StakeOrder {
			return app.StakeOrder{Kind: app.StakeClaim, Validator: append(args, "")[0]}
		})
}

func (s *session) stakeCompound() *cobra.Command {
	return s.stakeOrder("compound [VALIDATOR]", "Collect rewards and stake them where they came from", "Claimed and staked.",
		between(0, 1, "at most a validator"), func(args []string) app.StakeOrder {
			return app.StakeOrder{Kind: app.StakeCompound, Validator: append(args, "")[0]}
		})
}

func (s *session) stakePayTo() *cobra.Command {
	return s.stakeOrder("pay-to ADDR", "Have rewards paid to an address from now on", "Changed.",
		exactly(1, "an address"), func(args []string) app.StakeOrder {
			return app.StakeOrder{Kind: app.StakePayTo, To: args[0]}
		})
}
