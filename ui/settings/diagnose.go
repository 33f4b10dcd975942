package settings

import (
	"context"
	"io"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/ui/page"
	"github.com/stratosdrive/stratosdrive/ui/picker"
	"github.com/stratosdrive/stratosdrive/ui/widgets"
)

// Diagnoser is what the report needs of package app.
type Diagnoser interface {
	Diagnostics(ctx context.Context, version string) (app.Diagnostics, error)
}

const (
	reportWidth  float32 = 560
	reportHeight float32 = 320
	reportFile           = "stratos-drive-report.txt"
)

func (p *Page) diagnostics() fyne.CanvasObject {
	return section(lang.L("Diagnostics"), lang.L("A report for whoever helps you: how the program, the network and the disk do. It has no secrets, no names of files and no addresses."),
		widgets.NewButton(widgets.Secondary, lang.L("Make a report"), "info", func() { p.makeReport() }))
}

// reportSheet is the dialog in which a person reads the report before it goes
// anywhere.
type reportSheet struct {
	p          *Page
	dialog     *widgets.Dialog
	body       *fyne.Container
	copy, save *widgets.Button
	text       string
}

func (p *Page) makeReport() *reportSheet {
	s := &reportSheet{p: p, dialog: widgets.NewDialog(p.host.Canvas()), body: container.NewStack()}
	s.body.Add(widgets.NewText(lang.L("Asking each server how it does"), widgets.Second))
	s.copy = widgets.NewButton(widgets.Secondary, lang.L("Copy"), "copy", func() {
		p.host.Copy(s.text)
		p.host.Say(lang.L("Copied"))
	})
	s.save = widgets.NewButton(widgets.Primary, lang.L("Save"), "download", s.keep)
	s.copy.Disable()
	s.save.Disable()
	s.dialog.Present(widgets.Sheet{
		Title: lang.L("Report"), Text: lang.L("Read it before you give it away. It is in English, so that everybody who helps can read it."),
		Body:    widgets.Sized(reportWidth, reportHeight, s.body),
		Buttons: []*widgets.Button{widgets.NewButton(widgets.Secondary, lang.L("Close"), "", s.dialog.Close), s.copy, s.save},
	})
	s.load()
	return s
}

func (s *reportSheet) load() {
	page.Run(s.p.tasks, func(ctx context.Context) (app.Diagnostics, error) {
		return s.p.backend.Diagnostics(ctx, s.p.hooks.Version)
	}, func(d app.Diagnostics, err error) {
		if err != nil {
			s.put(widgets.NewTrouble(err, s.load))
			return
		}
		lines := d.Lines()
		s.text = strings.Join(lines, "\n") + "\n"
		column := widgets.Column(6)
		for _, line := range lines {
			column.Add(widgets.NewParagraph(line, widgets.Second, reportWidth-24))
		}
		s.put(container.NewVScroll(column))
		s.copy.Enable()
		s.save.Enable()
	})
}

func (s *reportSheet) put(o fyne.CanvasObject) {
	s.body.Objects = []fyne.CanvasObject{o}
	s.body.Refresh()
}

// keep saves the report where a person wants it.
func (s *reportSheet) keep() {
	s.dialog.Close()
	picker.Save(s.p.host, lang.L("Save the report"), s.p.host.Home(), reportFile, func(path string) {
		err := picker.Write(path, func(w io.Writer) error {
			_, err := io.WriteString(w, s.text)
			return err
		})
		if s.p.host.Fail(err); err == nil {
			s.p.host.Say(lang.L("The report is saved."))
		}
	})
}
