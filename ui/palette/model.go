package palette

import (
	"path"
	"slices"
	"strings"

	"fyne.io/fyne/v2/lang"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/ui/page"
	"github.com/stratosdrive/stratosdrive/ui/say"
	"github.com/stratosdrive/stratosdrive/ui/widgets"
)

// Entry is one thing that can be gone to or done.
type Entry struct {
	Icon, Name, Second string
	Route              page.Route // where it leads
	Do                 func()     // what it does instead, if it does something
}

// pages are all pages, by the words people may look for.
func pages() []Entry {
	list := []Entry{
		{Icon: "folder", Name: lang.L("Drive"), Route: page.Route{Page: page.Drive}},
		{Icon: "share", Name: lang.L("Shared"), Route: page.Route{Page: page.Shared}},
		{Icon: "play", Name: lang.L("Watch"), Route: page.Route{Page: page.Watch}},
		{Icon: "wallet", Name: lang.L("Wallet"), Route: page.Route{Page: page.Wallet}},
		{Icon: "chart", Name: lang.L("Stake"), Route: page.Route{Page: page.Stake}},
		{Icon: "activity", Name: lang.L("Activity"), Route: page.Route{Page: page.Activity}},
		{Icon: "server", Name: lang.L("My nodes"), Route: page.Route{Page: page.Nodes}},
		{Icon: "globe", Name: lang.L("Network"), Route: page.Route{Page: page.Network}},
		{Icon: "search", Name: lang.L("Explorer"), Route: page.Route{Page: page.Network, Arg: page.Explorer}},
		{Icon: "star", Name: lang.L("Creator"), Route: page.Route{Page: page.Creator}},
		{Icon: "gear", Name: lang.L("Settings"), Route: page.Route{Page: page.Settings}},
	}
	for i := range list {
		list[i].Second = lang.L("Page")
	}
	return list
}

// matching returns what holds every word in its name, what begins with the first
// word before the rest; all of it where nothing is asked for.
func matching(list []Entry, words string) []Entry {
	wanted := strings.Fields(strings.ToLower(words))
	var first, rest []Entry
	for _, e := range list {
		name := strings.ToLower(e.Name)
		switch {
		case slices.ContainsFunc(wanted, func(w string) bool { return !strings.Contains(name, w) }):
		case len(wanted) > 0 && strings.HasPrefix(name, wanted[0]):
			first = append(first, e)
		default:
			rest = append(rest, e)
		}
	}
	return append(first, rest...)
}

// files puts entries of the drive into the list. A folder leads to itself, a
// video plays, and any other file is shown where it lies.
func files(found []app.Entry) []Entry {
	out := make([]Entry, len(found))
	for i, f := range found {
		dir := path.Dir(f.Path)
		if dir == "." {
			dir = ""
		}
		out[i] = Entry{Icon: "file", Name: f.Name, Second: lang.L("Drive"), Route: page.Route{Page: page.Drive, Arg: dir}}
		if dir != "" {
			out[i].Second = strings.ReplaceAll(dir, "/", " / ")
		}
		switch {
		case f.Folder:
			out[i].Icon, out[i].Route = "folder", page.Route{Page: page.Drive, Arg: f.Path}
		case f.Video:
			out[i].Icon, out[i].Route = "film", page.Route{Page: page.Play, Arg: f.Path}
		}
	}
	return out
}

// people puts the address book into the list: each leads to sending.
func people(contacts []app.Contact) []Entry {
	out := make([]Entry, len(contacts))
	for i, c := range contacts {
		out[i] = Entry{Icon: "user", Name: c.Name, Second: lang.L("Send STOS to {{.Address}}", map[string]any{"Address": say.Brief(c.Address)}), Route: page.Route{Page: page.Wallet, Arg: "send " + c.Name}}
	}
	return out
}

func rows(list []Entry) []widgets.TableRow {
	out := make([]widgets.TableRow, len(list))
	for i, e := range list {
		out[i] = widgets.TableRow{Icon: e.Icon, Name: e.Name, Second: e.Second}
	}
	return out
}
