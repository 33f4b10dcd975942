package widgets

// Picks are the items of a list that are picked, several at once as people know
// it from their file manager: a click picks one, a click with Ctrl adds or
// takes away one, one with Shift picks all that lie between. It knows no
// window.
type Picks struct {
	on    []bool
	count int
	at    int // the item that keys go on from; -1 is none
	from  int // where a stretch begins
}

// NewPicks returns picks of n items, none of them picked.
func NewPicks(n int) Picks { return Picks{on: make([]bool, n), at: -1, from: -1} }

// Put picks these items of n, and keys go on from item at, -1 for none. Items
// that do not exist are left out.
func (p *Picks) Put(n int, picked []int, at int) {
	*p = NewPicks(n)
	for _, i := range picked {
		p.set(i, true)
	}
	if at >= 0 && at < n {
		p.at, p.from = at, at
	}
}

func (p *Picks) set(i int, on bool) {
	if !p.there(i) || p.on[i] == on {
		return
	}
	p.on[i] = on
	if on {
		p.count++
		return
	}
	p.count--
}

func (p *Picks) there(i int) bool { return i >= 0 && i < len(p.on) }

// Only picks one item and no other.
func (p *Picks) Only(i int) {
	p.None()
	p.set(i, true)
	p.To(i)
}

// To lets keys go on from an item, and picks nothing.
func (p *Picks) To(i int) {
	if p.there(i) {
		p.at, p.from = i, i
	}
}

// Toggle picks an item too, or not any more.
func (p *Picks) Toggle(i int) {
	p.set(i, !p.Has(i))
	p.To(i)
}

// Stretch picks what lies between the item picked last and another one.
func (p *Picks) Stretch(i int) {
	if !p.there(i) {
		return
	}
	from := max(p.from, 0)
	p.None()
	for k := min(from, i); k <= max(from, i); k++ {
		p.set(k, true)
	}
	p.at, p.from = i, from
}

// All picks everything.
func (p *Picks) All() {
	for i := range p.on {
		p.on[i] = true
	}
	p.count = len(p.on)
}

// None picks nothing. Keys go on from where they are.
func (p *Picks) None() {
	if p.count > 0 {
		clear(p.on)
		p.count = 0
	}
}

// Has tells whether an item is picked.
func (p *Picks) Has(i int) bool { return p.there(i) && p.on[i] }

// Len is how many are picked.
func (p *Picks) Len() int { return p.count }

// At is the item that keys go on from, -1 for none.
func (p *Picks) At() int { return p.at }

// Items are the picked ones from top to bottom.
func (p *Picks) Items() []int {
	list := make([]int, 0, p.count)
	for i, on := range p.on {
		if on {
			list = append(list, i)
		}
	}
	return list
}
