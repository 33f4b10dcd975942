package chain

import (
	"strings"
	"testing"

	"cosmossdk.io/math"
	sdk "github.com/cosmos/cosmos-sdk/types"
	authtypes "github.com/cosmos/cosmos-sdk/x/auth/types"
	banktypes "github.com/cosmos/cosmos-sdk/x/bank/types"
	distributiontypes "github.com/cosmos/cosmos-sdk/x/distribution/types"
	govtypes "github.com/cosmos/cosmos-sdk/x/gov/types"
	govv1 "github.com/cosmos/cosmos-sdk/x/gov/types/v1"
	stakingtypes "github.com/cosmos/cosmos-sdk/x/staking/types"
	"github.com/cosmos/gogoproto/proto"

	"github.com/stratosdrive/stratosdrive/internal/stratos/types/sds"
)

// errorVector is an error that the real chain gave.
type errorVector struct {
	Case      string `json:"case"`
	Codespace string `json:"codespace"`
	Code      uint32 `json:"code"`
	Log       string `json:"raw_log"`
	Contains  string `json:"raw_log_contains"`
}

func (v errorVector) check(t *testing.T, got answer) {
	t.Helper()
	if got.Code != v.Code || got.Codespace != v.Codespace {
		t.Errorf("%s: %s %d (%s), on the real chain %s %d", v.Case, got.Codespace, got.Code, got.Log, v.Codespace, v.Code)
	}
	if !strings.Contains(got.Log, v.Contains) {
		t.Errorf("%s: %q, on the real chain %q", v.Case, got.Log, v.Contains)
	}
	if end := lastPart(v.Log); lastPart(got.Log) != end {
		t.Errorf("%s: %q ends otherwise than %q", v.Case, got.Log, v.Log)
	}
}

// lastPart is the name of the error; what stands before it has numbers.
func lastPart(log string) string { return log[strings.LastIndex(log, ": ")+1:] }

// What the memory pool refuses, it refuses as the real chain does.
func TestRefusedBeforeABlock(t *testing.T) {
	var vectors struct {
		Errors []errorVector `json:"checktx_errors"`
	}
	readVectors(t, &vectors)
	c := common(t)
	w := newWallet(t, c, "100stos")
	send := transfer(t, w.address, receiver, "1stos")
	spoil := map[string]func(*draft){
		"bad signature / wrong chain id / wrong account number": func(*draft) {},
		"wrong sequence":                          func(d *draft) { d.auth.SignerInfos[0].Sequence = 3 },
		"fee below minimum gas price":             func(d *draft) { d.auth.Fee.Amount = weiCoins(math.NewInt(200_000)) },
		"memo of 257 characters":                  func(d *draft) { d.body.Memo = strings.Repeat("m", 257) },
		"timeout height passed":                   func(d *draft) { d.body.TimeoutHeight = 1 },
		"ante handler out of gas":                 func(d *draft) { d.auth.Fee.GasLimit = 30_000 },
		"unknown field in TxBody (unordered = 4)": func(d *draft) { d.body.Unordered = true },
		"same bytes again":                        nil,
	}
	for _, v := range vectors.Errors {
		change, known := spoil[v.Case]
		if !known {
			t.Errorf("no test for %q", v.Case)
			continue
		}
		if change == nil {
			continue // below
		}
		d := w.draft(send)
		change(&d)
		raw := w.sign(d)
		if strings.HasPrefix(v.Case, "bad signature") {
			raw[len(raw)-10] ^= 1
		}
		v.check(t, c.broadcast(t, raw))
	}
	raw := w.sign(w.draft(send))
	c.broadcast(t, raw).must(t)
	vectors.Errors[3].check(t, c.broadcast(t, raw))
}

// What fails in a block fails with the codes of the real chain.
func TestFailedInABlock(t *testing.T) {
	var vectors struct {
		Errors []errorVector `json:"delivertx_errors"`
	}
	readVectors(t, &vectors)
	c := common(t)
	w := newWallet(t, c, "100stos")
	home, other := validators(t, c)
	nobody := sdk.ValAddress(make([]byte, 20)).String()
	much := weiCoins(coin(t, "1000stos").Amount)
	stake := coin(t, "10stos")
	w.send(&stakingtypes.MsgDelegate{DelegatorAddress: w.address, ValidatorAddress: home, Amount: stake}).must(t)
	w.send(&stakingtypes.MsgBeginRedelegate{DelegatorAddress: w.address, ValidatorSrcAddress: home, ValidatorDstAddress: other, Amount: stake}).must(t)
	messages := map[string]proto.Message{
		"prepay more than the balance":                &sds.MsgPrepay{Sender: w.address, Beneficiary: w.address, Amount: much},
		"delegate to an unknown validator":            &stakingtypes.MsgDelegate{DelegatorAddress: w.address, ValidatorAddress: nobody, Amount: stake},
		"undelegate without delegation":               &stakingtypes.MsgUndelegate{DelegatorAddress: w.address, ValidatorAddress: home, Amount: stake},
		"vote on a proposal that is not open":         &govv1.MsgVote{ProposalId: 77, Voter: w.address, Option: govv1.OptionYes},
		"withdraw rewards without delegation":         &distributiontypes.MsgWithdrawDelegatorReward{DelegatorAddress: w.address, ValidatorAddress: home},
		"redelegate to the same validator":            &stakingtypes.MsgBeginRedelegate{DelegatorAddress: w.address, ValidatorSrcAddress: other, ValidatorDstAddress: other, Amount: stake},
		"redelegate coins that are being redelegated": &stakingtypes.MsgBeginRedelegate{DelegatorAddress: w.address, ValidatorSrcAddress: other, ValidatorDstAddress: home, Amount: stake},
		"send to a module account":                    &banktypes.MsgSend{FromAddress: w.address, ToAddress: authtypes.NewModuleAddress(govtypes.ModuleName).String(), Amount: weiCoins(math.OneInt())},
		"send more than the balance":                  &banktypes.MsgSend{FromAddress: w.address, ToAddress: receiver, Amount: much},
		"send amount in stos denom":                   &banktypes.MsgSend{FromAddress: w.address, ToAddress: receiver, Amount: sdk.NewCoins(sdk.NewInt64Coin("stos", 1))},
	}
	for _, v := range vectors.Errors {
		message, known := messages[v.Case]
		switch {
		case v.Codespace == "pot":
		case !known:
			t.Errorf("no test for %q", v.Case)
		default:
			v.Log = ": " // the vectors hold a part of the text
			got := w.send(message)
			got.Log += ": "
			v.check(t, got)
		}
	}
}

// validators returns the operators of the one that runs and of the other.
func validators(t *testing.T, c *Chain) (home, other string) {
	t.Helper()
	var reply struct {
		Validators []struct {
			Operator    string `json:"operator_address"`
			Description struct{ Moniker string }
		}
	}
	c.get(t, "/cosmos/staking/v1beta1/validators?status=BOND_STATUS_BONDED", &reply)
	if len(reply.Validators) != 2 {
		t.Fatalf("%d validators are bonded", len(reply.Validators))
	}
	for _, v := range reply.Validators {
		if v.Description.Moniker == "Practice validator" {
			home = v.Operator
		} else {
			other = v.Operator
		}
	}
	return home, other
}
