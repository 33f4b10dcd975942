package chain

import (
	"net/http"
	"strings"
	"testing"

	distributiontypes "github.com/cosmos/cosmos-sdk/x/distribution/types"
	govv1 "github.com/cosmos/cosmos-sdk/x/gov/types/v1"
	"github.com/cosmos/gogoproto/proto"
)

// What came into the SDK after the version of the real chain is not known here
// either.
func TestLaterMessagesAreRefused(t *testing.T) {
	c := common(t)
	w := newWallet(t, c, "1000stos")
	propose := func(expedited bool) proto.Message {
		m, err := govv1.NewMsgSubmitProposal(nil, weiCoins(stos(100)), w.address, "meta", "title", "summary", expedited)
		if err != nil {
			t.Fatal(err)
		}
		return m
	}
	home, _ := validators(t, c)
	for part, message := range map[string]proto.Message{
		`errUnknownField "*v1.MsgSubmitProposal": {TagNum: 7, WireType:"varint"}: tx parse error`: propose(true),
		"unable to resolve type URL /cosmos.gov.v1.MsgCancelProposal: tx parse error":             &govv1.MsgCancelProposal{ProposalId: 1, Proposer: w.address},
		"MsgDepositValidatorRewardsPool: tx parse error": &distributiontypes.MsgDepositValidatorRewardsPool{
			Depositor: w.address, ValidatorAddress: home, Amount: weiCoins(stos(1)),
		},
	} {
		got := c.broadcast(t, w.sign(w.draft(message)))
		if got.Code != 2 || got.Codespace != "sdk" || !strings.Contains(got.Log, part) {
			t.Errorf("%s %d: %s", got.Codespace, got.Code, got.Log)
		}
	}
	w.send(propose(false)).must(t)
}

// The paths of wallets from before the gateway, and what this node does not
// serve, are refused as on the real chain.
func TestPathsThatAreNotServed(t *testing.T) {
	c := common(t)
	for path, want := range map[string]int{
		"/txs":                             http.StatusNotImplemented,
		"/bank/balances/" + receiver:       http.StatusNotImplemented,
		"/node_info":                       http.StatusNotImplemented,
		"/cosmos/base/node/v1beta1/config": http.StatusInternalServerError,
		"/cosmos/tx/v1beta1/txs?query=a.b=%27c%27": http.StatusBadRequest,
	} {
		if status := c.try(path, nil); status != want {
			t.Errorf("%s: status %d", path, status)
		}
	}
}
