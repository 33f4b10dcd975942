package history

import "strings"

// rule says what a message type is and which of its fields name the signer,
// the other side and the amount. Guest is the kind for the other side.
type rule struct {
	kind                  Kind
	direction             Direction
	signer, other, amount string
	guest                 Kind
	event                 string // take the amount from these events instead
}

// rules by type URL; versions of a message share a rule, see ruleOf.
var rules = map[string]rule{
	"/cosmos.bank.v1beta1.MsgSend":                                {Sent, Out, "from_address", "to_address", "amount", Received, ""},
	"/stratos.sds.v1.MsgPrepay":                                   {BoughtOzone, Out, "sender", "beneficiary", "amount", GotOzone, ""},
	"/stratos.sds.v1.MsgFileUpload":                               {NetworkReport, None, "from", "", "", "", ""},
	"/stratos.pot.v1.MsgWithdraw":                                 {NodeReward, None, "wallet_address", "target_address", "amount", Received, ""},
	"/stratos.pot.v1.MsgFoundationDeposit":                        {PoolGift, Out, "from", "", "amount", "", ""},
	"/stratos.pot.v1.MsgVolumeReport":                             {NetworkReport, None, "reporter_owner", "", "", "", ""},
	"/stratos.pot.v1.MsgSlashingResourceNode":                     {NetworkReport, None, "", "", "", "", ""},
	"/cosmos.staking.v1beta1.MsgDelegate":                         {Staked, Out, "delegator_address", "validator_address", "amount", "", ""},
	"/cosmos.staking.v1beta1.MsgUndelegate":                       {Unstaked, None, "delegator_address", "validator_address", "amount", "", ""},
	"/cosmos.staking.v1beta1.MsgBeginRedelegate":                  {MovedStake, None, "delegator_address", "validator_dst_address", "amount", "", ""},
	"/cosmos.staking.v1beta1.MsgCancelUnbondingDelegation":        {KeptStake, None, "delegator_address", "validator_address", "amount", "", ""},
	"/cosmos.staking.v1beta1.MsgCreateValidator":                  {Staked, Out, "delegator_address", "validator_address", "value", "", ""},
	"/cosmos.staking.v1beta1.MsgEditValidator":                    {ValidatorChanged, None, "", "validator_address", "", "", ""},
	"/cosmos.slashing.v1beta1.MsgUnjail":                          {ValidatorChanged, None, "", "validator_addr", "", "", ""},
	"/cosmos.distribution.v1beta1.MsgWithdrawDelegatorReward":     {StakeReward, In, "delegator_address", "validator_address", "", "", "withdraw_rewards"},
	"/cosmos.distribution.v1beta1.MsgWithdrawValidatorCommission": {StakeReward, In, "", "validator_address", "", "", "withdraw_commission"},
	"/cosmos.distribution.v1beta1.MsgSetWithdrawAddress":          {SetRewardAddress, None, "delegator_address", "withdraw_address", "", "", ""},
	"/cosmos.distribution.v1beta1.MsgFundCommunityPool":           {PoolGift, Out, "depositor", "", "amount", "", ""},
	"/cosmos.gov.v1.MsgVote":                                      {Voted, None, "voter", "", "", "", ""},
	"/cosmos.gov.v1.MsgVoteWeighted":                              {Voted, None, "voter", "", "", "", ""},
	"/cosmos.gov.v1.MsgDeposit":                                   {ProposalDeposit, Out, "depositor", "", "amount", "", ""},
	"/cosmos.gov.v1.MsgSubmitProposal":                            {Proposed, Out, "proposer", "", "initial_deposit", "", ""},
	"/cosmos.authz.v1beta1.MsgGrant":                              {Rights, None, "granter", "grantee", "", Rights, ""},
	"/cosmos.authz.v1beta1.MsgRevoke":                             {Rights, None, "granter", "grantee", "", Rights, ""},
	"/cosmos.authz.v1beta1.MsgExec":                               {ActedFor, None, "grantee", "", "", "", ""},
	"/cosmos.gov.v1.MsgCancelProposal":                            {Proposed, None, "proposer", "", "", "", ""},
	"/cosmos.feegrant.v1beta1.MsgGrantAllowance":                  {Rights, None, "granter", "grantee", "", Rights, ""},
	"/cosmos.feegrant.v1beta1.MsgRevokeAllowance":                 {Rights, None, "granter", "grantee", "", Rights, ""},
	"/cosmos.vesting.v1beta1.MsgCreateVestingAccount":             {Sent, Out, "from_address", "to_address", "amount", Received, ""},
	"/cosmos.vesting.v1beta1.MsgCreatePermanentLockedAccount":     {Sent, Out, "from_address", "to_address", "amount", Received, ""},
	"/cosmos.vesting.v1beta1.MsgCreatePeriodicVestingAccount":     {Sent, Out, "from_address", "to_address", "", Received, ""},
	"/ibc.core.channel.v1.MsgRecvPacket":                          {OtherChain, None, "signer", "", "", "", ""},
	"/ibc.core.channel.v1.MsgAcknowledgement":                     {OtherChain, None, "signer", "", "", "", ""},
	"/ibc.core.channel.v1.MsgTimeout":                             {OtherChain, None, "signer", "", "", "", ""},
	"/ibc.core.client.v1.MsgUpdateClient":                         {OtherChain, None, "signer", "", "", "", ""},
	"/ibc.applications.transfer.v1.MsgTransfer":                   {OtherChain, Out, "sender", "receiver", "token", "", ""},
	"/stratos.register.v1.MsgCreateResourceNode":                  {NodeDeposit, Out, "owner_address", "network_address", "value", "", ""},
	"/stratos.register.v1.MsgCreateMetaNode":                      {NodeDeposit, Out, "owner_address", "network_address", "value", "", ""},
	"/stratos.register.v1.MsgUpdateResourceNodeDeposit":           {NodeDeposit, Out, "owner_address", "network_address", "deposit_delta", "", ""},
	"/stratos.register.v1.MsgUpdateMetaNodeDeposit":               {NodeDeposit, Out, "owner_address", "network_address", "deposit_delta", "", ""},
	"/stratos.register.v1.MsgUpdateResourceNode":                  {NodeChanged, None, "owner_address", "network_address", "", "", ""},
	"/stratos.register.v1.MsgUpdateMetaNode":                      {NodeChanged, None, "owner_address", "network_address", "", "", ""},
	"/stratos.register.v1.MsgRemoveResourceNode":                  {NodeRemoved, None, "owner_address", "resource_node_address", "", "", ""},
	"/stratos.register.v1.MsgRemoveMetaNode":                      {NodeRemoved, None, "owner_address", "meta_node_address", "", "", ""},
	"/stratos.register.v1.MsgMetaNodeRegistrationVote":            {NodeVote, None, "voter_owner_address", "candidate_network_address", "", "", ""},
	"/stratos.register.v1.MsgKickMetaNodeVote":                    {NodeVote, None, "voter_owner_address", "target_network_address", "", "", ""},
	"/stratos.register.v1.MsgUpdateEffectiveDeposit":              {NetworkReport, None, "", "", "", "", ""},
}

// ruleOf finds the rule of a type, also for older versions of it that a
// history may contain.
func ruleOf(typeURL string) (rule, bool) {
	typeURL = strings.Replace(typeURL, ".register.v1_1.", ".register.v1.", 1)
	typeURL = strings.Replace(typeURL, ".gov.v1beta1.", ".gov.v1.", 1)
	r, known := rules[typeURL]
	return r, known
}
