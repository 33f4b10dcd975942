package main

import (
	"fmt"

	"github.com/dustin/go-humanize"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/internal/fault"
)

const restoreHelp = `Brings back a deleted file or folder of the drive, or a file's older version.

With --from-words PATH is an empty folder on this computer, and the whole drive is written into it: the words, or the
private key, are read from one line of standard input, and nothing else is needed but a network. --from-wallet does the
same with the wallet of this profile. A restore that was cut off is gone on with by the same command. Nothing is
overwritten, neither in the folder nor in the drive.`

// restoreAllFlags are the flags that restore a whole drive.
type restoreAllFlags struct {
	words, wallet, protected bool
	index                    uint32
}

func (o *restoreAllFlags) add(f *pflag.FlagSet) {
	f.BoolVar(&o.words, "from-words", false, "write the whole drive into this folder; the words are read from standard input")
	f.BoolVar(&o.wallet, "from-wallet", false, "write the whole drive of the wallet in use into this folder")
	f.BoolVar(&o.protected, "protected", false, "the words have a passphrase, which is the next line of standard input")
	f.Uint32Var(&o.index, "account-number", 0, "account of the words, 0 for the first")
}

// restoreAll writes a whole drive into a folder.
func (s *session) restoreAll(cmd *cobra.Command, dir string, o restoreAllFlags) error {
	all := app.RestoreDriveOptions{Index: o.index, Progress: s.progress("Restoring")}
	a, err := s.forRestore(cmd, o, &all)
	if err != nil {
		return err
	}
	defer clear(all.Key)
	defer clear(all.Passphrase)
	got, err := a.RestoreDrive(cmd.Context(), dir, all)
	for _, line := range got.Warnings {
		s.say("%s", line)
	}
	for _, name := range got.Missing {
		s.say("Not restored: %s", name)
	}
	if err != nil && got.Date.IsZero() {
		return err
	}
	if err != nil {
		return partial{err, got}
	}
	return s.print(got, restoredText(got, dir)...)
}

// forRestore opens what a restore needs.
func (s *session) forRestore(cmd *cobra.Command, o restoreAllFlags, all *app.RestoreDriveOptions) (*app.App, error) {
	if o.wallet && !o.words {
		return s.unlocked(cmd.Context())
	}
	if o.wallet {
		return nil, fault.Wrong(nil, "Say either --from-words or --from-wallet. Nothing was restored.")
	}
	var err error
	if all.Key, err = s.secret("Words: "); err != nil {
		return nil, fault.Wrong(err, "No words were given. Type or pipe them into this command.")
	}
	if o.protected {
		if all.Passphrase, err = s.secret("Passphrase of the words: "); err != nil {
			return nil, err
		}
	}
	return s.open()
}

func restoredText(got app.DriveRestore, dir string) []string {
	text := []string{fmt.Sprintf("The drive as it was on %s is in %s: %s (%s).", local(got.Date), dir, count(got.Files, "file"), humanize.Bytes(uint64(got.Bytes)))}
	if got.Newest.After(got.Date) {
		text = append(text, fmt.Sprintf("The drive has changed since, on %s. Restore into another folder to get that.", local(got.Newest)))
	}
	for _, name := range got.Beside {
		text = append(text, fmt.Sprintf("In %q lies what one device had not merged yet.", name))
	}
	for _, name := range got.Renamed {
		text = append(text, "Its own name was taken or is not possible here: "+name)
	}
	return text
}
