package app

import (
	"encoding/csv"
	"fmt"
	"io"
	"strconv"
	"time"
)

// WriteTable writes a row for each thing and day, as CSV with a first row of
// names.
func (p Plays) WriteTable(w io.Writer) error {
	rows := [][]string{{"day", "name", "plays", "ends", "bytes"}}
	whole := func(n int64) string { return strconv.FormatInt(n, 10) }
	for _, it := range p.Items {
		for _, d := range it.Days {
			rows = append(rows, []string{d.Day.Format(time.DateOnly), it.Name, whole(d.Plays), whole(d.Ends), whole(d.Bytes)})
		}
	}
	if err := csv.NewWriter(w).WriteAll(rows); err != nil {
		return fmt.Errorf("write the table: %w", err)
	}
	return nil
}
