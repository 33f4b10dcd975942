package explorer

import (
	"encoding/json"
	"math/big"
	"strings"

	"github.com/stratosdrive/stratosdrive/internal/stratos"
)

// Fact is one thing that a message says: a text, an amount of money, of ozone,
// or the name of another thing.
type Fact struct {
	Name   string // in plain English
	Text   string
	Amount *stratos.Amount // wei
	Noz    string          // decimal
	Target Target
}

// sentences say what the messages of the network itself are about; those that
// people send are told by their history.
var sentences = map[string]string{
	"/stratos.sds.v1.MsgFileUpload":                     "File stored",
	"/stratos.pot.v1.MsgVolumeReport":                   "Report of traffic",
	"/stratos.pot.v1.MsgSlashingResourceNode":           "Storage node punished",
	"/stratos.register.v1.MsgUpdateEffectiveDeposit":    "Storage node brought into service",
	"/stratosdrive.creator.v1.MsgCreatorTraffic":        "Report of creators' traffic",
	"/cosmos.distribution.v1beta1.MsgFundCommunityPool": "Gift to the community pool",
}

// Sentence says what a message of the network is about, "" for others.
func Sentence(typeURL string) string { return sentences[typeURL] }

// field is how a field of a message is shown.
type field struct {
	key, name string
	kind      Kind // of what the text names; Nothing for plain text
	noz       bool
}

// fields are those that say something to people, in the order in which they are
// shown. Others, such as keys and signatures, are left out.
var fields = []field{
	{"from_address", "From", Account, false},
	{"sender", "From", Account, false},
	{"from", "From", Account, false},
	{"delegator_address", "Staker", Account, false},
	{"voter", "Voter", Account, false},
	{"proposer", "Proposed by", Account, false},
	{"depositor", "From", Account, false},
	{"owner_address", "Owner", Account, false},
	{"to_address", "To", Account, false},
	{"receiver", "To", Account, false},
	{"beneficiary", "For", Account, false},
	{"wallet_address", "Wallet", Account, false},
	{"target_address", "To", Account, false},
	{"beneficiary_address", "Rewards go to", Account, false},
	{"withdraw_address", "Rewards go to", Account, false},
	{"uploader", "Uploaded by", Account, false},
	{"validator_address", "Validator", Validator, false},
	{"validator_src_address", "From validator", Validator, false},
	{"validator_dst_address", "To validator", Validator, false},
	{"network_address", "Node", Node, false},
	{"resource_node_address", "Node", Node, false},
	{"reporter", "Meta node", Node, false},
	{"file_hash", "File", File, false},
	{"proposal_id", "Proposal", Proposal, false},
	{"epoch", "Epoch", Report, false},
	{"amount", "Amount", Nothing, false},
	{"value", "Deposit", Nothing, false},
	{"initial_deposit", "Deposit", Nothing, false},
	{"deposit_delta", "Deposit", Nothing, false},
	{"token", "Amount", Nothing, false},
	{"slashing", "Punishment", Nothing, true},
	{"title", "Title", Nothing, false},
	{"option", "Answer", Nothing, false},
}

// answers of a vote, as the chain writes them.
var answers = map[string]string{
	"VOTE_OPTION_YES": "Yes", "VOTE_OPTION_NO": "No", "VOTE_OPTION_ABSTAIN": "Abstain", "VOTE_OPTION_NO_WITH_VETO": "No, harmful",
}

// Facts tells what a message says, as far as it means something to people. What
// cannot be read is left out.
func Facts(message []byte) []Fact {
	var object map[string]json.RawMessage
	if json.Unmarshal(message, &object) != nil {
		return nil
	}
	var list []Fact
	for _, f := range fields {
		if raw, there := object[f.key]; there {
			if fact, ok := f.read(raw); ok {
				list = append(list, fact)
			}
		}
	}
	return list
}

func (f field) read(raw json.RawMessage) (Fact, bool) {
	fact := Fact{Name: f.name}
	var text string
	if json.Unmarshal(raw, &text) != nil {
		sum, ok := amountOf(raw)
		fact.Amount = &sum
		return fact, ok && f.kind == Nothing && !f.noz
	}
	text = strings.TrimSpace(text)
	switch {
	case text == "":
		return fact, false
	case f.noz:
		fact.Noz = text
		return fact, isNumber(text)
	case f.kind != Nothing:
		fact.Text, fact.Target = text, Named(f.kind, text)
		return fact, fact.Target.Kind != Nothing
	}
	fact.Text = text
	if word, known := answers[text]; known {
		fact.Text = word
	}
	return fact, true
}

// amountOf reads a coin or a list of coins.
func amountOf(raw json.RawMessage) (stratos.Amount, bool) {
	var list coins
	if json.Unmarshal(raw, &list) != nil {
		list = make(coins, 1)
		if json.Unmarshal(raw, &list[0]) != nil {
			return stratos.Amount{}, false
		}
	}
	sum, err := list.wei()
	return sum, err == nil && !sum.IsZero()
}

func isNumber(text string) bool {
	return text != "" && len(text) <= 80 && strings.Trim(text, "0123456789") == ""
}

// Volume is the ozone that was used up at the nodes of one wallet.
type Volume struct {
	Wallet string
	Noz    *big.Int
}

// Volumes reads what a report says of each wallet, in its order.
func Volumes(message []byte) []Volume {
	var report struct {
		Volumes []struct {
			Wallet string `json:"wallet_address"`
			Noz    string `json:"volume"`
		} `json:"wallet_volumes"`
	}
	if json.Unmarshal(message, &report) != nil {
		return nil
	}
	var list []Volume
	for _, v := range report.Volumes {
		noz, ok := new(big.Int).SetString(v.Noz, 10)
		if ok && isNumber(v.Noz) && Named(Account, v.Wallet).Kind == Account {
			list = append(list, Volume{v.Wallet, noz})
		}
	}
	return list
}
