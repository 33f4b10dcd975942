package chain

import (
	"errors"
	"time"

	sdk "github.com/cosmos/cosmos-sdk/types"
	sdkerrors "github.com/cosmos/cosmos-sdk/types/errors"
)

// commitLimit is how long a commit may hold up who reads the newest state.
const commitLimit = 10 * time.Second

// state returns the newest state. In the midst of a commit the application has
// none for a moment, which is waited for.
func (c *Chain) state() (sdk.Context, error) {
	for end := time.Now().Add(commitLimit); ; time.Sleep(time.Millisecond) {
		ctx, err := c.engine.app.CreateQueryContext(0, false)
		if !errors.Is(err, sdkerrors.ErrInvalidHeight) || time.Now().After(end) {
			return ctx, err
		}
	}
}
