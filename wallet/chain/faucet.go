package chain

import (
	"context"
	"fmt"
	"strings"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/internal/stratos"
)

// Credit asks the network's faucet for play money and returns the hash of the
// transaction, which is in a block then. Amount zero leaves the amount to the
// faucet. Only practice networks have one of this kind.
func (c *Client) Credit(ctx context.Context, to stratos.Address, amount stratos.Amount) (string, error) {
	if c.faucet == "" {
		return "", fault.Wrong(nil, "This network gives no STOS away. Buy some, or use the practice network.")
	}
	r, err := newREST("", []string{strings.TrimSuffix(strings.TrimRight(c.faucet, "/"), "/credit")}, c.plain, c.rest.client)
	if err != nil {
		return "", err
	}
	body := map[string]string{"address": to.String()}
	if !amount.IsZero() {
		body["amount"] = amount.String()
	}
	var reply struct {
		Hash string `json:"hash"`
	}
	if err := r.post(ctx, "/credit", body, &reply); err != nil {
		return "", fault.Say(fmt.Errorf("credit: %w", err), "The faucet did not give anything. Try again in a moment.")
	}
	return reply.Hash, nil
}
