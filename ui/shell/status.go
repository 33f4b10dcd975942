package shell

import (
	"strings"

	"fyne.io/fyne/v2/lang"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/ui/say"
	"github.com/stratosdrive/stratosdrive/ui/widgets"
)

// statusView puts the state of the drive into the words of the status line.
func statusView(s app.Status) widgets.StatusView {
	v := widgets.StatusView{Fraction: -1, Detail: contents(s)}
	v.Tone, v.Headline = headline(s)
	switch s.Phase {
	case app.PhaseSyncing:
		v.Detail, v.Fraction = speed(s), fraction(s)
	case app.PhasePaused:
		if !s.PausedUntil.IsZero() {
			v.Detail = lang.L("until {{.Time}}", map[string]any{"Time": s.PausedUntil.Local().Format("15:04")})
		}
	}
	if s.Problem != "" {
		v.Detail = say.Told(s.Problem)
	}
	if s.Practice && s.Phase != app.PhaseOff && s.Phase != app.PhaseStarting {
		v.Note = lang.L("Practice network: files exist only on this computer")
	}
	return v
}

func headline(s app.Status) (widgets.Tone, string) {
	switch s.Phase {
	case app.PhaseUpToDate:
		if s.Held > 0 {
			return widgets.Neutral, say.Plural(s.Held, "1 file held back", "{{.N}} files held back")
		}
		return widgets.Good, lang.L("Up to date")
	case app.PhaseSyncing:
		return widgets.Active, syncing(s)
	case app.PhasePaused:
		return widgets.Neutral, lang.L("Paused")
	case app.PhaseOffline:
		return widgets.Warn, lang.L("Offline")
	case app.PhaseOutOfOzone:
		return widgets.Bad, lang.L("Out of ozone")
	case app.PhaseOutOfDisk:
		return widgets.Bad, lang.L("Disk full")
	case app.PhaseStopped:
		return widgets.Bad, lang.L("Stopped")
	case app.PhaseStarting:
		return widgets.Neutral, lang.L("Starting")
	}
	if s.Watching {
		return widgets.Neutral, lang.L("Only watching")
	}
	return widgets.Neutral, lang.L("Not set up yet")
}

// mostCounted is up to how many files the headline has room for both numbers.
const mostCounted = 999

// syncing says which way files go and how far they are: "Uploading 3 of 120".
func syncing(s app.Status) string {
	numbers := map[string]any{"Now": say.Count(min(s.FilesDone+1, s.FilesTotal)), "All": say.Count(s.FilesTotal)}
	counted := s.FilesTotal > 0 && s.FilesTotal <= mostCounted
	switch {
	case s.FilesTotal == 0:
		return lang.L("Looking for changes")
	case s.Sending && !s.Receiving && counted:
		return lang.L("Uploading {{.Now}} of {{.All}}", numbers)
	case s.Receiving && !s.Sending && counted:
		return lang.L("Downloading {{.Now}} of {{.All}}", numbers)
	case s.Sending && !s.Receiving:
		return lang.L("Uploading")
	case s.Receiving && !s.Sending:
		return lang.L("Downloading")
	case counted:
		return lang.L("Syncing {{.Now}} of {{.All}}", numbers)
	}
	return lang.L("Syncing")
}

// speed says how long it takes and how fast it goes, as far as it is known, and
// how many files there are where the headline has no room for that.
func speed(s app.Status) string {
	var parts []string
	if s.FilesTotal > mostCounted {
		parts = append(parts, lang.L("{{.Now}} of {{.All}} files", map[string]any{"Now": say.Count(min(s.FilesDone, s.FilesTotal)), "All": say.Count(s.FilesTotal)}))
	}
	if left := say.Left(s.Left); left != "" {
		parts = append(parts, left)
	}
	if s.PerSecond >= 1 {
		parts = append(parts, say.Speed(s.PerSecond))
	}
	return strings.Join(parts, ", ")
}

// fraction is how much is done, below zero when nobody knows how much there is.
func fraction(s app.Status) float64 {
	if s.BytesTotal <= 0 {
		return -1
	}
	return min(1, float64(s.BytesDone)/float64(s.BytesTotal))
}

// contents says what the drive holds.
func contents(s app.Status) string {
	switch {
	case s.Watching && s.Phase == app.PhaseOff:
		return lang.L("A watched address has no drive")
	case s.Phase == app.PhaseOff || s.Phase == app.PhaseStarting:
		return ""
	case s.Files == 0:
		return lang.L("No files yet")
	}
	return say.Files(s.Files) + ", " + say.Size(s.Bytes)
}
