package activity

import (
	"path"
	"strings"
	"time"

	"fyne.io/fyne/v2/lang"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/ui/say"
	"github.com/stratosdrive/stratosdrive/ui/widgets"
)

// headline says what a change did, in a few words.
func headline(c app.DriveChange) string {
	if len(c.Items) == 1 && c.More == 0 {
		return one(c.Items[0])
	}
	var parts []string
	for _, p := range []struct {
		n    int
		word string
	}{
		{c.Added, lang.L("added")}, {c.Changed, lang.L("changed")}, {c.Moved, lang.L("moved")}, {c.Deleted, lang.L("deleted")},
	} {
		if p.n > 0 {
			parts = append(parts, say.Files(p.n)+" "+p.word)
		}
	}
	if len(parts) == 0 {
		return lang.L("Folders changed")
	}
	return strings.Join(parts, ", ")
}

func one(t app.Touched) string {
	name := path.Base(t.Path)
	about := map[string]any{"Name": name}
	switch t.Action {
	case "added":
		return lang.L("{{.Name}} added", about)
	case "deleted":
		return lang.L("{{.Name}} deleted", about)
	case "moved":
		if path.Dir(t.Path) == path.Dir(t.From) {
			return path.Base(t.From) + " → " + name
		}
		return lang.L("{{.Name}} moved", about)
	}
	return lang.L("{{.Name}} changed", about)
}

// where says which folder a change was about: the deepest one that all of it
// lies in.
func where(c app.DriveChange) string {
	if len(c.Items) == 0 {
		return ""
	}
	common := strings.Split(path.Dir(c.Items[0].Path), "/")
	for _, t := range c.Items[1:] {
		other := strings.Split(path.Dir(t.Path), "/")
		n := 0
		for n < len(common) && n < len(other) && common[n] == other[n] {
			n++
		}
		common = common[:n]
	}
	if in := strings.Join(common, " / "); in != "" && in != "." {
		return in
	}
	return lang.L("Drive")
}

// icon is the mark of what a change did most.
func icon(c app.DriveChange) (string, widgets.Tone) {
	switch most := max(c.Added, c.Changed, c.Moved, c.Deleted); {
	case most == 0:
		return "folder", widgets.Neutral
	case most == c.Deleted:
		return "trash", widgets.Bad
	case most == c.Added:
		return "plus", widgets.Good
	case most == c.Changed:
		return "edit", widgets.Active
	}
	return "swap", widgets.Neutral
}

// row puts a change into a line of the table, below the title of its day.
func row(c app.DriveChange, here string, now time.Time) widgets.TableRow {
	name, tone := icon(c)
	device := c.Device
	if device == here {
		device = lang.L("This computer")
	}
	return widgets.TableRow{
		Icon: name, IconTone: tone, Name: headline(c), Second: where(c),
		Cells: []widgets.TableCell{{Text: device}, {Text: c.When.In(now.Location()).Format("15:04")}},
	}
}

// flowingRow puts a file on its way, or one held back, into a line.
func flowingRow(f flowing, p paces) widgets.TableRow {
	if f.held {
		return widgets.TableRow{Icon: "pause", Name: path.Base(f.Path), Second: lang.L("Paused by you. It waits until you let it go on.")}
	}
	r := moving(f.Transfer)
	if second, left := p.of(f.Transfer); second > 0 {
		how, _, _ := strings.Cut(r.Second, ", ")
		r.Second = how + ", " + say.Speed(second)
		if words := say.Left(left); words != "" {
			r.Second += ", " + words
		}
	}
	return r
}

// moving puts a file on its way into a line.
func moving(t app.Transfer) widgets.TableRow {
	r := widgets.TableRow{Icon: "arrow-up", IconTone: widgets.Active, Name: path.Base(t.Path), Second: lang.L("Uploading")}
	size := say.Size(t.Size)
	switch {
	case t.Stage == app.StageConvert:
		r.Icon, r.Second = "film", lang.L("Converting")
	case t.Stage != "":
		r.Icon, r.Second = "globe", lang.L("Publishing")
	case !t.Up:
		r.Icon, r.Second = "arrow-down", lang.L("Downloading")
	}
	if t.Size <= 0 || t.Stage == app.StageConvert { // what it becomes is not known yet
		size = ""
	}
	if dir := path.Dir(t.Path); dir != "." {
		r.Second += ", " + strings.ReplaceAll(dir, "/", " / ")
	}
	r.Cells = []widgets.TableCell{{Text: percent(t.Done, t.Size)}, {Text: size}}
	return r
}

func percent(done, size int64) string {
	if size <= 0 {
		return ""
	}
	return say.Percent(float64(min(100, done*100/size)))
}

// flow says how far all transfers are: "3 of 12 files, 6.1 MB/s, about 4 min
// left". Where nothing moves it says so.
func flow(s app.Status) string {
	if s.Phase != app.PhaseSyncing || s.FilesTotal == 0 {
		return rest(s)
	}
	parts := []string{lang.L("{{.Now}} of {{.All}} files", map[string]any{"Now": say.Count(s.FilesDone), "All": say.Count(s.FilesTotal)})}
	if s.PerSecond >= 1 {
		parts = append(parts, say.Speed(s.PerSecond))
	}
	if left := say.Left(s.Left); left != "" {
		parts = append(parts, left)
	}
	return strings.Join(parts, ", ")
}

func rest(s app.Status) string {
	switch s.Phase {
	case app.PhaseSyncing, app.PhaseStarting:
		return lang.L("Looking for changes")
	case app.PhasePaused:
		return lang.L("Paused. Nothing moves until you resume.")
	case app.PhaseOffline:
		return lang.L("Offline. It goes on by itself.")
	case app.PhaseOutOfOzone:
		return lang.L("Out of ozone. Nothing is lost; it goes on after you buy some.")
	case app.PhaseOutOfDisk:
		return lang.L("The disk is full. Nothing is lost; it goes on when there is room.")
	case app.PhaseStopped:
		return lang.L("Stopped, because something needs a look first.")
	}
	return lang.L("Nothing is moving. All files are where they belong.")
}

// touched says what was done to one file or folder, for the details of a change.
func touched(t app.Touched) string {
	name := t.Path
	if t.Folder {
		name += "/"
	}
	switch t.Action {
	case "added":
		return "+  " + name
	case "deleted":
		return "−  " + name
	case "moved":
		return "→  " + t.From + "  →  " + name
	}
	return "•  " + name
}

// undone says what undoing does, before it is done.
func undone(f app.DriveEffect) string {
	var parts []string
	for _, p := range []struct {
		n    int
		word string
	}{
		{f.Back, lang.L("Back")},
		{f.Changed, lang.L("With their earlier content")},
		{f.Moved, lang.L("Back at their earlier place")},
		{f.Gone, lang.L("Deleted")},
	} {
		if p.n > 0 {
			parts = append(parts, p.word+": "+say.Files(p.n)+". ")
		}
	}
	if len(parts) == 0 {
		return lang.L("Everything in it was changed again since then, so there is nothing to undo.")
	}
	return strings.Join(parts, "") + lang.L("What was changed again since then stays as it is. You can undo this too.")
}
