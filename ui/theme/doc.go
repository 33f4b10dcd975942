// Package theme is the look of the window as values: colours for light and
// dark, sizes on a 4 px grid, the Inter font in three weights and the icons
// drawn for the program. Widgets name a colour by what it is for and never
// hold one, so that changing the theme is one refresh.
package theme
