package main

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/stratosdrive/stratosdrive/internal/app"
)

// onChannel is a command about the channel of an address.
func (s *session) onChannel(use, short string, do func(ctx context.Context, a *app.App, who string) error) *cobra.Command {
	return &cobra.Command{
		Use: use + " ADDR|LINK", Short: short, Args: exactly(1, "the address of a channel"),
		RunE: func(cmd *cobra.Command, args []string) error {
			a, err := s.unlocked(cmd.Context())
			if err != nil {
				return err
			}
			return do(cmd.Context(), a, args[0])
		},
	}
}

func (s *session) channelFollow() *cobra.Command {
	return s.onChannel("follow", "Follow a channel; nobody learns of it", func(ctx context.Context, a *app.App, who string) error {
		c, err := a.FollowChannel(ctx, who)
		if err != nil {
			return err
		}
		return s.print(c, channelText(c)...)
	})
}

func (s *session) channelUnfollow() *cobra.Command {
	return s.onChannel("unfollow", "Follow a channel no more", func(ctx context.Context, a *app.App, who string) error {
		if err := a.UnfollowChannel(ctx, who); err != nil {
			return err
		}
		return s.print(map[string]string{"unfollowed": who}, "You do not follow it any more. What you paid for stays open.")
	})
}

func (s *session) channelShow() *cobra.Command {
	return s.onChannel("show", "Show a channel; what is on it counts as seen", func(ctx context.Context, a *app.App, who string) error {
		c, err := a.LookAtChannel(ctx, who)
		if err != nil {
			return err
		}
		if c.Followed {
			if err := a.NoteLooked(ctx, c.Owner, c.Changed); err != nil {
				return err
			}
		}
		return s.print(c, channelText(c)...)
	})
}

func (s *session) channelList() *cobra.Command {
	return &cobra.Command{
		Use: "list", Short: "Show the channels that you follow, and what is new on them", Args: exactly(0, "no arguments"),
		RunE: func(cmd *cobra.Command, _ []string) error {
			a, err := s.unlocked(cmd.Context())
			if err != nil {
				return err
			}
			news, err := a.Channels(cmd.Context())
			if err != nil {
				return err
			}
			var text []string
			for _, c := range news.Channels {
				text = append(text, fmt.Sprintf("%s  %s  %d items, %d new", c.Owner, c.Title, len(c.Items), c.New))
				if c.Problem != "" {
					text = append(text, "  "+c.Problem)
				}
			}
			for _, i := range news.Items {
				if i.New {
					text = append(text, "new  "+i.Channel+": "+channelItemText(i))
				}
			}
			return s.print(news, text...)
		},
	}
}

func (s *session) channelSubscribe() *cobra.Command {
	return s.transactionCommand(transaction{
		use: "subscribe ADDR|LINK PERIOD", short: "Pay for a period of a channel; the creator's app lets you in when it is next online",
		args: exactly(2, "the address of a channel and a period"),
		preview: func(ctx context.Context, a *app.App, args []string) (app.TxPreview, error) {
			return a.PreviewSubscribe(ctx, args[0], args[1])
		},
		done: "Paid. You are let in when the creator's app is next online; until then you wait.",
	})
}

func (s *session) channelPlay() *cobra.Command {
	return s.player("play ADDR|LINK ITEM", "Play an item of a channel, named by its id or title", exactly(2, "a channel and an item"),
		func(cmd *cobra.Command, args []string) (*app.App, string, error) {
			a, err := s.unlocked(cmd.Context())
			if err != nil {
				return a, "", err
			}
			link, _, err := a.ChannelItemLink(cmd.Context(), args[0], args[1])
			return a, link, err
		})
}

func (s *session) channelSave() *cobra.Command {
	return &cobra.Command{
		Use: "save ADDR|LINK ITEM [TO]", Short: "Save an item of a channel, named by its id or title", Args: between(2, 3, "a channel, an item and where to save it"),
		RunE: func(cmd *cobra.Command, args []string) error {
			a, err := s.unlocked(cmd.Context())
			if err != nil {
				return err
			}
			link, _, err := a.ChannelItemLink(cmd.Context(), args[0], args[1])
			if err != nil {
				return err
			}
			got, err := a.Get(cmd.Context(), link, app.GetOptions{To: append(args, "")[2], Progress: s.progress("Saving")})
			if err != nil {
				return err
			}
			return s.print(got, "Saved as "+got.Path)
		},
	}
}
