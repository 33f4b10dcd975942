package chain

import (
	"errors"
	"strings"
	"testing"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/internal/stratos"
)

// checkSentence makes sure that a person can read it: no code, no log.
func checkSentence(t *testing.T, name string, err error, log string) {
	t.Helper()
	s := fault.Sentence(err)
	if _, ok := errors.AsType[*fault.Error](err); !ok || s == "" || strings.Contains(s, ":") || (log != "" && strings.Contains(s, log)) {
		t.Errorf("%s: sentence %q", name, s)
	}
}

func TestCheckTxErrors(t *testing.T) {
	want := map[string]error{
		"bad signature / wrong chain id / wrong account number": ErrSignature,
		"wrong sequence":                          ErrSequence,
		"fee below minimum gas price":             ErrFee,
		"same bytes again":                        ErrInPool,
		"memo of 257 characters":                  ErrMemo,
		"timeout height passed":                   ErrTimedOut,
		"ante handler out of gas":                 ErrGas,
		"unknown field in TxBody (unordered = 4)": ErrRefused,
	}
	for _, v := range loadVectors(t).CheckTx {
		err := refused(v.Codespace, v.Code, v.RawLog)
		if want[v.Case] == nil || !errors.Is(err, want[v.Case]) {
			t.Errorf("%s: %v", v.Case, err)
		}
		checkSentence(t, v.Case, err, v.RawLog)
		if !strings.HasSuffix(fault.Sentence(err), "Nothing was sent.") {
			t.Errorf("%s: does not say that nothing was sent", v.Case)
		}
	}
}

func TestDeliverTxErrors(t *testing.T) {
	want := map[string]error{
		"prepay more than the balance":                ErrFunds,
		"PoT withdraw with no mature reward":          ErrNoReward,
		"delegate to an unknown validator":            ErrRefused,
		"undelegate without delegation":               ErrRefused,
		"vote on a proposal that is not open":         ErrRefused,
		"withdraw rewards without delegation":         ErrNoReward,
		"redelegate to the same validator":            ErrRefused,
		"redelegate coins that are being redelegated": ErrRefused,
		"send to a module account":                    ErrRecipient,
		"send more than the balance":                  ErrFunds,
		"send amount in stos denom":                   ErrFunds,
	}
	fee := stratos.WeiAmount(120_000_000_000_000)
	for _, v := range loadVectors(t).DeliverTx {
		err := failed(v.Codespace, v.Code, "failed to execute message; "+v.Contains, fee)
		if want[v.Case] == nil || !errors.Is(err, want[v.Case]) {
			t.Errorf("%s: %v", v.Case, err)
		}
		checkSentence(t, v.Case, err, v.Contains)
		if !strings.HasSuffix(fault.Sentence(err), "Only the fee of 0.00012 STOS was paid.") {
			t.Errorf("%s: %q does not say what was paid", v.Case, fault.Sentence(err))
		}
		if tx, ok := errors.AsType[*TxError](err); !ok || !tx.Charged || tx.Code != v.Code {
			t.Errorf("%s: %+v", v.Case, tx)
		}
	}
}

// A failed simulation answers with text only; it must mean the same as the
// code would.
func TestSimulationErrors(t *testing.T) {
	for _, v := range loadVectors(t).DeliverTx {
		text := "failed to execute message; message index: 0: " + v.Contains
		if v.Code == 5 && v.Codespace == "sdk" {
			text += " 1wei: insufficient funds" // as the daemon goes on
		}
		err := explainSimulation(&apiError{Status: 500, Code: 2, Message: text + " With gas wanted: '18446744073709551615'"})
		byCode := failed(v.Codespace, v.Code, v.Contains, stratos.Amount{})
		for _, sentinel := range []error{ErrFunds, ErrRecipient, ErrNoReward, ErrRefused, ErrSequence} {
			if errors.Is(err, sentinel) != errors.Is(byCode, sentinel) {
				t.Errorf("%s: simulation says %v, the code %v", v.Case, err, byCode)
			}
		}
		checkSentence(t, v.Case, err, v.Contains)
	}
	strange := explainSimulation(&apiError{Status: 500, Code: 2, Message: "something new"})
	if !errors.Is(strange, ErrRefused) {
		t.Errorf("unknown text: %v", strange)
	}
	if down := explainSimulation(unreachable(errors.New("eof"))); !errors.Is(down, ErrUnreachable) {
		t.Errorf("no answer: %v", down)
	}
}

// The same number means another thing under another codespace.
func TestCodesNeedTheirCodespace(t *testing.T) {
	if err := refused("staking", 32, ""); errors.Is(err, ErrSequence) {
		t.Error("staking 32 is not a sequence error")
	}
	if err := refused("staking", 19, ""); errors.Is(err, ErrInPool) {
		t.Error("staking 19 does not mean that it was sent")
	}
	if err := refused("ibc", 5, ""); errors.Is(err, ErrFunds) || !errors.Is(err, ErrRefused) {
		t.Errorf("unknown codespace: %v", err)
	}
	for log, want := range map[string]error{
		"not enough remaining ozone limit: failure during prepay": ErrOzoneLimit,
		"insufficient funds: failure during prepay":               ErrFunds,
		"something else: failure during prepay":                   ErrRefused,
	} {
		if err := refused("sds", 10, log); !errors.Is(err, want) {
			t.Errorf("%s: %v", log, err)
		}
	}
}

// Modules wrap many causes in one code, and their codes differ by version:
// words decide, in a block, before it and in a trial run alike.
func TestCausesBehindACode(t *testing.T) {
	for log, c := range map[string]struct {
		space string
		code  uint32
		words string
	}{
		"insufficient deposit: failed to register resource node":                            {"register", 49, "smaller than the network's minimum"},
		"resource node already exist for this pubkey; must use new resource node pubkey":    {"register", 12, "registered already"},
		"resource node registration is disabled":                                            {"register", 58, "no new nodes"},
		"invalid owner address: failed to update deposit for resource node":                 {"register", 55, "another account"},
		"changes cannot be made to an unbonding node: failed to update deposit":             {"register", 55, "on its way back already"},
		"something else: failed to update deposit for resource node":                        {"register", 55, "could not be changed"},
		"too many unbonding delegation entries for (delegator, validator) tuple":            {"staking", 27, "on its way back from this validator"},
		"invalid shares amount: invalid request":                                            {"sdk", 18, "not that much staked"},
		"validator for this address is currently jailed":                                    {"staking", 7, "shut out"},
		"account st18yesadx3t8x3jjsygpqeqzh0j7xh2vh66945zx does not exist: unknown address": {"sdk", 9, "never received anything"},
		"proposal 7 doesn't exist: unknown proposal":                                        {"gov", 2, "no such proposal"},
	} {
		api := &apiError{Status: 500, Code: 2, Message: "failed to execute message; message index: 0: " + log + " With gas wanted: '1'"}
		for name, err := range map[string]error{
			"block": failed(c.space, c.code, log, stratos.WeiAmount(1)), "pool": refused(c.space, c.code, log), "trial": explainSimulation(api),
		} {
			if !strings.Contains(fault.Sentence(err), c.words) {
				t.Errorf("%s, %s: %q", log, name, fault.Sentence(err))
			}
		}
	}
	if s := fault.Sentence(failed("pot", 99, "insufficient balance", stratos.WeiAmount(1))); !strings.Contains(s, "refused the transaction") {
		t.Errorf("words of another module: %q", s)
	}
}
