package confirm

import (
	"fyne.io/fyne/v2/lang"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/ui/say"
)

// OzonePreview is a purchase of ozone in words.
func OzonePreview(q app.OzoneQuote) app.TxPreview {
	title := lang.L("Buy {{.Ozone}}", map[string]any{"Ozone": say.OzoneNamed(q.Noz)})
	return app.TxPreview{Title: fault.Value(title), Fee: q.Fee, Left: q.Left, Lines: []app.PreviewLine{
		{Label: lang.L("You pay"), Value: fault.Value(say.STOS(q.Amount))},
		{Label: lang.L("You get about"), Value: fault.Value(say.OzoneNamed(q.Noz))},
	}}
}
