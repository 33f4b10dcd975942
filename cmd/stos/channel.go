package main

import (
	"fmt"
	"time"

	"github.com/dustin/go-humanize"
	"github.com/spf13/cobra"

	"github.com/stratosdrive/stratosdrive/internal/app"
)

func (s *session) channelCommand() *cobra.Command {
	return s.commandGroup("channel", "Publish videos, music and files on a channel of your own, and follow those of others",
		s.channelCreate(), s.channelPeriod(), s.channelAdd(), s.channelRemove(), s.channelPublish(), s.channelStatus(),
		s.channelFollow(), s.channelUnfollow(), s.channelList(), s.channelShow(), s.channelSubscribe(), s.channelPlay(), s.channelSave(),
	)
}

const toPublish = "Others see it once it is published: stos channel publish"

func (s *session) channelCreate() *cobra.Command {
	var about app.ChannelAbout
	cmd := &cobra.Command{
		Use: "create TITLE", Short: "Make a channel, or say something else of the one that is there", Args: exactly(1, "a title"),
		RunE: func(cmd *cobra.Command, args []string) error {
			a, err := s.unlocked(cmd.Context())
			if err != nil {
				return err
			}
			about.Title, about.KeepPoster = args[0], !cmd.Flags().Changed("poster")
			if err := a.SetChannel(cmd.Context(), about); err != nil {
				return err
			}
			c, err := a.MyChannel(cmd.Context())
			if err != nil {
				return err
			}
			return s.print(c, c.Title+"  "+c.Link, toPublish)
		},
	}
	cmd.Flags().StringVar(&about.Text, "text", "", "what the channel is about")
	cmd.Flags().StringVar(&about.Poster, "poster", "", "picture of the drive that stands for it")
	cmd.Flags().BoolVar(&about.ByHand, "by-hand", false, "let in who paid only when you publish, not by itself while the wallet is unlocked")
	return cmd
}

func (s *session) channelPeriod() *cobra.Command {
	var start, end, price string
	cmd := &cobra.Command{
		Use: "period", Short: "Make a period that followers can pay for", Args: exactly(0, "no arguments"),
		RunE: func(cmd *cobra.Command, _ []string) error {
			from, err := dayOrTime(start)
			if err != nil {
				return err
			}
			to, err := dayOrTime(end)
			if err != nil {
				return err
			}
			a, err := s.unlocked(cmd.Context())
			if err != nil {
				return err
			}
			p, err := a.AddPeriod(cmd.Context(), from, to, price)
			if err != nil {
				return err
			}
			return s.print(p, periodText(p), toPublish)
		},
	}
	cmd.Flags().StringVar(&price, "price", "", "what it costs, for example 2stos")
	cmd.Flags().StringVar(&start, "from", "", "its first day, for example 2027-01-31; by default now")
	cmd.Flags().StringVar(&end, "to", "", "the day on which it is over; by default after a month")
	return cmd
}

// dayOrTime reads a day, or a time of RFC 3339; nothing is the zero time.
func dayOrTime(text string) (time.Time, error) {
	if t, err := time.Parse(time.RFC3339, text); err == nil {
		return t, nil
	}
	return day(text)
}

func (s *session) channelAdd() *cobra.Command {
	o := app.ChannelItemOptions{PosterAt: -1}
	cmd := &cobra.Command{
		Use: "add PATH|LINK", Short: "Add a file of the drive to your channel, or what a link leads to", Args: exactly(1, "a path of the drive or a link"),
		RunE: func(cmd *cobra.Command, args []string) error {
			a, err := s.unlocked(cmd.Context())
			if err != nil {
				return err
			}
			o.Progress = s.streamProgress()
			item, err := a.AddToChannel(cmd.Context(), args[0], o)
			if err != nil {
				return err
			}
			return s.print(item, channelItemText(item), toPublish)
		},
	}
	f := cmd.Flags()
	f.StringVar(&o.Title, "title", "", "what it is called; by default the name of the file")
	f.StringVar(&o.Text, "text", "", "what is said of it")
	f.StringVar(&o.Poster, "poster", "", "picture of the drive that stands for it")
	f.StringSliceVar(&o.For, "for", nil, "periods whose followers may open it, or now for those that run; by default everybody")
	f.Float64Var(&o.PosterAt, "poster-at", -1, "second of the frame that stands for a public video; by default a telling one is chosen")
	f.BoolVar(&o.Convert, "convert", false, "agree to converting what a public video cannot carry")
	return cmd
}

func (s *session) channelRemove() *cobra.Command {
	return &cobra.Command{
		Use: "remove ITEM", Short: "Take an item off your channel, named by its id or title", Args: exactly(1, "an item"),
		RunE: func(cmd *cobra.Command, args []string) error {
			a, err := s.unlocked(cmd.Context())
			if err != nil {
				return err
			}
			item, err := a.RemoveFromChannel(cmd.Context(), args[0])
			if err != nil {
				return err
			}
			return s.print(item, item.Title+" is taken off.", toPublish)
		},
	}
}

func (s *session) channelPublish() *cobra.Command {
	var fee string
	var only bool
	cmd := &cobra.Command{
		Use: "publish", Short: "Publish what was done to your channel, and let in who paid", Args: exactly(0, "no arguments"),
		RunE: func(cmd *cobra.Command, _ []string) error {
			a, err := s.unlocked(cmd.Context())
			if err != nil {
				return err
			}
			plan, err := a.PreviewChannel(cmd.Context())
			if err == nil && fee != "" {
				plan.TxPreview, err = plan.WithFee(fee)
			}
			if err != nil {
				return err
			}
			if only {
				return s.print(plan, append(previewText(plan.TxPreview), fmt.Sprintf("  Upload: %s, up to %s", humanize.Bytes(uint64(plan.Bytes)), ozone(plan.Noz)))...)
			}
			for _, line := range previewText(plan.TxPreview) {
				if !plan.Nothing {
					s.say("%s", line)
				}
			}
			done, err := a.PublishChannelUnlocked(cmd.Context(), fee)
			if err != nil {
				return err
			}
			if done.Nothing {
				return s.print(done, "There is nothing new to publish.")
			}
			return s.print(done, fmt.Sprintf("Published: %d items, %d followers let in. Transaction %s", done.Items, done.LetIn, done.Hash), "Pass this on: "+done.Link)
		},
	}
	cmd.Flags().StringVar(&fee, "fee", "", "low, normal or high; high leaves the most room")
	cmd.Flags().BoolVar(&only, "preview", false, "tell what would happen and send nothing")
	return cmd
}

func (s *session) channelStatus() *cobra.Command {
	return &cobra.Command{
		Use: "status", Short: "Show your own channel: items, periods, followers, earned", Args: exactly(0, "no arguments"),
		RunE: func(cmd *cobra.Command, _ []string) error {
			a, err := s.unlocked(cmd.Context())
			if err != nil {
				return err
			}
			c, err := a.MyChannel(cmd.Context())
			if err != nil {
				return err
			}
			return s.print(c, channelText(c)...)
		},
	}
}
