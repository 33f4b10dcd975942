package network

import (
	"context"
	"strconv"
	"time"

	"fyne.io/fyne/v2/lang"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/ui/say"
)

// Backend is what the page needs of package app.
type Backend interface {
	NetworkFigures(ctx context.Context) (app.NetworkFigures, error)
	NetworkCourse(ctx context.Context, since time.Time) ([]app.FiguresPoint, error)
}

// state is what one reading brings.
type state struct {
	figures app.NetworkFigures
	course  []app.FiguresPoint
}

// read reads the figures and, for the charts, what was kept of the last days.
// Without that the figures are worth showing.
func read(ctx context.Context, b Backend, back time.Duration) (state, error) {
	f, err := b.NetworkFigures(ctx)
	if err != nil {
		return state{}, err
	}
	s := state{figures: f}
	s.course, _ = b.NetworkCourse(ctx, f.At.Add(-back))
	return s, nil
}

// card is what a card at the top says.
type card struct {
	figure, unit, detail string
	values               []float64
}

const nothing = "–"

// cards are what stands at the top: stored, nodes, traffic, price of ozone.
func cards(s state) [4]card {
	f := s.figures
	list := [4]card{unknown(f), unknown(f), unknown(f), {figure: nothing, detail: lang.L("Not known at the moment")}}
	if st := f.Storage; st != nil {
		list[0] = card{say.Size(st.Used), "", lang.L("of {{.Size}}", map[string]any{"Size": say.Size(st.Capacity)}), s.values("used")}
		list[1] = card{say.Count(st.Serving), "", say.Plural(len(st.Nodes)-st.Serving, "1 out of service", "{{.N}} out of service"), s.values("nodes")}
		list[2] = card{say.Size(st.Hour), "", lang.L("{{.Speed}} now", map[string]any{"Speed": say.Speed(float64(st.PerSecond))}), hours(*st, f.At)}
	} else if c := f.Chain; c != nil && !c.NodesUnknown {
		list[1] = card{say.Count(int(c.StorageNodes)), "", lang.L("registered on the chain"), nil}
	}
	if o := f.Ozone; o != nil {
		list[3] = card{say.Figure(o.Per1000), "", lang.L("STOS for 1,000 ozone"), s.values("ozone_price")}
	}
	return list
}

// unknown is what is said of a figure that only the storage network knows.
func unknown(f app.NetworkFigures) card {
	if len(f.NotPublished) > 0 {
		return card{figure: nothing, detail: lang.L("Not published here")}
	}
	return card{figure: nothing, detail: lang.L("Not known at the moment")}
}

// steps is how finely a course is drawn.
const steps = 60

// values is the course of a figure at equal distances, from the first point that
// has it to the last. Fewer than two points are none.
func (s state) values(name string) []float64 { return course(s.course, name) }

func course(points []app.FiguresPoint, name string) []float64 {
	var at []time.Time
	var known []float64
	for _, p := range points {
		if v, err := strconv.ParseFloat(p.Values[name], 64); err == nil { // for drawing only
			at, known = append(at, p.At), append(known, v)
		}
	}
	if len(known) < 2 || !at[len(at)-1].After(at[0]) {
		return nil
	}
	values, next := make([]float64, steps), 0
	span := at[len(at)-1].Sub(at[0])
	for i := range values {
		moment := at[0].Add(span * time.Duration(i) / (steps - 1))
		for next+1 < len(at) && !at[next+1].After(moment) {
			next++
		}
		values[i] = known[next]
	}
	return values
}

// dayHours is how many hours of traffic are drawn.
const dayHours = 24

// hours is the traffic of each of the last hours, oldest first. A network that
// moved nothing at all has no course.
func hours(s app.StorageFigures, now time.Time) []float64 {
	values, some := make([]float64, dayHours), false
	for _, h := range s.Hours {
		if ago := int(now.Truncate(time.Hour).Sub(h.From.Truncate(time.Hour)) / time.Hour); ago >= 0 && ago < dayHours {
			values[dayHours-1-ago] = float64(h.Up + h.Down + h.Repair)
			some = true
		}
	}
	if !some {
		return nil
	}
	return values
}

// part is a/b between 0 and 1, and 0 for nothing of nothing.
func part(a, b int64) float64 {
	if b <= 0 {
		return 0
	}
	return min(max(float64(a)/float64(b), 0), 1)
}
