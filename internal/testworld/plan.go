package testworld

import (
	"fmt"
	"math/rand/v2"
)

// Who lives in the world. Viewers from firstCheat on cheat.
const (
	creators   = 3
	viewers    = 20
	nodes      = 8
	firstCheat = 15
)

// Who else is special. Of the creators, the last one cheats.
const (
	liar     = 14 // tells the chain of traffic that never was
	second   = 15 // another wallet of the creator who cheats
	early    = 16 // publishes; a friend watches it with ozone from before it became dear
	friend   = 17
	ringFrom = 18 // publish, and watch each other: this one and the next
)

// Epochs in which something special happens, as shares of all.
const (
	dearAt  = 0.1 // somebody buys so much that ozone becomes dear
	lieAt   = 0.3 // a stranger tells the chain of traffic
	quietAt = 0.4 // nobody watches what others made, and the meta node lies
	failAt  = 0.8 // a node loses what it has; cheats have stopped
	offAt   = 0.9 // and is switched off
)

// view is somebody who watches a file of somebody.
type view struct{ viewer, owner, file int }

// day is what happens in an epoch besides what is special.
type day struct {
	uploads   []int // people who publish one more file
	views     []view
	buyers    []int // viewers who buy more ozone
	withdraws []int // people who take out what is mature
	screens   bool  // somebody watches the film
}

// withdrawEvery is after how many epochs a creator and an owner of a node take
// out what is mature.
const withdrawEvery = 5

// at tells whether number is the epoch of something special.
func (o Options) at(number int, share float64) bool {
	return number == max(1, int(share*float64(o.Epochs)))
}

// after tells whether that epoch has come.
func (o Options) after(number int, share float64) bool {
	return number >= max(1, int(share*float64(o.Epochs)))
}

// plan says what people do in each epoch. People are counted through: viewers,
// then creators.
func (o Options) plan() []day {
	random := rand.New(rand.NewPCG(o.Seed, 0x57a705))
	published := map[int]int{}
	days := make([]day, o.Epochs+1)
	for n := 1; n <= o.Epochs; n++ {
		d := &days[n]
		if n == 1 {
			d.uploads = []int{viewers, viewers + 1, viewers + 2, early, ringFrom, ringFrom + 1}
		} else if random.IntN(6) == 0 {
			d.uploads = []int{viewers + random.IntN(creators)}
		}
		for _, who := range d.uploads {
			published[who]++
		}
		if o.at(n, quietAt) {
			d.views = []view{{viewers, viewers, 0}} // a creator who looks at what he made
			continue
		}
		d.views = honest(random, published)
		if !o.after(n, failAt) {
			d.views = append(d.views, cheating(random, published)...)
		}
		if random.IntN(4) == 0 {
			d.buyers = []int{random.IntN(firstCheat)}
		}
		d.screens = n%3 == 0
		if n%withdrawEvery == 0 {
			d.withdraws = []int{viewers + random.IntN(creators)}
		}
	}
	return days
}

// honest are views of viewers who pay for what others made.
func honest(random *rand.Rand, published map[int]int) []view {
	var list []view
	for _, viewer := range random.Perm(firstCheat)[:2+random.IntN(3)] {
		owner := viewers + random.IntN(creators)
		list = append(list, view{viewer, owner, random.IntN(published[owner])})
	}
	return list
}

// cheating are views that are paid for by who earns by them.
func cheating(random *rand.Rand, published map[int]int) []view {
	cheat := viewers + creators - 1
	all := []view{
		{cheat, cheat, 0},           // his own, with the same wallet
		{second, cheat, 0},          // with another one
		{friend, early, 0},          // with ozone that was cheap: see buys
		{ringFrom, ringFrom + 1, 0}, // in a ring
		{ringFrom + 1, ringFrom, 0},
	}
	random.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
	list := all[:1+random.IntN(len(all))]
	for i := range list {
		list[i].file = random.IntN(published[list[i].owner])
	}
	return list
}

// content is a file of somebody, of the size of a short clip.
func (o Options) content(who, number int) (name string, data []byte) {
	random := rand.New(rand.NewPCG(o.Seed, uint64(who)<<32|uint64(number)))
	data = make([]byte, 20_000+random.IntN(100_000))
	for i := range data {
		data[i] = byte(random.Uint32())
	}
	return fmt.Sprintf("clip %d of %d.mp4", number+1, who), data
}
