package main

import (
	"context"
	"fmt"
	"strconv"

	"github.com/spf13/cobra"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/internal/fault"
)

func (s *session) creatorCommand() *cobra.Command {
	return s.commandGroup("creator", "What published files earn, and the proof of it", s.creatorPlays(), s.creatorRewards(), s.creatorProve(), s.creatorWithdraw())
}

func (s *session) creatorRewards() *cobra.Command {
	return &cobra.Command{
		Use: "rewards", Short: "Show what published files earned", Args: exactly(0, "no arguments"),
		Long: "Shows what others paid for published files brought: what is still maturing, what can be taken out,\n" +
			"and what was. Files lie under the wallet's own account or under the one that publishes.",
		RunE: func(cmd *cobra.Command, _ []string) error {
			a, err := s.unlocked(cmd.Context())
			if err != nil {
				return err
			}
			r, err := a.CreatorRewards(cmd.Context())
			if err != nil {
				return err
			}
			return s.print(r, creatorText(r)...)
		},
	}
}

func creatorText(r app.CreatorRewards) []string {
	text := []string{"Earned in all       " + stos(r.Earned)}
	for _, one := range r.Accounts {
		if one.Earned.IsZero() {
			continue
		}
		how := "stos creator withdraw"
		if one.Account == string(app.WalletAccount) {
			how = "stos node withdraw max"
		}
		text = append(text, "Under "+one.Address+" ("+one.Account+")",
			"  Earned            "+stos(one.Earned)+" by "+one.Traffic+" noz of traffic",
			"  Matures by itself "+stos(one.Maturing),
			"  To take out now   "+stos(one.Mature)+", with "+how,
			"  Taken out         "+stos(one.TakenOut))
	}
	for _, e := range r.Epochs {
		text = append(text, fmt.Sprintf("Epoch %d: %s for %s noz", e.Epoch, stos(e.Earned), e.Traffic))
	}
	return text
}

func (s *session) creatorProve() *cobra.Command {
	return &cobra.Command{
		Use: "prove [EPOCH]", Short: "Work out what an epoch paid, and show how it differs from what the chain says",
		Long: "Reads every message of the chain that matters for rewards, does the arithmetic again and shows each\n" +
			"number beside the chain's. Without EPOCH it is the last one. Exit code 1 means that something differs.",
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) > 1 {
				return fault.Wrong(nil, "Give one epoch, or none for the last one.")
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			epoch, err := epochOf(args)
			if err != nil {
				return err
			}
			a, err := s.unlocked(cmd.Context())
			if err != nil {
				return err
			}
			p, err := a.ProveRewards(cmd.Context(), epoch)
			if err == nil {
				err = s.print(p, proofText(p)...)
			}
			if err == nil && !p.Proved {
				err = fault.Say(nil, "The chain does not say what its own messages lead to.")
			}
			return err
		},
	}
}

func epochOf(args []string) (int64, error) {
	if len(args) == 0 {
		return 0, nil
	}
	epoch, err := strconv.ParseInt(args[0], 10, 64)
	if err != nil || epoch < 1 {
		return 0, fault.Wrong(err, "%q is no epoch. The first one is 1.", args[0])
	}
	return epoch, nil
}

// proofWords says in plain words what a number is.
var proofWords = map[string]string{
	"prepaid_left":      "Prepaid coins that are left",
	"ozone_left":        "Ozone that is left to sell (noz)",
	"ozone_bought":      "Ozone that was ever bought (noz)",
	"mined_so_far":      "Mined so far",
	"paid_of_mining":    "The epoch paid of what is mined",
	"paid_of_prepaid":   "The epoch paid of the prepaid coins",
	"traffic_worth":     "Worth of the traffic of the epoch",
	"traffic_used":      "Ozone used up in the epoch (noz)",
	"creator_reward":    "A creator got",
	"given_to_creators": "Owners of nodes gave creators",
	"reward_mined":      "Reward of nodes in the epoch, mined",
	"reward_of_traffic": "Reward in the epoch, of traffic and content",
	"maturing":          "Still maturing",
	"mature":            "Can be taken out",
	"content_traffic":   "Traffic of content that ever earned (noz)",
	"content_reward":    "Ever earned by content",
}

func proofText(p app.RewardProof) []string {
	text := []string{fmt.Sprintf("Epoch %d, paid by transaction %s. In wei, worked out here; difference to the chain:", p.Epoch, p.Transaction)}
	wallet := ""
	for _, n := range p.Numbers {
		if n.Wallet != wallet {
			wallet = n.Wallet
			text = append(text, "Of "+wallet)
		}
		text = append(text, fmt.Sprintf("  %-44s %30s  %s", proofWords[n.Name], n.Own, n.Difference))
	}
	if p.Proved {
		return append(text, fmt.Sprintf("All %d numbers are what the messages on the chain lead to: the difference is 0.", len(p.Numbers)))
	}
	return append(text, "The differences add up to "+p.Difference+".")
}

func (s *session) creatorWithdraw() *cobra.Command {
	var only bool
	cmd := &cobra.Command{
		Use: "withdraw", Short: "Take creator rewards out of the publishing account", Args: exactly(0, "no arguments"),
		Long: "Moves all creator rewards of the publishing account that are mature to the wallet. That account has no\n" +
			"coins, so when it cannot pay the fee the wallet gives it some first.",
		RunE: func(cmd *cobra.Command, _ []string) error {
			a, err := s.unlocked(cmd.Context())
			if err != nil {
				return err
			}
			fee, needed, err := a.PreviewCreatorFee(cmd.Context())
			switch {
			case err != nil:
				return err
			case needed && only:
				return s.print(fee, previewText(fee)...)
			case needed:
				if err := s.giveFee(cmd.Context(), a, fee); err != nil {
					return err
				}
			}
			p, err := a.PreviewCreatorWithdraw(cmd.Context())
			switch {
			case err != nil:
				return err
			case only:
				return s.print(p, previewText(p)...)
			}
			return s.takeOut(cmd.Context(), a, p)
		},
	}
	cmd.Flags().BoolVar(&only, "preview", false, "tell what would happen first and send nothing")
	return cmd
}

// giveFee sends the publishing account what it needs before it can sign.
func (s *session) giveFee(ctx context.Context, a *app.App, p app.TxPreview) error {
	for _, line := range previewText(p) {
		s.say("%s", line)
	}
	_, err := a.ConfirmUnlocked(ctx, p, "")
	return err
}

func (s *session) takeOut(ctx context.Context, a *app.App, p app.TxPreview) error {
	for _, line := range previewText(p) {
		s.say("%s", line)
	}
	tx, err := a.ConfirmCreatorWithdraw(ctx, p)
	if err != nil {
		return err
	}
	return s.print(tx, "Taken out. Transaction "+tx.Hash)
}
