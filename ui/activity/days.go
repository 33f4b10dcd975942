package activity

import (
	"path"
	"time"

	"fyne.io/fyne/v2/lang"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/ui/say"
	"github.com/stratosdrive/stratosdrive/ui/widgets"
)

func nameOf(p string) string { return path.Base(p) }

// byDay puts changes into the lines of the history, under a title for each day.
// at tells which change a line shows, -1 for a title.
func byDay(changes []app.DriveChange, here string, now time.Time) (rows []widgets.TableRow, at []int) {
	last := ""
	for i, c := range changes {
		day := dayOf(c.When, now)
		if day != last {
			rows, at, last = append(rows, widgets.TableRow{Name: day, Heading: true}), append(at, -1), day
		}
		rows, at = append(rows, row(c, here, now)), append(at, i)
	}
	return rows, at
}

// dayOf names the day of a moment: "Today", "Yesterday", "Monday", "2 Nov".
func dayOf(t, now time.Time) string {
	t = t.In(now.Location())
	if t.Format(time.DateOnly) == now.Format(time.DateOnly) {
		return lang.L("Today")
	}
	return say.When(t, now)
}
