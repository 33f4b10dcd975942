package main

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/dustin/go-humanize"
	"github.com/dustin/go-humanize/english"
	"github.com/spf13/cobra"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/internal/fault"
)

func (s *session) statsCommand() *cobra.Command {
	var watch bool
	var every, course time.Duration
	cmd := &cobra.Command{
		Use: "stats", Short: "Show the figures of the network: what is stored, nodes, traffic, ozone, blocks and STOS", Args: exactly(0, "no arguments"),
		RunE: func(cmd *cobra.Command, _ []string) error {
			if every < time.Second || course < 0 {
				return fault.Wrong(nil, "The figures can be read every second at most, and shown of a time in the past.")
			}
			a, err := s.open()
			if err != nil {
				return err
			}
			if course > 0 {
				return s.printCourse(cmd.Context(), a, course)
			}
			if !watch {
				return s.printStats(cmd.Context(), a)
			}
			return s.watchStats(cmd.Context(), a, every)
		},
	}
	cmd.Flags().BoolVar(&watch, "watch", false, "show them again and again until it is interrupted")
	cmd.Flags().DurationVar(&every, "every", 5*time.Second, "how often, with --watch")
	cmd.Flags().DurationVar(&course, "course", 0, "what was kept here over so long, such as 24h, instead of the figures now")
	return cmd
}

func (s *session) printStats(ctx context.Context, a *app.App) error {
	f, err := a.NetworkFigures(ctx)
	if err != nil {
		return err
	}
	return s.print(f, statsText(f)...)
}

// watchStats prints the figures until it is interrupted, which is how it ends.
func (s *session) watchStats(ctx context.Context, a *app.App, every time.Duration) error {
	tick := time.NewTicker(every)
	defer tick.Stop()
	for {
		if err := s.printStats(ctx, a); err != nil && ctx.Err() == nil {
			return err
		}
		select {
		case <-ctx.Done():
			return nil
		case <-tick.C:
			if !s.flags.json {
				fmt.Fprintln(s.io.out)
			}
		}
	}
}

func (s *session) printCourse(ctx context.Context, a *app.App, course time.Duration) error {
	points, err := a.NetworkCourse(ctx, time.Now().Add(-course))
	if err != nil {
		return err
	}
	text := []string{}
	for _, p := range points {
		text = append(text, fmt.Sprintf("%s  block %s, files %s, nodes in service %s", moment(p.At),
			orUnknown(p.Values["height"]), orUnknown(p.Values["files"]), orUnknown(p.Values["nodes"])))
	}
	if len(text) == 0 {
		text = []string{"Nothing was kept in this time. Figures are kept whenever they are read, and while the window is open."}
	}
	return s.print(map[string]any{"points": points}, text...)
}

func orUnknown(value string) string {
	if value == "" {
		return "?"
	}
	return value
}

// statsText says all figures, a line for each.
func statsText(f app.NetworkFigures) []string {
	text := []string{fmt.Sprintf("%-13s  %s", "Network", f.Network+" ("+f.ChainID+")")}
	add := func(label, format string, args ...any) {
		text = append(text, fmt.Sprintf("%-13s  ", label)+fmt.Sprintf(format, args...))
	}
	if f.Storage != nil {
		storageText(*f.Storage, add)
	}
	if o := f.Ozone; o != nil {
		add("Ozone", "1,000 ozone cost %s; %s sold, %s left", stos(o.Per1000), ozone(o.Sold), ozone(o.Left))
	}
	if c := f.Chain; c != nil {
		add("Blocks", "%s, made %s", humanize.Comma(c.Height), moment(c.BlockTime))
		add("Validators", "%d of %d online%s", c.Online, len(c.Validators), offline(c.Validators))
		if !c.NodesUnknown {
			add("Registered", "storage nodes %d, meta nodes %d", c.StorageNodes, c.MetaNodes)
		}
	}
	if m := f.Money; m != nil {
		add("Supply", "%s, circulating %s", stos(m.Supply), stos(m.Circulating))
		add("Mined", "%s", stos(m.Mined))
		add("Staked", "%s, deposits of nodes %s", stos(m.Staked), stos(m.Deposits))
		if m.Value != "" {
			add("Worth", "%s, one STOS %s", m.Value, m.Price)
		}
	}
	if words := notPublished(f.NotPublished); words != "" {
		add("Not published", "%s", words)
	}
	return append(text, f.Problems...)
}

func storageText(s app.StorageFigures, add func(label, format string, args ...any)) {
	add("Stored", "%s of %s, %s %s, %s %s", size(s.Used), size(s.Capacity),
		humanize.Comma(s.Files), english.PluralWord(int(s.Files), "file", ""), humanize.Comma(s.Slices), english.PluralWord(int(s.Slices), "slice", ""))
	parts := []string{}
	for _, t := range s.Tiers {
		parts = append(parts, fmt.Sprintf("%d of tier %d", t.Nodes, t.Tier))
	}
	for _, o := range s.Out {
		parts = append(parts, fmt.Sprintf("%d out of service: %s", o.Nodes, outWords[o.Why]))
	}
	add("Nodes", "%d in service%s", s.Serving, inBrackets(parts))
	add("Traffic", "%s in the last hour, %s a second now", size(s.Hour), size(s.PerSecond))
	parts = nil
	for _, c := range s.Copies {
		parts = append(parts, fmt.Sprintf("%s with %d copies", humanize.Comma(c.Slices), c.Copies))
	}
	add("Copies", "%s, %d wanted%s", s.Health, s.Replicas, inBrackets(parts))
	add("Repairs", "%d copies to make, %s copied in the last hour", s.RepairsWaiting, size(s.Repaired))
}

// outWords say why a node is out of service.
var outWords = map[string]string{"slow": "slow or failing", "off": "switched off", "gone": "its folder is gone"}

func offline(list []app.NetworkValidator) string {
	parts := []string{}
	for _, v := range list {
		if !v.Online {
			parts = append(parts, v.Name)
		}
	}
	if len(parts) == 0 {
		return ""
	}
	return ", not " + strings.Join(parts, ", ")
}

func inBrackets(parts []string) string {
	if len(parts) == 0 {
		return ""
	}
	return " (" + strings.Join(parts, ", ") + ")"
}

// notPublished says what a network does not tell.
func notPublished(keys []string) string {
	words := map[string]string{
		"stored": "how much is stored and fits", "files": "how many files there are", "nodes": "which nodes are online",
		"traffic": "the traffic", "copies": "how many copies there are",
	}
	parts := make([]string, len(keys))
	for i, k := range keys {
		parts[i] = words[k]
	}
	return strings.Join(parts, "; ")
}
