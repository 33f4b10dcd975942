package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/internal/fault"
)

const moveHelp = `Moves the drive to another network or to another wallet of this profile, with its old versions and its settings.

It is copied first, then the folder goes on with the copy; nothing of it is fetched or sent again. A move that was cut
off is gone on with by the same command. The old drive stays as it is. Other devices follow when the same command runs
there; they copy nothing again.`

func (s *session) driveMoveCommand() *cobra.Command {
	var o app.MoveOptions
	var only, yes bool
	cmd := &cobra.Command{
		Use: "move", Short: "Move the drive to another network or wallet", Long: moveHelp, Args: exactly(0, "no arguments"),
		RunE: func(cmd *cobra.Command, _ []string) error {
			if o.Network == "" && o.Wallet == "" {
				return fault.Wrong(nil, "Say where the drive moves to: --to-network, --to-wallet or both.")
			}
			a, err := s.unlocked(cmd.Context())
			if err != nil {
				return err
			}
			would, err := a.PreviewMove(cmd.Context(), o)
			if err != nil {
				return err
			}
			if only {
				return s.print(would, moveText(would)...)
			}
			if err := s.agree(yes, moveText(would), "Move the drive?"); err != nil {
				return err
			}
			if o.Wallet != "" {
				if o.Password, err = s.password("Password of the other wallet: "); err != nil {
					return err
				}
				defer clear(o.Password)
			}
			o.Progress = s.progress("Moving")
			done, err := a.MoveDrive(cmd.Context(), o)
			if err != nil {
				return err
			}
			return s.print(done, movedText(done)...)
		},
	}
	f := cmd.Flags()
	f.StringVar(&o.Network, "to-network", "", "local, mainnet, mesos, a network of your own, or a network.json file")
	f.StringVar(&o.Wallet, "to-wallet", "", "address of another wallet of this profile")
	f.BoolVar(&only, "preview", false, "tell what would happen and change nothing")
	f.BoolVar(&yes, "yes", false, "do not ask")
	return cmd
}

func moveText(m app.DriveMove) []string {
	return []string{
		fmt.Sprintf("The drive moves to the network %s, wallet %s.", m.Network, m.Wallet),
		fmt.Sprintf("At most %s are fetched, for %s noz of the old storage account.", bytesText(m.Download), m.DownloadNoz),
		fmt.Sprintf("At most %s are sent, in up to five copies for %s noz of the new storage account %s.", bytesText(m.Upload), m.UploadNoz, m.Storage),
		"The old drive stays as it is.",
	}
}

func movedText(m app.DriveMove) []string {
	if m.States == 0 {
		return []string{"The drive was there already. The folder goes on with it."}
	}
	text := []string{fmt.Sprintf("Moved: %s or versions (%s), with %s of the drive. The folder goes on there.", count(m.Files, "file"), bytesText(m.Bytes), count(m.States, "state"))}
	if m.Lost > 0 {
		text = append(text, fmt.Sprintf("Left behind, for the network has lost that: %s.", count(m.Lost, "old version")))
	}
	return text
}
