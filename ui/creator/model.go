package creator

import (
	"context"
	"image"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2/lang"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/ui/say"
	"github.com/stratosdrive/stratosdrive/ui/widgets"
)

// Backend is what the page needs of package app.
type Backend interface {
	Folder() string
	MyChannel(ctx context.Context) (app.ChannelInfo, error)
	SetChannel(ctx context.Context, about app.ChannelAbout) error
	AddPeriod(ctx context.Context, start, end time.Time, price string) (app.ChannelPeriod, error)
	AddToChannel(ctx context.Context, what string, o app.ChannelItemOptions) (app.ChannelItem, error)
	RemoveFromChannel(ctx context.Context, what string) (app.ChannelItem, error)
	PreviewChannel(ctx context.Context) (app.ChannelPlan, error)
	PublishChannel(ctx context.Context, fee string, password []byte) (app.ChannelPublished, error)
	Channels(ctx context.Context) (app.ChannelNews, error)
	FollowChannel(ctx context.Context, text string) (app.ChannelInfo, error)
	UnfollowChannel(ctx context.Context, text string) error
	NoteLooked(ctx context.Context, owner string, at time.Time) error
	ChannelItemLink(ctx context.Context, text, what string) (string, app.ChannelItem, error)
	PreviewSubscribe(ctx context.Context, text, period string) (app.TxPreview, error)
	Plays(ctx context.Context) (app.Plays, error)
	Poster(ctx context.Context, what string) ([]byte, error)
	ChannelPoster(ctx context.Context, link string) (image.Image, error)
	CreatorRewards(ctx context.Context) (app.CreatorRewards, error)
	ProveRewards(ctx context.Context, epoch int64) (app.RewardProof, error)
	Confirm(ctx context.Context, p app.TxPreview, fee string, password []byte) (app.TxResult, error)
}

// icons of the kinds of items.
var icons = map[string]string{"video": "film", "music": "music", "file": "file"}

// ownRow is an item of the own channel in words.
func ownRow(i app.ChannelItem, now time.Time) widgets.FileView {
	v := widgets.FileView{Icon: icons[i.Kind], Name: i.Title, Second: lang.L("For everybody"), Changed: when(i, now), Size: size(i), Mark: "check", MarkTone: widgets.Good}
	if !i.Public() {
		v.Second = lang.L("For subscribers")
	}
	if i.Draft {
		v.Mark, v.MarkTone, v.StatusText = "", widgets.Neutral, lang.L("Not published yet")
	}
	return v
}

// newsRow is an item of a channel that is followed, in words.
func newsRow(i app.ChannelItem, periods []app.ChannelPeriod, now time.Time) widgets.FileView {
	v := widgets.FileView{Icon: icons[i.Kind], Name: i.Title, Second: i.Channel, Changed: when(i, now), Size: size(i)}
	switch {
	case !i.Open && awaits(i, periods):
		v.StatusText = lang.L("Waiting for the creator")
	case !i.Open:
		v.StatusText = lang.L("For subscribers")
	case i.New:
		v.StatusText = lang.L("New")
	}
	return v
}

// awaits tells whether an item was paid for and its key is not here yet.
func awaits(i app.ChannelItem, periods []app.ChannelPeriod) bool {
	return slices.ContainsFunc(periods, func(p app.ChannelPeriod) bool {
		return slices.Contains(i.Periods, p.ID) && (p.State == app.AwaitsCreator || p.State == app.AwaitsUnlock)
	})
}

func when(i app.ChannelItem, now time.Time) string {
	if i.Draft {
		return ""
	}
	return say.When(i.At, now)
}

func size(i app.ChannelItem) string {
	if i.Seconds > 0 {
		return say.Clock(float64(i.Seconds))
	}
	return say.Size(i.Bytes)
}

// banner is what the creator should know before all else; empty is nothing.
func banner(c app.ChannelInfo) (text string, tone widgets.Tone) {
	switch {
	case c.Problem != "":
		return say.Told(c.Problem), widgets.Warn
	case c.Waiting > 0:
		return lang.L("Followers who paid wait to be let in. Publish to do that now."), widgets.Warn
	case !c.Published:
		return lang.L("Nobody sees your channel before it is published."), widgets.Neutral
	case c.Changes > 0:
		return lang.L("Others do not see your latest changes yet."), widgets.Neutral
	}
	return "", widgets.Neutral
}

// open are the periods of the own channel that are not over.
func open(periods []app.ChannelPeriod, now time.Time) []app.ChannelPeriod {
	return slices.DeleteFunc(slices.Clone(periods), func(p app.ChannelPeriod) bool { return !p.To.After(now) })
}

// offers are the periods that an item can be subscribed by.
func offers(i app.ChannelItem, periods []app.ChannelPeriod) []app.ChannelPeriod {
	return slices.DeleteFunc(slices.Clone(periods), func(p app.ChannelPeriod) bool {
		return p.State != app.NotSubscribed || !slices.Contains(i.Periods, p.ID)
	})
}

// periodWords are periods as a choice.
func periodWords(periods []app.ChannelPeriod, now time.Time) (words []string) {
	for _, p := range periods {
		words = append(words, lang.L("{{.Price}}, until {{.Day}}", map[string]any{"Price": say.STOS(p.Price), "Day": say.Day(p.To, now)}))
	}
	return words
}

// inDrive is the path of the drive that a file of this computer has; ok is false
// for one that lies elsewhere.
func inDrive(folder, name string) (path string, ok bool) {
	rel, err := filepath.Rel(folder, name)
	rel = filepath.ToSlash(rel)
	return rel, err == nil && folder != "" && rel != "." && rel != ".." && !strings.HasPrefix(rel, "../")
}
