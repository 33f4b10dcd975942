package gov

import (
	"context"
	"encoding/json"
	"errors"
	"net/url"
	"testing"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/stratos"
	"github.com/stratosdrive/stratosdrive/wallet/chain"
	"github.com/stratosdrive/stratosdrive/wallet/message"
)

type answers map[string]string

func (a answers) Get(_ context.Context, path string, _ url.Values, into any) error {
	text, known := a[path]
	if !known {
		return chain.ErrNotFound
	}
	return json.Unmarshal([]byte(text), into)
}

const first = `{"id":"1","messages":[],"status":"PROPOSAL_STATUS_VOTING_PERIOD","final_tally_result":{"yes_count":"0","abstain_count":"0","no_count":"0","no_with_veto_count":"0"},
	"submit_time":"2026-11-22T16:00:00Z","deposit_end_time":"2026-11-22T17:00:00Z","total_deposit":[{"denom":"wei","amount":"100000000000000000000"}],
	"voting_start_time":"2026-11-22T16:00:00Z","voting_end_time":"2026-11-22T18:00:00.5Z","metadata":"ipfs://x","title":"t","summary":"s","proposer":""}`

func TestProposalsAsRecorded(t *testing.T) {
	a := answers{
		"/cosmos/gov/v1/proposals":         `{"proposals":[{"id":"2","messages":[{"@type":"/stratos.pot.v1.MsgUpdateParams"}],"status":"PROPOSAL_STATUS_DEPOSIT_PERIOD","final_tally_result":null,"deposit_end_time":"2026-11-22T17:00:00Z","total_deposit":[],"voting_end_time":null},` + first + `],"pagination":{"next_key":null,"total":"2"}}`,
		"/cosmos/gov/v1/proposals/1/tally": `{"tally":{"yes_count":"600","abstain_count":"100","no_count":"200","no_with_veto_count":"100"}}`,
		"/cosmos/gov/v1/proposals/1":       `{"proposal":` + first + `}`,
	}
	list, err := Proposals(context.Background(), a)
	if err != nil || len(list) != 2 {
		t.Fatalf("%+v, %v", list, err)
	}
	if p := list[0]; p.ID != 2 || p.State != Depositing || len(p.Types) != 1 || p.Ends.Hour() != 17 || !p.Deposit.IsZero() {
		t.Errorf("%+v", p)
	}
	p := list[1]
	if p.State != Voting || p.Title != "t" || p.Ends.Sub(time.Date(2026, 11, 22, 18, 0, 0, 0, time.UTC)) != 500*time.Millisecond || p.Tally.Yes.String() != "600" {
		t.Errorf("%+v", p)
	}
	if parts := p.Tally.Parts(); parts[message.Yes] != 0.6 || parts[message.Veto] != 0.1 {
		t.Errorf("parts %v", parts)
	}
	if one, err := Read(context.Background(), a, 1); err != nil || one.Tally.No.String() != "200" {
		t.Errorf("%+v, %v", one, err)
	}
	if _, err := Read(context.Background(), a, 7); !errors.Is(err, chain.ErrNotFound) {
		t.Errorf("%v", err)
	}
	if len((Tally{}).Parts()) != 0 {
		t.Error("parts of no votes")
	}
}

func TestVoteAsRecorded(t *testing.T) {
	voter := stratos.Address{1}
	path := "/cosmos/gov/v1/proposals/1/votes/" + voter.String()
	a := answers{path: `{"vote":{"options":[{"option":"VOTE_OPTION_YES","weight":"0.600000000000000000"},{"option":"VOTE_OPTION_NO_WITH_VETO","weight":"0.400000000000000000"}]}}`}
	shares, err := Vote(context.Background(), a, 1, voter)
	if err != nil || len(shares) != 2 || shares[0] != (message.Share{Option: message.Yes, BasisPoints: 6000}) || shares[1].Option != message.Veto {
		t.Errorf("%v, %v", shares, err)
	}
	a[path] = `{"vote":{"options":[{"option":"VOTE_OPTION_MAYBE","weight":"1"}]}}`
	if _, err := Vote(context.Background(), a, 1, voter); err == nil {
		t.Error("an unknown answer was read")
	}
}

func FuzzProposal(f *testing.F) {
	f.Add([]byte(first))
	f.Fuzz(func(t *testing.T, raw []byte) {
		a := answers{"/cosmos/gov/v1/proposals/1": `{"proposal":` + string(raw) + `}`, "/cosmos/gov/v1/proposals/1/tally": `{}`}
		if p, err := Read(context.Background(), a, 1); err == nil && p.Tally.Yes.Wei().Sign() < 0 {
			t.Fatalf("%+v", p)
		}
	})
}
