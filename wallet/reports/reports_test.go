package reports

import (
	"context"
	"encoding/json"
	"fmt"
	"net/url"
	"testing"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/stratos"
	"github.com/stratosdrive/stratosdrive/wallet/chain"
)

const wallet = "st1jyvtwupfrzxgendxpuc94h5n9z9277cq3e742k"

// network is a chain with reports by epoch, the last of which is last.
type network struct {
	last  int
	at    map[int]int64 // second of the block of an epoch's report
	asked int
}

func (n *network) Get(_ context.Context, path string, _ url.Values, into any) error {
	var epoch int
	if _, err := fmt.Sscanf(path, "/stratos/pot/v1/volume_report/%d", &epoch); err != nil {
		return chain.ErrNotFound
	}
	n.asked++
	if epoch == 0 {
		epoch = n.last
	}
	hash := ""
	if _, there := n.at[epoch]; there {
		hash = fmt.Sprint(epoch)
	}
	return json.Unmarshal(fmt.Appendf(nil, `{"report_info":{"epoch":"%d","tx_hash":%q}}`, epoch, hash), into)
}

func (n *network) Tx(_ context.Context, hash string) (*chain.Tx, error) {
	var epoch int
	if _, err := fmt.Sscan(hash, &epoch); err != nil || n.at[epoch] == 0 {
		return nil, chain.ErrNotFound
	}
	return &chain.Tx{
		Hash: hash, Time: time.Unix(n.at[epoch], 0),
		Messages: []chain.TxMessage{{Fields: json.RawMessage(`{"wallet_volumes":[{"wallet_address":"` + wallet + `","volume":"1200"},{"volume":"-"}]}`)}},
		Events: []chain.Event{
			{Type: "coin_received", Attributes: []chain.Attribute{
				{Key: "receiver", Value: stratos.ModuleAddress("fee_collector").String()}, {Key: "amount", Value: "16wei,3other"},
			}},
			{Type: "coin_received", Attributes: []chain.Attribute{
				{Key: "receiver", Value: stratos.ModuleAddress("total_reward_pool").String()}, {Key: "amount", Value: "5wei"},
			}},
		},
	}, nil
}

func TestReportsWithGapsAreFound(t *testing.T) {
	n := &network{last: 40, at: map[int]int64{40: 4000, 37: 3400, 36: 3200, 20: 1000}}
	list, err := Recent(t.Context(), n, 3)
	if err != nil || len(list) != 3 || list[0].Epoch != 40 || list[1].Epoch != 37 || list[2].Epoch != 36 {
		t.Fatalf("%+v, %v", list, err)
	}
	if r := list[0]; r.ToStakers.String() != "16" || r.Volumes[wallet].String() != "1200" || len(r.Volumes) != 1 {
		t.Errorf("%+v", r)
	}
	if every := Every(list); every != 200*time.Second {
		t.Errorf("every %v", every)
	}
	if list, err = Recent(t.Context(), n, 9); err != nil || len(list) != 4 {
		t.Errorf("%+v, %v", list, err)
	}
}

// A network that never reported is not asked for ever, and one report says
// nothing about the time between two.
func TestFewReports(t *testing.T) {
	for _, n := range []*network{{}, {last: 1, at: map[int]int64{1: 100}}, {last: 5000, at: map[int]int64{5000: 100}}} {
		list, err := Recent(t.Context(), n, 6)
		if err != nil || len(list) != len(n.at) || Every(list) != 0 || n.asked > most+2 {
			t.Errorf("%+v: %+v, %v", n, list, err)
		}
	}
	forgotten := &network{last: 3, at: map[int]int64{3: 0}}
	if list, err := Recent(t.Context(), forgotten, 6); err == nil && len(list) != 0 {
		t.Errorf("%+v, %v", list, err)
	}
}
