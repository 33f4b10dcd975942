package drive

import (
	"image"
	"image/draw"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/ui/internal/fake"
	"github.com/stratosdrive/stratosdrive/ui/internal/shots"
	"github.com/stratosdrive/stratosdrive/ui/internal/stage"
)

// The dialogs empty, in error and at their longest, on one sheet.
func TestTroublePictures(t *testing.T) {
	const width, height = 560, 520
	shots.InBoth(t, func(t *testing.T, mode string) {
		sheet := image.NewRGBA(image.Rect(0, 0, 3*width, 2*height))
		for i, show := range []func(p *Page, b *fake.Backend){
			func(p *Page, b *fake.Backend) { b.Err = fake.ErrOffline; p.share(p.shown.at(7)); tapLast(p) },
			func(p *Page, b *fake.Backend) { b.Err = fake.ErrOffline; p.showVersions(p.shown.at(3)) },
			func(p *Page, b *fake.Backend) { b.Entries = nil; p.showVersions(p.shown.at(3)) },
			func(p *Page, b *fake.Backend) { b.Err = fake.ErrOffline; p.askFolderToMove(p.shown.all()[3:4]) },
			func(p *Page, _ *fake.Backend) { p.askFolderToMove(p.shown.all()[3:4]).enter("Work/Portugal/Invoices") },
			func(p *Page, _ *fake.Backend) {
				p.askName(p.shown.at(3))
				rename(p, "Invoices")
			},
		} {
			host, _ := stage.Host(t, width, height)
			backend := fake.Full()
			backend.Cost = app.ShareCost{Files: 1, Bytes: 4000, Noz: "20000", Have: "5"}
			p := New(host, backend, "Work/Portugal", true)
			stage.Put(host, p)
			show(p, backend)
			at := image.Pt(i%3*width, i/3*height)
			draw.Draw(sheet, image.Rectangle{at, at.Add(image.Pt(width, height))}, host.Canvas().Capture(), image.Point{}, draw.Src)
		}
		shown := canvas.NewImageFromImage(sheet)
		shown.ScaleMode = canvas.ImageScalePixels
		shown.SetMinSize(fyne.NewSize(3*width, 2*height))
		shots.Match(t, "troubles-"+mode, shots.Window(t, shown, 3*width, 2*height))
	})
}
