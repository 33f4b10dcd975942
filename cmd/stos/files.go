package main

import (
	"fmt"

	"github.com/dustin/go-humanize"
	"github.com/spf13/cobra"

	"github.com/stratosdrive/stratosdrive/internal/app"
)

const accountHelp = "whose files: storage, publish or wallet"

func (s *session) putCommand() *cobra.Command {
	var o app.PutOptions
	var account string
	cmd := &cobra.Command{
		Use: "put FILE", Short: "Upload a file as it is, readable by any Stratos tool", Args: exactly(1, "a file"),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := app.CheckFile(args[0]); err != nil {
				return err
			}
			a, err := s.unlocked(cmd.Context())
			if err != nil {
				return err
			}
			o.Account, o.Progress = app.Account(account), s.progress("Uploading")
			f, err := a.Put(cmd.Context(), args[0], o)
			if err != nil {
				return err
			}
			return s.print(f, fmt.Sprintf("Uploaded %s, kept %d times.", f.Name, f.Replicas), f.ID)
		},
	}
	cmd.Flags().BoolVar(&o.Video, "video", false, "publish as a video stream")
	cmd.Flags().StringVar(&account, "account", string(app.PublishAccount), accountHelp)
	return cmd
}

func (s *session) getCommand() *cobra.Command {
	var to, account string
	cmd := &cobra.Command{
		Use: "get ID|LINK|PATH -o FILE", Short: "Download a file, or the folder behind a link, by its id, a link, or its path in the drive", Args: exactly(1, "an id, a link or a path"),
		RunE: func(cmd *cobra.Command, args []string) error {
			a, err := s.unlocked(cmd.Context())
			if err != nil {
				return err
			}
			got, err := a.Get(cmd.Context(), args[0], app.GetOptions{
				To: to, Account: app.Account(account), Progress: s.progress("Downloading"),
			})
			if err != nil {
				return err
			}
			return s.print(got, fmt.Sprintf("Saved %s (%s).", got.Path, humanize.Bytes(uint64(got.Size))))
		},
	}
	cmd.Flags().StringVarP(&to, "output", "o", "", "where to save it; the file's own name in this folder if not given")
	cmd.Flags().StringVar(&account, "account", string(app.PublishAccount), accountHelp)
	return cmd
}

// onFiles is the value of ls --network when no network follows.
const onFiles = "\x00files"

func (s *session) lsCommand() *cobra.Command {
	var account, where string
	var files bool
	cmd := &cobra.Command{
		Use: "ls [PATH|LINK]", Short: "List the drive, what is behind a link, or with --network what lies on the network", Args: between(0, 2, "at most a path"),
		RunE: func(cmd *cobra.Command, args []string) error {
			args, onNetwork := s.lsTarget(args, where)
			a, err := s.unlocked(cmd.Context())
			if err != nil {
				return err
			}
			if files || onNetwork || account != "" {
				return s.listFiles(cmd, a, app.Account(account))
			}
			if len(args) > 0 && app.IsLink(args[0]) {
				return s.listLink(cmd, a, args[0])
			}
			return s.listDrive(cmd, a, append(args, "")[0])
		},
	}
	f := cmd.Flags()
	f.StringVar(&where, "network", "", "alone: list the files that lie on the network; with a name or file: use that network")
	f.Lookup("network").NoOptDefVal = onFiles
	f.BoolVar(&files, "files", false, "list the files that lie on the network")
	f.StringVar(&account, "account", "", accountHelp+"; implies --files")
	return cmd
}

// lsTarget sorts out the two meanings of --network after ls: alone it asks for
// the files on the network, before a network's name or file it chooses that
// network as everywhere else.
func (s *session) lsTarget(args []string, where string) (rest []string, onNetwork bool) {
	switch {
	case where == "":
		return args, false
	case where != onFiles:
		s.flags.network = where
		return args, false
	case len(args) > 0 && app.NamesNetwork(args[0]):
		s.flags.network = args[0]
		return args[1:], false
	}
	return args, true
}

func (s *session) listFiles(cmd *cobra.Command, a *app.App, account app.Account) error {
	if account == "" {
		account = app.PublishAccount
	}
	files, err := a.Files(cmd.Context(), account)
	if err != nil {
		return err
	}
	var text []string
	for _, f := range files {
		text = append(text, fmt.Sprintf("%s  %10s  %s", f.ID, humanize.Bytes(uint64(f.Size)), f.Name))
	}
	return s.print(map[string]any{"files": nonNil(files)}, text...)
}

func (s *session) listDrive(cmd *cobra.Command, a *app.App, path string) error {
	entries, err := a.RemoteList(cmd.Context(), path)
	if err != nil {
		return err
	}
	return s.print(map[string]any{"entries": nonNil(entries)}, entriesText(entries)...)
}

func entriesText(entries []app.Entry) (text []string) {
	for _, e := range entries {
		name, size, changed := e.Name, humanize.Bytes(uint64(e.Size)), e.Changed.Format("2006-01-02 15:04")
		if e.Folder {
			name, size = name+"/", ""
		}
		if e.Changed.IsZero() { // the drive keeps no time of a folder
			changed = ""
		}
		text = append(text, fmt.Sprintf("%10s  %16s  %s", size, changed, name))
	}
	return text
}

func (s *session) rmCommand() *cobra.Command {
	var account string
	cmd := &cobra.Command{
		Use: "rm ID", Short: "Delete a file from the network", Args: exactly(1, "a file id"),
		RunE: func(cmd *cobra.Command, args []string) error {
			a, err := s.unlocked(cmd.Context())
			if err != nil {
				return err
			}
			if err := a.RemoveFile(cmd.Context(), args[0], app.Account(account)); err != nil {
				return err
			}
			return s.print(map[string]string{"id": args[0]}, "Deleted.")
		},
	}
	cmd.Flags().StringVar(&account, "account", string(app.PublishAccount), accountHelp)
	return cmd
}
