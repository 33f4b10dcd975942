package stake

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"net/url"
	"testing"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/stratos"
	"github.com/stratosdrive/stratosdrive/wallet/chain"
	"github.com/stratosdrive/stratosdrive/wallet/message"
)

// answers is a chain that says what it is told, by path.
type answers map[string]string

func (a answers) Get(_ context.Context, path string, _ url.Values, into any) error {
	text, known := a[path]
	if !known {
		return chain.ErrNotFound
	}
	return json.Unmarshal([]byte(text), into)
}

func (a answers) Tx(_ context.Context, hash string) (*chain.Tx, error) {
	text, known := a[hash]
	if !known {
		return nil, chain.ErrNotFound
	}
	var second int64
	var amount string
	if _, err := fmt.Sscan(text, &second, &amount); err != nil {
		return nil, err
	}
	attributes := func(to string) []chain.Attribute {
		return []chain.Attribute{{Key: "receiver", Value: to}, {Key: "amount", Value: amount}}
	}
	return &chain.Tx{Hash: hash, Time: time.Unix(second, 0), Events: []chain.Event{
		{Type: "coin_received", Attributes: attributes(stratos.ModuleAddress("fee_collector").String())},
		{Type: "coin_received", Attributes: attributes(stratos.ModuleAddress("total_reward_pool").String())},
	}}, nil
}

const (
	val1  = "stvaloper1erqv6gyvfdy6g7l03rmdefkj9yy4dznqe06f3t"
	val2  = "stvaloper12nkjkz9sl3lfrx5xf72uawev23nx3vwtt487cq"
	alice = "st18yesadx3t8x3jjsygpqeqzh0j7xh2vh66945zx"
)

func chainOf() answers {
	return answers{
		"/cosmos/staking/v1beta1/validators": `{"validators":[
			{"operator_address":"` + val2 + `","consensus_pubkey":{"@type":"/cosmos.crypto.ed25519.PubKey","key":"AAAA"},"jailed":true,"status":"BOND_STATUS_UNBONDING","tokens":"100","description":{"moniker":"b"},"commission":{"commission_rates":{"rate":"0.100000000000000000"}}},
			{"operator_address":"` + val1 + `","consensus_pubkey":{"@type":"/cosmos.crypto.ed25519.PubKey","key":"7UkoxijRwsbq6QM4kFmVYSlZJzpcY/k2NsFGFKyHN9E="},"jailed":false,"status":"BOND_STATUS_BONDED","tokens":"300","description":{"moniker":"a","website":"w","details":"d"},"commission":{"commission_rates":{"rate":"0.050000000000000000"}}}],"pagination":{"next_key":null,"total":"2"}}`,
		"/cosmos/slashing/v1beta1/params":                                        `{"params":{"signed_blocks_window":"100"}}`,
		"/cosmos/base/tendermint/v1beta1/blocks/latest":                          `{"block":{"header":{"height":"1000"}}}`,
		"/cosmos/slashing/v1beta1/signing_infos":                                 `{"info":[{"address":"stvalcons1kchgvlaz7va0uck466ckgtsky825xvrcewc8g0","start_height":"0","missed_blocks_counter":"25"},{"address":"x","missed_blocks_counter":"?"}],"pagination":{}}`,
		"/cosmos/staking/v1beta1/params":                                         `{"params":{"unbonding_time":"1814400s","max_validators":100,"max_entries":7}}`,
		"/cosmos/staking/v1beta1/pool":                                           `{"pool":{"not_bonded_tokens":"1","bonded_tokens":"1000000"}}`,
		"/cosmos/staking/v1beta1/delegations/" + alice:                           `{"delegation_responses":[{"delegation":{"delegator_address":"` + alice + `","validator_address":"` + val1 + `","shares":"300.0"},"balance":{"denom":"wei","amount":"300"}},{"delegation":{"validator_address":"` + val2 + `"},"balance":{"denom":"wei","amount":"10"}}],"pagination":{"next_key":null}}`,
		"/cosmos/distribution/v1beta1/delegators/" + alice + "/rewards":          `{"rewards":[{"validator_address":"` + val1 + `","reward":[{"denom":"wei","amount":"26433501512274.999999999999999999"}]},{"validator_address":"` + val2 + `","reward":[]}],"total":[]}`,
		"/cosmos/distribution/v1beta1/delegators/" + alice + "/withdraw_address": `{"withdraw_address":"` + alice + `"}`,
		"/cosmos/staking/v1beta1/delegators/" + alice + "/redelegations":         `{"redelegation_responses":[{"redelegation":{"delegator_address":"` + alice + `","validator_src_address":"` + val1 + `","validator_dst_address":"` + val2 + `","entries":null},"entries":[{"redelegation_entry":{"creation_height":12,"completion_time":"2026-11-22T16:19:41.5Z","initial_balance":"10","shares_dst":"10.0"},"balance":"10"}]}],"pagination":null}`,
	}
}

func address(t *testing.T) stratos.Address {
	t.Helper()
	a, err := stratos.ParseAddress(alice)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func TestValidatorsAsRecorded(t *testing.T) {
	list, err := Validators(context.Background(), chainOf())
	if err != nil || len(list) != 2 {
		t.Fatalf("%+v, %v", list, err)
	}
	a, b := list[0], list[1]
	if a.Moniker != "a" || !a.Active || a.Jailed || a.Commission != 0.05 || a.Power != 1 || a.Tokens.String() != "300" || a.Address.Validator() != val1 {
		t.Errorf("%+v", a)
	}
	if b.Active || !b.Jailed || b.Power != 0 || b.Uptime != -1 {
		t.Errorf("%+v", b)
	}
	if a.consensus != "stvalcons1kchgvlaz7va0uck466ckgtsky825xvrcewc8g0" && a.Uptime != -1 {
		t.Errorf("uptime %v of %s", a.Uptime, a.consensus)
	}
	bare := chainOf()
	delete(bare, "/cosmos/slashing/v1beta1/params")
	if list, err := Validators(context.Background(), bare); err != nil || list[0].Uptime != -1 {
		t.Errorf("without the slashing module: %+v, %v", list, err)
	}
}

func TestUptime(t *testing.T) {
	a := chainOf()
	list, err := Validators(context.Background(), a)
	if err != nil {
		t.Fatal(err)
	}
	a["/cosmos/slashing/v1beta1/signing_infos"] = `{"info":[{"address":"` + list[0].consensus + `","start_height":"950","missed_blocks_counter":"10"}]}`
	if list, _ = Validators(context.Background(), a); math.Abs(list[0].Uptime-0.8) > 1e-9 {
		t.Errorf("uptime %v of 50 blocks with 10 missed", list[0].Uptime)
	}
}

// Rewards have parts of a wei, which the chain does not pay.
func TestRewardsAreFloored(t *testing.T) {
	list, err := Delegations(context.Background(), chainOf(), address(t))
	if err != nil || len(list) != 2 || list[0].Reward.String() != "26433501512274" || !list[1].Reward.IsZero() || list[0].Amount.String() != "300" {
		t.Errorf("%+v, %v", list, err)
	}
	moved, err := Redelegations(context.Background(), chainOf(), address(t))
	if err != nil || len(moved) != 1 || moved[0].Amount.String() != "10" || moved[0].To.Validator() != val2 {
		t.Errorf("%+v, %v", moved, err)
	}
	if none, err := Unbondings(context.Background(), chainOf(), address(t)); err != nil || none != nil {
		t.Errorf("%+v, %v", none, err)
	}
}

func TestClaimAndCompound(t *testing.T) {
	ctx, a := context.Background(), chainOf()
	claim, err := Claim(ctx, a, address(t))
	if err != nil || len(message.Parts(claim)) != 1 || message.Brings(claim).String() != "26433501512274" {
		t.Errorf("%+v, %v", claim, err)
	}
	compound, err := Compound(ctx, a, address(t))
	if err != nil || len(message.Parts(compound)) != 2 || compound.Spends().Cmp(message.Brings(compound)) != 0 {
		t.Errorf("%+v, %v", compound, err)
	}
	other, _ := stratos.ParseValidator(val2)
	if _, err := Claim(ctx, a, address(t), other); !errors.Is(err, chain.ErrNoReward) {
		t.Errorf("nothing due there: %v", err)
	}
}

// What stakers are paid is measured by the reports: four reports ten minutes
// apart pay three times between the first and the last. One report alone paid
// for the time since the chain began, and pay that dries up is less and less.
func TestEarningsAreMeasured(t *testing.T) {
	a, ctx := chainOf(), context.Background()
	if e, err := Measure(ctx, a, time.Unix(100, 0)); err != nil || e.Year() != 0 || e.Bonded.String() != "1000000" || e.Reports != 0 {
		t.Errorf("without reports: %+v, %v", e, err)
	}
	report := func(epoch int) {
		hash := fmt.Sprintf("R%d", epoch)
		a[fmt.Sprintf("/stratos/pot/v1/volume_report/%d", epoch)] = fmt.Sprintf(`{"report_info":{"epoch":"%d","tx_hash":"%s"}}`, epoch, hash)
		a["/stratos/pot/v1/volume_report/0"] = a[fmt.Sprintf("/stratos/pot/v1/volume_report/%d", epoch)]
		a[hash] = fmt.Sprintf("%d 16wei,3other", 600*epoch)
	}
	report(1)
	if e, err := Measure(ctx, a, time.Unix(700, 0)); err != nil || e.Year() != 0 || e.Reports != 1 {
		t.Errorf("one report, and nobody knows since when: %+v, %v", e, err)
	}
	a["/cosmos/base/tendermint/v1beta1/blocks/1"] = `{"block":{"header":{"time":"1970-01-01T00:05:00Z"}}}`
	if e, err := Measure(ctx, a, time.Unix(700, 0)); err != nil || e.Paid.String() != "16" || e.Over != 400*time.Second {
		t.Errorf("one report: %+v, %v", e, err)
	}
	for epoch := 2; epoch <= 4; epoch++ {
		report(epoch)
	}
	e, err := Measure(ctx, a, time.Unix(2900, 0))
	if err != nil || e.Paid.String() != "48" || e.Over != 30*time.Minute || e.Reports != 4 {
		t.Fatalf("%+v, %v", e, err)
	}
	if want := 48.0 / 1_000_000 * 2 * 24 * 365; math.Abs(e.Year()-want) > 1e-9 {
		t.Errorf("%v a year, want %v", e.Year(), want)
	}
	if e, err = Measure(ctx, a, time.Unix(2400+600+1800, 0)); err != nil || e.Over != time.Hour {
		t.Errorf("nothing for forty minutes: %+v, %v", e, err)
	}
}

func FuzzValidators(f *testing.F) {
	f.Add([]byte(chainOf()["/cosmos/staking/v1beta1/validators"]), []byte(`{}`))
	f.Fuzz(func(t *testing.T, validators, infos []byte) {
		a := chainOf()
		a["/cosmos/staking/v1beta1/validators"], a["/cosmos/slashing/v1beta1/signing_infos"] = string(validators), string(infos)
		list, err := Validators(context.Background(), a)
		for _, v := range list {
			if err != nil || v.Power < 0 || v.Power > 1 || v.Uptime > 1 || v.Commission < 0 || v.Commission > 1 {
				t.Fatalf("%+v, %v", v, err)
			}
		}
	})
}
