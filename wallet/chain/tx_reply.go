package chain

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/big"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/internal/stratos"
)

// Tx is a transaction in a block.
type Tx struct {
	Hash      string // upper-case hex
	Height    int64
	Time      time.Time // of the block
	Codespace string
	Code      uint32 // 0 when it did what it says
	RawLog    string
	GasWanted uint64
	GasUsed   uint64
	Fee       stratos.Amount // wei
	Memo      string
	Messages  []TxMessage
	Signers   []stratos.PublicKey // those that it shows, in the order of signing
	Events    []Event
}

// TxMessage is one message of a transaction, of any type.
type TxMessage struct {
	Type   string          // type URL
	Fields json.RawMessage // proto JSON with "@type"
}

// Event is what a transaction did. Attribute values of typed events (names
// with dots) are JSON themselves; [Event.Get] takes the quotes off.
type Event struct {
	Type       string
	Attributes []Attribute
}

// Attribute is a name and a value as the node sent them.
type Attribute struct {
	Key   string `json:"key"`
	Value string `json:"value"`
}

// Get returns the first attribute named key, without JSON quotes, or "".
func (e Event) Get(key string) string {
	for _, a := range e.Attributes {
		if a.Key != key {
			continue
		}
		var plain string
		if strings.HasPrefix(a.Value, `"`) && json.Unmarshal([]byte(a.Value), &plain) == nil {
			return plain
		}
		return a.Value
	}
	return ""
}

// eventPrepay tells how much ozone a prepay bought; the chain says it nowhere
// else.
const eventPrepay = "stratos.sds.v1.EventPrePay"

// PurchasedNoz returns the noz that the transaction bought, or nil when it
// bought none.
func (t *Tx) PurchasedNoz() *big.Int {
	var sum *big.Int
	for _, e := range t.Events {
		if e.Type != eventPrepay {
			continue
		}
		if noz, err := parseNoz(e.Get("purchased_noz")); err == nil {
			if sum == nil {
				sum = new(big.Int)
			}
			sum.Add(sum, noz)
		}
	}
	return sum
}

// txResponse is the tx_response of the gateway. Integers of 64 bits are
// strings there; gas_wanted can be 2^64-1.
type txResponse struct {
	Height    string          `json:"height"`
	Hash      string          `json:"txhash"`
	Codespace string          `json:"codespace"`
	Code      uint32          `json:"code"`
	RawLog    string          `json:"raw_log"`
	GasWanted string          `json:"gas_wanted"`
	GasUsed   string          `json:"gas_used"`
	Timestamp string          `json:"timestamp"`
	Tx        json.RawMessage `json:"tx"`
	Events    []Event         `json:"events"`
}

// txJSON is the part of a transaction that a wallet shows.
type txJSON struct {
	Body struct {
		Messages []json.RawMessage `json:"messages"`
		Memo     string            `json:"memo"`
	} `json:"body"`
	AuthInfo struct {
		Signers []signerJSON `json:"signer_infos"`
		Fee     struct {
			Amount []coinJSON `json:"amount"`
		} `json:"fee"`
	} `json:"auth_info"`
}

func (r *txResponse) tx() (*Tx, error) {
	height, err := strconv.ParseInt(r.Height, 10, 64)
	if err != nil || len(r.Hash) != 64 {
		return nil, fmt.Errorf("read transaction: height %q, hash %q", r.Height, r.Hash)
	}
	t := &Tx{
		Hash: strings.ToUpper(r.Hash), Height: height, Codespace: r.Codespace, Code: r.Code, RawLog: r.RawLog, Events: r.Events,
	}
	t.GasWanted, _ = strconv.ParseUint(r.GasWanted, 10, 64) // only shown
	t.GasUsed, _ = strconv.ParseUint(r.GasUsed, 10, 64)
	t.Time, _ = time.Parse(time.RFC3339, r.Timestamp)
	var content txJSON
	if len(r.Tx) > 0 {
		if err := json.Unmarshal(r.Tx, &content); err != nil {
			return nil, fmt.Errorf("read transaction %s: %w", t.Hash, err)
		}
	}
	return t, t.fill(&content)
}

func (t *Tx) fill(content *txJSON) error {
	t.Memo, t.Signers = content.Body.Memo, signers(content.AuthInfo.Signers)
	for _, raw := range content.Body.Messages {
		var head struct {
			Type string `json:"@type"`
		}
		if err := json.Unmarshal(raw, &head); err != nil {
			return fmt.Errorf("read message of %s: %w", t.Hash, err)
		}
		t.Messages = append(t.Messages, TxMessage{Type: head.Type, Fields: raw})
	}
	for _, coin := range content.AuthInfo.Fee.Amount {
		if coin.Denom != stratos.Wei {
			continue
		}
		fee, err := stratos.ParseWei(coin.Amount)
		if err != nil {
			return fmt.Errorf("read fee of %s: %w", t.Hash, err)
		}
		t.Fee = t.Fee.Add(fee)
	}
	return nil
}

// Tx reads a transaction by its hash. One that is in no block known to the
// node, at least not yet, is an [ErrNotFound]; a node that keeps no list of
// transactions is an [ErrNoIndex].
func (c *Client) Tx(ctx context.Context, hash string) (*Tx, error) {
	var reply struct {
		Response txResponse `json:"tx_response"`
	}
	if err := c.rest.get(ctx, "/cosmos/tx/v1beta1/txs/"+url.PathEscape(hash), nil, &reply); err != nil {
		return nil, fmt.Errorf("read transaction: %w", searchError(err))
	}
	t, err := reply.Response.tx()
	if err != nil {
		return nil, err
	}
	if t.Hash != strings.ToUpper(hash) || t.Height < 1 {
		return nil, fault.Say(fmt.Errorf("read transaction: asked for %s, got %s of block %d", hash, t.Hash, t.Height),
			"The network gave an answer that makes no sense. Please check its address in the settings.")
	}
	return t, nil
}

// Page is a part of a search, newest first.
type Page struct {
	Txs   []*Tx
	Total uint64 // matches on all pages
}

// Filters for [Client.Search].
const (
	BySender    = "message.sender"
	ByRecipient = "transfer.recipient"
)

// Search lists the transactions whose events have the address under filter,
// newest first. Pages count from 1; limit is at most 100. Nodes may have
// forgotten old transactions, or not keep this index at all.
func (c *Client) Search(ctx context.Context, filter string, a stratos.Address, page, limit int) (Page, error) {
	return c.find(ctx, fmt.Sprintf("%s='%s'", filter, a), page, limit)
}

// ByAction is [Client.Search] for the type of a message, "/stratos.sds.v1.MsgPrepay".
func (c *Client) ByAction(ctx context.Context, action string, page, limit int) (Page, error) {
	return c.find(ctx, fmt.Sprintf("message.action='%s'", action), page, limit)
}

// OfBlock is [Client.Search] for the transactions of one block.
func (c *Client) OfBlock(ctx context.Context, height int64, page, limit int) (Page, error) {
	return c.find(ctx, fmt.Sprintf("tx.height=%d", height), page, limit)
}

func (c *Client) find(ctx context.Context, event string, page, limit int) (Page, error) {
	query := url.Values{
		"events":   {event},
		"order_by": {"ORDER_BY_DESC"},
		"page":     {strconv.Itoa(page)},
		"limit":    {strconv.Itoa(limit)},
	}
	var reply struct {
		Responses []txResponse `json:"tx_responses"`
		Total     string       `json:"total"`
	}
	if err := c.rest.get(ctx, "/cosmos/tx/v1beta1/txs", query, &reply); err != nil {
		return Page{}, fmt.Errorf("search transactions: %w", searchError(err))
	}
	result := Page{}
	result.Total, _ = strconv.ParseUint(reply.Total, 10, 64)
	var unread error
	for i := range reply.Responses {
		t, err := reply.Responses[i].tx()
		if err != nil {
			unread = errors.Join(unread, err)
			continue
		}
		result.Txs = append(result.Txs, t)
	}
	if len(result.Txs) == 0 && unread != nil {
		return Page{}, unread
	}
	return result, nil
}

// searchError tells a node without an index from one that fails.
func searchError(err error) error {
	api, ok := errors.AsType[*apiError](err)
	if errors.Is(err, ErrNotFound) {
		return err
	}
	if ok && (strings.Contains(api.Message, "indexing is disabled") || api.Status == http.StatusNotImplemented) {
		return fault.Say(fmt.Errorf("%w: %w", ErrNoIndex, err),
			"This network address keeps no list of transactions. Please choose another address in the settings.")
	}
	return asUnreachable(err)
}
