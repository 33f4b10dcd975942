package node

import (
	"context"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"net/url"
	"testing"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/stratos"
	"github.com/stratosdrive/stratosdrive/wallet/chain"
	"github.com/stratosdrive/stratosdrive/wallet/reports"
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

// A public key is shown in three forms by programs of nodes.
func TestKeysOfNodes(t *testing.T) {
	raw := make([]byte, 32)
	for i := range raw {
		raw[i] = byte(i)
	}
	for _, text := range []string{stratos.EncodeBech32(stratos.PrefixNodeKey, raw), hex.EncodeToString(raw), " " + base64.StdEncoding.EncodeToString(raw)} {
		if key, err := ParseKey(text); err != nil || string(key) != string(raw) {
			t.Errorf("%s: %x, %v", text, key, err)
		}
	}
	for _, text := range []string{"", rn1, bob, stratos.EncodeBech32(stratos.PrefixNodeKey, raw[:31]), hex.EncodeToString(raw[1:])} {
		if key, err := ParseKey(text); err == nil {
			t.Errorf("%s: %x", text, key)
		}
	}
}

func FuzzKey(f *testing.F) {
	f.Add("stsdspub1qqqsyqcyq5rqwzqfpg9scrgwpugpzysnzs23v9ccrydpk8qarc0s3yzml2")
	f.Fuzz(func(t *testing.T, text string) {
		if key, err := ParseKey(text); err == nil && len(key) != 32 {
			t.Fatalf("%x", key)
		}
	})
}

// A reward of epoch n matures with the first report of epoch n+2016; the first
// ones are told, with about the time, and when all of it is mature.
func TestWhenRewardsMature(t *testing.T) {
	owner, err := stratos.ParseAddress(bob)
	if err != nil {
		t.Fatal(err)
	}
	now := time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)
	last := []reports.Report{{Epoch: 3000, Time: now.Add(-time.Minute)}, {Epoch: 2998, Time: now.Add(-21 * time.Minute)}}
	path := "/stratos/pot/v1/rewards/wallet/" + bob + "/epoch/"
	a := answers{
		"/stratos/pot/v1/params": `{"params":{"mature_epoch":"2016"}}`,
		path + "985":             `{"rewards":[{"reward_from_mining_pool":[{"denom":"wei","amount":"40"}],"reward_from_traffic_pool":[{"denom":"wei","amount":"2"}]}]}`,
		path + "986":             `{"rewards":[]}`, path + "987": `{}`, path + "988": `{}`, path + "989": `{}`, path + "990": `{}`,
		path + "991": `{}`, path + "992": `{"rewards":[{"reward_from_mining_pool":[{"denom":"wei","amount":"5"}]}]}`,
	}
	r, err := Maturing(t.Context(), a, owner, last, now)
	if err != nil || len(r.Next) != 2 || r.After != 2016 || r.Every != 10*time.Minute {
		t.Fatalf("%+v, %v", r, err)
	}
	if n := r.Next[0]; n.Until != 3001 || n.Amount.String() != "42" || !n.At.Equal(now.Add(9*time.Minute)) {
		t.Errorf("%+v", n)
	}
	if !r.All.Equal(last[0].Time.Add(2016 * 10 * time.Minute)) {
		t.Errorf("all of it on %v", r.All)
	}
	if r, err = Maturing(t.Context(), a, owner, last[:1], now); err != nil || !r.All.IsZero() || !r.Next[0].At.IsZero() {
		t.Errorf("one report says nothing of the time between two: %+v, %v", r, err)
	}
	last[0].Time, last[1].Time = now.Add(-time.Hour), now.Add(-2*time.Hour)
	if r, err = Maturing(t.Context(), a, owner, last, now); err != nil || r.Next[0].At.Before(now) {
		t.Errorf("it matures in the past: %+v, %v", r, err)
	}
}
