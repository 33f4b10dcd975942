package proof

import (
	"encoding/json"
	"errors"
	"fmt"
	"math/big"
	"strconv"
)

// Messages that change what rewards follow from.
const (
	typePrepay    = "/stratos.sds.v1.MsgPrepay"
	typeEffective = "/stratos.register.v1.MsgUpdateEffectiveDeposit"
	typeRemove    = "/stratos.register.v1.MsgRemoveResourceNode"
	typeSlash     = "/stratos.pot.v1.MsgSlashingResourceNode"
	typeReport    = "/stratos.pot.v1.MsgVolumeReport"
	typeWithdraw  = "/stratos.pot.v1.MsgWithdraw"
	typeCreator   = "/stratosdrive.creator.v1.MsgCreatorTraffic"
)

var followed = []string{typePrepay, typeEffective, typeRemove, typeSlash, typeReport, typeWithdraw, typeCreator}

// Messages by which the deposits of meta nodes change, which are not followed.
var notFollowed = []string{
	"/stratos.register.v1.MsgMetaNodeRegistrationVote", "/stratos.register.v1.MsgUpdateMetaNodeDeposit",
	"/stratos.register.v1.MsgRemoveMetaNode", "/stratos.register.v1.MsgKickMetaNodeVote",
}

// message has the fields of all messages that are followed.
type message struct {
	Amount    []coin       `json:"amount"`
	Wallet    string       `json:"wallet_address"`
	Node      string       `json:"network_address"`
	Removed   string       `json:"resource_node_address"`
	Effective string       `json:"effective_tokens"`
	Slashing  string       `json:"slashing"`
	Suspend   bool         `json:"suspend"`
	Epoch     string       `json:"epoch"`
	Reporter  string       `json:"reporter"`
	Volumes   []volumeJSON `json:"wallet_volumes"`
	Owners    []volumeJSON `json:"owners"`
	Servers   []volumeJSON `json:"servers"`
}

type coin struct {
	Denom  string `json:"denom"`
	Amount string `json:"amount"`
}

// wei is what a list of coins has of the chain's own.
func wei(coins []coin) (*big.Int, error) {
	for _, c := range coins {
		if c.Denom == "wei" {
			return parseWhole(c.Amount)
		}
	}
	return new(big.Int), nil
}

type volumeJSON struct {
	Wallet string `json:"wallet_address"`
	Volume string `json:"volume"`
}

func volumes(list []volumeJSON) ([]Volume, error) {
	var all []Volume
	for _, v := range list {
		noz, err := parseWhole(v.Volume)
		if err != nil {
			return nil, err
		}
		all = append(all, Volume{v.Wallet, noz})
	}
	return all, nil
}

// handler does what a message did.
type handler func(*tx, message) error

// deposits follows what counts of deposits.
func (b *Books) deposits() map[string]handler {
	return map[string]handler{typeEffective: b.activate, typeRemove: b.remove, typeSlash: b.slash}
}

// everything follows all messages.
func (b *Books) everything(l *lookup) map[string]handler {
	all := b.deposits()
	all[typePrepay], all[typeWithdraw], all[typeCreator] = b.prepay, b.withdraw, b.content
	all[typeReport] = func(t *tx, m message) error { return b.report(t, m, l) }
	return all
}

// apply does what a message of t did, if do knows it.
func apply(t *tx, raw json.RawMessage, do map[string]handler) error {
	var head struct {
		Type string `json:"@type"`
	}
	err := json.Unmarshal(raw, &head)
	if h := do[head.Type]; err == nil && h != nil {
		var m message
		if err = json.Unmarshal(raw, &m); err == nil {
			err = h(t, m)
		}
	}
	if err != nil {
		return fmt.Errorf("follow a message of %s: %w", t.hash, err)
	}
	return nil
}

func (b *Books) prepay(_ *tx, m message) error {
	paid, err := wei(m.Amount)
	if err == nil {
		b.Bought.Add(b.Bought, b.market.buy(paid))
	}
	return err
}

func (b *Books) activate(_ *tx, m message) error {
	tokens, err := parseWhole(m.Effective)
	if err == nil {
		b.setEffective(m.Node, tokens)
	}
	return err
}

func (b *Books) remove(_ *tx, m message) error {
	b.setEffective(m.Removed, new(big.Int))
	return nil
}

func (b *Books) slash(_ *tx, m message) error {
	noz, err := parseWhole(m.Slashing)
	if err != nil {
		return err
	}
	a := b.account(m.Wallet)
	a.Owed.Add(a.Owed, b.market.worth(noz).Floor())
	if m.Suspend {
		b.setEffective(m.Node, new(big.Int))
	}
	return nil
}

func (b *Books) withdraw(_ *tx, m message) error {
	paid, err := wei(m.Amount)
	if err != nil {
		return err
	}
	a := b.account(m.Wallet)
	a.Mature.Sub(a.Mature, paid)
	a.Withdrawn.Add(a.Withdrawn, paid)
	return nil
}

func (b *Books) content(_ *tx, m message) error {
	epoch, err := strconv.ParseInt(m.Epoch, 10, 64)
	owners, err1 := volumes(m.Owners)
	servers, err2 := volumes(m.Servers)
	b.waiting[epoch] = told{owners: owners, servers: servers}
	return errors.Join(err, err1, err2)
}

func (b *Books) report(t *tx, m message, l *lookup) error {
	epoch, err := strconv.ParseInt(m.Epoch, 10, 64)
	served, err1 := volumes(m.Volumes)
	if err := errors.Join(err, err1); err != nil {
		return err
	}
	if w, ok := b.waiting[epoch]; ok {
		if w.share, err = l.share(epoch); err != nil {
			return err
		}
		b.waiting[epoch] = w
	}
	wallet, err := l.wallet(m.Reporter)
	if err == nil {
		b.close(&Epoch{Number: epoch, Height: t.height, Hash: t.hash}, served, []string{wallet})
	}
	return err
}
