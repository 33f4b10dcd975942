package main

import (
	"fmt"
	"strings"
	"time"

	"github.com/dustin/go-humanize"
	"github.com/spf13/cobra"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/player/convert"
)

func (s *session) publishCommand() *cobra.Command {
	o := app.StreamOptions{PosterAt: -1}
	var days int
	var preview bool
	cmd := &cobra.Command{
		Use: "publish PATH", Short: "Publish a video of the drive as a public stream, with a title and a poster", Args: exactly(1, "a path in the drive"),
		RunE: func(cmd *cobra.Command, args []string) error {
			if days < 0 || days > maxDays {
				return fault.Wrong(nil, "A link lasts between 1 and %d days, or with 0 as long as the network allows. Nothing was published.", maxDays)
			}
			a, err := s.unlocked(cmd.Context())
			if err != nil {
				return err
			}
			if preview {
				return s.previewStream(cmd, a, args[0])
			}
			o.Duration, o.Progress = time.Duration(days)*24*time.Hour, s.streamProgress()
			return s.publishStream(cmd, a, args[0], o)
		},
	}
	f := cmd.Flags()
	f.StringVar(&o.Title, "title", "", "what the video is called; by default the name of the file")
	f.Float64Var(&o.PosterAt, "poster", -1, "second of the frame that stands for the video; by default a telling one is chosen")
	f.IntVar(&days, "days", 0, "days until the link ends; 0 is as long as the network allows")
	f.BoolVar(&o.Convert, "convert", false, "agree to converting what a stream cannot carry")
	f.BoolVar(&o.Convert, "yes", false, "the same")
	f.BoolVar(&preview, "preview", false, "only tell what would be done and what it takes")
	return cmd
}

func (s *session) publishStream(cmd *cobra.Command, a *app.App, path string, o app.StreamOptions) error {
	link, err := a.PublishStream(cmd.Context(), path, o)
	if err != nil {
		return err
	}
	return s.print(link, link.Link, "In Stratos Drive, with title and poster: "+link.AppLink, lasts(link))
}

func (s *session) previewStream(cmd *cobra.Command, a *app.App, path string) error {
	p, err := a.PlanStream(cmd.Context(), path)
	if err != nil {
		return err
	}
	return s.print(p, planText(p)...)
}

// planText says what publishing will do.
func planText(p app.StreamPlan) []string {
	length := time.Duration(p.Seconds * float64(time.Second)).Round(time.Second)
	lines := []string{fmt.Sprintf("%s: %s, %d x %d, %s", p.Title, length, p.Width, p.Height, humanize.Bytes(uint64(p.Size)))}
	switch p.Action {
	case convert.Convert:
		lines = append(lines, fmt.Sprintf("It has to be converted first (%s does not fit into a stream): about %s and %s of disk. Agree with --convert.",
			strings.Join(p.Codecs, " and "), p.Convert.Round(time.Second), humanize.Bytes(uint64(p.Bytes))))
	case convert.Repack:
		lines = append(lines, fmt.Sprintf("Picture and sound stay what they are; %d other tracks are left out.", p.Left))
	default:
		lines = append(lines, "It goes as it is.")
	}
	return append(lines, "Publishing takes up to "+ozone(p.Noz)+"; who watches pays the traffic.")
}

// streamProgress says whenever another tenth of a stage is done.
func (s *session) streamProgress() func(stage string, done, total int64) {
	words := map[string]string{"convert": "Converting", "upload": "Publishing"}
	said := map[string]int64{}
	return func(stage string, done, total int64) {
		if total <= 0 {
			return
		}
		tenth := done*10/total + 1
		if said[stage] != tenth {
			said[stage] = tenth
			s.say("%s: %d %%", words[stage], (tenth-1)*10)
		}
	}
}
