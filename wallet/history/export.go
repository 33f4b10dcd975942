package history

import (
	"context"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"math/big"
	"strconv"
	"strings"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/stratos"
)

// Format is a format of [Log.Export].
type Format string

// Formats.
const (
	CSV  Format = "csv"
	JSON Format = "json"
)

// exported is one entry as it is written. All amounts are whole wei, so nothing
// is rounded; change_wei is signed and adds up to the balance.
type exported struct {
	Time      string `json:"time"` // RFC 3339, UTC
	Kind      Kind   `json:"kind"`
	Words     string `json:"words"`
	Direction string `json:"direction"`
	Amount    string `json:"amount_wei"`
	STOS      string `json:"amount_stos"`
	Reward    string `json:"reward_wei"`
	Fee       string `json:"fee_wei"`
	Change    string `json:"change_wei"`
	With      string `json:"with"`
	Memo      string `json:"memo"`
	State     string `json:"state"`
	Reason    string `json:"reason"`
	Noz       string `json:"noz"`
	Hash      string `json:"hash"`
	Height    int64  `json:"height"`
	Type      string `json:"type"`
}

var heads = []string{
	"time", "kind", "words", "direction", "amount_wei", "amount_stos", "reward_wei", "fee_wei", "change_wei", "with", "memo", "state", "reason",
	"noz", "hash", "height", "type",
}

func export(e Entry) exported {
	return exported{
		Time: e.Time.UTC().Format(time.RFC3339), Kind: e.Kind, Words: e.Words(), Direction: string(e.Direction),
		Amount: e.Amount.String(), STOS: e.Amount.Format(stratos.STOS), Reward: e.Reward.String(), Fee: e.Fee.String(), Change: number(e.Change),
		With: e.Counterparty, Memo: e.Memo, State: string(e.State), Reason: e.Reason, Noz: number(e.Noz), Hash: e.Hash, Height: e.Height, Type: e.Type,
	}
}

func (x exported) row() []string {
	return []string{
		x.Time, string(x.Kind), x.Words, x.Direction, x.Amount, x.STOS, x.Reward, x.Fee, x.Change, x.With, harmless(x.Memo), x.State, x.Reason,
		x.Noz, x.Hash, strconv.FormatInt(x.Height, 10), x.Type,
	}
}

// harmless keeps a table program from taking a stranger's memo for a formula.
func harmless(memo string) string {
	if memo != "" && strings.ContainsRune("=+-@\t\r", rune(memo[0])) {
		return "'" + memo
	}
	return memo
}

// exportPage is how many entries are read at a time.
const exportPage = 500

// Export writes the chosen entries of an account to w, the newest first; the
// query's limit and offset do not count. It holds few entries in memory.
func (l *Log) Export(ctx context.Context, chainID string, account stratos.Address, q Query, format Format, w io.Writer) error {
	sink, err := newSink(format, w)
	if err != nil {
		return err
	}
	q.Limit = exportPage
	for q.Offset = 0; ; q.Offset += exportPage {
		page, err := l.Find(ctx, chainID, account, q)
		if err != nil {
			return err
		}
		for _, e := range page {
			if err := sink.write(export(e)); err != nil {
				return fmt.Errorf("export history: %w", err)
			}
		}
		if len(page) < exportPage {
			break
		}
	}
	if err := sink.close(); err != nil {
		return fmt.Errorf("export history: %w", err)
	}
	return nil
}

type sink interface {
	write(exported) error
	close() error
}

func newSink(format Format, w io.Writer) (sink, error) {
	switch format {
	case CSV:
		out := csv.NewWriter(w)
		return csvSink{out}, out.Write(heads)
	case JSON:
		return &jsonSink{w: w}, nil
	}
	return nil, fmt.Errorf("export history: unknown format %q", format)
}

type csvSink struct{ w *csv.Writer }

func (s csvSink) write(x exported) error { return s.w.Write(x.row()) }

func (s csvSink) close() error {
	s.w.Flush()
	return s.w.Error()
}

// jsonSink writes one array, entry by entry.
type jsonSink struct {
	w     io.Writer
	count int
}

func (s *jsonSink) write(x exported) error {
	raw, err := json.Marshal(x)
	if err != nil {
		return err
	}
	comma := ",\n"
	if s.count == 0 {
		comma = "[\n"
	}
	s.count++
	_, err = io.WriteString(s.w, comma+string(raw))
	return err
}

func (s *jsonSink) close() error {
	end := "\n]\n"
	if s.count == 0 {
		end = "[]\n"
	}
	_, err := io.WriteString(s.w, end)
	return err
}

// Total is the sum of the changes of a list of entries, in wei.
func Total(entries []Entry) *big.Int {
	sum := new(big.Int)
	for _, e := range entries {
		if e.Change != nil && e.Height > 0 {
			sum.Add(sum, e.Change)
		}
	}
	return sum
}
