package proof

import (
	"context"
	"fmt"
	"math/big"
)

// What an epoch paid follows from the messages on the chain alone. The chain
// here is a recorded one.
func ExampleRead() {
	chain := recorded()
	chain.settle(number("10000000000000000000000"), new(big.Int), new(big.Int))
	books, err := Read(context.Background(), chain)
	if err != nil {
		fmt.Println(err)
		return
	}
	epoch := books.Epoch(1)
	fmt.Println("mined", epoch.Mined())
	fmt.Println("for the community", epoch.Tax)
	fmt.Println("for the first wallet", epoch.Wallets[alice].Total())
	// Output:
	// mined 80000000000000000000
	// for the community 32025592304638
	// for the first wallet 12000594475057154860
}
