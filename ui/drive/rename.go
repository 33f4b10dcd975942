package drive

import (
	"context"
	"path"
	"strings"

	"fyne.io/fyne/v2/lang"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/ui/theme"
	"github.com/stratosdrive/stratosdrive/ui/widgets"
)

// renameProblem says what is wrong with a new name of an entry, empty for
// nothing. Other letters of the same name are not wrong.
func renameProblem(e app.Entry, name string, there *app.Listing) string {
	if strings.TrimSpace(name) == "" {
		return lang.L("Give it a name.")
	}
	return folderProblem(name, there, e.Name)
}

// askName asks for the new name of an entry.
func (p *Page) askName(e app.Entry) {
	d := widgets.NewDialog(p.host.Canvas())
	name := widgets.NewField(lang.L("Name"), iconOf(e))
	name.SetText(e.Name)
	problem := widgets.NewText("", widgets.Small.In(theme.Bad))
	rename := widgets.NewButton(widgets.Primary, lang.L("Rename"), "", nil)
	rename.Disable()
	name.OnChanged = func(text string) {
		wrong := renameProblem(e, text, p.entries)
		rename.SetEnabled(wrong == "" && strings.TrimSpace(text) != e.Name)
		problem.SetText(wrong)
	}
	name.OnSubmitted = d.Submit
	rename.OnTapped = func() {
		to := path.Join(p.folder, strings.TrimSpace(name.Text))
		d.Close()
		p.do(func(ctx context.Context) error { return p.backend.Move(ctx, e.Path, to) })
	}
	d.Present(widgets.Sheet{
		Title: lang.L("Rename {{.Name}}", map[string]any{"Name": e.Name}), Body: widgets.Column(6, name, problem), Focus: name,
		Buttons: []*widgets.Button{widgets.NewButton(widgets.Secondary, lang.L("Cancel"), "", d.Close), rename},
	})
}
