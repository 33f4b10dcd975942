// Package faucet gives away coins of the practice network over HTTP.
package faucet

import (
	"context"
	"encoding/json"
	"fmt"
	"math/big"
	"net/http"
	"strings"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/internal/stratos"
)

// Default is what one call gives unless it asks for another amount.
const Default = "1000stos"

// Source sends wei to an account and returns the hash of the transaction once
// it is in a block.
type Source interface {
	Credit(ctx context.Context, address string, wei *big.Int) (hash string, err error)
}

// Handler serves POST /credit {"address","amount"} -> {"hash"}. The amount is
// a decimal number of wei or text with a unit, such as "5stos". What cannot be
// used is answered with status 400, what failed with 502, both as
// {"error": sentence}.
func Handler(source Source) http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("POST /credit", func(w http.ResponseWriter, r *http.Request) {
		hash, err := credit(r, w, source)
		if err != nil {
			answer(w, status(err), map[string]string{"error": fault.Sentence(err)})
			return
		}
		answer(w, http.StatusOK, map[string]string{"hash": hash})
	})
	return mux
}

func credit(r *http.Request, w http.ResponseWriter, source Source) (string, error) {
	var request struct {
		Address string `json:"address"`
		Amount  string `json:"amount"`
	}
	if err := json.NewDecoder(http.MaxBytesReader(w, r.Body, 4096)).Decode(&request); err != nil {
		return "", fault.Wrong(err, `The request must be JSON with "address" and, if wished, "amount", both as text.`)
	}
	address, err := stratos.ParseAddress(request.Address)
	if err != nil {
		return "", fault.Wrong(err, "This is not a Stratos address.")
	}
	amount, err := parseAmount(request.Amount)
	if err != nil {
		return "", fault.Wrong(err, "This is not an amount; write for example 5stos.")
	}
	if amount.IsZero() {
		return "", fault.Wrong(nil, "The amount must be more than nothing.")
	}
	hash, err := source.Credit(r.Context(), address.String(), amount.Wei())
	if err != nil {
		return "", fmt.Errorf("send from the faucet: %w", err)
	}
	return hash, nil
}

// parseAmount reads wei or text with a unit; nothing is [Default].
func parseAmount(text string) (stratos.Amount, error) {
	switch {
	case text == "":
		return stratos.ParseAmount(Default)
	case strings.Trim(text, "0123456789") == "":
		return stratos.ParseWei(text)
	}
	return stratos.ParseAmount(text)
}

func status(err error) int {
	if fault.ExitCode(err) == int(fault.WrongUse) {
		return http.StatusBadRequest
	}
	return http.StatusBadGateway
}

func answer(w http.ResponseWriter, status int, body any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(body) // who asked may be gone
}
