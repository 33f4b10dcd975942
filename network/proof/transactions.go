package proof

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"math/big"
	"net/url"
	"slices"
	"strconv"
)

// page is an answer to a search for transactions.
type page struct {
	Txs []struct {
		Body struct {
			Messages []json.RawMessage `json:"messages"`
		} `json:"body"`
	} `json:"txs"`
	Replies []struct {
		Height string  `json:"height"`
		Hash   string  `json:"txhash"`
		Code   uint32  `json:"code"`
		Events []event `json:"events"`
	} `json:"tx_responses"`
	Total string `json:"total"`
}

type event struct {
	Type       string `json:"type"`
	Attributes []struct {
		Key   string `json:"key"`
		Value string `json:"value"`
	} `json:"attributes"`
}

// transactions finds all that had a message of one of the types and did what
// they say, in their order on the chain.
func transactions(ctx context.Context, g Getter, types []string) ([]*tx, error) {
	found := map[string]*tx{}
	for _, kind := range types {
		for number, more := 1, true; more; number++ {
			p, err := search(ctx, g, kind, number)
			if err != nil {
				return nil, err
			}
			if err := p.into(found); err != nil {
				return nil, err
			}
			total, _ := strconv.Atoi(p.Total) // left out for none
			more = len(p.Txs) > 0 && number*pageSize < total
		}
	}
	list := make([]*tx, 0, len(found))
	for _, t := range found {
		list = append(list, t)
	}
	return list, sortTxs(ctx, g, list)
}

func search(ctx context.Context, g Getter, kind string, number int) (page, error) {
	var p page
	err := g.Get(ctx, "/cosmos/tx/v1beta1/txs", url.Values{
		"events": {"message.action='" + kind + "'"}, "order_by": {"ORDER_BY_ASC"},
		"page": {strconv.Itoa(number)}, "limit": {strconv.Itoa(pageSize)},
	}, &p)
	if err == nil && len(p.Txs) != len(p.Replies) {
		err = fmt.Errorf("%d transactions with %d results", len(p.Txs), len(p.Replies))
	}
	if err != nil {
		return p, fmt.Errorf("search for transactions: %w", err)
	}
	return p, nil
}

func (p page) into(found map[string]*tx) error {
	for i, r := range p.Replies {
		if r.Code != 0 {
			continue
		}
		height, err := strconv.ParseInt(r.Height, 10, 64)
		if err != nil {
			return fmt.Errorf("read the height of %.64s: %w", r.Hash, err)
		}
		t := &tx{height: height, hash: r.Hash, messages: p.Txs[i].Body.Messages, bought: new(big.Int)}
		for _, e := range r.Events {
			if noz := e.bought(); noz != nil {
				t.bought.Add(t.bought, noz)
			}
		}
		found[r.Hash] = t
	}
	return nil
}

// bought is how much ozone an event says that somebody bought, or nil.
func (e event) bought() *big.Int {
	if e.Type != "stratos.sds.v1.EventPrePay" {
		return nil
	}
	for _, a := range e.Attributes {
		var text string
		if a.Key == "purchased_noz" && json.Unmarshal([]byte(a.Value), &text) == nil {
			noz, _ := parseWhole(text) // what cannot be read shows as a difference
			return noz
		}
	}
	return nil
}

// sortTxs brings transactions into their order. Those of one block are looked
// up there.
func sortTxs(ctx context.Context, g Getter, list []*tx) error {
	byHeight := func(a, b *tx) int { return cmp.Compare(a.height, b.height) }
	slices.SortFunc(list, byHeight)
	for start := 0; start < len(list); {
		end := start + 1
		for end < len(list) && list[end].height == list[start].height {
			end++
		}
		if end-start > 1 {
			if err := placeTxs(ctx, g, list[start:end]); err != nil {
				return err
			}
		}
		start = end
	}
	slices.SortFunc(list, func(a, b *tx) int { return cmp.Or(byHeight(a, b), cmp.Compare(a.place, b.place)) })
	return nil
}

// placeTxs notes where transactions of one block stand in it.
func placeTxs(ctx context.Context, g Getter, list []*tx) error {
	var reply struct {
		Block struct {
			Data struct {
				Txs []string `json:"txs"`
			} `json:"data"`
		} `json:"block"`
	}
	path := "/cosmos/base/tendermint/v1beta1/blocks/" + strconv.FormatInt(list[0].height, 10)
	if err := g.Get(ctx, path, nil, &reply); err != nil {
		return fmt.Errorf("read a block: %w", err)
	}
	places := map[string]int{}
	for i, text := range reply.Block.Data.Txs {
		raw, err := base64.StdEncoding.DecodeString(text)
		if err != nil {
			return fmt.Errorf("read block %d: %w", list[0].height, err)
		}
		places[fmt.Sprintf("%X", sha256.Sum256(raw))] = i
	}
	for _, t := range list {
		place, ok := places[t.hash]
		if !ok {
			return fmt.Errorf("transaction %.64s is not in its block %d", t.hash, t.height)
		}
		t.place = place
	}
	return nil
}
