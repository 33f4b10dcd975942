package chain

import (
	"fmt"
	"reflect"
	"unsafe"

	"github.com/cometbft/cometbft/consensus"
)

// dropPeerStatistics empties the queue in which consensus counts what peers
// sent, for as long as consensus runs.
//
// Only CometBFT's consensus reactor reads that queue, and it is the reactor
// that keeps a core at work when idle (a ticker of 100 microseconds). Without
// a reader the queue is full after some 300 blocks and consensus stands still.
// The field is not exported, so it is reached by its name; the version of
// CometBFT is pinned, and a change of the field is an error here, not a
// standstill later.
func dropPeerStatistics(cs *consensus.State) error {
	field := reflect.ValueOf(cs).Elem().FieldByName("statsMsgQueue")
	if !field.IsValid() || field.Kind() != reflect.Chan || !field.CanAddr() {
		return fmt.Errorf("this version of CometBFT keeps its peer statistics elsewhere")
	}
	queue := reflect.NewAt(field.Type(), unsafe.Pointer(field.UnsafeAddr())).Elem()
	done := make(chan struct{})
	go func() {
		cs.Wait()
		close(done)
	}()
	go func() {
		cases := []reflect.SelectCase{
			{Dir: reflect.SelectRecv, Chan: queue},
			{Dir: reflect.SelectRecv, Chan: reflect.ValueOf(done)},
		}
		for {
			if chosen, _, _ := reflect.Select(cases); chosen == 1 {
				return
			}
		}
	}()
	return nil
}
