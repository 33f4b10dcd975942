package watch

import (
	"context"
	"path"
	"strings"

	"fyne.io/fyne/v2/lang"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/ui/page"
)

// saver takes what is behind the link that plays into the drive; nil where no
// link plays.
func (s *session) saver() func() {
	link := s.what
	if !isLink(link) {
		return nil
	}
	return func() { saveLink(s.c.host, s.c.backend, link) }
}

// saveLink takes what is behind a link into the drive, also when the page is
// left meanwhile.
func saveLink(host *page.Host, backend Backend, link string) {
	host.Say(lang.L("Saving it into your drive…"))
	page.Run(host.Tasks, func(ctx context.Context) (string, error) { return backend.SaveLink(ctx, link, "", nil) },
		func(saved string, err error) {
			if err != nil {
				host.Fail(err)
				return
			}
			host.Say(lang.L("Saved in your drive: {{.Name}}", map[string]any{"Name": path.Base(saved)}))
		})
}

// isLink tells whether something is a link of the network.
func isLink(what string) bool {
	return strings.HasPrefix(what, "stos://") || strings.HasPrefix(what, "sds://")
}

// comesFromOutside tells whether something is neither in the drive nor a file
// of this computer.
func comesFromOutside(what string) bool { return isLink(what) || app.IsWebAddress(what) }
