package settings

import (
	"context"
	"math"
	"strconv"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/ui/ask"
	"github.com/stratosdrive/stratosdrive/ui/language"
	"github.com/stratosdrive/stratosdrive/ui/say"
	"github.com/stratosdrive/stratosdrive/ui/widgets"
)

// Drive is what the page needs of package app about the drive itself.
type Drive interface {
	Limits() app.Limits
	SetLimits(l app.Limits) error
	DriveDevices(ctx context.Context) ([]app.DriveDevice, error)
	RenameDevice(ctx context.Context, which, name string) (app.DriveDevice, error)
	HideDevice(ctx context.Context, which string, hide bool) (app.DriveDevice, error)
	RetireDevice(ctx context.Context, which string, retire bool) (app.DriveDevice, error)
}

// megabyte is the unit in which speeds are typed, as they are shown.
const megabyte = 1_000_000

// limitWords says how fast the drive may be, and when that holds.
func limitWords(l app.Limits) string {
	if l.Up == 0 && l.Down == 0 {
		return lang.L("As fast as the line allows.")
	}
	words := lang.L("Sends at most {{.Up}}, receives at most {{.Down}}.", map[string]any{"Up": speedWord(l.Up), "Down": speedWord(l.Down)})
	switch {
	case l.Up == 0:
		words = lang.L("Receives at most {{.Down}}.", map[string]any{"Down": speedWord(l.Down)})
	case l.Down == 0:
		words = lang.L("Sends at most {{.Up}}.", map[string]any{"Up": speedWord(l.Up)})
	}
	if l.From != "" {
		words += " " + lang.L("That holds from {{.From}} to {{.Until}}.", map[string]any{"From": l.From, "Until": l.Until})
	}
	return words
}

func speedWord(bytes int64) string { return say.Speed(float64(bytes)) }

// readSpeed reads megabytes a second; nothing means no limit.
func readSpeed(text string) (bytes int64, valid bool) {
	text, err := language.Now().Read(text)
	if text == "" && err == nil {
		return 0, true
	}
	n, wrong := strconv.ParseFloat(text, 64)
	if wrong != nil || math.IsNaN(n) || n*megabyte < 1000 || n > 1e6 {
		return 0, false
	}
	return int64(n * megabyte), true
}

func typedSpeed(bytes int64) string {
	if bytes == 0 {
		return ""
	}
	return strings.Replace(strconv.FormatFloat(float64(bytes)/megabyte, 'f', -1, 64), ".", language.Now().Decimal, 1)
}

// limitFields are the fields of the dialog about speed.
type limitFields struct{ up, down, from, until *widgets.Field }

// limits is what the fields say, and whether that makes sense.
func (f limitFields) limits() (l app.Limits, valid bool) {
	up, upValid := readSpeed(f.up.Text)
	down, downValid := readSpeed(f.down.Text)
	l = app.Limits{Up: up, Down: down, From: strings.TrimSpace(f.from.Text), Until: strings.TrimSpace(f.until.Text)}
	return l, upValid && downValid && (l.From == "") == (l.Until == "") && isClock(l.From) && isClock(l.Until)
}

func isClock(text string) bool {
	_, err := time.Parse("15:04", text)
	return err == nil || text == ""
}

func (p *Page) speed() fyne.CanvasObject {
	return section(lang.L("Speed"), limitWords(p.backend.Limits()), widgets.NewButton(widgets.Secondary, lang.L("Change"), "", p.askSpeed))
}

func (p *Page) askSpeed() {
	now := p.backend.Limits()
	f := limitFields{
		up: widgets.NewField(lang.L("No limit"), ""), down: widgets.NewField(lang.L("No limit"), ""),
		from: widgets.NewField("08:00", ""), until: widgets.NewField("18:00", ""),
	}
	f.up.SetText(typedSpeed(now.Up))
	f.down.SetText(typedSpeed(now.Down))
	f.from.SetText(now.From)
	f.until.SetText(now.Until)
	body := widgets.Column(12,
		widgets.NewMetrics(widgets.Labelled(lang.L("Send at most, MB a second"), f.up), widgets.Labelled(lang.L("Receive at most, MB a second"), f.down)),
		widgets.NewMetrics(widgets.Labelled(lang.L("From, or always"), f.from), widgets.Labelled(lang.L("Until"), f.until)))
	form := ask.Show(p.host, widgets.Sheet{
		Title: lang.L("Speed"), Text: lang.L("Leave a field empty for no limit. Outside of the times there is none."), Body: body, Focus: f.up,
	}, lang.L("Use these"), lang.L("Getting ready"), func() bool {
		_, valid := f.limits()
		return valid
	}, func(context.Context) error {
		l, _ := f.limits()
		return p.backend.SetLimits(l)
	}, p.shown)
	form.Follow(f.up, f.down, f.from, f.until)
}
