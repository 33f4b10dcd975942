package drive

import (
	"context"
	"strings"

	"fyne.io/fyne/v2/lang"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/ui/say"
)

// Publisher makes public streams of videos.
type Publisher interface {
	PlanStream(ctx context.Context, path string) (app.StreamPlan, error)
	StreamPoster(ctx context.Context, path string, second float64) ([]byte, error)
	PublishStream(ctx context.Context, path string, o app.StreamOptions) (app.Link, error)
}

// canPublish tells whether an entry may become a public stream.
func canPublish(e app.Entry) bool { return !e.Folder && app.CanPublish(e.Name) }

// becomes says what is done with a video before it is published.
func becomes(p app.StreamPlan) string {
	switch p.Action {
	case app.StreamConvert:
		return lang.L("Other players cannot stream it as it is ({{.Codecs}}). A converted copy is published; your file stays as it is.",
			map[string]any{"Codecs": strings.Join(p.Codecs, ", ")})
	case app.StreamRepack:
		return lang.L("Picture and sound are published as they are. Subtitles and other tracks are left out.")
	}
	return lang.L("It is published as it is.")
}

// agreement is what is asked before converting.
func agreement(p app.StreamPlan) string {
	took := lang.L("less than a minute")
	if p.Convert > 0 {
		took = lang.L("about {{.Minutes}} min", map[string]any{"Minutes": int(p.Convert.Minutes()) + 1})
	}
	return lang.L("Convert it: {{.Time}}, {{.Size}} of disk", map[string]any{"Time": took, "Size": say.Size(p.Bytes)})
}

// price says what publishing costs, and who pays for watching.
func price(p app.StreamPlan, practice bool) string {
	text := lang.L("Anyone with the link can watch it, without encryption. Publishing takes up to {{.Ozone}} ozone; who watches pays the traffic.",
		map[string]any{"Ozone": say.Ozone(p.Noz)})
	if practice {
		text += " " + lang.L("This is the practice network: the link works on this computer only.")
	}
	return text
}

// posterStep is how far the next poster is from the last, in seconds.
func posterStep(p app.StreamPlan) float64 { return max(p.Seconds/20, 0.5) }

// posterMoved returns another place for the poster, inside the video.
func posterMoved(p app.StreamPlan, at, by float64) float64 {
	return min(max(at+by, 0), p.Seconds*0.98)
}

// stageWords says what publishing does at the moment.
func stageWords(stage string, done, total int64) string {
	percent := 0
	if total > 0 {
		percent = int(done * 100 / total)
	}
	if stage == app.StageConvert {
		return lang.L("Converting, {{.N}} %", map[string]any{"N": percent})
	}
	return lang.L("Uploading, {{.N}} %", map[string]any{"N": percent})
}
