package gov_test

import (
	"fmt"

	"github.com/stratosdrive/stratosdrive/wallet/gov"
)

// One word is a whole vote; several words share it.
func ExampleParseVote() {
	for _, typed := range []string{"yes", "yes=60,no=40", "yes=60,perhaps=40"} {
		shares, err := gov.ParseVote(typed)
		fmt.Println(gov.FormatVote(shares), err == nil)
	}
	// Output:
	// yes true
	// yes=60,no=40 true
	//  false
}
