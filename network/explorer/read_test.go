package explorer

import (
	"context"
	"encoding/json"
	"errors"
	"net/url"
	"strings"
	"testing"
)

// told is a chain of fixed answers by path.
type told map[string]string

var errNotThere = errors.New("not there")

func (c told) Get(_ context.Context, path string, _ url.Values, into any) error {
	answer, there := c[path]
	if !there {
		return errNotThere
	}
	return json.Unmarshal([]byte(answer), into)
}

const blockPath = "/cosmos/base/tendermint/v1beta1/blocks/"

func TestReadBlock(t *testing.T) {
	c := told{
		blockPath + "latest": `{"block_id":{"hash":"AQID"},"block":{"header":{"height":"7","time":"2026-05-01T12:00:00Z","proposer_address":"k3UAtlFqnJfkVSh2sUhvslm45Jc="},
			"data":{"txs":["AQ=="]},"last_commit":{"signatures":[{"block_id_flag":"BLOCK_ID_FLAG_COMMIT","validator_address":"k3UAtlFqnJfkVSh2sUhvslm45Jc="},
			{"block_id_flag":"BLOCK_ID_FLAG_ABSENT","validator_address":null},{"block_id_flag":"BLOCK_ID_FLAG_NIL","validator_address":"k3UAtlFqnJfkVSh2sUhvslm45Jc="}]}}}`,
		blockPath + "8": `{"block":{"header":{"height":"7"}}}`,
		blockPath + "9": `{"block":{"header":{"height":"-7"}}}`,
	}
	b, err := ReadBlock(t.Context(), c, 0)
	if err != nil {
		t.Fatal(err)
	}
	const who = "stvalcons1jd6spdj3d2wf0ez49pmtzjr0kfvm3eyhceg86u"
	if b.Height != 7 || b.Hash != "010203" || b.Proposer != who || len(b.Signers) != 1 || b.Signers[0] != who || b.Slots != 3 {
		t.Errorf("block %+v", b)
	}
	if len(b.Txs) != 1 || b.Txs[0] != "4BF5122F344554C53BDE2EBB8CD2B7E3D1600AD631C385A5D7CCE23C7785459A" {
		t.Errorf("transactions %q", b.Txs)
	}
	for height, want := range map[int64]error{8: ErrNonsense, 9: ErrNonsense, 10: errNotThere} {
		if _, err := ReadBlock(t.Context(), c, height); !errors.Is(err, want) {
			t.Errorf("block %d: %v", height, err)
		}
	}
}

func TestReadRecords(t *testing.T) {
	c := told{
		"/stratos/sds/v1/file_upload/" + cid: `{"file_info":{"height":"12","reporters":"BQE=","uploader":"` + account + `"}}`,
		"/stratos/sds/v1/file_upload/x":      `{"file_info":{"height":"twelve"}}`,
		"/stratos/pot/v1/volume_report/0":    `{"report_info":{"epoch":"5","tx_hash":"AB","reporter":"n"}}`,
		"/stratos/pot/v1/volume_report/4":    `{"report_info":{"epoch":"0","tx_hash":""}}`,
		"/stratos/pot/v1/volume_report/3":    `{"report_info":{"epoch":"3","tx_hash":"CD"}}`,
		"/stratos/pot/v1/total_reward/5":     `{"total_reward":{"mining_reward":[{"denom":"wei","amount":"80"},{"denom":"other","amount":"9"}],"traffic_reward":[{"denom":"wei","amount":"7"}]}}`,
		"/stratos/pot/v1/total_reward/3":     `{"total_reward":{"mining_reward":[{"denom":"wei","amount":"-1"}]}}`,
	}
	f, err := ReadFile(t.Context(), c, cid)
	if err != nil || f.Height != 12 || f.Reporters != 3 || f.Uploader != account {
		t.Errorf("file %+v, %v", f, err)
	}
	if _, err := ReadFile(t.Context(), c, "x"); !errors.Is(err, ErrNonsense) {
		t.Errorf("a file in block twelve: %v", err)
	}
	if _, err := ReadFile(t.Context(), c, "y"); !errors.Is(err, errNotThere) {
		t.Errorf("no file: %v", err)
	}
	r, err := ReadReport(t.Context(), c, 0)
	if err != nil || r.Epoch != 5 || r.TxHash != "AB" || r.Mining.String() != "80" || r.Traffic.String() != "7" {
		t.Errorf("report %+v, %v", r, err)
	}
	if r, err := ReadReport(t.Context(), c, 4); err != nil || r.Epoch != 4 || r.TxHash != "" {
		t.Errorf("an epoch without a report: %+v, %v", r, err)
	}
	if _, err := ReadReport(t.Context(), c, 3); !errors.Is(err, ErrNonsense) {
		t.Errorf("negative rewards: %v", err)
	}
	if _, err := ReadReport(t.Context(), c, 2); !errors.Is(err, errNotThere) {
		t.Errorf("no answer: %v", err)
	}
}

func TestFactsOfMessages(t *testing.T) {
	for message, want := range map[string]string{
		`{"@type":"x","from_address":"` + account + `","to_address":"` + account + `","amount":[{"denom":"wei","amount":"5"}]}`: "From=account To=account Amount=5wei ",
		`{"proposal_id":"14","voter":"` + account + `","option":"VOTE_OPTION_NO_WITH_VETO"}`:                                    "Voter=account Proposal=proposal Answer=No, harmful ",
		`{"file_hash":"` + cid + `","uploader":"` + account + `","reporter":"nobody"}`:                                          "Uploaded by=account File=file ",
		`{"slashing":"12","network_address":"bad","epoch":"3","amount":{"denom":"wei","amount":"7"}}`:                           "Epoch=report Amount=7wei Punishment=12noz ",
		`{"amount":[],"value":{"denom":"other","amount":"7"},"slashing":"-1","title":" ","from_address":7}`:                     "",
		`[]`: "", `{`: "",
	} {
		got := ""
		for _, f := range Facts([]byte(message)) {
			got += f.Name + "="
			switch {
			case f.Target.Kind != Nothing:
				got += string(f.Target.Kind)
			case f.Amount != nil:
				got += f.Amount.String() + "wei"
			case f.Noz != "":
				got += f.Noz + "noz"
			default:
				got += f.Text
			}
			got += " "
		}
		if got != want {
			t.Errorf("%s: %q, want %q", message, got, want)
		}
	}
	list := Volumes([]byte(`{"wallet_volumes":[{"wallet_address":"` + account + `","volume":"8"},{"wallet_address":"nobody","volume":"8"},{"wallet_address":"` + account + `","volume":"-8"}]}`))
	if len(list) != 1 || list[0].Noz.Int64() != 8 || Volumes([]byte(`7`)) != nil {
		t.Errorf("volumes %+v", list)
	}
	if Sentence("/stratos.pot.v1.MsgVolumeReport") != "Report of traffic" || Sentence("/cosmos.bank.v1beta1.MsgSend") != "" {
		t.Error("what messages of the network are about")
	}
}

func TestPublicLinks(t *testing.T) {
	const base = "https://explorer.thestratos.org/"
	for target, want := range map[Target]string{
		{TxKind, "AB"}: "https://explorer.thestratos.org/transactions/AB", {BlockKind, "7"}: "https://explorer.thestratos.org/blocks/7",
		{BlockKind, Latest}: "", {File, cid}: "", {Report, "3"}: "",
	} {
		if got := PublicLink(base, target); got != want {
			t.Errorf("%+v: %q", target, got)
		}
	}
	if PublicLink("", Target{TxKind, "AB"}) != "" || PublicLink("http://plain.example", Target{TxKind, "AB"}) != "" {
		t.Error("a link to nowhere")
	}
}

func FuzzFacts(f *testing.F) {
	f.Add([]byte(`{"from_address":"` + account + `","amount":[{"denom":"wei","amount":"5"}]}`))
	f.Add([]byte(`{"wallet_volumes":[{"wallet_address":"` + account + `","volume":"8"}],"epoch":"9"}`))
	f.Add([]byte(`{"amount":{}}`))
	f.Fuzz(func(t *testing.T, raw []byte) {
		for _, fact := range Facts(raw) {
			if fact.Name == "" || fact.Text == "" && fact.Amount == nil && fact.Noz == "" {
				t.Errorf("a fact that says nothing: %+v", fact)
			}
		}
		for _, v := range Volumes(raw) {
			if v.Noz.Sign() < 0 || !strings.HasPrefix(v.Wallet, "st1") && !strings.HasPrefix(v.Wallet, "0x") {
				t.Errorf("volume %+v", v)
			}
		}
	})
}
