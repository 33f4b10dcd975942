package book_test

import (
	"fmt"

	"github.com/stratosdrive/stratosdrive/internal/stratos"
	"github.com/stratosdrive/stratosdrive/wallet/book"
)

// A thief sends a trifle from an address that resembles one that was paid, and
// hopes to be copied.
func ExampleChecker() {
	var paid, thief stratos.Address
	for i := range paid {
		paid[i], thief[i] = byte(i*31), byte(i*31)
	}
	thief[8], thief[9] = 0xee, 0xee // the ends are the same
	c := book.NewChecker(book.Known{Address: paid, Name: "Ana", Source: book.Paid})
	fmt.Println("to Ana:", c.Check(paid).FirstTime, len(c.Check(paid).Alike))
	found := c.Check(thief)
	fmt.Println("to the other:", found.FirstTime, found.Alike[0].Known.Name, !found.Sentence().Empty())
	// Output:
	// to Ana: false 0
	// to the other: true Ana true
}
