package explorer_test

import (
	"fmt"

	"github.com/stratosdrive/stratosdrive/network/explorer"
)

// One field takes the name of anything.
func ExampleRecognise() {
	for _, typed := range []string{"12", "#3", "report 7", "latest", "how are you"} {
		t := explorer.Recognise(typed)
		fmt.Printf("%q is %q %q\n", typed, t.Kind, t.ID)
	}
	// Output:
	// "12" is "block" "12"
	// "#3" is "proposal" "3"
	// "report 7" is "report" "7"
	// "latest" is "block" "latest"
	// "how are you" is "" ""
}
