package sim

import "math/rand/v2"

// kind is what an event does.
type kind int

const (
	evEdit    kind = iota // a person changes something
	evSync                // a sync begins
	evWork                // the devices do some steps
	evKill                // the program is killed
	evPower               // the power fails
	evRestart             // the program ends and starts again
	evUpset               // something begins to go wrong
	evCalm                // all goes well again
	evClock               // a clock jumps
	evSleep               // time passes
	evForget              // a part of what the program keeps is lost
	evExplode             // a device is lost with its disk
	evCollect             // a device looks after the space
	evVisit               // a device is on for a day and gets its work done
	evSeason              // weeks pass in which the others go on while a device sleeps
	kinds                 // keep last
)

// String returns the name of the kind.
func (k kind) String() string {
	return [kinds]string{"edit", "sync", "work", "kill", "power", "restart", "upset", "calm", "clock", "sleep", "forget", "explode", "collect", "visit", "season"}[k]
}

// weights say how often each kind of event comes, and monthsWeights how often
// in worlds that see months pass.
var (
	weights       = [kinds]int{30, 22, 40, 3, 3, 2, 4, 4, 2, 5, 1, 1, 0, 0, 0}
	monthsWeights = [kinds]int{16, 6, 12, 2, 2, 2, 4, 5, 1, 8, 1, 1, 4, 8, 28}
)

// event is one line of the script of a run. All that is random in it follows
// from its seed.
type event struct {
	kind kind
	dev  int
	seed uint64
}

// script draws the events of a run.
func script(seed uint64) []event {
	rng := rand.New(rand.NewPCG(seed, 1))
	weights, least, more := weights, 20, 60
	if seesMonths(seed) {
		weights, least, more = monthsWeights, 10, 20
	}
	total := 0
	for _, n := range weights {
		total += n
	}
	out := make([]event, least+rng.IntN(more))
	for i := range out {
		at := rng.IntN(total)
		for at >= weights[out[i].kind] {
			at -= weights[out[i].kind]
			out[i].kind++
		}
		out[i].dev, out[i].seed = rng.IntN(3), rng.Uint64()
	}
	return out
}
