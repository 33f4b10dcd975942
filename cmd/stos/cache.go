package main

import (
	"fmt"

	"github.com/dustin/go-humanize"
	"github.com/spf13/cobra"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/internal/fault"
)

func (s *session) cacheCommand() *cobra.Command {
	var limit string
	cmd := &cobra.Command{
		Use: "cache", Short: "Show what fetched content takes on this disk, or set what it may take", Args: exactly(0, "no arguments"),
		RunE: func(cmd *cobra.Command, _ []string) error {
			a, err := s.open()
			if err != nil {
				return err
			}
			if cmd.Flags().Changed("limit") {
				if err := setCache(a, limit); err != nil {
					return err
				}
			}
			c, err := a.Cache()
			if err != nil {
				return err
			}
			return s.print(c, fmt.Sprintf("Fetched content takes %s of %s.", humanize.Bytes(uint64(c.Used)), humanize.Bytes(uint64(c.Limit))))
		},
	}
	cmd.Flags().StringVar(&limit, "limit", "", "what it may take, like 2GB; usual for 4 GiB")
	return cmd
}

func setCache(a *app.App, limit string) error {
	if limit == "usual" {
		return a.SetCacheLimit(0)
	}
	n, err := humanize.ParseBytes(limit)
	if err != nil || n == 0 || n > 1<<60 {
		return fault.Wrong(err, "The limit is a size like 2GB.")
	}
	return a.SetCacheLimit(int64(n))
}
