package app

import (
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/stratosdrive/stratosdrive/internal/stratos"
	"github.com/stratosdrive/stratosdrive/internal/stratos/network"
	"github.com/stratosdrive/stratosdrive/wallet/chain"
)

// creatorChain answers by path; what it does not know is not offered.
func creatorChain(t *testing.T, answers map[string]string) *chain.Client {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		answer, ok := answers[r.URL.Path]
		if !ok {
			w.WriteHeader(http.StatusNotImplemented)
			answer = `{"code":12,"message":"Not Implemented"}`
		}
		_, _ = w.Write([]byte(answer))
	}))
	t.Cleanup(server.Close)
	c, err := chain.New(chain.Options{Network: network.Network{ChainID: "stratos-1", REST: server.URL}})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// TestNetworkWithoutCreators: the public network answers what all do, so it is
// known to pay nothing; one that answers nothing is not.
func TestNetworkWithoutCreators(t *testing.T) {
	for name, c := range map[string]struct {
		answers map[string]string
		share   string
		none    bool
	}{
		"practice": {map[string]string{"/stratosdrive/creator/v1/params": `{"params":{"share":"0.1"}}`}, "0.1", false},
		"public":   {map[string]string{"/stratos/pot/v1/params": `{"params":{}}`}, "", true},
		"away":     {nil, "", false},
	} {
		share, err := creatorShare(t.Context(), creatorChain(t, c.answers))
		if share != c.share || (err == nil) != (share != "") || errors.Is(err, ErrNoCreators) != c.none {
			t.Errorf("%s: %q, %v", name, share, err)
		}
	}
}

func TestReadCreator(t *testing.T) {
	owner := contentOwner{name: "publish", address: stratos.ModuleAddress("somebody")}
	address := owner.address.String()
	answers := map[string]string{
		"/stratosdrive/creator/v1/rewards/" + address: `{"total":{"volume":"70","amount":"90"},"epochs":[{"epoch":"4","volume":"30","amount":"50"},{"epoch":"2","volume":"40","amount":"40"}]}`,
		"/stratos/pot/v1/rewards/wallet/" + address:   `{"rewards":{"mature_total_reward":[{"denom":"wei","amount":"40"}],"immature_total_reward":[{"denom":"wei","amount":"50"}]}}`,
		"/stratos/pot/v1/slashing/" + address:         `{"slashing":"0"}`,
	}
	got, epochs, err := readCreator(t.Context(), creatorChain(t, answers), owner)
	want := fmt.Sprintf("{publish %s 90 70 50 40 0} [{4 %s 30 50} {2 %s 40 40}]", address, address, address)
	if err != nil || fmt.Sprint(got, " ", epochs) != want {
		t.Errorf("%v %v, %v, want %s", got, epochs, err, want)
	}
	answers["/stratosdrive/creator/v1/rewards/"+address] = `{"total":{"volume":"70","amount":"much"}}`
	if _, _, err := readCreator(t.Context(), creatorChain(t, answers), owner); err == nil {
		t.Error("read an amount that is none")
	}
}

// TestCreatorRewardsNeedTheKey: a locked wallet and a watched address take
// nothing out.
func TestCreatorRewardsNeedTheKey(t *testing.T) {
	a, ctx := openTest(t, t.TempDir()), t.Context()
	addTestWallet(t, a)
	if err := a.SelectNetwork("mainnet"); err != nil {
		t.Fatal(err)
	}
	a.Lock()
	if _, err := a.ConfirmCreatorWithdraw(ctx, TxPreview{}); err == nil {
		t.Error("confirmed nothing")
	}
	if _, err := a.WatchAddress("Friend", friend); err != nil {
		t.Fatal(err)
	}
	if err := a.ChooseWallet(friend); err != nil {
		t.Fatal(err)
	}
	if _, _, err := a.PreviewCreatorFee(ctx); !errors.Is(err, errWatched) {
		t.Errorf("the fee of a watched address: %v", err)
	}
	if _, err := a.PreviewCreatorWithdraw(ctx); !errors.Is(err, errWatched) {
		t.Errorf("rewards of a watched address: %v", err)
	}
}
