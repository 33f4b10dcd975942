package app

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stratosdrive/stratosdrive/internal/fault"
)

const (
	seenAccount = "st1jyvtwupfrzxgendxpuc94h5n9z9277cq3e742k"
	seenHash    = "4BF5122F344554C53BDE2EBB8CD2B7E3D1600AD631C385A5D7CCE23C7785459A"
	seenCID     = "v05j1m57m1unc2n5bv64hqc80nqaultnb0cka5rg"
)

// seenTx is a transaction with one message, as the chain writes it.
func seenTx(message, more string) string {
	return fmt.Sprintf(`{"height":"7","txhash":"%s","timestamp":"2026-05-01T12:00:00Z","gas_used":"70000",%s"tx":{"body":{"messages":[%s],"memo":"two coffees"},
		"auth_info":{"fee":{"amount":[{"denom":"wei","amount":"100"}]}}},"events":[{"type":"message","attributes":[{"key":"sender","value":"%s"}]}]}`, seenHash, more, message, seenAccount)
}

// newSeenChain is a chain with a block, a payment, a report and a proposal.
func newSeenChain(t *testing.T) *tellingChain {
	c := newTellingChain(t)
	payment := seenTx(`{"@type":"/cosmos.bank.v1beta1.MsgSend","from_address":"`+seenAccount+`","to_address":"`+seenAccount+`","amount":[{"denom":"wei","amount":"5"}]}`, "")
	blocks := "/cosmos/base/tendermint/v1beta1/blocks/"
	c.answers[blocks+"7"] = c.answers[blocks+"latest"]
	c.answers[blocks+"6"] = strings.Replace(strings.Replace(c.answers[blocks+"7"], `"height":"7"`, `"height":"6"`, 1), `"txs":["AQ=="]`, `"txs":[]`, 1)
	c.answers["/cosmos/tx/v1beta1/txs/"+seenHash] = `{"tx_response":` + payment + `}`
	c.answers["/cosmos/tx/v1beta1/txs"] = `{"tx_responses":[` + payment + `],"total":"41"}`
	c.answers["/stratos/pot/v1/volume_report/3"] = `{"report_info":{"epoch":"3","tx_hash":"` + seenHash + `","reporter":"n"}}`
	c.answers["/stratos/pot/v1/volume_report/2"] = `{"report_info":{"epoch":"0","tx_hash":""}}`
	c.answers["/stratos/pot/v1/total_reward/3"] = `{"total_reward":{"mining_reward":[{"denom":"wei","amount":"80"}],"traffic_reward":[]}}`
	c.answers["/stratos/sds/v1/file_upload/"+seenCID] = `{"file_info":{"height":"7","reporters":"AQ==","uploader":"` + seenAccount + `"}}`
	proposal := `{"id":"2","status":"PROPOSAL_STATUS_PASSED","title":"Cheaper ozone","summary":"Shall we?","total_deposit":[]}`
	c.answers["/cosmos/gov/v1/proposals"] = `{"proposals":[` + proposal + `]}`
	c.answers["/cosmos/gov/v1/proposals/2"] = `{"proposal":` + proposal + `}`
	c.answers["/cosmos/bank/v1beta1/balances/"+seenAccount] = `{"balances":[{"denom":"wei","amount":"9"}]}`
	c.answers["/cosmos/bank/v1beta1/spendable_balances/"+seenAccount] = `{"balances":[{"denom":"wei","amount":"9"}]}`
	return c
}

// factLine puts facts into one line.
func factLine(v ItemView) string {
	text := v.Words
	for _, f := range v.Facts {
		text += "|" + f.Name + "=" + f.Text
		if f.Amount != nil {
			text += f.Amount.String()
		}
		if f.Count != nil {
			text += fmt.Sprint(*f.Count)
		}
		if f.Item != nil {
			text += ">" + f.Item.Kind
		}
	}
	return text
}

// Each thing is told in plain words, and leads to the next.
func TestExplore(t *testing.T) {
	a := onChain(t, newSeenChain(t), "")
	for _, c := range []struct {
		item Item
		want []string
	}{
		{Item{"block", "latest"}, []string{"Block|Number=7", "Made by=awake>validator", "signed=1|Validators that could=2", "Transactions=1"}},
		{Item{"tx", strings.ToLower(seenHash)}, []string{"Sent to yourself|From=" + seenAccount + ">account", "Fee=100", "Block=7>block", "Note=two coffees", "Gas used=70000"}},
		{Item{"account", seenAccount}, []string{"Account|Address=" + seenAccount, "In all=9|Free to use=9"}},
		{Item{"proposal", "2"}, []string{"Proposal|Title=Cheaper ozone|Text=Shall we?|State=Passed"}},
		{Item{"report", "3"}, []string{"Report of traffic|Epoch=3", "Paid from the mining pool=80", "Transaction=" + seenHash + ">tx"}},
		{Item{"file", seenCID}, []string{"File|Id=" + seenCID + "|Uploaded by=" + seenAccount + ">account|Block=7>block|Meta nodes that reported it=1"}},
		{Item{"validator", "stvaloper1jyvtwupfrzxgendxpuc94h5n9z9277cqx4h4ka"}, []string{"Validator|Name=awake|State=Active|Staked=99", "Account=" + seenAccount + ">account"}},
	} {
		v, err := a.Explore(t.Context(), c.item)
		if err != nil {
			t.Errorf("%+v: %v", c.item, err)
			continue
		}
		for _, want := range c.want {
			if !strings.Contains(factLine(v), want) {
				t.Errorf("%+v does not say %q but %q", c.item, want, factLine(v))
			}
		}
		if v.Kind != c.item.Kind || v.Facts == nil || v.Groups == nil || v.Lines == nil {
			t.Errorf("%+v: %+v", c.item, v)
		}
	}
}

func TestExploreLeadsOn(t *testing.T) {
	a := onChain(t, newSeenChain(t), "")
	b, err := a.Explore(t.Context(), Item{"block", "6"})
	if err != nil || b.Before.ID != "5" || b.Next.ID != "7" || b.Public != "https://explorer.example/blocks/6" || b.Total != 0 {
		t.Errorf("block %+v, %v", b, err)
	}
	b, _ = a.Explore(t.Context(), Item{"block", "7"})
	if b.Next != nil || len(b.Lines) != 1 || b.Lines[0].ID != seenHash || b.Lines[0].Amount.String() != "5" {
		t.Errorf("the newest block %+v", b)
	}
	tx, _ := a.Explore(t.Context(), Item{"tx", seenHash})
	if len(tx.Groups) != 1 || tx.Groups[0].Words != "Sent to yourself" || len(tx.Groups[0].Facts) != 3 || tx.Groups[0].Facts[1].Item.ID != seenAccount {
		t.Errorf("actions %+v", tx.Groups)
	}
	who, _ := a.Explore(t.Context(), Item{"account", seenAccount})
	if len(who.Lines) != 1 || who.Total != 41 || who.Public == "" {
		t.Errorf("account %+v", who)
	}
}

// What is not there is one plain sentence and wrong use; what fails is neither.
func TestExploreWhatIsNotThere(t *testing.T) {
	c := newSeenChain(t)
	a := onChain(t, c, "")
	for _, item := range []Item{
		{"block", "99"},
		{"tx", strings.Repeat("A", 64)},
		{"proposal", "5"},
		{"report", "2"},
		{"report", "1"},
		{"file", seenCID + "x"},
		{"validator", "stvaloper1zzzz"},
		{"thing", "1"},
		{"block", "-1"},
		{"tx", "1"},
		{"node", "stsds1"},
		{"", ""},
	} {
		_, err := a.Explore(t.Context(), item)
		if fault.ExitCode(err) != int(fault.WrongUse) || !strings.HasSuffix(fault.Sentence(err), ".") {
			t.Errorf("%+v: %v", item, err)
		}
	}
	c.answers["/cosmos/base/tendermint/v1beta1/blocks/99"] = "refused"
	if _, err := a.Explore(t.Context(), Item{"block", "99"}); !strings.Contains(fault.Sentence(err), "There is no such block") {
		t.Errorf("a block that is not made yet: %v", err)
	}
	c.Close()
	if _, err := a.Explore(t.Context(), Item{"block", "7"}); err == nil || fault.ExitCode(err) == int(fault.WrongUse) {
		t.Errorf("a chain that does not answer: %v", err)
	}
}

func TestExploreAFailure(t *testing.T) {
	c := newSeenChain(t)
	c.answers["/cosmos/tx/v1beta1/txs/"+seenHash] = `{"tx_response":` + seenTx(`{"@type":"/stratos.pot.v1.MsgVolumeReport","wallet_volumes":[{"wallet_address":"`+seenAccount+`","volume":"8"}],"epoch":"3"}`,
		`"code":5,"codespace":"sdk","raw_log":"insufficient funds",`) + `}`
	v, err := onChain(t, c, "").Explore(t.Context(), Item{"tx", seenHash})
	if err != nil || !v.Failed || v.Words != "Report of traffic" || !strings.HasSuffix(v.Problem, ".") {
		t.Fatalf("%+v, %v", v, err)
	}
	facts := v.Groups[0].Facts
	if facts[0].Name != "Epoch" || facts[1].Noz != "8" || facts[1].Item.ID != seenAccount {
		t.Errorf("facts %+v", facts)
	}
}

func TestExplorerLists(t *testing.T) {
	c := newSeenChain(t)
	a := onChain(t, c, "")
	for what, want := range map[string]string{
		NewFiles: "tx " + seenHash, NewReports: "tx " + seenHash, NewRewards: "tx " + seenHash, AllProposals: "proposal 2", NewBlocks: "block 7",
	} {
		list, err := a.ExplorerList(t.Context(), what)
		if err != nil || len(list) == 0 || list[0].Kind+" "+list[0].ID != want {
			t.Errorf("%s: %+v, %v", what, list, err)
		}
	}
	if blocks, _ := a.ExplorerList(t.Context(), NewBlocks); len(blocks) != 2 || blocks[0].Count != 1 {
		t.Errorf("blocks that are not forgotten: %+v", blocks)
	}
	if _, err := a.ExplorerList(t.Context(), "secrets"); fault.ExitCode(err) != int(fault.WrongUse) {
		t.Errorf("a list that is none: %v", err)
	}
}

func TestExplorerSearch(t *testing.T) {
	c := newSeenChain(t)
	a := onChain(t, c, "")
	if err := a.SaveContact(Contact{Name: "Ozone Ann", Address: seenAccount}); err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]string{
		"7": "block 7", seenHash: "tx " + seenHash, "#2": "proposal 2", "CHEAP": "proposal 2", "ozone": "proposal 2,account " + seenAccount,
		"asleep": "validator stvaloper1jyvtwupfrzxgendxpuc94h5n9z9277cqx4h4ka", "nothing of it": "", "  ": "",
	} {
		found, err := a.ExplorerSearch(t.Context(), text)
		names := []string{}
		for _, l := range found {
			names = append(names, l.Kind+" "+l.ID)
		}
		if got := strings.Join(names, ","); err != nil || got != want {
			t.Errorf("%q finds %q, %v", text, got, err)
		}
	}
	c.mu.Lock()
	asked := len(c.asked)
	c.mu.Unlock()
	if _, err := a.ExplorerSearch(t.Context(), "12"); err != nil {
		t.Error(err)
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(c.asked) != asked || slices.Contains(c.asked, "") {
		t.Error("a name needs no question")
	}
}
