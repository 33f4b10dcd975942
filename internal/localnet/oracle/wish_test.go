package oracle

import (
	"crypto/ed25519"
	"encoding/base64"
	"strings"
	"testing"

	"github.com/stratosdrive/stratosdrive/internal/stratos"
	"github.com/stratosdrive/stratosdrive/wallet/message"
)

// reader reads the JSON of a message as nodes write it.
type reader struct{ page }

func (r reader) account(name string) stratos.Address {
	a, err := stratos.ParseAddress(r.of(name).text())
	ok(r.all.t, err)
	return a
}

func (r reader) validator(name string) stratos.Address {
	a, err := stratos.ParseValidator(r.of(name).text())
	ok(r.all.t, err)
	return a
}

func (r reader) node(name string) stratos.NodeAddress {
	a, err := stratos.ParseNodeAddress(r.of(name).text())
	ok(r.all.t, err)
	return a
}

// wei reads a coin, or a list of one.
func (r reader) wei(name string) stratos.Amount {
	coin := r.of(name)
	if list := coin.list(); len(list) == 1 && !coin.has("denom") {
		coin = list[0]
	}
	coin.of("denom").is(stratos.Wei)
	a, err := stratos.ParseWei(coin.of("amount").text())
	ok(r.all.t, err)
	return a
}

func (r reader) description() message.Description {
	d := reader{r.of("description")}
	return message.Description{
		Moniker: d.of("moniker").text(), Identity: d.of("identity").text(), Website: d.of("website").text(),
		Contact: d.of("security_contact").text(), Details: d.of("details").text(),
	}
}

func (r reader) key(name string) ed25519.PublicKey {
	key := r.of(name)
	key.of("@type").is("/cosmos.crypto.ed25519.PubKey")
	raw, err := base64.StdEncoding.DecodeString(key.of("key").text())
	ok(r.all.t, err)
	return raw
}

var options = map[string]message.Option{
	"VOTE_OPTION_YES": message.Yes, "VOTE_OPTION_ABSTAIN": message.Abstain, "VOTE_OPTION_NO": message.No, "VOTE_OPTION_NO_WITH_VETO": message.Veto,
}

// wish is the message as the wallet would send it, nil when it never does.
func wish(p page) message.Message {
	r := reader{p}
	switch url := p.of("@type").text(); url {
	case message.TypeSend:
		if r.of("amount").list()[0].of("denom").text() != stratos.Wei {
			return nil
		}
		return message.Transfer{From: r.account("from_address"), To: r.account("to_address"), Amount: r.wei("amount")}
	case message.TypePrepay:
		return message.Prepay{Sender: r.account("sender"), Beneficiary: r.account("beneficiary"), Amount: r.wei("amount")}
	case message.TypeWithdraw:
		return message.Withdraw{Wallet: r.account("wallet_address"), Target: r.account("target_address"), Amount: r.wei("amount")}
	case message.TypeGift:
		return message.Gift{From: r.account("from"), Amount: r.wei("amount")}
	case message.TypeCreateNode:
		return message.CreateNode{
			Owner: r.account("owner_address"), Beneficiary: r.account("beneficiary_address"), Node: r.node("network_address"), Key: r.key("pubkey"),
			Deposit: r.wei("value"), Description: r.description(), Kinds: uint32(r.of("node_type").number()),
		}
	case message.TypeUpdateNode:
		return message.UpdateNode{
			Owner: r.account("owner_address"), Beneficiary: r.account("beneficiary_address"), Node: r.node("network_address"),
			Description: r.description(), Kinds: uint32(r.of("node_type").number()),
		}
	case message.TypeNodeDeposit:
		return message.AddNodeDeposit{Owner: r.account("owner_address"), Node: r.node("network_address"), Amount: r.wei("deposit_delta")}
	default:
		if strings.HasPrefix(url, "/cosmos.gov.") {
			return govWish(url, r)
		}
		return stakeWish(url, r)
	}
}

func stakeWish(url string, r reader) message.Message {
	switch url {
	case message.TypeDelegate:
		return message.Delegate{Delegator: r.account("delegator_address"), Validator: r.validator("validator_address"), Amount: r.wei("amount")}
	case message.TypeUndelegate:
		return message.Undelegate{Delegator: r.account("delegator_address"), Validator: r.validator("validator_address"), Amount: r.wei("amount")}
	case message.TypeRedelegate:
		return message.Redelegate{
			Delegator: r.account("delegator_address"), From: r.validator("validator_src_address"), To: r.validator("validator_dst_address"), Amount: r.wei("amount"),
		}
	case message.TypeWithdrawReward:
		return message.WithdrawReward{Delegator: r.account("delegator_address"), Validator: r.validator("validator_address")}
	case message.TypeSetPayout:
		return message.SetPayout{Delegator: r.account("delegator_address"), To: r.account("withdraw_address")}
	}
	return nil
}

func govWish(url string, r reader) message.Message {
	switch url {
	case message.TypeVote:
		r.of("metadata").is("")
		return message.Vote{Voter: r.account("voter"), Proposal: r.of("proposal_id").number(), Option: options[r.of("option").text()]}
	case message.TypeVoteWeighted:
		r.of("metadata").is("")
		v := message.WeightedVote{Voter: r.account("voter"), Proposal: r.of("proposal_id").number()}
		for _, o := range r.of("options").list() {
			whole := strings.TrimSuffix(strings.TrimPrefix(o.of("weight").text(), "0."), "00000000000000")
			v.Shares = append(v.Shares, message.Share{Option: options[o.of("option").text()], BasisPoints: uint32(number(r.all.t, whole))})
		}
		return v
	case message.TypePropose:
		r.of("messages").raw()
		return message.Propose{
			Proposer: r.account("proposer"), Title: r.of("title").text(), Summary: r.of("summary").text(), Metadata: r.of("metadata").text(), Deposit: r.wei("initial_deposit"),
		}
	}
	return nil
}

func number(t testing.TB, text string) uint64 {
	t.Helper()
	a, err := stratos.ParseWei(text)
	ok(t, err)
	return a.Wei().Uint64()
}
