package chain

import (
	"fmt"
	"io"
	"strings"

	"cosmossdk.io/log"
	cmtlog "github.com/cometbft/cometbft/libs/log"
	"github.com/rs/zerolog"
)

// newLogger writes warnings and errors to w, or nowhere when w is nil. Below
// that there are some twenty lines a block.
func newLogger(w io.Writer) log.Logger {
	if w == nil {
		return log.NewNopLogger()
	}
	return log.NewLogger(w, log.ColorOption(false), log.LevelOption(zerolog.WarnLevel))
}

// failureLog is a logger for CometBFT that notices when consensus gives up.
// CometBFT says so in its log only and then idles on.
type failureLog struct {
	log.Logger
	failed func(reason string)
}

// With adds keys and values to every line.
func (l failureLog) With(keyvals ...any) cmtlog.Logger {
	return failureLog{l.Logger.With(keyvals...), l.failed}
}

// Error writes a line and reports a failure of consensus.
func (l failureLog) Error(message string, keyvals ...any) {
	if strings.HasPrefix(message, "CONSENSUS FAILURE") {
		l.failed(valueOf(keyvals, "err"))
	}
	l.Logger.Error(message, keyvals...)
}

func valueOf(keyvals []any, key string) string {
	for i := 0; i+1 < len(keyvals); i += 2 {
		if keyvals[i] == key {
			return fmt.Sprint(keyvals[i+1])
		}
	}
	return "no reason given"
}
