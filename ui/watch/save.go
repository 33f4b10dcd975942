package watch

import (
	"context"
	"path"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2/lang"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/ui/drive"
	"github.com/stratosdrive/stratosdrive/ui/page"
)

// saver takes what is behind the link that plays by then into the drive; nil
// where no link plays.
func (s *session) saver() func() {
	if !isLink(s.what) {
		return nil
	}
	return func() { saveLink(s.c.host, s.c.backend, s.what) }
}

// sharer makes a link to what plays by then; nil where that does not lie in the
// drive.
func (s *session) sharer() func() {
	if !liesInDrive(s.what) {
		return nil
	}
	return func() {
		e := app.Entry{Name: path.Base(s.what), Path: s.what, Video: true}
		drive.ShowShare(s.c.host, s.c.host.Tasks, s.c.backend, e, s.c.backend.Status().Practice)
	}
}

// liesInDrive tells whether something is a file of the drive.
func liesInDrive(what string) bool {
	return app.IsVideo(what) && !comesFromOutside(what) && !filepath.IsAbs(what)
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
