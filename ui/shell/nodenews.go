package shell

import (
	"strings"

	"fyne.io/fyne/v2/lang"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/ui/page"
)

// tellOfNodes says what happened to nodes: in the window to who looks at it,
// else by the desktop.
func (s *Shell) tellOfNodes(list []app.NodeAlert) {
	if len(list) == 0 {
		return
	}
	n := nodeNotice(list)
	if s.desk.front && s.route.Page != page.Nodes {
		s.Host.Offer(n.Text, lang.L("Show"), func() { s.Go(page.Route{Page: page.Nodes}) })
		return
	}
	s.notify(n)
}

// nodeNotice puts what happened at the same time into one notification.
func nodeNotice(list []app.NodeAlert) app.Notice {
	n, lines, bad := app.Notice{Topic: aboutNodes}, make([]string, len(list)), 0
	for i, alert := range list {
		lines[i] = nodeLine(alert)
		if !alert.Back() {
			bad++
		}
	}
	n.Text = strings.Join(lines, "\n")
	switch {
	case bad == 0:
		n.Title = lang.L("Your node is back")
	case len(list) == 1:
		n.Title = lang.L("A node is off")
	default:
		n.Title = lang.L("Several nodes need a look")
	}
	return n
}

// nodeLine says what happened to a node.
func nodeLine(n app.NodeAlert) string {
	name := map[string]any{"Name": n.Name}
	switch {
	case n.Back() && n.Restarted:
		return lang.L("{{.Name}} is back: it was started again.", name)
	case n.Back():
		return lang.L("{{.Name}} is back.", name)
	case n.State == "offline":
		return lang.L("{{.Name}} runs, but the network does not count it as online.", name)
	case n.State == "refusing":
		return lang.L("{{.Name}} has another token. Enter the one that it shows now.", name)
	}
	return lang.L("{{.Name}} does not answer any more.", name)
}
