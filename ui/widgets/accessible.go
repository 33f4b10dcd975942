package widgets

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"
)

// What a screen reader says about each widget. The toolkit knows four roles;
// whatever can be pressed is a button, and its state follows its name.

var (
	_ fyne.Accessible = (*Button)(nil)
	_ fyne.Accessible = (*Check)(nil)
	_ fyne.Accessible = (*ChoiceCard)(nil)
	_ fyne.Accessible = (*Link)(nil)
	_ fyne.Accessible = (*Meter)(nil)
	_ fyne.Accessible = (*NavItem)(nil)
	_ fyne.Accessible = (*Paragraph)(nil)
	_ fyne.Accessible = (*PillButton)(nil)
	_ fyne.Accessible = (*Segments)(nil)
	_ fyne.Accessible = (*Select)(nil)
	_ fyne.Accessible = (*Status)(nil)
	_ fyne.Accessible = (*Text)(nil)
)

// AccessibilityLabel is the text, or what the icon shows.
func (b *Button) AccessibilityLabel() string {
	if b.text == "" {
		return b.icon
	}
	return b.text
}

// AccessibilityRole is that of a button.
func (b *Button) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleButton }

// AccessibilityLabel is the sentence, with a tick where it is ticked.
func (c *Check) AccessibilityLabel() string { return marked(c.text, c.checked) }

// AccessibilityRole is that of a button.
func (c *Check) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleButton }

// AccessibilityLabel is the title and the sentence, with a tick where it is
// chosen.
func (c *ChoiceCard) AccessibilityLabel() string { return marked(c.title+". "+c.text, c.chosen) }

// AccessibilityRole is that of a button.
func (c *ChoiceCard) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleButton }

// AccessibilityLabel is the text.
func (l *Link) AccessibilityLabel() string { return l.text }

// AccessibilityRole is that of a link.
func (l *Link) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleLink }

// AccessibilityLabel is the name with its number.
func (m *Meter) AccessibilityLabel() string { return m.label.text + " " + m.value.text }

// AccessibilityRole is that of a text.
func (m *Meter) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }

// AccessibilityLabel is the name of the page.
func (n *NavItem) AccessibilityLabel() string { return n.text }

// AccessibilityRole is that of a button.
func (n *NavItem) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleButton }

// AccessibilityLabel is the text.
func (p *Paragraph) AccessibilityLabel() string { return p.text }

// AccessibilityRole is that of a text.
func (p *Paragraph) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }

// AccessibilityLabel is the text.
func (p *PillButton) AccessibilityLabel() string { return p.text }

// AccessibilityRole is that of a button.
func (p *PillButton) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleButton }

// AccessibilityLabel is all words, with a tick at the chosen one.
func (s *Segments) AccessibilityLabel() string {
	words := make([]string, len(s.words))
	for i, word := range s.words {
		words[i] = marked(word, i == s.chosen)
	}
	return strings.Join(words, ", ")
}

// AccessibilityRole is that of a button.
func (s *Segments) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleButton }

// AccessibilityLabel is the chosen word.
func (s *Select) AccessibilityLabel() string { return s.word() }

// AccessibilityRole is that of a button.
func (s *Select) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleButton }

// AccessibilityLabel is all that is said, uncut.
func (s *Status) AccessibilityLabel() string {
	said := []string{s.view.Headline, s.view.Detail, s.view.Note}
	return strings.Join(slices.DeleteFunc(said, func(text string) bool { return text == "" }), ". ")
}

// AccessibilityRole is that of a button.
func (s *Status) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleButton }

// AccessibilityLabel is the text, uncut.
func (t *Text) AccessibilityLabel() string { return t.text }

// AccessibilityRole is that of a text.
func (t *Text) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }

// marked adds a tick to a name.
func marked(name string, on bool) string {
	if on {
		return name + " ✓"
	}
	return name
}
