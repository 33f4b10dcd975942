package drive

import (
	"container/list"
	"context"
	"image"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/ui/page"
)

const (
	thumbMemory = 24 << 20 // bytes of pictures that are kept for the page
	thumbQueue  = 64       // wishes that wait; older ones are forgotten
)

// thumbs makes the pictures of what is in sight, one at a time beside the
// window's own work: what came into sight last is made first, and what went out
// of sight is not made at all. It belongs to the UI goroutine.
type thumbs struct {
	tasks   *page.Tasks
	make    func(context.Context, app.Entry) (image.Image, error)
	inSight func(i int, e app.Entry) bool
	arrived func()

	memory  thumbStore
	wishes  []thumbWish // the newest last
	now     thumbWish   // that is being made
	making  bool
	forsake context.CancelFunc
}

// thumbWish is an entry that wants a picture, and where it is shown.
type thumbWish struct {
	index int
	entry app.Entry
}

func newThumbs(tasks *page.Tasks, make func(context.Context, app.Entry) (image.Image, error), inSight func(int, app.Entry) bool, arrived func()) *thumbs {
	return &thumbs{tasks: tasks, make: make, inSight: inSight, arrived: arrived, memory: newThumbStore(thumbMemory)}
}

// of returns the picture of an entry that is shown at an index, nil while there
// is none; then it is wished for.
func (t *thumbs) of(i int, e app.Entry) image.Image {
	if e.Folder || !app.HasThumbnail(e.Name) {
		return nil
	}
	if m, known := t.memory.get(thumbOf(e)); known {
		return m
	}
	t.wish(thumbWish{i, e})
	m, _ := t.memory.get(thumbOf(e)) // it may be there at once
	return m
}

func (t *thumbs) wish(w thumbWish) {
	for _, each := range append(t.wishes, t.now) {
		if thumbOf(each.entry) == thumbOf(w.entry) {
			return
		}
	}
	t.wishes = append(t.wishes, w)
	if len(t.wishes) > thumbQueue {
		t.wishes = t.wishes[1:]
	}
	if t.making && !t.inSight(t.now.index, t.now.entry) {
		t.forsake()
	}
	t.next()
}

// next makes the picture that was wished for last and can still be seen.
func (t *thumbs) next() {
	if t.making {
		return
	}
	for len(t.wishes) > 0 {
		last := len(t.wishes) - 1
		w := t.wishes[last]
		t.wishes = t.wishes[:last]
		if t.inSight(w.index, w.entry) {
			t.begin(w)
			return
		}
	}
}

func (t *thumbs) begin(w thumbWish) {
	t.making, t.now = true, w
	ctx, cancel := context.WithCancel(t.tasks.Context())
	t.forsake = cancel
	page.Run(t.tasks, func(context.Context) (image.Image, error) { return t.make(ctx, w.entry) },
		func(m image.Image, err error) {
			forsaken := ctx.Err() != nil
			cancel()
			t.making, t.now = false, thumbWish{}
			if err != nil {
				m = nil
			}
			if !forsaken {
				t.memory.put(thumbOf(w.entry), m)
			}
			if m != nil {
				t.arrived()
			}
			t.next()
		})
}

// thumbKey names one content of one file.
type thumbKey struct {
	path    string
	size    int64
	changed int64
}

func thumbOf(e app.Entry) thumbKey { return thumbKey{e.Path, e.Size, e.Changed.UnixNano()} }

// thumbStore keeps pictures up to a number of bytes; what was shown longest ago
// goes first. That there is no picture is kept too.
type thumbStore struct {
	limit, used int
	by          map[thumbKey]*list.Element
	order       *list.List // the one shown last in front
}

type thumbKept struct {
	key     thumbKey
	picture image.Image
}

func newThumbStore(limit int) thumbStore {
	return thumbStore{limit: limit, by: map[thumbKey]*list.Element{}, order: list.New()}
}

func (s *thumbStore) get(key thumbKey) (m image.Image, known bool) {
	at, known := s.by[key]
	if !known {
		return nil, false
	}
	s.order.MoveToFront(at)
	return at.Value.(thumbKept).picture, true
}

func (s *thumbStore) put(key thumbKey, m image.Image) {
	if at, known := s.by[key]; known {
		s.remove(at)
	}
	s.by[key] = s.order.PushFront(thumbKept{key, m})
	s.used += thumbBytes(m)
	for s.used > s.limit && s.order.Len() > 1 {
		s.remove(s.order.Back())
	}
}

func (s *thumbStore) remove(at *list.Element) {
	kept := s.order.Remove(at).(thumbKept)
	delete(s.by, kept.key)
	s.used -= thumbBytes(kept.picture)
}

// thumbBytes is what a picture takes, with what is needed to keep it.
func thumbBytes(m image.Image) int {
	const least = 256
	if m == nil {
		return least
	}
	return least + 4*m.Bounds().Dx()*m.Bounds().Dy()
}
