package main

import (
	"encoding/json"
	"net/http"
	"path/filepath"
	"testing"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/internal/stratos"
)

const receiver = "st1jyvtwupfrzxgendxpuc94h5n9z9277cq3e742k"

// Payments of a program or on a network that is killed in the middle happen
// once or not at all, as was reported, and the history knows which.
func TestPaymentsKilledAtAnyMoment(t *testing.T) {
	w := newCrashWorld(t)
	took := w.must("base", "send", receiver, "1stos").took
	done, unclear := 1, 0
	w.rounds(5, 40, func() {
		r := w.start("base", "send", receiver, "1stos")
		time.Sleep(w.moment(took))
		if w.rand.IntN(2) == 0 {
			r.kill()
		} else {
			w.net.Kill()
			w.net.Again()
		}
		switch r.wait().code {
		case 0:
			done++
		case 1: // reported as not done
		default:
			unclear++
		}
		took = w.again("base", "send", receiver, "1stos").took
		done++
	})
	received := w.received()
	if received < done || received > done+unclear {
		t.Errorf("%d payments were reported, %d are unclear, and %d arrived", done, unclear, received)
	}
	if noted := w.notedPayments(); noted != received {
		t.Errorf("the history knows %d payments, %d arrived", noted, received)
	}
}

// received asks the chain how many payments have arrived.
func (w *crashWorld) received() int {
	w.t.Helper()
	reply, err := http.Get(w.net.Network.REST + "/cosmos/bank/v1beta1/balances/" + receiver + "/by_denom?denom=wei")
	if err != nil {
		w.t.Fatal(err)
	}
	defer reply.Body.Close()
	var answer struct{ Balance struct{ Amount string } }
	if err := json.NewDecoder(reply.Body).Decode(&answer); err != nil {
		w.t.Fatal(err)
	}
	amount, err := stratos.ParseAmount(answer.Balance.Amount + "wei")
	if err != nil {
		w.t.Fatal(err)
	}
	n := 0
	for one := parseAmount(w.t, "1stos"); ; n++ {
		left, enough := amount.Sub(one)
		if !enough {
			return n
		}
		amount = left
	}
}

func parseAmount(t *testing.T, text string) stratos.Amount {
	t.Helper()
	a, err := stratos.ParseAmount(text)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// notedPayments counts the payments that the history calls done.
func (w *crashWorld) notedPayments() int {
	w.t.Helper()
	a, err := app.Open(app.Options{
		Home: filepath.Join(w.dir, "base"), Runtime: w.dir, Network: filepath.Join(w.dir, "net", "network.json"),
	})
	if err != nil {
		w.t.Fatal(err)
	}
	page, err := a.SearchHistory(w.t.Context(), app.HistoryQuery{Kind: "sent", Limit: 1000})
	if err != nil {
		w.t.Fatal(err)
	}
	n := 0
	for _, e := range page.Entries {
		if e.With == receiver && e.State == "done" {
			n++
		}
	}
	if err := a.Close(w.t.Context()); err != nil {
		w.t.Error(err)
	}
	return n
}
