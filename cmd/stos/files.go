package main

import (
	"fmt"
	"time"

	"github.com/dustin/go-humanize"
	"github.com/spf13/cobra"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/internal/fault"
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
		Use: "get ID|LINK|PATH -o FILE", Short: "Download a file by its id, a share link, or its path in the drive", Args: exactly(1, "an id, a link or a path"),
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
		Use: "ls [PATH]", Short: "List the drive, or with --network what lies on the network", Args: between(0, 2, "at most a path"),
		RunE: func(cmd *cobra.Command, args []string) error {
			args, onNetwork := s.lsTarget(args, where)
			a, err := s.unlocked(cmd.Context())
			if err != nil {
				return err
			}
			if files || onNetwork || account != "" {
				return s.listFiles(cmd, a, app.Account(account))
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

// maxDays is ten years.
const maxDays = 3650

func (s *session) shareCommand() *cobra.Command {
	var public bool
	var account string
	var days int
	cmd := &cobra.Command{
		Use: "share ID|PATH", Short: "Make a link to a file on the network, or to a file of the drive", Args: exactly(1, "an id or a path"),
		RunE: func(cmd *cobra.Command, args []string) error {
			if days < 0 || days > maxDays {
				return fault.Wrong(nil, "A link lasts between 1 and %d days, or with 0 as long as the network allows. Nothing was shared.", maxDays)
			}
			a, err := s.unlocked(cmd.Context())
			if err != nil {
				return err
			}
			link, err := a.ShareWhat(cmd.Context(), args[0], app.Account(account), app.ShareOptions{
				Public: public, Duration: time.Duration(days) * 24 * time.Hour,
			}, s.progress("Publishing"))
			if err != nil {
				return err
			}
			return s.print(link, link.Link)
		},
	}
	cmd.Flags().BoolVar(&public, "public", false, "publish a file of the drive in clear, readable by any Stratos tool")
	cmd.Flags().IntVar(&days, "days", 0, "days until the link ends; 0 is as long as the network allows")
	cmd.Flags().StringVar(&account, "account", string(app.PublishAccount), accountHelp)
	return cmd
}

func (s *session) linksCommand() *cobra.Command {
	var stop string
	cmd := &cobra.Command{
		Use: "links", Short: "List the links of this wallet, or stop one", Args: exactly(0, "no arguments"),
		RunE: func(cmd *cobra.Command, _ []string) error {
			a, err := s.unlocked(cmd.Context())
			if err != nil {
				return err
			}
			if stop != "" {
				if err := a.StopLink(cmd.Context(), stop); err != nil {
					return err
				}
				return s.print(map[string]string{"stopped": stop}, "The link no longer works.")
			}
			links, err := a.Links(cmd.Context())
			if err != nil {
				return err
			}
			var text []string
			for _, l := range links {
				text = append(text, linkText(l))
			}
			return s.print(map[string]any{"links": nonNil(links)}, text...)
		},
	}
	cmd.Flags().StringVar(&stop, "stop", "", "id of the link to stop")
	return cmd
}

// linkText is one link on one line.
func linkText(l app.Link) string {
	if l.Unfinished {
		return fmt.Sprintf("%s  not finished: publish %s again, or stop %s", l.Name, l.Path, l.ID)
	}
	return fmt.Sprintf("%s  %s  until %s", l.Link, l.Name, l.Expires.Format("2006-01-02"))
}
