package explorer

import "fyne.io/fyne/v2/lang"

// translated says a word that package app uses for things of the chain in the
// language of the window. What transactions are about is said by the words of
// the wallet's history.
func translated(english string) string {
	for _, words := range []map[string]string{things(), facts(), states()} {
		if word, known := words[english]; known {
			return word
		}
	}
	return lang.L(english)
}

func things() map[string]string {
	return map[string]string{
		"Block": lang.L("Block"), "Transaction": lang.L("Transaction"), "Account": lang.L("Account"), "Validator": lang.L("Validator"),
		"Storage node": lang.L("Storage node"), "Proposal": lang.L("Proposal"), "Report of traffic": lang.L("Report of traffic"),
		"File": lang.L("File"), "File stored": lang.L("File stored"), "Storage node punished": lang.L("Storage node punished"),
		"Storage node brought into service": lang.L("Storage node brought into service"),
		"Report of creators' traffic":       lang.L("Report of creators' traffic"), "Gift to the community pool": lang.L("Gift to the community pool"),
		"Whose nodes served it": lang.L("Whose nodes served it"),
	}
}

func facts() map[string]string {
	return map[string]string{
		"Number": lang.L("Number"), "Time": lang.L("Time"), "Made by": lang.L("Made by"), "Validators that signed": lang.L("Validators that signed"),
		"Validators that could": lang.L("Validators that could"), "Transactions": lang.L("Transactions"), "Id": lang.L("Id"),
		"From": lang.L("From"), "To": lang.L("To"), "For": lang.L("For"), "Amount": lang.L("Amount"), "Ozone": lang.L("Ozone"), "Fee": lang.L("Fee"),
		"Note": lang.L("Note"), "Gas used": lang.L("Gas used"), "Served by nodes of": lang.L("Served by nodes of"), "Name": lang.L("Name"),
		"Address": lang.L("Address"), "Address for EVM wallets": lang.L("Address for EVM wallets"), "In all": lang.L("In all"),
		"Free to use": lang.L("Free to use"), "Staked": lang.L("Staked"), "Coming back": lang.L("Coming back"),
		"Staking rewards due": lang.L("Staking rewards due"), "Node rewards to take out": lang.L("Node rewards to take out"),
		"Node rewards that wait": lang.L("Node rewards that wait"), "Owed for failures of nodes": lang.L("Owed for failures of nodes"),
		"State": lang.L("State"), "Power": lang.L("Power"), "Takes of the rewards": lang.L("Takes of the rewards"), "Online": lang.L("Online"),
		"Signs blocks as": lang.L("Signs blocks as"), "Owner": lang.L("Owner"), "Deposit": lang.L("Deposit"), "Registered": lang.L("Registered"),
		"Rewards go to": lang.L("Rewards go to"), "Title": lang.L("Title"), "Text": lang.L("Text"), "Proposed by": lang.L("Proposed by"),
		"Abstain": lang.L("Abstain"), "Ends": lang.L("Ends"), "Epoch": lang.L("Epoch"), "Ozone used up": lang.L("Ozone used up"),
		"Paid from the mining pool": lang.L("Paid from the mining pool"), "Paid from prepaid traffic": lang.L("Paid from prepaid traffic"),
		"Meta node": lang.L("Meta node"), "Uploaded by": lang.L("Uploaded by"), "Meta nodes that reported it": lang.L("Meta nodes that reported it"),
		"Staker": lang.L("Staker"), "Voter": lang.L("Voter"), "Wallet": lang.L("Wallet"), "From validator": lang.L("From validator"),
		"To validator": lang.L("To validator"), "Node": lang.L("Node"), "Punishment": lang.L("Punishment"), "Answer": lang.L("Answer"),
	}
}

func states() map[string]string {
	return map[string]string{
		"Active": lang.L("Active"), "Jailed": lang.L("Jailed"), "Not active": lang.L("Not active"), "In service": lang.L("In service"),
		"Waits to be brought into service": lang.L("Waits to be brought into service"), "Out of service": lang.L("Out of service"),
		"Given up, its deposit comes back": lang.L("Given up, its deposit comes back"), "Gone": lang.L("Gone"),
		"Waits for its deposit": lang.L("Waits for its deposit"), "Open for votes": lang.L("Open for votes"), "Passed": lang.L("Passed"),
		"Rejected": lang.L("Rejected"), "Passed, but could not be carried out": lang.L("Passed, but could not be carried out"), "Not known": lang.L("Not known"),
		"Yes": lang.L("Yes"), "No": lang.L("No"), "No, harmful": lang.L("No, harmful"),
	}
}
