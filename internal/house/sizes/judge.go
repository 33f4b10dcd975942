package main

// exceptions are the places that may be above a line, with the reason.
var exceptions = map[string]string{}

// judge lists all that is above a line, known exceptions included.
func judge(rooms []Room) []Find {
	var all []Find
	for _, r := range rooms {
		all = append(all, r.Finds...)
		if !r.HasDoc && r.Files > 0 {
			all = append(all, Find{r.Path, "has no comment that says what it is for"})
		}
	}
	return all
}
