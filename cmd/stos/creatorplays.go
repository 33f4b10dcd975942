package main

import (
	"fmt"

	"github.com/dustin/go-humanize"
	"github.com/spf13/cobra"

	"github.com/stratosdrive/stratosdrive/internal/app"
)

func (s *session) creatorPlays() *cobra.Command {
	var table string
	cmd := &cobra.Command{
		Use: "plays", Short: "Show how often published files were played, by day and by place, and what may come", Args: exactly(0, "no arguments"),
		Long: "Shows how often others played what this wallet published: plays, how many came to the end, what they\n" +
			"paid for, and where they left. Nobody who watched is named anywhere. With --csv the counts of each day\n" +
			"go to a file as a table.",
		RunE: func(cmd *cobra.Command, _ []string) error {
			a, err := s.unlocked(cmd.Context())
			if err != nil {
				return err
			}
			p, err := a.Plays(cmd.Context())
			if err != nil {
				return err
			}
			if table != "" {
				return s.exportPlays(p, table)
			}
			return s.print(p, playsText(p)...)
		},
	}
	cmd.Flags().StringVar(&table, "csv", "", "write the counts of each day to this file; - is standard output")
	return cmd
}

func playsText(p app.Plays) []string {
	if !p.Published {
		return []string{"This network does not publish how often files are played."}
	}
	if len(p.Items) == 0 {
		return []string{"Nothing is published yet. Make a link with: stos publish, or stos share"}
	}
	text := append([]string{"All: " + countText(p.Total)}, earnedText(p.Money)...)
	if f := p.Forecast; f != nil {
		text = append(text, fmt.Sprintf("The next %d days may bring %s plays (%s to %s) and %s (%s to %s).", f.Days,
			humanize.Comma(f.Plays.Likely), humanize.Comma(f.Plays.Low), humanize.Comma(f.Plays.High),
			humanize.Bytes(uint64(f.Bytes.Likely)), humanize.Bytes(uint64(f.Bytes.Low)), humanize.Bytes(uint64(f.Bytes.High))))
	}
	for _, it := range p.Items {
		text = append(text, "", it.Name+": "+countText(it.PlayCount)+", paid for by "+count(int(it.Payers), "wallet"))
		text = append(text, earnedText(it.Money)...)
		if places := stayText(it.Retention); places != "" {
			text = append(text, "  Still there at   "+places)
		}
		for _, l := range it.Links {
			text = append(text, fmt.Sprintf("  %-16s %s by %s", l.State, count(int(l.Plays), "play"), l.Link))
		}
		if words := adviceText(it); words != "" {
			text = append(text, "  "+words)
		}
	}
	return text
}

func countText(c app.PlayCount) string {
	return fmt.Sprintf("%s, %s to the end, %s", count(int(c.Plays), "play"), humanize.Comma(c.Ends), humanize.Bytes(uint64(c.Bytes)))
}

// earnedText tells what publishing brought and took.
func earnedText(m *app.PlaysMoney) []string {
	if m == nil {
		return nil
	}
	left, loses := m.Loses()
	word := "which leaves "
	if loses {
		word = "which is a loss of "
	}
	return []string{"  Earned " + stos(m.Earned) + ", storing took about " + stos(m.Cost) + ", " + word + stos(left)}
}

// stayText tells how many were still there at five places.
func stayText(retention []float64) (text string) {
	if len(retention) < 2 {
		return ""
	}
	for i := range 5 {
		at := float64(i) / 4
		text += fmt.Sprintf("%3.0f%%: %.0f%%  ", 100*at, 100*retention[int(at*float64(len(retention)-1))])
	}
	return text
}

func adviceText(it app.ItemPlays) string {
	switch it.Advice {
	case app.AdviceShare:
		return "Nobody has played it yet: send its link to people who may like it."
	case app.AdviceBeginning:
		return "Many leave near the beginning: start with what people came for."
	case app.AdviceMiddle:
		return fmt.Sprintf("Many leave at about %.0f %% of it: look what happens there.", 100*it.At)
	case app.AdviceMore:
		return "Most see it to the end: they may want more of it."
	case app.AdviceRevive:
		return "It was not played for two weeks: show its link again."
	}
	return ""
}

// exportPlays writes a row for each thing and day.
func (s *session) exportPlays(p app.Plays, to string) error {
	if to == "-" {
		return p.WriteTable(s.io.out)
	}
	if err := writeNew(to, p.WriteTable); err != nil {
		return err
	}
	return s.print(map[string]string{"path": to}, "Wrote "+to+".")
}
