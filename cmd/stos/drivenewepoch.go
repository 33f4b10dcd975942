package main

import (
	"fmt"
	"slices"

	"github.com/spf13/cobra"

	"github.com/stratosdrive/stratosdrive/internal/app"
)

const epochHelp = `For when a device was stolen: makes the drive go on under new keys, which that device does not have.

First it tells what that costs, what whoever has the device could read, and what he cannot read afterwards. Then all of
the drive is stored anew in an account of its own: what lies on this disk is sent from there, the rest is fetched first.
When it is complete, the other devices are told, and the old files are deleted. What was cut off is gone on with by the
same command. The other devices follow by themselves as soon as their wallet is unlocked.`

func (s *session) driveNewEpochCommand() *cobra.Command {
	var o app.EpochOptions
	var only, yes, cancel bool
	cmd := &cobra.Command{
		Use: "new-epoch", Short: "Put the drive under new keys, because a device was stolen", Long: epochHelp, Args: exactly(0, "no arguments"),
		RunE: func(cmd *cobra.Command, _ []string) error {
			a, err := s.unlocked(cmd.Context())
			if err != nil {
				return err
			}
			if cancel {
				return s.cancelEpoch(cmd, a)
			}
			would, err := a.PreviewEpoch(cmd.Context(), o)
			if err != nil {
				return err
			}
			if only || would.Followed {
				return s.print(would, epochText(would)...)
			}
			if err := s.agree(yes, epochText(would), "Put the drive under new keys?"); err != nil {
				return err
			}
			o.Progress = s.epochProgress()
			done, err := a.NewEpoch(cmd.Context(), o)
			if err != nil && done.Epoch > 0 {
				return partial{err, done}
			}
			if err != nil {
				return err
			}
			return s.print(done, epochDoneText(done)...)
		},
	}
	f := cmd.Flags()
	f.BoolVar(&only, "preview", false, "tell what would happen and change nothing")
	f.BoolVar(&yes, "yes", false, "do not ask")
	f.BoolVar(&cancel, "cancel", false, "give up what was cut off, as long as the drive does not go on there")
	f.BoolVar(&o.Force, "force", false, "delete the old files although another device has sent something to them meanwhile")
	f.StringVar(&o.Buy, "buy", "", "STOS to spend on ozone for the new accounts, 0 for none; by default what is missing")
	return cmd
}

func (s *session) cancelEpoch(cmd *cobra.Command, a *app.App) error {
	done, err := a.CancelEpoch(cmd.Context())
	if err != nil {
		return err
	}
	return s.print(done, fmt.Sprintf("Given up: the drive stays as it was. What was stored for it is deleted: %s.", count(done.Deleted, "file")),
		ozone(done.NewNoz)+" that were bought stay in the account "+done.Storage+", for another try.")
}

// epochProgress says how far each step is.
func (s *session) epochProgress() func(step app.EpochStep, done, total int64) {
	copying, last := s.progress("Storing anew"), int64(-1)
	return func(step app.EpochStep, done, total int64) {
		if step == app.EpochCopying {
			copying(done, total)
			return
		}
		if tenth := done * 10 / max(total, 1); tenth != last {
			last = tenth
			s.say("Deleting the old files: %d of %d", done, total)
		}
	}
}

func epochText(e app.NewEpoch) []string {
	if e.Followed {
		return []string{
			fmt.Sprintf("Another device has put the drive under the keys of epoch %d, and this one has just followed.", e.From),
			"If that was for the same stolen device, all is done. Else run the same command again.",
		}
	}
	head := fmt.Sprintf("The drive goes on with the keys of epoch %d.", e.Epoch)
	if e.Resumed {
		head += " That was begun before, and is gone on with."
	}
	if e.Upload == 0 {
		return []string{head, fmt.Sprintf("It does so already; what is left is to delete the old files of epoch %d.", e.From)}
	}
	text := []string{
		head,
		fmt.Sprintf("  Stored anew: at most %s, %s of it from this disk. In up to five copies that is %s for the new account.", bytesText(e.Upload), bytesText(e.FromDisk), ozone(e.UploadNoz)),
		fmt.Sprintf("  Fetched first, for it is not on this disk: at most %s, for %s of the old account.", bytesText(e.Download), ozone(e.DownloadNoz)),
		fmt.Sprintf("  The new account %s has %s.", e.Storage, ozone(e.NewNoz)),
	}
	if !e.Buy.IsZero() {
		text = append(text, fmt.Sprintf("  %s of the wallet are spent on the ozone that is missing, a tenth of it for sharing.", stos(e.Buy)))
	}
	text = append(text, fmt.Sprintf("  %s that are left in the old account stay there: ozone cannot be moved.", ozone(e.OldNoz)))
	return slices.Concat(text, e.Before, e.After)
}

func epochDoneText(e app.NewEpoch) []string {
	var text []string
	if e.Upload > 0 {
		text = append(text, fmt.Sprintf("Stored under the keys of epoch %d: %s or versions (%s), with %s of the drive.", e.Epoch, count(e.Files, "file"), bytesText(e.Bytes), count(e.States, "state")))
	}
	text = append(text, fmt.Sprintf("Deleted of the old epoch: %s.", count(e.Deleted, "file")))
	if e.Lost > 0 {
		text = append(text, fmt.Sprintf("Left behind, for the network has lost that: %s.", count(e.Lost, "old version")))
	}
	if e.Untold {
		text = append(text, "The old account has no ozone left to tell your other devices. They find out when their wallet is unlocked next.")
	}
	return append(text, "Your other devices follow as soon as their wallet is unlocked.")
}
