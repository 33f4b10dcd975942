package main

import (
	"fmt"
	"time"

	"github.com/dustin/go-humanize"
	"github.com/spf13/cobra"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/internal/fault"
)

// maxDays is ten years.
const maxDays = 3650

func (s *session) shareCommand() *cobra.Command {
	var o app.ShareOptions
	var account string
	var days int
	var preview bool
	cmd := &cobra.Command{
		Use: "share ID|PATH", Short: "Make a link to a file on the network, or to a file or folder of the drive", Args: exactly(1, "an id or a path"),
		RunE: func(cmd *cobra.Command, args []string) error {
			if days < 0 || days > maxDays {
				return fault.Wrong(nil, "A link lasts between 1 and %d days, or with 0 as long as the network allows. Nothing was shared.", maxDays)
			}
			a, err := s.unlocked(cmd.Context())
			if err != nil {
				return err
			}
			if preview {
				return s.previewShare(cmd, a, args[0])
			}
			o.Duration = time.Duration(days) * 24 * time.Hour
			return s.share(cmd, a, args[0], app.Account(account), o)
		},
	}
	f := cmd.Flags()
	f.BoolVar(&o.Public, "public", false, "publish a file of the drive in clear, readable by any Stratos tool")
	f.IntVar(&days, "days", 0, "days until the link ends; 0 is as long as the network allows")
	f.StringVar(&account, "account", string(app.PublishAccount), accountHelp)
	f.BoolVar(&preview, "preview", false, "only tell what sharing a path of the drive takes")
	return cmd
}

func (s *session) share(cmd *cobra.Command, a *app.App, what string, account app.Account, o app.ShareOptions) error {
	link, err := a.ShareWhat(cmd.Context(), what, account, o, s.progress("Publishing"))
	if err != nil {
		return err
	}
	text := []string{link.Link, lasts(link)}
	if link.Folder {
		text = append(text, fmt.Sprintf("It leads to %s (%s), as now. Who receives it needs Stratos Drive and pays the traffic.",
			count(link.Files, "file"), humanize.Bytes(uint64(link.Size))))
	}
	return s.print(link, text...)
}

func (s *session) previewShare(cmd *cobra.Command, a *app.App, path string) error {
	c, err := a.ShareCost(cmd.Context(), path)
	if err != nil {
		return err
	}
	text := []string{
		fmt.Sprintf("A copy of %s (%s) is sealed under the key of the link and stored. That takes up to %s.", count(c.Files, "file"), humanize.Bytes(uint64(c.Bytes)), ozone(c.Noz)),
		"Who receives the link needs Stratos Drive and pays the traffic.",
	}
	if c.Have != "" {
		text = append(text, fmt.Sprintf("The publishing account has %s.", ozone(c.Have)))
	}
	if c.Parts {
		text = append(text, "Something in the folder is not saved yet; the link will lead to what is saved.")
	}
	return s.print(c, text...)
}

// listLink tells what is behind a link, and lists it where it is a folder.
func (s *session) listLink(cmd *cobra.Command, a *app.App, link string) error {
	info, err := a.LookAtLink(cmd.Context(), link)
	if err != nil {
		return err
	}
	if info.Kind == app.LinkToPublic {
		return s.print(info, "This link leads to something public. The network tells what it is only to who fetches it: get it, or play it.")
	}
	text := []string{fmt.Sprintf("%s: %s, %s to get all of it.", info.Name, humanize.Bytes(uint64(info.Size)), ozone(info.Noz))}
	for _, e := range info.Entries {
		name, changed := e.Name, ""
		if e.Folder {
			name += "/"
		}
		if !e.Changed.IsZero() {
			changed = e.Changed.Format("2006-01-02 15:04")
		}
		text = append(text, fmt.Sprintf("%10s  %16s  %s", humanize.Bytes(uint64(e.Size)), changed, name))
	}
	return s.print(info, text...)
}

func (s *session) linksCommand() *cobra.Command {
	var stop, forget string
	var all bool
	cmd := &cobra.Command{
		Use: "links", Short: "List the links of this wallet, or stop one", Args: exactly(0, "no arguments"),
		RunE: func(cmd *cobra.Command, _ []string) error {
			a, err := s.unlocked(cmd.Context())
			switch {
			case err != nil:
				return err
			case stop != "":
				if err := a.StopLink(cmd.Context(), stop); err != nil {
					return err
				}
				return s.print(map[string]string{"stopped": stop}, "The link no longer works.")
			case forget != "":
				if err := a.ForgetLink(cmd.Context(), forget); err != nil {
					return err
				}
				return s.print(map[string]string{"forgotten": forget}, "The link is off the list.")
			}
			return s.listLinks(cmd, a, all)
		},
	}
	cmd.Flags().StringVar(&stop, "stop", "", "id of the link to stop")
	cmd.Flags().StringVar(&forget, "forget", "", "id of a link that has ended, to take off the list")
	cmd.Flags().BoolVar(&all, "all", false, "list those that have ended too")
	return cmd
}

func (s *session) listLinks(cmd *cobra.Command, a *app.App, all bool) error {
	list := a.Links
	if all {
		list = a.AllLinks
	}
	links, err := list(cmd.Context())
	if err != nil {
		return err
	}
	var text []string
	for _, l := range links {
		text = append(text, linkText(l))
	}
	return s.print(map[string]any{"links": nonNil(links)}, text...)
}

// lasts says when a link ends, which the network decides where nobody else did.
func lasts(l app.Link) string {
	if l.Expires.IsZero() {
		return "The network names no day on which it ends."
	}
	return "It ends on " + l.Expires.Format("2006-01-02") + "."
}

// linkText is one link on one line.
func linkText(l app.Link) string {
	name := l.Name
	if l.Folder {
		name = fmt.Sprintf("%s/ (%s)", name, count(l.Files, "file"))
	}
	switch l.State {
	case app.LinkUnfinished:
		return fmt.Sprintf("%s  not finished: publish %s again, or stop %s", name, l.Path, l.ID)
	case app.LinkActive:
		return fmt.Sprintf("%s  %s  until %s", l.Link, name, l.Expires.Format("2006-01-02"))
	}
	return fmt.Sprintf("%s  %s  %s", l.ID, name, l.State)
}
