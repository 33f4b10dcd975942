package widgets

// NewCourse returns a card with a number that matters and its course over time
// below; the chart gets its values later.
func NewCourse(label string, chart *Chart) *Stat {
	s := NewStat(label)
	s.SetContent(Column(10, s.content, chart))
	return s
}

// SetValues shows another course.
func (c *Chart) SetValues(values []float64) {
	c.values = values
	c.Refresh()
}

// Values are what the chart shows.
func (c *Chart) Values() []float64 { return c.values }
