package drive

import (
	"time"

	"fyne.io/fyne/v2/lang"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/ui/say"
)

const day = 24 * time.Hour

// endings are how long a link may last; the last is as long as the network lets
// links be that name no end.
var endings = []time.Duration{day, 7 * day, 30 * day, 180 * day}

func endingWords() []string {
	return []string{lang.L("1 day"), lang.L("7 days"), lang.L("30 days"), lang.L("180 days")}
}

// usualEnding is what is offered first.
const usualEnding = 1

// shareOptions turns what was chosen into options.
func shareOptions(public bool, ending int) app.ShareOptions {
	return app.ShareOptions{Public: public, Duration: endings[ending]}
}

// readers says who can read what is shared: as a folder, a file or a stream.
func readers(e app.Entry, public bool) string {
	switch {
	case e.Folder:
		return lang.L("Only people you give the link to can read it: the folder as it is now, and nothing else of your drive. The key is in the link itself.")
	case public && canPublish(e):
		return lang.L("Anyone who finds the link can watch it, with any Stratos tool. You choose its title and picture next.")
	case public:
		return lang.L("Anyone who finds the link can read it, with any Stratos tool. A copy without encryption is put on the network.")
	}
	return lang.L("Only people you give the link to can read it. The key is in the link itself.")
}

// takes says what sharing costs the one who shares.
func takes(c app.ShareCost) string {
	values := map[string]any{"Files": say.Files(c.Files), "Size": say.Size(c.Bytes), "Ozone": say.OzoneNamed(c.Noz), "Have": say.OzoneNamed(c.Have)}
	switch {
	case c.Short():
		return lang.L("A copy of {{.Files}} ({{.Size}}) is stored for it. That takes up to {{.Ozone}}, and you have {{.Have}} for links: buy more in the wallet.", values)
	case c.Parts:
		return lang.L("A copy of {{.Files}} ({{.Size}}) is stored for it, for up to {{.Ozone}}. What is not saved yet will not be in it.", values)
	}
	return lang.L("A copy of {{.Files}} ({{.Size}}) is stored for it. That takes up to {{.Ozone}} of yours.", values)
}

// receiverPays is said before anything is shared.
func receiverPays(practice bool) string {
	if practice {
		return lang.L("Who receives it needs this app and pays the traffic. This is the practice network: the link works on this computer only.")
	}
	return lang.L("Who receives it needs this app and pays the traffic, with ozone of their own.")
}
