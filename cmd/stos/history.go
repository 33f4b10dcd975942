package main

import (
	"fmt"
	"io"
	"os"
	"time"

	"github.com/spf13/cobra"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/internal/fault"
)

func (s *session) historyCommand() *cobra.Command {
	var q app.HistoryQuery
	var from, until, export, to string
	cmd := &cobra.Command{
		Use: "history [WORDS]", Short: "Show, search or export the transactions of the wallet", Args: between(0, 1, "at most the words to look for"),
		RunE: func(cmd *cobra.Command, args []string) error {
			q.Text = append(args, "")[0]
			var err error
			if q.From, err = day(from); err != nil {
				return err
			}
			if q.Until, err = day(until); err != nil {
				return err
			}
			a, err := s.open()
			if err != nil {
				return err
			}
			if export != "" {
				return s.exportHistory(cmd, a, q, export, to)
			}
			page, err := a.SearchHistory(cmd.Context(), q)
			if err != nil {
				return err
			}
			return s.print(page, historyText(page)...)
		},
	}
	f := cmd.Flags()
	f.StringVar(&q.Kind, "kind", "", "sent, received, ozone, stake, vote, node or other")
	f.StringVar(&from, "from", "", "first day, for example 2026-01-31")
	f.StringVar(&until, "until", "", "day after the last one")
	f.IntVar(&q.Limit, "limit", 50, "how many at most")
	f.IntVar(&q.Offset, "offset", 0, "how many of the newest to leave out")
	f.StringVar(&export, "export", "", "csv or json: write everything that was found, exact to the wei")
	f.StringVarP(&to, "output", "o", "", "file for --export; standard output if not given")
	return cmd
}

func day(text string) (time.Time, error) {
	if text == "" {
		return time.Time{}, nil
	}
	t, err := time.ParseInLocation(time.DateOnly, text, time.Local)
	if err != nil {
		return t, fault.Wrong(err, "%q is not a day. Write for example 2026-01-31.", text)
	}
	return t, nil
}

func historyText(page app.HistoryPage) []string {
	text := []string{}
	for _, e := range page.Entries {
		sign := "-"
		if e.Incoming {
			sign = "+"
		}
		line := fmt.Sprintf("%s  %s", e.Time.Local().Format(time.DateTime), e.Words)
		if !e.Amount.IsZero() {
			line += "  " + sign + stos(e.Amount)
		}
		if e.With != "" {
			line += "  " + e.With
		}
		if e.State != "done" {
			line += "  (" + e.State + ")"
		}
		text = append(text, line)
	}
	if len(page.Entries) < page.Total {
		text = append(text, fmt.Sprintf("%d of %d.", len(page.Entries), page.Total))
	}
	if page.Total == 0 {
		text = append(text, "Nothing was found.")
	}
	if page.Problem != "" {
		text = append(text, page.Problem)
	}
	return text
}

// exportHistory writes to a new file, or to standard output; the result of the
// command is the export itself then.
func (s *session) exportHistory(cmd *cobra.Command, a *app.App, q app.HistoryQuery, format, to string) error {
	if to == "" {
		return a.ExportHistory(cmd.Context(), q, format, s.io.out)
	}
	if err := writeNew(to, func(w io.Writer) error { return a.ExportHistory(cmd.Context(), q, format, w) }); err != nil {
		return err
	}
	return s.print(map[string]string{"path": to}, "Wrote "+to+".")
}

// writeNew lets fill write a file that must not exist, for its owner only. What
// fails leaves none.
func writeNew(path string, fill func(io.Writer) error) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return fault.Wrong(err, "%s cannot be written, or is there already. Nothing was written.", path)
	}
	err = fill(f)
	if cerr := f.Close(); err == nil {
		err = cerr
	}
	if err != nil {
		_ = os.Remove(path) // half of it is of no use
	}
	return err
}
