package main

import (
	"fmt"
	"strings"
	"time"

	"github.com/dustin/go-humanize"

	"github.com/stratosdrive/stratosdrive/internal/app"
)

// channelText is a channel in words.
func channelText(c app.ChannelInfo) []string {
	text := []string{c.Title + "  " + c.Link}
	if c.Text != "" {
		text = append(text, c.Text)
	}
	if c.Problem != "" {
		text = append(text, "Please note: "+c.Problem)
	}
	if c.Own {
		text = append(text, ownText(c)...)
	}
	for _, p := range c.Periods {
		text = append(text, periodText(p))
	}
	for _, i := range c.Items {
		text = append(text, channelItemText(i))
	}
	return text
}

func ownText(c app.ChannelInfo) []string {
	text := []string{fmt.Sprintf("Followers who paid: %d, altogether %s", c.Followers, stos(c.Earned))}
	if c.Waiting > 0 {
		text = append(text, fmt.Sprintf("Waiting to be let in: %d. Let them in with: stos channel publish", c.Waiting))
	}
	if c.Changes > 0 {
		text = append(text, fmt.Sprintf("Changes not published yet: %d. Publish them with: stos channel publish", c.Changes))
	}
	return text
}

// periodText is a period on one line.
func periodText(p app.ChannelPeriod) string {
	text := fmt.Sprintf("period %s  %s to %s  %s  %d items", p.ID, p.From.Local().Format(time.DateOnly), p.To.Local().Format(time.DateOnly), stos(p.Price), p.Items)
	switch {
	case p.Draft:
		text += "  not published yet"
	case p.State == app.AwaitsCreator:
		text += "  paid, waiting for the creator"
	case p.State == app.AwaitsUnlock:
		text += "  paid, unlock the wallet to open it"
	case p.State == app.PeriodOpen:
		text += "  open"
	case p.Payers > 0:
		text += fmt.Sprintf("  %d paid", p.Payers)
	}
	return text
}

// channelItemText is an item on one line.
func channelItemText(i app.ChannelItem) string {
	parts := []string{i.ID, i.Kind, i.Title}
	if i.Bytes > 0 {
		parts = append(parts, humanize.Bytes(uint64(i.Bytes)))
	}
	if i.Seconds > 0 {
		parts = append(parts, (time.Duration(i.Seconds) * time.Second).String())
	}
	switch {
	case i.Draft:
		parts = append(parts, "not published yet")
	case !i.Open:
		parts = append(parts, "for subscribers")
	}
	return strings.Join(parts, "  ")
}
