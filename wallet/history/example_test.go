package history_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/stratos"
	"github.com/stratosdrive/stratosdrive/wallet/chain"
	"github.com/stratosdrive/stratosdrive/wallet/history"
	"github.com/stratosdrive/stratosdrive/wallet/message"
)

// A payment is in the history before it is sent, and stays open until the chain
// tells what became of it.
func Example() {
	ctx := context.Background()
	dir, err := os.MkdirTemp("", "history")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer os.RemoveAll(dir)
	log, err := history.Open(ctx, filepath.Join(dir, "history.db"))
	if err != nil {
		fmt.Println(err)
		return
	}
	defer log.Close()
	self, other := stratos.Address{1}, stratos.Address{2}
	amount, _ := stratos.ParseDecimal("2", stratos.STOS)
	err = log.Sending(ctx, chain.Sent{
		ChainID: "stratos-local-1", Hash: "A1", From: self, Sequence: 7, Timeout: 50, Time: time.Unix(1_800_000_000, 0),
		Message: message.Transfer{From: self, To: other, Amount: amount},
	})
	fmt.Println("logged:", err)
	open, err := log.Pending(ctx, "stratos-local-1", self)
	fmt.Println("open:", len(open), err)
	err = log.Settled(ctx, "A1", chain.Outcome{State: chain.Done, Height: 12, Time: time.Unix(1_800_000_005, 0)})
	fmt.Println("settled:", err)
	entries, err := log.List(ctx, "stratos-local-1", self, 10, 0)
	fmt.Println(entries[0].Kind, entries[0].Amount.Format(stratos.STOS), entries[0].State, err)
	// Output:
	// logged: <nil>
	// open: 1 <nil>
	// settled: <nil>
	// sent 2 done <nil>
}
