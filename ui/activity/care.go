package activity

import (
	"path"
	"time"

	"fyne.io/fyne/v2/lang"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/ui/say"
	"github.com/stratosdrive/stratosdrive/ui/widgets"
)

// remedy is the one thing to do about a problem.
type remedy int

const (
	goOn remedy = iota
	refetch
	buyOzone
	resume
	askAgain
	showFile
)

// concern is a problem: one sentence, and one button that solves it.
type concern struct {
	text   string
	tone   widgets.Tone
	remedy remedy
	path   string // what it is about
}

// mostConcerns is how many problems are shown at once.
const mostConcerns = 6

// concerns are what a person should know or decide, the most urgent first.
func concerns(r app.Report) []concern {
	var out []concern
	if s := r.Stopped; s != nil {
		out = append(out, concern{text: braked(*s), tone: widgets.Warn, remedy: goOn})
	}
	if r.Phase == app.PhaseOutOfOzone {
		out = append(out, concern{text: lang.L("There is no ozone left, so nothing can be sent. Your files are safe on this computer."), tone: widgets.Bad, remedy: buyOzone})
	}
	if b := r.ClockBehind; b != 0 {
		out = append(out, concern{text: wrongClock(b), tone: widgets.Bad, remedy: askAgain})
	}
	if r.OzoneLow && r.Phase != app.PhaseOutOfOzone {
		out = append(out, concern{text: lowOzone(r.OzoneLasts), tone: widgets.Warn, remedy: buyOzone})
	}
	if r.Phase == app.PhasePaused {
		out = append(out, concern{text: lang.L("Syncing is paused. What you change is sent when you resume."), tone: widgets.Neutral, remedy: resume})
	}
	for _, p := range r.Damaged {
		out = append(out, concern{
			text: lang.L("The disk changed {{.Name}} by itself. The saved copy is whole.", map[string]any{"Name": p}), tone: widgets.Bad, remedy: refetch, path: p,
		})
	}
	for i := len(r.Issues) - 1; i >= 0 && len(out) < mostConcerns; i-- { // newest last
		if issue := r.Issues[i]; r.Stopped == nil || issue.Text != r.Problem {
			out = append(out, issueConcern(issue))
		}
	}
	return out[:min(len(out), mostConcerns)]
}

// issueConcern is what the sync told: the file that it is about can be shown,
// all else is tried again.
func issueConcern(i app.Issue) concern {
	if i.Path == "" {
		return concern{text: say.Told(i.Text), tone: widgets.Warn, remedy: askAgain}
	}
	text := lang.L("{{.Name}}: {{.What}}", map[string]any{"Name": path.Base(i.Path), "What": say.Told(i.Text)})
	return concern{text: text, tone: widgets.Warn, remedy: showFile, path: i.Path}
}

// folderOf is the folder that a file lies in, "" for the top of the drive.
func folderOf(p string) string {
	if dir := path.Dir(p); dir != "." {
		return dir
	}
	return ""
}

// wrongClock says how far the clock of this computer is off.
func wrongClock(behind time.Duration) string {
	about := map[string]any{"Time": say.Days(behind.Abs())}
	if behind > 0 {
		return lang.L("The clock of this computer is {{.Time}} behind. Set it right, or the network refuses your files.", about)
	}
	return lang.L("The clock of this computer is {{.Time}} ahead. Set it right, or the network refuses your files.", about)
}

// lowOzone says how long the ozone is enough.
func lowOzone(left time.Duration) string {
	return lang.L("At the present rate your ozone lasts about {{.Time}}. Without it nothing can be sent; your files stay safe on this computer.",
		map[string]any{"Time": say.Days(left)})
}

// braked says what was stopped before it could do harm.
func braked(s app.Stopped) string {
	words := map[string]any{"N": say.Files(s.Count), "All": say.Count(s.Total)}
	switch s.Danger {
	case "scrambled":
		return lang.L("{{.N}} became unreadable at once, as if a program had encrypted them. Nothing was sent; the saved versions are safe.", words)
	case "changed":
		return lang.L("{{.N}} of {{.All}} changed at once. Nothing was sent yet; look whether you did that.", words)
	case "vanished", "missing":
		return lang.L("The folder is empty or gone. Nothing was deleted; connect the disk, or go on if you meant it.")
	}
	return lang.L("{{.N}} of {{.All}} would be deleted. Nothing was deleted yet; look whether you did that.", words)
}

// label is the word on the button of a problem.
func (r remedy) label() string {
	switch r {
	case goOn:
		return lang.L("I did this, go on")
	case refetch:
		return lang.L("Bring back the saved copy")
	case buyOzone:
		return lang.L("Buy ozone")
	case resume:
		return lang.L("Resume")
	case showFile:
		return lang.L("Show it")
	}
	return lang.L("Check again")
}
