package node

import (
	"context"
	"encoding/json"
	"errors"
	"net/url"
	"testing"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/stratos"
	"github.com/stratosdrive/stratosdrive/wallet/chain"
)

type answers map[string]string

func (a answers) Get(_ context.Context, path string, _ url.Values, into any) error {
	text, known := a[path]
	if !known {
		return chain.ErrNotFound
	}
	return json.Unmarshal([]byte(text), into)
}

const (
	rn1 = "stsds1kchgvlaz7va0uck466ckgtsky825xvrc5r590k"
	bob = "st1jyvtwupfrzxgendxpuc94h5n9z9277cq3e742k"
	own = `{"network_address":"` + rn1 + `","suspend":true,"status":"BOND_STATUS_UNBONDED","tokens":"5000000000000000000","owner_address":"` + bob + `",
		"description":{"moniker":"rn1"},"creation_time":"2026-11-22T16:00:00.1Z","node_type":7`
)

func TestNodesAsRecorded(t *testing.T) {
	ctx := context.Background()
	owner, err := stratos.ParseAddress(bob)
	if err != nil {
		t.Fatal(err)
	}
	a := answers{
		"/stratos/register/v1/deposit_by_owner/" + bob: `{"deposit_infos":[` + own + `,"un_bonding_deposit":{"denom":"wei","amount":"3"}}],"pagination":{"next_key":null}}`,
		"/stratos/register/v1/resource_node/" + rn1:    `{"node":` + own + `,"effective_tokens":"0","beneficiary_address":"` + bob + `"}}`,
		"/stratos/pot/v1/rewards/wallet/" + bob:        `{"rewards":{"wallet_address":"","mature_total_reward":[{"denom":"wei","amount":"12"}],"immature_total_reward":[]}}`,
		"/stratos/pot/v1/slashing/" + bob:              `{"slashing":"7"}`,
		"/stratos/register/v1/params":                  `{"params":{"unbonding_threashold_time":"15552000s","unbonding_completion_time":"1209600s","resource_node_reg_enabled":true,"resource_node_min_deposit":{"denom":"wei","amount":"1000000000000000000"}}}`,
	}
	list, err := Owned(ctx, a, owner)
	if err != nil || len(list) != 1 {
		t.Fatalf("%+v, %v", list, err)
	}
	if n := list[0]; n.Address.String() != rn1 || n.State != Waiting || n.PaidTo != owner || n.Returning.String() != "3" || n.Kinds != 7 || n.Created.IsZero() {
		t.Errorf("%+v", n)
	}
	r, err := ReadRewards(ctx, a, owner)
	if err != nil || r.Mature.String() != "12" || !r.Immature.IsZero() || r.Slashed.String() != "7" {
		t.Errorf("%+v, %v", r, err)
	}
	rules, err := ReadRules(ctx, a)
	if err != nil || !rules.Open || rules.MinDeposit.Format(stratos.STOS) != "1" {
		t.Errorf("%+v, %v", rules, err)
	}
	now := time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC)
	if back := rules.Back(now, now); back.Sub(now) != 194*24*time.Hour {
		t.Errorf("a new node's deposit is back after %v", back.Sub(now))
	}
	if back := rules.Back(now.AddDate(-1, 0, 0), now); back.Sub(now) != 14*24*time.Hour {
		t.Errorf("an old node's deposit is back after %v", back.Sub(now))
	}
	if _, err := Read(ctx, a, stratos.NodeAddress{1}); !errors.Is(err, chain.ErrNotFound) {
		t.Errorf("%v", err)
	}
}

func TestStates(t *testing.T) {
	one := stratos.WeiAmount(1)
	for _, c := range []struct {
		status    string
		suspended bool
		effective stratos.Amount
		want      State
	}{
		{"BOND_STATUS_BONDED", false, one, Active},
		{"BOND_STATUS_BONDED", true, one, Suspended},
		{"BOND_STATUS_BONDED", true, stratos.Amount{}, Waiting},
		{"BOND_STATUS_UNBONDED", true, stratos.Amount{}, Waiting},
		{"BOND_STATUS_UNBONDING", true, one, Unbonding},
		{"BOND_STATUS_UNBONDED", false, stratos.Amount{}, Gone},
	} {
		if got := stateOf(c.status, c.suspended, c.effective); got != c.want {
			t.Errorf("%s, suspended %v: %s, want %s", c.status, c.suspended, got, c.want)
		}
	}
}

func FuzzNode(f *testing.F) {
	f.Add([]byte(own + `}`))
	f.Fuzz(func(t *testing.T, raw []byte) {
		var j nodeJSON
		if json.Unmarshal(raw, &j) != nil {
			return
		}
		if n, err := j.read(); err == nil && n.State == "" {
			t.Fatalf("%+v", n)
		}
	})
}
