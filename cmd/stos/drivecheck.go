package main

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/dustin/go-humanize"
	"github.com/spf13/cobra"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/internal/fault"
)

func (s *session) driveCheckCommand() *cobra.Command {
	var read string
	var seed int64
	o := app.CheckOptions{Progress: s.progress("Reading")}
	cmd := &cobra.Command{
		Use: "check", Short: "Prove that everything the drive needs is on the network, and repair it",
		Long: `Proves that everything which the newest state of the drive and its kept versions need is on the network: what it lists
is compared with what is wanted, all names and history are read, and with --read-data a part of the content. --repair
stores again what the network has lost and this computer still has, and names the files.`,
		Args: exactly(0, "no arguments"),
		RunE: func(cmd *cobra.Command, _ []string) error {
			percent, err := strconv.ParseFloat(strings.TrimSuffix(read, "%"), 64)
			if err != nil {
				return fault.Wrong(err, "%s is not a share of the data. Write for example --read-data 10%%.", read)
			}
			if o.ReadData, o.Seed = percent, seed; !cmd.Flags().Changed("seed") {
				o.Seed = time.Now().UnixNano()
			}
			a, err := s.unlocked(cmd.Context())
			if err != nil {
				return err
			}
			found, err := a.CheckDrive(cmd.Context(), o)
			return s.printCheck(found, err)
		},
	}
	cmd.Flags().StringVar(&read, "read-data", "0%", "share of the content that is downloaded and proved")
	cmd.Flags().Int64Var(&seed, "seed", 0, "choose the same part of the content as a run with this seed")
	cmd.Flags().BoolVar(&o.Repair, "repair", false, "store again what is lost and still here")
	return cmd
}

func (s *session) printCheck(found app.DriveCheck, err error) error {
	for _, list := range []struct {
		what  string
		paths []string
	}{
		{"Stored again", found.Repaired}, {"Can be repaired", found.Repairable}, {"Lost", found.Lost}, {"Older version lost", found.LostOld},
	} {
		for _, path := range list.paths {
			s.say("%s: %s", list.what, path)
		}
	}
	if err != nil && found.Checked.IsZero() {
		return err
	}
	if err != nil {
		return partial{err, found}
	}
	return s.print(found, fmt.Sprintf("All of the drive is on the network: %s and %s, in %s (%s) there; %d of them (%s) read and proved.",
		count(found.Files, "file"), count(found.Commits, "state"), count(found.Packs, "file"), humanize.Bytes(uint64(found.Bytes)), found.PacksRead, humanize.Bytes(uint64(found.BytesRead))))
}
